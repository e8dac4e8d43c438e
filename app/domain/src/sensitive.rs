//! Words that have two people look at a question before everybody sees it. Nothing is deleted or refused for them: whoever asked is
//! answered like everybody else.

use crate::width::narrow;

/// The list: a word a line under the name of its sort in brackets; what begins with `#` is a remark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SensitiveWords(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    sort: String,
    /// As it stands in the list.
    word: String,
    /// As it is compared.
    bare: String,
}

/// A word that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Of which sort it is; empty where the list says none.
    pub sort: &'a str,
    /// The word as it stands in the list.
    pub word: &'a str,
}

impl SensitiveWords {
    /// Reads a list.
    pub fn read(text: &str) -> Self {
        let (mut words, mut sort) = (Vec::new(), String::new());
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(name) => sort = name.trim().to_owned(),
                None => words.push(Word { sort: sort.clone(), word: line.to_owned(), bare: bare(line) }),
            }
        }
        words.retain(|it| !it.bare.is_empty());
        Self(words)
    }

    /// The words of the list that stand in a text, in the order of the list; blanks, signs and the size of letters do not hide them.
    pub fn find(&self, text: &str) -> Vec<Found<'_>> {
        let text = bare(text);
        let found = self.0.iter().filter(|it| text.contains(&it.bare));
        found.map(|it| Found { sort: &it.sort, word: &it.word }).collect()
    }
}

fn bare(text: &str) -> String {
    text.chars().map(narrow).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_however_it_is_written() {
        let list = SensitiveWords::read("# 说明\n草包\n\n[侮辱]\n笨蛋\n Bad Word \n[待核实]\n---\n收了钱\n");
        for (text, words) in [
            ("办事要带什么?", vec![]),
            ("真是笨 蛋!", vec![("侮辱", "笨蛋")]),
            ("ＢＡＤ－ｗｏｒｄ", vec![("侮辱", "Bad Word")]),
            ("听说他收了钱,草包。", vec![("", "草包"), ("待核实", "收了钱")]),
            ("", vec![]),
        ] {
            let found: Vec<_> = list.find(text).into_iter().map(|it| (it.sort, it.word)).collect();
            assert_eq!(found, words, "{text}");
        }
        assert!(SensitiveWords::read("").find("笨蛋").is_empty());
    }
}
