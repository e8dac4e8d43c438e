//! What somebody looks for: the words and the numbers of a query, forgiving how they were typed, and the words of the street that stand
//! for those of the office. Finding is the business of the index; this is what it is asked.

mod numbers;
mod synonyms;

use serde::{Deserialize, Serialize};

pub use numbers::Number;
pub use synonyms::{BadSynonym, MAX_WORD, Synonym, Synonyms, synonyms_of};

use crate::width::narrow;

choices! {
    /// What can be found.
    Kind {
        /// Something one can have done: 事项.
        Service = "service",
        /// A point of service.
        Point = "point",
        /// A policy as a whole.
        Policy = "policy",
        /// An article of a policy, or what stands in the place of one.
        Clause = "clause",
        /// A part of an interpretation.
        Interpretation = "interpretation",
        /// A question that was answered in public.
        Question = "question",
        /// A section of the manual.
        Manual = "manual",
        /// An office.
        Office = "office",
        /// A post that interprets.
        Post = "post",
        /// A division.
        Division = "division",
    }
}

/// So many signs of what was typed are read.
pub const MAX_QUERY: usize = 120;

/// A query as it is asked of the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What was typed, without what nobody means: of half width, in small letters, signs as blanks, no blanks between Chinese signs.
    pub words: String,
    /// The numbers in it: of a document, an article, a telephone. They are no part of the words.
    pub numbers: Vec<Number>,
}

impl Query {
    /// Reads what somebody typed, at most [`MAX_QUERY`] signs of it.
    pub fn read(typed: &str) -> Self {
        let plain: String = typed.chars().filter(|c| !is_invisible(*c)).map(narrow).take(MAX_QUERY).collect();
        let plain: String = plain.to_lowercase().chars().map(without_tone).collect();
        let (numbers, rest) = numbers::read(&plain);
        Self { words: words(&rest), numbers }
    }

    /// The numbers of a text of any length, as a query has them.
    pub fn numbers_of(text: &str) -> Vec<Number> {
        let plain: String = text.chars().map(narrow).collect();
        numbers::read(&plain.to_lowercase()).0
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.numbers.is_empty()
    }

    /// Whether it says enough for its meaning to be asked; a name, a number or letters do not.
    pub fn is_worded(&self) -> bool {
        self.numbers.is_empty() && self.words.chars().filter(|c| is_han(*c)).count() >= 4
    }

    /// Whether it is asked in words, as one asks a person; a name or a catchword is not.
    pub fn is_asked(&self) -> bool {
        let count = self.words.chars().filter(|c| is_han(*c)).count();
        count >= 4 && (count >= 14 || ASKING.iter().any(|word| self.words.contains(word)))
    }
}

/// Words that ask.
const ASKING: [&str; 30] = [
    "怎么",
    "怎样",
    "如何",
    "什么",
    "哪",
    "谁",
    "吗",
    "多少",
    "多久",
    "多大",
    "几",
    "能不能",
    "可以",
    "可不可以",
    "是否",
    "是不是",
    "要不要",
    "有没有",
    "为什么",
    "为啥",
    "咋",
    "啥",
    "需要",
    "找谁",
    "去哪",
    "合法",
    "违法",
    "管不管",
    "办不办",
    "能否",
];

/// A letter as it is typed for one of pinyin with the mark of a tone, and v for \u{fc}.
fn without_tone(c: char) -> char {
    match c {
        '\u{101}' | '\u{e1}' | '\u{1ce}' | '\u{e0}' => 'a',
        '\u{113}' | '\u{e9}' | '\u{11b}' | '\u{e8}' => 'e',
        '\u{12b}' | '\u{ed}' | '\u{1d0}' | '\u{ec}' => 'i',
        '\u{14d}' | '\u{f3}' | '\u{1d2}' | '\u{f2}' => 'o',
        '\u{16b}' | '\u{fa}' | '\u{1d4}' | '\u{f9}' => 'u',
        '\u{fc}' | '\u{1d6}' | '\u{1d8}' | '\u{1da}' | '\u{1dc}' => 'v',
        c => c,
    }
}

/// Whether a sign is Chinese.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks of direction and joiners that stand in copied text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// Letters, digits and Chinese signs of a text; what stands between them is a blank, none between Chinese signs.
pub fn words(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in text.chars().map(narrow) {
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        let after_han = out.chars().next_back().is_none_or(is_han);
        if gap && !(after_han && is_han(c)) && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_means_is_left_out_of_a_query() {
        for (typed, words) in [
            ("", ""),
            (" \t\u{0}\u{1b}[31m", "31m"),
            ("社 保 卡", "社保卡"),
            ("\u{ff33}\u{ff22}\u{ff2b}", "sbk"),
            ("身份证\u{ff0c}补办\u{ff1f}", "身份证补办"),
            ("shenfen 证", "shenfen 证"),
            ("F\u{1ce} L\u{dc} yu\u{e1}nzh\u{f9}", "fa lv yuanzhu"),
            ("\"不动产\" AND (title:x)^2~ +-!{}[]*?\\/", "不动产 and title x 2"),
            ("\u{1f600}\u{1f44d}", ""),
            ("社\u{200b}保", "社保"),
        ] {
            assert_eq!(Query::read(typed).words, words, "{typed:?}");
        }
        assert!(Query::read("!!! \u{1f600}").is_empty());
        assert_eq!(Query::read(&"社".repeat(10_000)).words.chars().count(), MAX_QUERY);
    }

    #[test]
    fn a_question_is_told_from_a_name() {
        for (typed, asked) in [
            ("社保卡", false),
            ("劳动合同法", false),
            ("身份证丢了怎么办", true),
            ("老板不给工资找谁", true),
            ("怎么办", false),
            ("武侯区政务服务中心电话", false),
            ("shebaoka", false),
        ] {
            assert_eq!(Query::read(typed).is_asked(), asked, "{typed}");
        }
    }
}
