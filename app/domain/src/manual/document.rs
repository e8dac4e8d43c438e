//! A text as a tree: what a page, a PDF, an EPUB, a search and a comparison of two editions are all made from. It holds no HTML and no
//! addresses of other sites' making but those in links, which [`safe_link`] has let through.

use serde::{Deserialize, Serialize};
use time::Date;

/// A manual as it is at one edition, in one language, ready to be printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Book {
    /// 成都市政务公开一手册.
    pub title: String,
    /// The division it is for.
    pub division: String,
    /// The stamp of the edition: 2026-11-22 第 3 版.
    pub edition: String,
    /// Who issues it.
    pub issuer: String,
    /// The language as a tag: zh-CN, en.
    pub language: String,
    /// Where the living manual stands, as an absolute address.
    pub address: String,
    /// Chapters in order; those that are empty are left out before.
    pub chapters: Vec<Chapter>,
}

/// A chapter of a [`Book`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chapter {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The address its permanent code leads by, and the token in groups; none where it has none yet.
    pub code: Option<(String, String)>,
    /// Its sections in order.
    pub sections: Vec<Section>,
}

/// What is kept, verified and compared as one: a part of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its name within the chapter: an anchor, the same in every edition.
    pub key: String,
    /// Its title; empty where the chapter is all it says.
    pub title: String,
    /// The office that keeps it; empty where nobody is named.
    pub keeper: String,
    /// The day on which the oldest of its facts was last checked; none where nobody has.
    pub verified_on: Option<Date>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading within a section, 1 for the highest.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Items with points.
    List(Vec<Vec<Block>>),
    /// Items with numbers, from the first.
    Numbered(u64, Vec<Vec<Block>>),
    /// Somebody else's words.
    Quote(Vec<Block>),
    /// Columns with headings.
    Table {
        /// The headings.
        head: Vec<Vec<Inline>>,
        /// Rows, each as long as the head.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Facts by name: 电话, 地址, 时间.
    Facts(Vec<(String, Vec<Inline>)>),
    /// One thing of a directory.
    Entry {
        /// Its name.
        title: String,
        /// Its page on this site, from the root.
        href: String,
        /// Facts by name.
        facts: Vec<(String, Vec<Inline>)>,
    },
    /// The way of a procedure, drawn as a diagram.
    Steps(Vec<Step>),
    /// A line between two thoughts.
    Rule,
}

/// A step of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is done.
    pub title: String,
    /// By whom, how long, with what; may be empty.
    pub note: String,
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Important.
    Strong(Vec<Inline>),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// As it stands in a form or on a screen.
    Code(String),
    /// A way elsewhere.
    Link {
        /// An address [`safe_link`] has let through.
        href: String,
        /// What is pressed.
        text: Vec<Inline>,
    },
    /// The line ends.
    Break,
}

/// Plain text as a run.
pub fn text(words: impl Into<String>) -> Vec<Inline> {
    vec![Inline::Text(words.into())]
}

/// Whether an address may stand in a link: on this site, on the web, a telephone number or a mailbox. Anything else, such as a
/// script, may not.
pub fn safe_link(href: &str) -> bool {
    let clean = !href.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\');
    let site = href.starts_with('/') && !href.starts_with("//") || href.starts_with('#');
    let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let away = matches!(scheme.as_deref(), Some("http" | "https" | "tel" | "mailto"));
    clean && (site || away)
}

impl Inline {
    fn write(&self, out: &mut String) {
        match self {
            Self::Text(words) | Self::Code(words) => out.push_str(words),
            Self::Strong(inner) | Self::Emphasis(inner) | Self::Link { text: inner, .. } => write_all(inner, out),
            Self::Break => out.push('\n'),
        }
    }
}

fn write_all(runs: &[Inline], out: &mut String) {
    for run in runs {
        run.write(out);
    }
}

/// What is read of runs of text.
pub fn plain(runs: &[Inline]) -> String {
    let mut out = String::new();
    write_all(runs, &mut out);
    out
}

impl Block {
    /// What is read of it, a line each: for searching and for comparing.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.collect(&mut lines);
        lines.retain(|line| !line.trim().is_empty());
        lines
    }

    fn collect(&self, lines: &mut Vec<String>) {
        let fact = |(name, runs): &(String, Vec<Inline>)| format!("{name}:{}", plain(runs));
        match self {
            Self::Heading(_, runs) | Self::Paragraph(runs) => lines.extend(plain(runs).lines().map(str::to_owned)),
            Self::List(items) | Self::Numbered(_, items) => {
                items.iter().flatten().for_each(|block| block.collect(lines));
            }
            Self::Quote(blocks) => blocks.iter().for_each(|block| block.collect(lines)),
            Self::Table { head, rows } => {
                let row =
                    |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" | ");
                lines.extend(std::iter::once(head).chain(rows).map(row));
            }
            Self::Facts(facts) => lines.extend(facts.iter().map(fact)),
            Self::Entry { title, facts, .. } => {
                lines.push(title.clone());
                lines.extend(facts.iter().map(fact));
            }
            Self::Steps(steps) => lines.extend(steps.iter().enumerate().map(|(i, step)| match step.note.as_str() {
                "" => format!("{}. {}", i + 1, step.title),
                note => format!("{}. {}:{note}", i + 1, step.title),
            })),
            Self::Rule => {}
        }
    }
}

impl Section {
    /// What is read of it, a line each, its title first.
    pub fn lines(&self) -> Vec<String> {
        let title = std::iter::once(self.title.clone()).filter(|title| !title.is_empty());
        title.chain(self.blocks.iter().flat_map(Block::lines)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_web_a_telephone_or_this_site_and_nowhere_else() {
        for good in
            ["/points/1", "#key", "https://a.example/b?c=d", "HTTP://a.example", "tel:028-1", "mailto:a@b.example"]
        {
            assert!(safe_link(good), "{good}");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "JavaScript:x",
            "java\nscript:x",
            "//evil.example",
            "/\\evil.example",
            "data:x",
            "a b",
            "points/1",
        ] {
            assert!(!safe_link(bad), "{bad:?}");
        }
    }

    #[test]
    fn every_word_of_a_section_is_among_its_lines() {
        let section = Section {
            key: "a".into(),
            title: "题".into(),
            keeper: "局".into(),
            verified_on: None,
            blocks: vec![
                Block::Paragraph(vec![
                    Inline::Text("一".into()),
                    Inline::Strong(text("二")),
                    Inline::Break,
                    Inline::Link { href: "/".into(), text: text("三") },
                ]),
                Block::List(vec![
                    vec![Block::Paragraph(text("四"))],
                    vec![Block::Quote(vec![Block::Heading(2, text("五"))])],
                ]),
                Block::Table { head: vec![text("甲"), text("乙")], rows: vec![vec![text("六"), text("七")]] },
                Block::Entry { title: "八".into(), href: "/".into(), facts: vec![("电话".into(), text("九"))] },
                Block::Steps(vec![Step { title: "受理".into(), note: "当日".into() }]),
                Block::Rule,
            ],
        };
        let expected = ["题", "一二", "三", "四", "五", "甲 | 乙", "六 | 七", "八", "电话:九", "1. 受理:当日"];
        assert_eq!(section.lines(), expected);
    }
}
