//! Words of the street and the words of the office they stand for: a list that staff keep.

use std::collections::HashMap;

use crate::width::listed;

/// The longest word, in signs.
pub const MAX_WORD: usize = 20;
/// The most words of the office that one stands for.
const MOST: usize = 8;
/// Between names of which each says it, and between words that say it together, as they are shown and kept.
const OR: &str = "、";
const AND: &str = " ";

/// A word of the street.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// What people say.
    pub said: String,
    /// What it is called: one name or several, each of one word or of several that belong together.
    pub means: Vec<Vec<String>>,
}

/// Why a pair is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadSynonym {
    /// What people say is no word, shorter than two signs or longer than [`MAX_WORD`].
    Said,
    /// What it is called is no word, is too long, or there are too many.
    Means,
    /// Both are the same.
    Same,
}

impl Synonym {
    /// Reads a pair as somebody typed it: the names it stands for between commas, the words of a name between blanks.
    pub fn read(said: &str, means: &str) -> Result<Self, BadSynonym> {
        let word = |text: &str| super::words(text).replace(' ', "");
        let is_word = |text: &str| (2..=MAX_WORD).contains(&text.chars().count());
        let said = word(said);
        if !is_word(&said) {
            return Err(BadSynonym::Said);
        }
        let means: Vec<Vec<String>> = listed(means).map(|name| name.split_whitespace().map(word).collect()).collect();
        let all = || means.iter().flatten();
        if means.is_empty() || all().count() > MOST || !all().all(|it| is_word(it)) {
            return Err(BadSynonym::Means);
        }
        if all().any(|it| *it == said) {
            return Err(BadSynonym::Same);
        }
        Ok(Self { said, means })
    }

    /// What it is called, as [`Self::read`] reads it.
    pub fn meaning(&self) -> String {
        self.means.iter().map(|words| words.join(AND)).collect::<Vec<_>>().join(OR)
    }
}

/// The list, ready to be applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms {
    means: HashMap<String, Vec<Vec<String>>>,
    longest: usize,
}

impl Synonyms {
    /// Arranges a list; of two of the same word the later one counts.
    pub fn new(list: impl IntoIterator<Item = Synonym>) -> Self {
        let means: HashMap<_, _> = list.into_iter().map(|it| (it.said, it.means)).collect();
        let longest = means.keys().map(|said| said.chars().count()).max().unwrap_or_default();
        Self { means, longest }
    }

    /// Whether this is that list, whatever its order.
    pub fn is(&self, list: &[Synonym]) -> bool {
        list.len() == self.means.len() && list.iter().all(|it| self.means.get(&it.said) == Some(&it.means))
    }

    /// Whether a word is said.
    pub fn has(&self, said: &str) -> bool {
        self.means.contains_key(said)
    }

    /// Every word that is said.
    pub fn said(&self) -> impl Iterator<Item = &str> {
        self.means.keys().map(String::as_str)
    }
}

/// The words of the list in a text, the longest first where they overlap, each with what it stands for.
pub fn synonyms_of<'a>(list: &'a Synonyms, text: &'a str) -> Vec<(&'a str, &'a [Vec<String>])> {
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let (mut found, mut i) = (Vec::new(), 0);
    while i + 1 < starts.len() {
        let ends = (i + 2..starts.len().min(i + list.longest + 1)).rev();
        let hit = ends.into_iter().find_map(|end| {
            let word = &text[starts[i]..starts[end]];
            list.means.get(word).map(|means| (end, word, means.as_slice()))
        });
        i = match hit {
            Some((end, word, means)) => {
                found.push((word, means));
                end
            }
            None => i + 1,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_of_a_text_are_found() {
        let pair = |said, means| Synonym::read(said, means).unwrap();
        let list =
            Synonyms::new([pair("低保", "最低生活保障"), pair("低保户", "最低生活保障对象"), pair("ETC", "电子收费")]);
        let found = |text| synonyms_of(&list, text).into_iter().map(|(said, _)| said).collect::<Vec<_>>();
        assert_eq!(found("低保户怎么办etc"), ["低保户", "etc"]);
        assert_eq!(found("吃低保"), ["低保"]);
        assert_eq!(found("低"), Vec::<&str>::new());
        assert_eq!(found(""), Vec::<&str>::new());
    }

    #[test]
    fn a_list_is_the_same_in_any_order_and_another_with_another_word() {
        let pair = |said, means| Synonym::read(said, means).unwrap();
        let (one, two) = (pair("低保", "最低生活保障"), pair("工钱", "工资"));
        let list = Synonyms::new([one.clone(), two.clone()]);
        assert!(list.is(&[two.clone(), one.clone()]) && Synonyms::default().is(&[]));
        assert!(!list.is(std::slice::from_ref(&one)) && !list.is(&[one, pair("工钱", "劳动报酬")]) && !list.is(&[]));
    }

    #[test]
    fn a_pair_that_means_nothing_is_refused() {
        for (said, means, wrong) in [
            ("低", "最低生活保障", BadSynonym::Said),
            ("", "最低生活保障", BadSynonym::Said),
            ("！？", "最低生活保障", BadSynonym::Said),
            ("低保", "", BadSynonym::Means),
            ("低保", "、，", BadSynonym::Means),
            ("低保", "低 保障", BadSynonym::Means),
            ("低保", "低保 最低生活保障", BadSynonym::Same),
        ] {
            assert_eq!(Synonym::read(said, means), Err(wrong), "{said} {means}");
        }
        let pair = Synonym::read(" 买断 工龄 ", "解除劳动合同\u{ff0c}经济补偿").unwrap();
        assert_eq!((pair.said.as_str(), pair.means.len()), ("买断工龄", 2));
        let pair = Synonym::read("大数据杀熟", "差别待遇 算法,  价格歧视").unwrap();
        assert_eq!((pair.means[0].len(), pair.meaning().as_str()), (2, "差别待遇 算法、价格歧视"));
        assert_eq!(Synonym::read(&pair.said, &pair.meaning()), Ok(pair));
    }
}
