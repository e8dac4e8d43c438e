//! The text of a policy document as clauses: every paragraph with its kind, its number as printed, and a permanent [`Anchor`].
//!
//! Reading loses nothing: [`whole`] says whether a text has all its original has, and [`written`] gives it back as Markdown.

mod anchor;
mod compare;
#[cfg(test)]
mod laws;
mod lines;
mod marks;
mod names;
mod overlap;
mod reading;

use serde::{Deserialize, Serialize};

pub use anchor::{Anchor, BadAnchor};
pub use compare::{Change, Piece, compare};
pub use overlap::{MOSTLY, overlap};
pub use reading::{from_paragraphs, read, whole, written};

choices! {
    /// What a clause is.
    ClauseKind {
        /// 编, 分编, 部分.
        Part = "part",
        /// 章.
        Chapter = "chapter",
        /// 节.
        Section = "section",
        /// A heading of another kind: 一、 of a notice, 附件, 附则 without a number.
        Heading = "heading",
        /// 条, with its first paragraph.
        Article = "article",
        /// 款: a paragraph that begins with no number, or one of a notice that begins with 一、; a table.
        Paragraph = "paragraph",
        /// （一）项.
        Item = "item",
        /// 1. 目, and what stands below it: （1）, ①.
        Subitem = "subitem",
    }
}

impl ClauseKind {
    /// Whether it heads what follows.
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Part | Self::Chapter | Self::Section | Self::Heading)
    }
}

/// A paragraph of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Where it is found, for ever.
    pub anchor: Anchor,
    /// What it is.
    pub kind: ClauseKind,
    /// Its number as printed (第一条, （一）, 1．), empty where it has none.
    pub number: String,
    /// The paragraph as it stands, with its number; the rows of a table are lines.
    pub text: String,
}

impl Clause {
    /// The text behind the number.
    pub fn said(&self) -> &str {
        self.text.strip_prefix(self.number.as_str()).unwrap_or(&self.text).trim_start_matches(lines::is_blank)
    }

    /// How far out a heading stands, 0 furthest; none for what is no heading.
    fn rank(&self) -> Option<u8> {
        use marks::Style;
        let style = marks::read(&self.text, true).map(|mark| mark.style);
        match (self.kind, style) {
            (ClauseKind::Part, Some(Style::Division)) => Some(1),
            (ClauseKind::Part, _) | (ClauseKind::Heading, Some(Style::Appendix)) => Some(0),
            (ClauseKind::Chapter, _) | (ClauseKind::Heading, None) => Some(2),
            (ClauseKind::Section, _) => Some(3),
            (ClauseKind::Heading, Some(Style::Comma)) => Some(4),
            (ClauseKind::Heading, Some(Style::Bracket)) => Some(5),
            (ClauseKind::Heading, Some(_)) => Some(6),
            _ => None,
        }
    }
}

/// The headings with how deep they stand, from 1, no step left out.
pub fn outline(clauses: &[Clause]) -> Vec<(usize, &Clause)> {
    let mut above: Vec<u8> = Vec::new();
    let mut list = Vec::new();
    for clause in clauses {
        let Some(rank) = clause.rank() else { continue };
        above.retain(|it| *it < rank);
        above.push(rank);
        list.push((above.len(), clause));
    }
    list
}

/// A text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Its title, empty where none was found.
    pub title: String,
    /// Who passed and promulgated it when, line by line.
    pub notes: Vec<String>,
    /// Its body.
    pub clauses: Vec<Clause>,
}

/// A paragraph before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The level of a heading, 0 for the title; none for what is no heading.
    pub level: Option<u8>,
    /// What it says; the lines of a table begin with `|`.
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_leaves_no_step_out() {
        let text = "# 示例\n\n## 第一章 甲\n\n### 第一节 乙\n\n第一条 丙。\n\n## 第二章 丁\n\n## 附件\n\n## 一、戊\n\n### （一）己";
        let text = read(text);
        let depths: Vec<_> =
            outline(&text.clauses).into_iter().map(|(depth, it)| (depth, it.anchor.as_str())).collect();
        assert_eq!(depths, [(1, "c1"), (2, "c1-s1"), (1, "c2"), (1, "x"), (2, "x-n1"), (3, "x-n1-i1")]);
        let parts = read("# 示例\n\n## 第一编 甲\n\n## 第一分编 乙\n\n## 第一章 丙");
        let depths: Vec<_> =
            outline(&parts.clauses).into_iter().map(|(depth, it)| (depth, it.anchor.as_str())).collect();
        assert_eq!(depths, [(1, "b1"), (2, "b1-f1"), (3, "b1-c1")]);
    }

    #[test]
    fn what_a_clause_says_stands_behind_its_number() {
        let text = read("# 示例\n\n第一条 甲。\n\n（一）乙；\n\n1．丙；\n\n丁。");
        assert_eq!(text.clauses.iter().map(Clause::said).collect::<Vec<_>>(), ["甲。", "乙；", "丙；", "丁。"]);
    }
}
