//! The manual as it is now, in both languages, arranged for reading. Composed once for every state of the content, before the content
//! itself takes its place.

use std::collections::HashMap;

use domain::{
    Slug,
    divisions::{DivisionCode, Divisions},
    locale::Locale,
    manual::{
        Edition, Manual, Passage,
        document::{Block, Section},
    },
};

/// The current manual and its edition.
#[derive(Clone, Debug, Default)]
pub struct Living {
    /// The last edition; none before the first.
    pub edition: Option<Edition>,
    zh: Manual,
    en: Manual,
    /// The last edition that changed something of each division.
    touched: HashMap<DivisionCode, Edition>,
}

impl Living {
    /// Arranges what was composed.
    pub fn new(
        edition: Option<Edition>,
        touched: HashMap<DivisionCode, Edition>,
        zh: Vec<Passage>,
        en: Vec<Passage>,
    ) -> Self {
        Self { edition, zh: Manual::new(zh), en: Manual::new(en), touched }
    }

    /// What it says in a language.
    pub fn said(&self, locale: Locale) -> &Manual {
        locale.pick(&self.zh, &self.en)
    }

    /// The title of a chapter; its name in addresses where there is no such chapter.
    pub(crate) fn title(&self, divisions: &Divisions, division: DivisionCode, chapter: Slug, locale: Locale) -> String {
        let chapters = self.said(locale).chapters(divisions, division);
        let found = chapters.into_iter().find(|(slug, _)| *slug == chapter);
        found.map_or_else(|| chapter.to_string(), |(_, head)| head.title.clone())
    }

    /// The last edition that changed something a division reads.
    pub fn edition_of(&self, divisions: &Divisions, division: DivisionCode) -> Option<Edition> {
        let scope = scope(divisions, division);
        scope.iter().filter_map(|code| self.touched.get(code)).max_by_key(|edition| edition.number).copied()
    }
}

/// The divisions whose words are in the manual of one: those above it, itself, and those below it.
pub fn scope(divisions: &Divisions, division: DivisionCode) -> Vec<DivisionCode> {
    let mut list: Vec<_> = divisions.lineage(division).iter().map(|it| it.code).collect();
    let mut next = list.len().saturating_sub(1);
    while let Some(code) = list.get(next).copied() {
        for child in divisions.children(code) {
            if !list.contains(&child.code) {
                list.push(child.code);
            }
        }
        next += 1;
    }
    list
}

/// How many things a chapter lists in a division and below it.
pub(super) fn listed(manual: &Manual, divisions: &Divisions, division: DivisionCode, chapter: Slug) -> usize {
    let above = divisions.lineage(division).len().saturating_sub(1);
    let entries = |section: &Section| section.blocks.iter().filter(|it| matches!(it, Block::Entry { .. })).count();
    let codes = scope(divisions, division).into_iter().skip(above);
    codes.flat_map(|code| manual.own(code, chapter)).map(entries).sum()
}
