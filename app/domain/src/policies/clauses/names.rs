//! Gives anchors out, see [`Anchor`] for how they are made.

use std::collections::{HashMap, HashSet};

use super::{
    anchor::{Anchor, LONGEST},
    marks::{Mark, Style},
};

/// What has been named so far, and where in the text one is.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// How many unnumbered paragraphs and headings stand where, and how often a number came again.
    counts: HashMap<String, u32>,
    /// The appendix, with a hyphen behind it, or nothing.
    prefix: String,
    /// The parts, chapters, sections and headings one is in, with how far out they stand.
    scopes: Vec<(u8, String)>,
    article: Option<String>,
    /// The numbered points, or the paragraph of an article, one is in; the innermost last.
    open: Vec<(Option<Style>, String)>,
}

impl Names {
    /// Whether one is in an article.
    pub(super) fn in_article(&self) -> bool {
        self.article.is_some()
    }

    /// A line of a table of contents, or its heading.
    pub(super) fn contents(&mut self, heading: bool) -> Anchor {
        if heading {
            self.leave();
            return self.take("toc".into());
        }
        let count = self.next("toc", 1);
        self.take(format!("toc-p{count}"))
    }

    /// A part, chapter, section, article or appendix.
    pub(super) fn structure(&mut self, mark: Mark<'_>) -> Anchor {
        self.leave();
        let rank = match mark.style {
            Style::Appendix => return self.appendix(mark.value),
            Style::Article => None,
            Style::Part => Some(0),
            // Chapters go on through the divisions of a part, so they are not in them.
            Style::Division | Style::Chapter => Some(1),
            _ => Some(2),
        };
        let mut name = self.placed(rank, mark);
        if self.taken.contains(&name) && mark.value == 1 && mark.inserted == 0 && mark.style != Style::Section {
            // It begins again.
            let number = self.next("y", 2);
            self.prefix = format!("y{number}-");
            self.scopes.clear();
            name = self.placed(rank, mark);
        }
        let anchor = self.take(name);
        match rank {
            Some(rank) if mark.style != Style::Division => self.scopes.push((rank, anchor.as_str().to_owned())),
            Some(_) => {}
            None => self.article = Some(anchor.as_str().to_owned()),
        }
        anchor
    }

    fn placed(&mut self, rank: Option<u8>, mark: Mark<'_>) -> String {
        let own = component(mark);
        match rank {
            Some(rank) => {
                self.scopes.retain(|(it, _)| *it < rank);
                self.below(self.scopes.last().map(|(_, name)| name.as_str()), &own)
            }
            None => self.below(None, &own),
        }
    }

    fn appendix(&mut self, value: u16) -> Anchor {
        self.scopes.clear();
        let name = if value == 0 { "x".to_owned() } else { format!("x{value}") };
        let anchor = self.take(name);
        self.prefix = format!("{anchor}-");
        anchor
    }

    /// A heading without a number.
    pub(super) fn heading(&mut self) -> Anchor {
        self.leave();
        self.scopes.retain(|(rank, _)| *rank < 3);
        let above = self.below(self.scopes.last().map(|(_, name)| name.as_str()), "h");
        let count = self.next(&above, 1);
        let anchor = self.take(format!("{above}{count}"));
        self.scopes.push((3, anchor.as_str().to_owned()));
        anchor
    }

    /// A point: （一）, 1. and the like; 一、 outside an article heads what follows.
    pub(super) fn point(&mut self, mark: Mark<'_>, heading: bool) -> Anchor {
        if heading && self.in_article() {
            self.leave();
        }
        if mark.style == Style::Comma && self.article.is_none() {
            self.open.clear();
        }
        if let Some(at) = self.open.iter().position(|(style, _)| *style == Some(mark.style)) {
            self.open.truncate(at);
        }
        let name = self.below(self.innermost(), &component(mark));
        let anchor = self.take(name);
        if !heading {
            self.counts.insert(anchor.as_str().to_owned(), 1);
        }
        self.open.push((Some(mark.style), anchor.as_str().to_owned()));
        anchor
    }

    /// A paragraph without a number.
    pub(super) fn paragraph(&mut self) -> Anchor {
        if let Some(article) = self.article.clone() {
            self.open.clear();
            let count = self.next(&article, 2);
            let anchor = self.take(format!("{article}-p{count}"));
            self.open.push((None, anchor.as_str().to_owned()));
            return anchor;
        }
        let above = self.below(self.innermost(), "p");
        let key = self.innermost().unwrap_or(&self.prefix).to_owned();
        let count = self.next(&key, 1);
        self.take(format!("{above}{count}"))
    }

    fn leave(&mut self) {
        self.article = None;
        self.open.clear();
    }

    fn innermost(&self) -> Option<&str> {
        let open = self.open.last().map(|(_, name)| name);
        open.or(self.article.as_ref()).or(self.scopes.last().map(|(_, name)| name)).map(String::as_str)
    }

    fn below(&self, above: Option<&str>, own: &str) -> String {
        match above {
            Some(above) => format!("{above}-{own}"),
            None => format!("{}{own}", self.prefix),
        }
    }

    /// The next of those counted from a number on.
    fn next(&mut self, key: &str, first: u32) -> u32 {
        let count = self.counts.entry(key.to_owned()).or_insert(first - 1);
        *count += 1;
        *count
    }

    fn take(&mut self, mut name: String) -> Anchor {
        if self.taken.contains(&name) {
            let again = format!("{name}r");
            let count = self.next(&again, 2);
            name = format!("{again}{count}");
        }
        if name.len() > LONGEST {
            name = format!("q{}", self.taken.len() + 1);
            while self.taken.contains(&name) {
                name.push('q');
            }
        }
        self.taken.insert(name.clone());
        Anchor::made(name)
    }
}

fn component(mark: Mark<'_>) -> String {
    let mut text = format!("{}{}", mark.style.letter(), mark.value);
    if mark.inserted > 0 {
        text.push_str(&format!("z{}", mark.inserted));
    }
    text
}
