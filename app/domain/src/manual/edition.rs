//! One state of the whole manual in one language, and what a division reads of it: what is said above it, then what it says itself.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    Template,
    document::{Block, Section},
};
use crate::{
    Slug,
    divisions::{DivisionCode, Divisions},
};

/// A published state of the manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its number, from 1.
    pub number: i64,
    /// When it came to be.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// The head of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its title.
    pub title: String,
    /// What it is made from.
    pub template: Template,
    /// Not shown here and below.
    pub hidden: bool,
}

/// What a passage says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// That there is this chapter.
    Head(Head),
    /// A section of it.
    Section(Section),
}

impl Said {
    /// Its name within the chapter of a division; none for the head.
    pub fn key(&self) -> &str {
        match self {
            Self::Head(_) => "",
            Self::Section(section) => &section.key,
        }
    }
}

/// What one division says at one place of the manual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Whose it is.
    pub division: DivisionCode,
    /// The chapter.
    pub chapter: Slug,
    /// Its place among those of this division.
    pub place: i32,
    /// What it says.
    pub said: Said,
}

/// A whole manual in one language, arranged for reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manual {
    heads: HashMap<DivisionCode, Vec<(Slug, Head)>>,
    sections: HashMap<(DivisionCode, Slug), Vec<Section>>,
}

impl Manual {
    /// Arranges passages by their places.
    pub fn new(mut passages: Vec<Passage>) -> Self {
        passages.sort_by_key(|passage| passage.place);
        let mut manual = Self::default();
        for Passage { division, chapter, said, .. } in passages {
            match said {
                Said::Head(head) => manual.heads.entry(division).or_default().push((chapter, head)),
                Said::Section(section) => manual.sections.entry((division, chapter)).or_default().push(section),
            }
        }
        manual
    }

    /// The chapters a division reads, in order: those of the divisions above it first. What is hidden above or here is not among them.
    pub fn chapters(&self, divisions: &Divisions, division: DivisionCode) -> Vec<(Slug, &Head)> {
        let mut list: Vec<(Slug, &Head, bool)> = Vec::new();
        for above in divisions.lineage(division) {
            for (slug, head) in self.heads.get(&above.code).into_iter().flatten() {
                match list.iter_mut().find(|(known, ..)| known == slug) {
                    Some((.., hidden)) => *hidden |= head.hidden,
                    None => list.push((*slug, head, head.hidden)),
                }
            }
        }
        list.into_iter().filter(|(.., hidden)| !hidden).map(|(slug, head, _)| (slug, head)).collect()
    }

    /// What one division itself says in a chapter.
    pub fn own(&self, division: DivisionCode, chapter: Slug) -> &[Section] {
        self.sections.get(&(division, chapter)).map_or(&[], Vec::as_slice)
    }

    /// What a division reads in a chapter, with whose each section is. What was written comes from above to below; of what is listed,
    /// the nearest comes first; a guide has the places of the district behind it.
    pub fn sections(
        &self,
        divisions: &Divisions,
        division: DivisionCode,
        chapter: Slug,
    ) -> Vec<(DivisionCode, Section)> {
        let template = self
            .chapters(divisions, division)
            .into_iter()
            .find(|(slug, _)| *slug == chapter)
            .map(|(_, head)| head.template);
        let Some(template) = template else { return Vec::new() };
        let mut line: Vec<_> = divisions.lineage(division).iter().map(|it| it.code).collect();
        if matches!(template, Template::Directory | Template::Offices) {
            line.reverse();
        }
        let mut list: Vec<(DivisionCode, Section)> = Vec::new();
        for code in line {
            for section in self.own(code, chapter) {
                let known =
                    list.iter_mut().find(|(_, known)| template == Template::Services && known.key == section.key);
                match known {
                    Some((_, known)) => nearer(&mut known.blocks, &section.blocks),
                    None => list.push((code, section.clone())),
                }
            }
        }
        list
    }
}

/// Puts the places of a division before those of the divisions above it, behind what is written.
fn nearer(blocks: &mut Vec<Block>, places: &[Block]) {
    let listed = blocks.iter().position(|block| matches!(block, Block::Entry { .. })).unwrap_or(blocks.len());
    // The heading of a list belongs to it.
    let headed = listed.checked_sub(1).filter(|at| listed < blocks.len() && matches!(blocks[*at], Block::Heading(..)));
    let at = headed.unwrap_or(listed);
    blocks.splice(at..at, places.iter().cloned());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        divisions::{Division, DivisionLevel},
        manual::document::text,
    };

    fn slug(text: &str) -> Slug {
        text.parse().unwrap()
    }

    fn divisions() -> Divisions {
        let division = |code: &str, parent: Option<&str>| Division {
            code: slug(code),
            name: code.to_owned(),
            name_en: String::new(),
            level: DivisionLevel::City,
            parent: parent.map(slug),
            zone: None,
            center: None,
            ended: false,
        };
        Divisions::new(vec![
            division("city", None),
            division("district", Some("city")),
            division("other", Some("city")),
        ])
    }

    fn head(division: &str, chapter: &str, place: i32, template: Template, hidden: bool) -> Passage {
        let said = Said::Head(Head { title: format!("{division} {chapter}"), template, hidden });
        Passage { division: slug(division), chapter: slug(chapter), place, said }
    }

    fn section(division: &str, chapter: &str, key: &str) -> Passage {
        let blocks = vec![Block::Paragraph(text(division))];
        let section = Section { key: key.into(), title: key.into(), keeper: String::new(), verified_on: None, blocks };
        Passage { division: slug(division), chapter: slug(chapter), place: 0, said: Said::Section(section) }
    }

    #[test]
    fn a_division_reads_what_is_above_it_and_its_own_and_not_what_is_hidden() {
        let manual = Manual::new(vec![
            head("city", "b", 1, Template::Written, false),
            head("city", "a", 0, Template::Written, false),
            head("city", "secret", 2, Template::Written, true),
            head("district", "b", 0, Template::Written, true),
            head("district", "own", 1, Template::Written, false),
        ]);
        let read = |division: &str| {
            let chapters = manual.chapters(&divisions(), slug(division));
            chapters.into_iter().map(|(_, head)| head.title.clone()).collect::<Vec<_>>()
        };
        assert_eq!(read("city"), ["city a", "city b"]);
        assert_eq!(read("district"), ["city a", "district own"]);
        assert_eq!(read("other"), ["city a", "city b"]);
        assert_eq!(read("nowhere"), [""; 0]);
    }

    #[test]
    fn the_places_of_a_district_stand_before_those_of_the_city_and_behind_the_guide() {
        let entry = |name: &str| Block::Entry { title: name.into(), href: "/".into(), facts: vec![] };
        let heading = |name: &str| Block::Heading(1, text(name));
        let mut blocks = vec![heading("guide"), Block::Rule, heading("city"), entry("a")];
        nearer(&mut blocks, &[heading("district"), entry("b")]);
        let lines: Vec<_> = blocks.iter().flat_map(Block::lines).collect();
        assert_eq!(lines, ["guide", "district", "b", "city", "a"]);
    }

    #[test]
    fn what_is_written_comes_from_above_and_of_what_is_listed_the_nearest_comes_first() {
        let manual = Manual::new(vec![
            head("city", "text", 0, Template::Written, false),
            head("city", "list", 1, Template::Directory, false),
            head("city", "guides", 2, Template::Services, false),
            section("city", "text", "a"),
            section("district", "text", "b"),
            section("city", "list", "c"),
            section("district", "list", "d"),
            section("city", "guides", "pension"),
            section("district", "guides", "pension"),
        ]);
        let read = |chapter: &str| {
            let sections = manual.sections(&divisions(), slug("district"), slug(chapter));
            sections
                .into_iter()
                .map(|(code, section)| format!("{code} {}", section.lines().join(" ")))
                .collect::<Vec<_>>()
        };
        assert_eq!(read("text"), ["city a city", "district b district"]);
        assert_eq!(read("list"), ["district d district", "city c city"]);
        assert_eq!(read("guides"), ["city pension city district"]);
        assert_eq!(read("none"), [""; 0]);
    }
}
