//! A text as the template reads it: short arrays, each with its kind first, words as plain strings. It numbers the things of directories,
//! keeps headings in steps of one, and makes addresses of this site whole.

use domain::manual::document::{Block, Inline, Section, Step, plain, safe_link};
use serde_json::{Value, json};

use crate::{clean, note, origin, short};

/// How deep headings go.
const DEEPEST: u8 = 6;
/// No title is longer: headings and the index have to stay on a page.
pub(super) const LONGEST: usize = 200;
/// The heading of a column that is longer is not repeated on every page.
const HEADING: usize = 60;
/// What is longer than so many signs may be torn apart by the end of a page.
const WHOLE: usize = 500;

/// What a text is turned with.
#[derive(Debug)]
pub(super) struct Tree {
    /// Where addresses of this site begin: scheme and host.
    origin: String,
    /// The names of the things of directories, by their number.
    pub(super) named: Vec<String>,
    /// The level of the last heading.
    level: u8,
}

impl Tree {
    pub(super) fn new(address: &str) -> Self {
        Self { origin: origin(address).to_owned(), named: Vec::new(), level: 1 }
    }

    pub(super) fn section(&mut self, section: &Section, chinese: bool) -> Value {
        self.level = if section.title.is_empty() { 1 } else { 2 };
        let note = note(section, chinese);
        let top = self.level;
        json!({ "title": short(&section.title, LONGEST), "note": short(&note, LONGEST), "blocks": self.blocks(&section.blocks, top) })
    }

    /// Blocks; things of a directory that follow each other are one of them.
    fn blocks(&mut self, blocks: &[Block], top: u8) -> Vec<Value> {
        let mut out = Vec::with_capacity(blocks.len());
        let both = |one: &Block, other: &Block| [one, other].iter().all(|it| matches!(it, Block::Entry { .. }));
        for run in blocks.chunk_by(both) {
            match run {
                [Block::Entry { .. }, ..] => {
                    let entries: Vec<_> = run.iter().filter_map(|it| self.entry(it)).collect();
                    out.push(json!(["entries", entries]));
                }
                _ => out.extend(run.iter().map(|it| self.block(it, top))),
            }
        }
        out
    }

    fn entry(&mut self, block: &Block) -> Option<Value> {
        let Block::Entry { title, facts, .. } = block else { return None };
        let title = short(title, LONGEST);
        self.named.push(title.clone());
        let signs: usize = facts.iter().map(|(name, words)| name.len() + plain(words).len()).sum();
        Some(json!([self.named.len() - 1, title, self.facts(facts), signs > 3 * WHOLE]))
    }

    fn block(&mut self, block: &Block, top: u8) -> Value {
        match block {
            Block::Heading(level, words) => {
                self.level = top.saturating_add((*level).max(1)).min(self.level + 1).min(DEEPEST);
                json!(["heading", self.level, self.runs(words)])
            }
            Block::Paragraph(words) => json!(["paragraph", self.runs(words)]),
            Block::List(items) => json!(["list", self.items(items, top)]),
            Block::Numbered(first, items) => json!(["numbered", first, self.items(items, top)]),
            Block::Quote(blocks) => json!(["quote", self.blocks(blocks, top)]),
            Block::Table { head, rows } => {
                let cells = |row: &Vec<Vec<Inline>>| {
                    // A row that is too long or too short would move all that follow.
                    let cell = |i: usize| row.get(i).map_or_else(Vec::new, |words| self.runs(words));
                    (0..head.len()).map(cell).collect::<Vec<_>>()
                };
                let long = head.iter().any(|cell| plain(cell).len() > 3 * HEADING);
                json!(["table", cells(head), rows.iter().map(cells).collect::<Vec<_>>(), long])
            }
            Block::Facts(facts) => json!(["facts", self.facts(facts)]),
            Block::Entry { .. } => json!(["entries", self.entry(block).into_iter().collect::<Vec<_>>()]),
            Block::Steps(steps) => {
                let step = |it: &Step| (short(&it.title, LONGEST), short(&it.note, WHOLE));
                json!(["steps", steps.iter().map(step).collect::<Vec<_>>()])
            }
            Block::Rule => json!(["rule"]),
        }
    }

    fn items(&mut self, items: &[Vec<Block>], top: u8) -> Vec<Vec<Value>> {
        items.iter().map(|blocks| self.blocks(blocks, top)).collect()
    }

    fn facts(&self, facts: &[(String, Vec<Inline>)]) -> Vec<Value> {
        facts.iter().map(|(name, words)| json!([line(name), self.runs(words)])).collect()
    }

    fn runs(&self, runs: &[Inline]) -> Vec<Value> {
        runs.iter().map(|run| self.run(run)).collect()
    }

    fn run(&self, run: &Inline) -> Value {
        match run {
            Inline::Text(words) => line(words).into(),
            Inline::Strong(inner) => json!(["strong", self.runs(inner)]),
            Inline::Emphasis(inner) => json!(["stressed", self.runs(inner)]),
            Inline::Code(words) => json!(["code", line(words)]),
            Inline::Link { href, text } if safe_link(href) && !href.starts_with('#') => {
                let href = if href.starts_with('/') { format!("{}{href}", self.origin) } else { href.clone() };
                json!(["link", href, self.runs(text)])
            }
            Inline::Link { text, .. } => json!(["plain", self.runs(text)]),
            Inline::Break => json!(["break"]),
        }
    }
}

/// Words without an end of a line of their own.
fn line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_down_in_steps_of_one_and_links_lead_out_of_the_file() {
        let mut tree = Tree::new("https://a.example:8443/manual/510100");
        let link = |href: &str| Inline::Link { href: href.into(), text: vec![] };
        let blocks = vec![
            Block::Heading(4, vec![Inline::Text("深".into())]),
            Block::Paragraph(vec![link("/points/1"), link("javascript:x"), link("#a")]),
        ];
        let section =
            Section { key: "a".into(), title: String::new(), keeper: String::new(), verified_on: None, blocks };
        let out = tree.section(&section, true);
        assert_eq!(out["blocks"][0], json!(["heading", 2, ["深"]]));
        let links = json!([["link", "https://a.example:8443/points/1", []], ["plain", []], ["plain", []]]);
        assert_eq!(out["blocks"][1][1], links);
    }
}
