//! What a telephone keeps of a manual: every page that belongs to a division, in one language and reading mode.

use domain::{divisions::DivisionLevel, manual::Template};

use super::{
    living::listed,
    show::{Reading, address, guide_address},
    text,
};
use crate::portal::{Portal, Visit};

/// The pages to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The code of the division.
    pub division: String,
    /// The title of the manual.
    pub title: String,
    /// The number of the edition; none before the first.
    pub edition: Option<i64>,
    /// The edition in words.
    pub stamp: String,
    /// What the pages are made from: other words mean that they are no longer the same.
    pub version: String,
    /// Their addresses: the front, every chapter and guide, and the lists of the divisions right below.
    pub pages: Vec<String>,
}

/// What to keep of a division's manual; none where there is no such division.
pub fn kept(portal: &Portal, visit: &Visit, division: &str) -> Option<Kept> {
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let division = division.parse().ok().and_then(|code| divisions.get(code)).cloned()?;
    let manual = visit.manual.said(locale);
    let code = division.code;
    let edition = visit.manual.edition_of(divisions, code);
    let title = text::title(division.name(locale), locale);
    let reading = Reading { division, edition, past: false };
    let below: Vec<_> = divisions.children(code).filter(|it| it.level != DivisionLevel::Village).collect();
    let mut pages = vec![address(code, None, None, locale)];
    for (slug, head) in manual.chapters(divisions, code) {
        pages.push(address(code, Some(slug), None, locale));
        match head.template {
            Template::Services => {
                let guides = manual.sections(divisions, code, slug).into_iter().filter(|(_, it)| !it.title.is_empty());
                pages.extend(guides.map(|(_, it)| guide_address(&reading, slug, &it.key, locale)));
            }
            Template::Directory | Template::Offices => {
                let lists = below.iter().filter(|it| listed(manual, divisions, it.code, slug) > 0);
                pages.extend(lists.map(|it| address(it.code, Some(slug), None, locale)));
            }
            Template::Written | Template::Policies | Template::Catalogue => {}
        }
    }
    pages.extend(below.iter().map(|it| address(it.code, None, None, locale)));
    let number = edition.map(|it| it.number);
    let stamp = edition.map(|it| text::edition(it, locale)).unwrap_or_default();
    let version = format!("{}-{}-{}", number.unwrap_or(0), visit.reading.code(), portal.build());
    Some(Kept { division: code.to_string(), title, edition: number, stamp, version, pages })
}
