//! The words of the search.

use domain::{locale::Locale, search::Kind};

/// What a kind of things is called.
pub(super) fn kind(kind: Kind, locale: Locale) -> &'static str {
    let (zh, en) = match kind {
        Kind::Service => ("能办的事", "Services"),
        Kind::Point => ("办事的地方", "Places"),
        Kind::Policy => ("政策文件", "Policies"),
        Kind::Clause => ("政策条款", "Clauses"),
        Kind::Interpretation => ("政策解读", "Interpretations"),
        Kind::Question => ("问答", "Questions and answers"),
        Kind::Manual => ("一手册", "Manual"),
        Kind::Office => ("单位", "Offices"),
        Kind::Post => ("解读人", "Interpreters"),
        Kind::Division => ("地区", "Areas"),
    };
    locale.pick(zh, en)
}

/// A passage in pieces, each with whether it is one of the words that were looked for; the longest words first in `marks`.
pub(super) fn marked(text: &str, marks: &[String]) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut put = |piece: &str, is_mark: bool| match pieces.last_mut() {
        Some((last, same)) if *same == is_mark => last.push_str(piece),
        _ => pieces.push((piece.to_owned(), is_mark)),
    };
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match marks.iter().find(|mark| rest.starts_with(mark.as_str())) {
            Some(mark) => {
                put(mark, true);
                rest = &rest[mark.len()..];
            }
            None => {
                put(&rest[..first.len_utf8()], false);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    pieces
}

/// So many signs before the first word are shown.
const BEFORE: usize = 8;

/// The part of a text where most of the words stand, so many signs of it, and what is left out before and behind.
pub(super) fn excerpt(text: &str, marks: &[String], signs: usize) -> String {
    let all: Vec<(usize, char)> = text.char_indices().collect();
    if all.len() <= signs {
        return text.to_owned();
    }
    let mut hits: Vec<usize> = Vec::new();
    for mark in marks {
        hits.extend(text.match_indices(mark.as_str()).map(|(at, _)| all.partition_point(|(i, _)| *i < at)));
    }
    let count = |start: usize| hits.iter().filter(|hit| (start..start + signs).contains(*hit)).count();
    let starts = hits.iter().map(|hit| hit.saturating_sub(BEFORE)).chain([0]);
    let start = starts.max_by_key(|start| (count(*start), std::cmp::Reverse(*start))).unwrap_or_default();
    // From the beginning of a sentence, if that is near.
    let from = start.saturating_sub(2 * BEFORE);
    let until = (start + BEFORE).min(all.len());
    let near = all[from..until].iter().rposition(|(_, c)| matches!(c, '。' | '\u{ff1b}' | '\n'));
    let start = near.map_or(start, |back| from + back + 1).min(all.len() - 1);
    let end = (start + signs).min(all.len());
    let until = all.get(end).map_or(text.len(), |(i, _)| *i);
    let before = if start > 0 { "…" } else { "" };
    let behind = if end < all.len() { "…" } else { "" };
    format!("{before}{}{behind}", text[all[start].0..until].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_where_they_stand() {
        let marks = ["社会保险".to_owned(), "社会".to_owned()];
        let pieces = marked("缴纳社会保险费,社会", &marks);
        let marked: Vec<_> = pieces.iter().filter(|(_, is_mark)| *is_mark).map(|(piece, _)| piece.as_str()).collect();
        assert_eq!(marked, ["社会保险", "社会"]);
        assert_eq!(pieces.iter().map(|(piece, _)| piece.as_str()).collect::<String>(), "缴纳社会保险费,社会");
    }

    #[test]
    fn an_excerpt_is_where_the_words_are() {
        let text = format!("{}。这里讲的是公积金。{}", "前".repeat(200), "后".repeat(200));
        let part = excerpt(&text, &["公积金".to_owned()], 30);
        assert!(part.starts_with("…这里讲的是公积金") && part.ends_with('…'), "{part}");
        assert!(part.chars().count() <= 32, "{part}");
        assert_eq!(excerpt("短", &[], 30), "短");
        assert_eq!(excerpt("", &["甲".to_owned()], 30), "");
    }
}
