//! How alike two texts are: for answers that repeat another (套模板) and for questions that were asked before (已有相近的问答).
//!
//! Dice's coefficient over pairs of neighbouring characters, which needs no dictionary of words: 1 says the same pairs as often, 0 none.

use std::cmp::Reverse;

use crate::width::narrow;

/// A text ready to be compared with many.
#[derive(Clone, Debug)]
pub struct Likeness {
    /// The different pairs in order, and how often each stands in the text.
    pairs: Vec<(u64, u32)>,
    count: usize,
    /// How many of each are not yet matched, while a text is compared.
    left: Vec<u32>,
}

impl Likeness {
    /// Prepares a text.
    pub fn new(text: &str) -> Self {
        let mut all: Vec<u64> = pairs(text).collect();
        all.sort_unstable();
        let pairs: Vec<(u64, u32)> =
            all.chunk_by(|a, b| a == b).map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX))).collect();
        Self { left: Vec::with_capacity(pairs.len()), count: all.len(), pairs }
    }

    /// How alike a text is, 0 to 1. Blanks, signs and the size of letters do not count.
    pub fn to(&mut self, text: &str) -> f32 {
        self.left.clear();
        self.left.extend(self.pairs.iter().map(|(_, count)| count));
        let (mut common, mut count) = (0_usize, 0_usize);
        for pair in pairs(text) {
            count += 1;
            if let Ok(i) = self.pairs.binary_search_by_key(&pair, |(pair, _)| *pair)
                && let Some(left) = self.left[i].checked_sub(1)
            {
                self.left[i] = left;
                common += 1;
            }
        }
        if common == 0 { 0.0 } else { (2 * common) as f32 / (self.count + count) as f32 }
    }
}

/// How alike two texts are, 0 to 1; the order does not matter.
pub fn likeness(a: &str, b: &str) -> f32 {
    Likeness::new(a).to(b)
}

/// The texts most like the query, the best first, at most `most`, none below `least` or without a pair in common. Those that are
/// equally like it stay in the order they came.
pub fn nearest<'a, Id>(
    query: &str,
    texts: impl Iterator<Item = (Id, &'a str)>,
    least: f32,
    most: usize,
) -> Vec<(Id, f32)> {
    let mut query = Likeness::new(query);
    let alike = texts.map(|(id, text)| (id, query.to(text)));
    let mut alike: Vec<(Id, f32)> = alike.filter(|(_, it)| *it > 0.0 && *it >= least).collect();
    // Bits of numbers that are not negative are in the order of the numbers.
    alike.sort_by_key(|(_, it)| Reverse(it.to_bits()));
    alike.truncate(most);
    alike
}

/// The pairs of neighbouring letters, digits and Chinese characters. The first and the last make a pair with nothing, so that a
/// text of one character has pairs too.
fn pairs(text: &str) -> impl Iterator<Item = u64> {
    let mut before = None;
    let kept =
        text.chars().map(narrow).filter(|c| c.is_alphanumeric()).map(|c| u64::from(u32::from(c.to_ascii_lowercase())));
    kept.map(Some).chain([None]).filter_map(move |c| {
        let pair = (before, c);
        before = c;
        (pair != (None, None)).then(|| pair.0.unwrap_or_default() << 32 | pair.1.unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_one_for_the_same_and_zero_for_nothing_in_common() {
        for text in ["老年卡怎么办理", "a", "居", "居住证 2024"] {
            assert_eq!(likeness(text, text), 1.0, "{text}");
        }
        for (a, b) in [("", ""), ("", "居住证"), ("，。", "，。"), ("居住证", "老年卡"), ("\u{202e}", "🙂")]
        {
            assert_eq!(likeness(a, b), 0.0, "{a} {b}");
        }
    }

    #[test]
    fn signs_blanks_width_and_size_do_not_count() {
        assert_eq!(likeness("老年卡，怎么 办理？ＡＢＣ１", "老年卡怎么办理abc1"), 1.0);
    }

    #[test]
    fn likeness_is_the_same_both_ways_and_between_zero_and_one() {
        let texts = ["老年卡在哪里办", "哪里可以办老年卡", "老年卡老年卡老年卡", "居住证到期了怎么续签", "办", ""];
        for a in texts {
            for b in texts {
                let it = likeness(a, b);
                assert_eq!(it, likeness(b, a));
                assert!((0.0..=1.0).contains(&it));
            }
        }
    }

    #[test]
    fn what_is_repeated_counts_as_often_as_it_stands() {
        // Seven pairs and four, of which four are common: 老, 老年, 年卡, 卡.
        assert_eq!(likeness("老年卡老年卡", "老年卡"), 8.0 / 11.0);
    }

    #[test]
    fn a_template_with_another_name_in_it_is_like_it_and_another_answer_is_not() {
        let answer = "您好，您反映的阳光小区停车问题已收悉，我单位高度重视，立即安排人员调查处理，感谢您的关注。";
        let same = "您好，您反映的青年路占道问题已收悉，我单位高度重视，立即安排人员调查处理，感谢您的关注！";
        let other = "年满六十周岁的本市户籍居民可持身份证到社区服务站申领老年卡，五个工作日后领取。";
        assert!(likeness(answer, same) > 0.75);
        assert!(likeness(answer, other) < 0.2);
    }

    #[test]
    fn the_nearest_come_first_and_equals_keep_their_order() {
        let texts = ["居住证怎么办", "老年卡怎么办理", "老年卡怎么办", "老年卡，怎么办！", "完全不同"];
        let found = nearest("老年卡怎么办", texts.into_iter().enumerate(), 0.3, 9);
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [2, 3, 1, 0]);
        assert_eq!(found[0].1, 1.0);
        let ids = |least, most| {
            nearest("老年卡怎么办", texts.into_iter().enumerate(), least, most).into_iter().map(|it| it.0)
        };
        assert_eq!(ids(0.0, 1).collect::<Vec<_>>(), [2]);
        assert_eq!(ids(0.99, 9).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(ids(0.0, 0).count(), 0);
        assert_eq!(nearest("", texts.into_iter().enumerate(), 0.0, 9), []);
    }
}
