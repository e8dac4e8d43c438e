//! The manual of a division as a book: what is printed as PDF and EPUB. Chapters that have nothing in them are left out.

use domain::{
    Slug,
    codes::Thing,
    divisions::{Division, DivisionCode, DivisionLevel, Divisions},
    locale::Locale,
    manual::{
        Edition, Head, Manual, Template,
        document::{Book, Chapter, Section},
    },
};
use store::snapshot::Snapshot;

use super::text;
use crate::{codes, portal::Portal};

/// The book of a division, or of one of its chapters; none where there is no such division, or nothing in it.
pub fn book(
    portal: &Portal,
    snapshot: &Snapshot,
    manual: &Manual,
    edition: Edition,
    (division, only): (DivisionCode, Option<Slug>),
    locale: Locale,
) -> Option<Book> {
    let divisions = &snapshot.atlas.divisions;
    let place = divisions.get(division)?;
    let site = portal.site();
    let chapter = |(slug, head): (Slug, &Head)| {
        let sections = sections(manual, divisions, place, slug, head.template);
        let code = codes::poster(portal, snapshot, Thing::Chapter(division, slug), &site.domain);
        let code = code.map(|code| (code.url, code.token.to_string()));
        (!sections.is_empty()).then(|| Chapter { slug: slug.to_string(), title: head.title.clone(), code, sections })
    };
    let chosen =
        manual.chapters(divisions, division).into_iter().filter(|(slug, _)| only.is_none_or(|only| only == *slug));
    let chapters: Vec<_> = chosen.filter_map(chapter).collect();
    let name = place.name(locale);
    (!chapters.is_empty()).then(|| Book {
        title: text::title(name, locale),
        division: name.to_owned(),
        edition: text::edition(edition, locale),
        issuer: locale.pick(site.name.clone(), site.name_en.clone()),
        language: locale.tag().to_owned(),
        address: format!("https://{}{}", site.domain, locale.href(&format!("/manual/{division}"))),
        chapters,
    })
}

/// What a chapter says on paper: there a list has what lies below the division too, place after place.
fn sections(manual: &Manual, divisions: &Divisions, place: &Division, slug: Slug, template: Template) -> Vec<Section> {
    if !matches!(template, Template::Directory | Template::Offices) {
        return manual.sections(divisions, place.code, slug).into_iter().map(|(_, section)| section).collect();
    }
    let mut list = Vec::new();
    let above = divisions.lineage(place.code);
    let small = matches!(place.level, DivisionLevel::Township | DivisionLevel::Village);
    // A township has its own first, then what is nearest above it; a district or a city has what is below it.
    let mut codes: Vec<_> = if small { above.iter().rev().map(|it| it.code).collect() } else { Vec::new() };
    if !small {
        gather(divisions, place.code, &mut codes);
    }
    for code in codes {
        for section in manual.own(code, slug) {
            // Keys stand for anchors, which are those of one file here.
            list.push(Section { key: format!("{code}-{}", section.key), ..section.clone() });
        }
    }
    list
}

/// A division and all below it, each before its own.
fn gather(divisions: &Divisions, code: DivisionCode, codes: &mut Vec<DivisionCode>) {
    if codes.contains(&code) {
        return;
    }
    codes.push(code);
    let below: Vec<_> =
        divisions.children(code).filter(|it| it.level != DivisionLevel::Village).map(|it| it.code).collect();
    for child in below {
        gather(divisions, child, codes);
    }
}
