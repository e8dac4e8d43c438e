//! What one division adds to the manual: chapters of its own, and what it says in the chapters of the divisions above it.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{Slug, points::KindCode};

/// The most chapters one division adds.
pub const MOST_CHAPTERS: usize = 60;
/// The most characters of one chapter's text.
pub const MOST_TEXT: usize = 60_000;
/// Names that stand for something else in the addresses of a manual.
const RESERVED: [&str; 5] = ["changes", "editions", "offline", "print", "search"];

choices! {
    /// What a chapter is made from.
    Template {
        /// What staff have written.
        Written = "written",
        /// 一张图: the points of service, by division and kind.
        Directory = "directory",
        /// 机构职能: the offices that keep points, what they do and how to reach them.
        Offices = "offices",
        /// 办事服务: the guides staff have written, each with where and when it is done.
        Services = "services",
        /// 政策与解读.
        Policies = "policies",
        /// 标准目录.
        Catalogue = "catalogue",
    }
}

/// A chapter as one division has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnChapter {
    /// Its name in addresses; the same name in a division above means: this adds to that chapter.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// In English; empty for the Chinese one.
    pub title_en: String,
    /// What it is made from.
    pub template: Template,
    /// Only points of these kinds; none for all.
    pub kinds: Vec<KindCode>,
    /// Markdown: the chapter itself, or what stands before what is composed.
    pub text: String,
    /// The same in English; empty for the Chinese one.
    pub text_en: String,
    /// The office that answers for what is written, as a resident knows it; empty where nobody is named.
    pub keeper: String,
    /// The day somebody last checked what is written.
    pub verified_on: Option<Date>,
    /// Not shown in this division and below it.
    pub hidden: bool,
}

/// Everything one division says itself, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its chapters.
    pub chapters: Vec<OwnChapter>,
}

/// Where a chapter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One place nearer to the front.
    Up,
    /// One place nearer to the end.
    Down,
}

/// Why a part cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadPart {
    /// More than [`MOST_CHAPTERS`].
    TooMany,
    /// Two chapters have this name.
    Twice(Slug),
    /// This name means something else in addresses.
    Reserved(Slug),
    /// The title of this chapter is empty, has more than 60 characters or control characters; or the name of its office has.
    Title(Slug),
    /// The text of this chapter has more than [`MOST_TEXT`] characters.
    Text(Slug),
}

impl Part {
    /// A chapter by name.
    pub fn chapter(&self, slug: Slug) -> Option<&OwnChapter> {
        self.chapters.iter().find(|chapter| chapter.slug == slug)
    }

    /// The names of its chapters, in order.
    pub fn order(&self) -> Vec<Slug> {
        self.chapters.iter().map(|chapter| chapter.slug).collect()
    }

    /// Puts a chapter in place of the one with its name, or at the end.
    pub fn put(&mut self, chapter: OwnChapter) {
        match self.chapters.iter_mut().find(|it| it.slug == chapter.slug) {
            Some(place) => *place = chapter,
            None => self.chapters.push(chapter),
        }
    }

    /// Takes a chapter out.
    pub fn remove(&mut self, slug: Slug) {
        self.chapters.retain(|chapter| chapter.slug != slug);
    }

    /// Moves a chapter one place; the first one cannot go up, nor the last one down.
    pub fn shift(&mut self, slug: Slug, way: Way) {
        let Some(from) = self.chapters.iter().position(|chapter| chapter.slug == slug) else { return };
        let to = match way {
            Way::Up => from.checked_sub(1),
            Way::Down => Some(from + 1).filter(|to| *to < self.chapters.len()),
        };
        if let Some(to) = to {
            self.chapters.swap(from, to);
        }
    }

    /// Brings the chapters into an order; those it does not name keep theirs behind the others.
    pub fn arrange(&mut self, order: &[Slug]) {
        let place = |chapter: &OwnChapter| order.iter().position(|slug| *slug == chapter.slug).unwrap_or(order.len());
        self.chapters.sort_by_key(place);
    }

    /// Checks what can be checked without looking anything up.
    pub fn validate(self) -> Result<Self, BadPart> {
        if self.chapters.len() > MOST_CHAPTERS {
            return Err(BadPart::TooMany);
        }
        for (i, chapter) in self.chapters.iter().enumerate() {
            let slug = chapter.slug;
            let titles = [&chapter.title, &chapter.title_en, &chapter.keeper];
            let lengths = titles.map(|title| title.trim().chars().count());
            if self.chapters[..i].iter().any(|earlier| earlier.slug == slug) {
                return Err(BadPart::Twice(slug));
            } else if RESERVED.contains(&slug.as_str()) {
                return Err(BadPart::Reserved(slug));
            } else if lengths[0] == 0
                || lengths.iter().any(|it| *it > 60)
                || titles.iter().any(|it| it.chars().any(char::is_control))
            {
                return Err(BadPart::Title(slug));
            } else if [&chapter.text, &chapter.text_en].iter().any(|text| text.chars().count() > MOST_TEXT) {
                return Err(BadPart::Text(slug));
            }
        }
        Ok(self)
    }
}

/// Puts what was made from `base` onto what is published by now, chapter by chapter. What both changed differently is a conflict.
pub fn merge(base: &Part, published: &Part, proposed: Part) -> Result<Part, Vec<Slug>> {
    let mut order = if proposed.order() == base.order() { published.order() } else { proposed.order() };
    let rest = [published.order(), proposed.order()].concat();
    order.extend(rest.into_iter().filter(|slug| !order.contains(slug)).collect::<Vec<_>>());
    let (mut merged, mut conflicts) = (Part::default(), Vec::new());
    for slug in order {
        let [before, now, then] = [base, published, &proposed].map(|part| part.chapter(slug));
        if merged.chapter(slug).is_some() {
            continue;
        }
        let chosen = match () {
            () if then == before => now,
            () if now == before || now == then => then,
            () => {
                conflicts.push(slug);
                continue;
            }
        };
        merged.chapters.extend(chosen.cloned());
    }
    if conflicts.is_empty() { Ok(merged) } else { Err(conflicts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(slug: &str, text: &str) -> OwnChapter {
        OwnChapter {
            slug: slug.parse().unwrap(),
            title: slug.to_owned(),
            title_en: String::new(),
            template: Template::Written,
            kinds: vec![],
            text: text.to_owned(),
            text_en: String::new(),
            keeper: String::new(),
            verified_on: None,
            hidden: false,
        }
    }

    fn part(chapters: &[(&str, &str)]) -> Part {
        Part { chapters: chapters.iter().map(|(slug, text)| chapter(slug, text)).collect() }
    }

    #[test]
    fn a_chapter_moves_one_place_and_not_over_the_edge() {
        let slug = |text: &str| text.parse().unwrap();
        let mut it = part(&[("a", ""), ("b", ""), ("c", "")]);
        for (name, way, order) in [
            ("c", Way::Up, "acb"),
            ("a", Way::Up, "acb"),
            ("b", Way::Down, "acb"),
            ("a", Way::Down, "cab"),
            ("x", Way::Up, "cab"),
        ] {
            it.shift(slug(name), way);
            assert_eq!(it.order().iter().map(Slug::to_string).collect::<String>(), order, "{name} {way:?}");
        }
        it.arrange(&[slug("b"), slug("x"), slug("c")]);
        assert_eq!(it.order().iter().map(Slug::to_string).collect::<String>(), "bca");
    }

    #[test]
    fn changes_of_different_chapters_are_merged_and_of_one_are_a_conflict() {
        let base = part(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let published = part(&[("a", "2"), ("b", "1"), ("c", "1"), ("d", "1")]);
        for (proposed, merged) in [
            (part(&[("a", "1"), ("b", "3"), ("c", "1")]), Ok(part(&[("a", "2"), ("b", "3"), ("c", "1"), ("d", "1")]))),
            (part(&[("c", "1"), ("b", "1"), ("a", "1")]), Ok(part(&[("c", "1"), ("b", "1"), ("a", "2"), ("d", "1")]))),
            (part(&[("a", "1"), ("c", "1"), ("e", "1")]), Ok(part(&[("a", "2"), ("c", "1"), ("e", "1"), ("d", "1")]))),
            (part(&[("a", "2"), ("b", "1"), ("c", "1")]), Ok(published.clone())),
            (part(&[("a", "3"), ("b", "1"), ("c", "1")]), Err(vec!["a".parse().unwrap()])),
            (part(&[("b", "1"), ("c", "1")]), Err(vec!["a".parse().unwrap()])),
        ] {
            assert_eq!(merge(&base, &published, proposed.clone()), merged, "{proposed:?}");
        }
    }

    #[test]
    fn names_titles_and_lengths_are_checked() {
        let slug = |text: &str| text.parse::<Slug>().unwrap();
        assert_eq!(part(&[("a", ""), ("a", "")]).validate(), Err(BadPart::Twice(slug("a"))));
        assert_eq!(part(&[("changes", "")]).validate(), Err(BadPart::Reserved(slug("changes"))));
        assert_eq!(part(&[("a", &"长".repeat(MOST_TEXT + 1))]).validate(), Err(BadPart::Text(slug("a"))));
        for title in ["", " ", "a\u{7}", &"长".repeat(61)] {
            let mut it = part(&[("a", "")]);
            it.chapters[0].title = title.to_owned();
            assert_eq!(it.validate(), Err(BadPart::Title(slug("a"))), "{title:?}");
        }
        let names: Vec<_> = (0..=MOST_CHAPTERS).map(|i| format!("c{i}")).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert_eq!(part(&many).validate(), Err(BadPart::TooMany));
        assert!(part(&[("a", "文")]).validate().is_ok());
    }
}
