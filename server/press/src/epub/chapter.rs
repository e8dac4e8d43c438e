//! A chapter as XHTML.

use domain::manual::document::{Block, Book, Chapter, Inline};

use super::{
    is_chinese,
    markup::{link, named, written},
};
use crate::{note, origin};

struct Writer<'a> {
    origin: &'a str,
    out: String,
    /// The level of the last heading.
    level: u8,
}

pub(super) fn page(book: &Book, chapter: &Chapter) -> String {
    let mut writer = Writer { origin: origin(&book.address), out: String::new(), level: 1 };
    writer.open("h1", &named(&chapter.title));
    if let Some((url, token)) = &chapter.code {
        let code = link(url, &written(token), writer.origin);
        writer.open("p", &code);
    }
    for (number, section) in chapter.sections.iter().enumerate() {
        writer.out.push_str(&format!(r#"<section id="s{number}">"#));
        writer.level = 1;
        if !section.title.trim().is_empty() {
            writer.open("h2", &written(&section.title));
            writer.level = 2;
        }
        let note = note(section, is_chinese(book));
        if !note.is_empty() {
            writer.out.push_str(&format!(r#"<p class="note">{}</p>"#, written(&note)));
        }
        writer.blocks(&section.blocks, writer.level);
        writer.out.push_str("</section>");
    }
    super::page(book, &chapter.title, &writer.out)
}

impl Writer<'_> {
    /// An element of markup that is ready.
    fn open(&mut self, name: &str, inner: &str) {
        self.out.push_str(&format!("<{name}>{inner}</{name}>"));
    }

    fn blocks(&mut self, blocks: &[Block], top: u8) {
        blocks.iter().for_each(|block| self.block(block, top));
    }

    fn block(&mut self, block: &Block, top: u8) {
        match block {
            Block::Heading(level, words) => {
                self.level = top.saturating_add((*level).max(1)).min(self.level + 1).min(6);
                let (name, words) = (format!("h{}", self.level), self.runs(words));
                self.open(&name, &words);
            }
            Block::Paragraph(words) => {
                let words = self.runs(words);
                self.open("p", &words);
            }
            Block::List(items) => self.items("<ul>", items, "</ul>", top),
            Block::Numbered(first, items) => {
                // HTML counts with 32 bits.
                let first = i32::try_from(*first).unwrap_or(1);
                self.items(&format!(r#"<ol start="{first}">"#), items, "</ol>", top);
            }
            Block::Quote(blocks) => {
                self.out.push_str("<blockquote>");
                self.blocks(blocks, top);
                self.out.push_str("</blockquote>");
            }
            Block::Table { head, .. } if head.is_empty() => {}
            Block::Table { head, rows } => self.table(head, rows),
            Block::Facts(facts) => self.facts(facts),
            Block::Entry { title, href, facts } => {
                self.out.push_str(r#"<div class="entry">"#);
                let title = link(href, &named(title), self.origin);
                self.open("p", &format!("<strong>{title}</strong>"));
                self.facts(facts);
                self.out.push_str("</div>");
            }
            Block::Steps(steps) => {
                self.out.push_str(r#"<ol class="steps">"#);
                for step in steps {
                    let note =
                        if step.note.is_empty() { String::new() } else { format!("<br/>{}", written(&step.note)) };
                    self.open("li", &format!("<strong>{}</strong>{note}", written(&step.title)));
                }
                self.out.push_str("</ol>");
            }
            Block::Rule => self.out.push_str("<hr/>"),
        }
    }

    fn items(&mut self, open: &str, items: &[Vec<Block>], close: &str, top: u8) {
        self.out.push_str(open);
        for blocks in items {
            self.out.push_str("<li>");
            self.blocks(blocks, top);
            self.out.push_str("</li>");
        }
        self.out.push_str(close);
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        let headings: String = head.iter().map(|cell| format!(r#"<th scope="col">{}</th>"#, self.runs(cell))).collect();
        self.out.push_str(&format!("<table><thead><tr>{headings}</tr></thead><tbody>"));
        for row in rows {
            let cell = |i: usize| row.get(i).map_or_else(String::new, |cell| self.runs(cell));
            let cells: String = (0..head.len()).map(|i| format!("<td>{}</td>", cell(i))).collect();
            self.open("tr", &cells);
        }
        self.out.push_str("</tbody></table>");
    }

    fn facts(&mut self, facts: &[(String, Vec<Inline>)]) {
        if facts.is_empty() {
            return;
        }
        let fact =
            |(name, words): &(String, Vec<Inline>)| format!("<dt>{}</dt><dd>{}</dd>", named(name), self.runs(words));
        let facts: String = facts.iter().map(fact).collect();
        self.open("dl", &facts);
    }

    fn runs(&self, runs: &[Inline]) -> String {
        runs.iter().map(|run| self.run(run)).collect()
    }

    fn run(&self, run: &Inline) -> String {
        match run {
            Inline::Text(words) => written(words),
            Inline::Strong(inner) => format!("<strong>{}</strong>", self.runs(inner)),
            Inline::Emphasis(inner) => format!("<em>{}</em>", self.runs(inner)),
            Inline::Code(words) => format!("<code>{}</code>", written(words)),
            Inline::Link { href, text } => link(href, &self.runs(text), self.origin),
            Inline::Break => "<br/>".to_owned(),
        }
    }
}
