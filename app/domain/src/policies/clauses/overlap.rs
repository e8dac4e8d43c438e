//! How much of an interpretation only repeats the document.

use std::collections::HashSet;

/// How many signs have to stand together to count as repeated.
const RUN: usize = 8;

/// From this share on, an interpretation mostly repeats its document (要点摘抄, domain.md B6). Half: then more of it is the document's
/// than its own. What is written anew stays below even where it has to use the same words: of the implementing rules of a law, which
/// speak its language throughout, a quarter (档案法实施条例) to 47 in a hundred (食品安全法实施条例) stand in the law; chance
/// makes 4 in a hundred between laws that have nothing to do with each other.
pub const MOSTLY: f32 = 0.5;

/// The share, 0 to 1, of an interpretation that stands in the document word for word in runs of at least eight signs. Punctuation and
/// blanks do not count; an interpretation shorter than that repeats nothing.
pub fn overlap(document: &str, interpretation: &str) -> f32 {
    let said = signs(interpretation);
    let known: HashSet<u64> = hashes(&signs(document)).collect();
    let (mut repeated, mut until) = (0usize, 0);
    for (at, hash) in hashes(&said).enumerate() {
        if known.contains(&hash) {
            repeated += at + RUN - until.max(at);
            until = at + RUN;
        }
    }
    // A share of two counts of signs: the digits an f32 has are enough.
    if said.is_empty() { 0.0 } else { repeated as f32 / said.len() as f32 }
}

fn signs(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A number for every run, each made from the one before.
fn hashes(signs: &[char]) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x0000_0100_0000_01b3;
    let highest = (1..RUN).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0u64;
    signs.iter().enumerate().filter_map(move |(at, sign)| {
        if let Some(gone) = at.checked_sub(RUN) {
            hash = hash.wrapping_sub(u64::from(signs[gone]).wrapping_mul(highest));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(*sign));
        (at + 1 >= RUN).then_some(hash)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_counts_what_is_repeated_word_for_word() {
        let document = "第一条 为了规范城市管理，保障市民权益，制定本办法。第二条 本办法适用于本市行政区域。";
        let cases = [
            ("", 0.0),
            ("制定本办法", 0.0),
            (document, 1.0),
            ("为了规范城市管理；保障市民权益", 1.0),
            ("规范城市管理保障", 1.0),
            ("规范城市管理确保", 0.0),
            ("这份文件说的是谁可以来办事情", 0.0),
            ("规范城市管理保障一二三四五六七八", 0.5),
        ];
        for (text, share) in cases {
            assert!((overlap(document, text) - share).abs() < 1e-6, "{text} {}", overlap(document, text));
        }
        assert!(overlap("", document) < 1e-6);
    }

    #[test]
    fn what_was_written_anew_stays_below_the_share_that_says_it_was_copied() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/laws");
        let law = |name: &str| std::fs::read_to_string(folder.join(name));
        let pairs = [
            ("档案法(2020-06-20).md", "档案法实施条例(2024-01-12).md", 0.2..0.3),
            ("食品安全法(2021-04-29).md", "食品安全法实施条例(2019-10-11).md", 0.4..MOSTLY),
            ("消防法(2021-04-29).md", "政府信息公开条例(2019-04-03).md", 0.0..0.1),
        ];
        for (of, rules, expected) in pairs {
            let (Ok(of), Ok(rules)) = (law(of), law(rules)) else {
                println!("no laws at hand, nothing tried");
                return;
            };
            let share = overlap(&of, &rules);
            assert!(expected.contains(&share), "{share}");
            // Every fifth line of a text, as somebody makes it who is to be done soon.
            let excerpt: String = of.lines().filter(|line| !line.trim().is_empty()).step_by(5).collect();
            assert!(overlap(&of, &excerpt) > MOSTLY);
        }
    }
}
