//! `/manual/{division}`: the front of a manual, and how every page of it is addressed. Chapters are in `show/chapter.rs`.

mod chapter;
mod frame;
mod section;

use domain::{
    Slug,
    divisions::{Division, DivisionCode, DivisionLevel, Divisions},
    locale::Locale,
    manual::{Edition, Head, Manual, document::Section},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    living,
    search::{Found, SearchForm},
    text,
};
use crate::{
    error::ErrorPage,
    offline::Keep,
    portal::{root, visit},
    ui::{Breadcrumbs, Column, PageHead, lang_of},
};
pub(crate) use chapter::{ChapterPage, SectionPage};
pub(super) use chapter::{chapter, guide_address, one};
use frame::{Also, EditionLine};
pub(super) use section::{anchor, section};

/// The column every page of a manual belongs to.
pub(super) const COLUMN: Column = Column {
    name: "一手册",
    description: "政务公开一手册:在哪里办、怎么办、向谁问",
    keywords: "政务公开,手册,指南,办事,点位",
    kind: "信息公开指南",
};

/// What a page of a manual is read from: this state of it, or an older one.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) division: Division,
    pub(super) edition: Option<Edition>,
    /// It is not the last one.
    pub(super) past: bool,
}

impl Reading {
    /// The number of the edition that is read as the current one.
    fn number(&self) -> Option<String> {
        self.edition.filter(|_| !self.past).map(|it| it.number.to_string())
    }

    /// The address of a chapter in the same edition; of the front where none is named.
    pub(super) fn address(&self, chapter: Option<Slug>, locale: Locale) -> String {
        address(self.division.code, chapter, self.edition.filter(|_| self.past), locale)
    }
}

/// The address of a chapter, or of the front, of the living manual or of an edition.
pub(super) fn address(
    division: DivisionCode,
    chapter: Option<Slug>,
    edition: Option<Edition>,
    locale: Locale,
) -> String {
    let chapter = chapter.map(|slug| format!("/{slug}")).unwrap_or_default();
    let edition = edition.map(|it| format!("?edition={}", it.number)).unwrap_or_default();
    locale.href(&format!("/manual/{division}{chapter}{edition}"))
}

/// The division of the address; that of the site where none is named.
fn division() -> Option<Division> {
    let visit = visit();
    match use_params_map().get_untracked().get("division") {
        Some(code) => visit.snapshot.atlas.divisions.get(code.parse().ok()?).cloned(),
        None => root(&visit),
    }
}

/// The front of a manual, or what was found in it; 404 where there is no such division.
#[component]
pub(crate) fn ManualPage() -> impl IntoView {
    let Some(division) = division() else { return view! { <ErrorPage status=404 /> }.into_any() };
    let visit = visit();
    let reading = current(&division);
    match visit.parameter("q").filter(|words| !words.trim().is_empty()) {
        Some(words) => view! { <Found reading words /> }.into_any(),
        None => front(reading, visit.manual.said(visit.locale)),
    }
}

pub(super) fn current(division: &Division) -> Reading {
    let visit = visit();
    let edition = visit.manual.edition_of(&visit.snapshot.atlas.divisions, division.code);
    Reading { division: division.clone(), edition, past: false }
}

/// The way to a page of a manual.
pub(super) fn way(reading: &Reading, locale: Locale) -> Vec<(String, String)> {
    let visit = visit();
    let line = visit.snapshot.atlas.divisions.lineage(reading.division.code);
    line.iter().map(|it| (text::title(it.name(locale), locale), format!("/manual/{}", it.code))).collect()
}

/// The front: what is in it, and for a township its own page first.
pub(super) fn front(reading: Reading, manual: &Manual) -> AnyView {
    let visit = visit();
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let code = reading.division.code;
    let title = text::title(reading.division.name(locale), locale);
    let chapters = manual.chapters(divisions, code);
    let contents = chapters.iter().map(|(slug, head)| {
        let empty = is_empty(manual, divisions, code, *slug).then(|| view! { <span class="p-row__count">{text::none(locale)}</span> });
        let lang = lang_of(&head.title, locale);
        view! { <li><a class="p-row" href=reading.address(Some(*slug), locale)><span lang=lang>{head.title.clone()}</span>{empty}</a></li> }
    });
    let contents = contents.collect_view();
    let own = matches!(reading.division.level, DivisionLevel::Township | DivisionLevel::Village);
    let own = own.then(|| own_page(&reading, manual, &chapters, divisions, locale)).flatten();
    let mut way = way(&reading, locale);
    way.pop();
    let below: Vec<_> = divisions.children(code).filter(|it| it.level != DivisionLevel::Village).collect();
    let below = (!below.is_empty()).then(|| {
        let links = below.iter().map(|it| {
            let href = address(it.code, None, reading.edition.filter(|_| reading.past), locale);
            view! { <li><a class="p-chip" href=href lang=lang_of(it.name(locale), locale)>{it.name(locale).to_owned()}</a></li> }
        });
        view! {
            <section class="p-section">
                <h2>{locale.pick("各地的手册", "Manuals of areas")}</h2>
                <ul class="p-chips">{links.collect_view()}</ul>
            </section>
        }
    });
    let empty = chapters.is_empty().then(|| view! { <p class="p-empty">{text::nothing(locale)}</p> });
    let number = reading.number();
    let keep = (!reading.past).then(|| view! { <Keep division=code /> });
    view! {
        <PageHead title=title.clone() description=text::about(locale) column=COLUMN />
        <Breadcrumbs way />
        <div class="p-manual" data-manual=code.to_string() data-edition=number>
            <header class="p-manual__head">
                <h1>{title}</h1>
                <p>{text::about(locale)}</p>
                <EditionLine reading=reading.clone() />
            </header>
            {keep}
            {own}
            <SearchForm reading=reading.clone() />
            <section class="p-section">
                <h2>{locale.pick("目录", "Contents")}</h2>
                {empty}
                <ol class="p-rows p-manual__contents">{contents}</ol>
            </section>
            {below}
            <Also reading />
        </div>
    }
    .into_any()
}

/// What a township says itself, before everything else.
fn own_page(
    reading: &Reading,
    manual: &Manual,
    chapters: &[(Slug, &Head)],
    divisions: &Divisions,
    locale: Locale,
) -> Option<AnyView> {
    let township =
        divisions.lineage(reading.division.code).into_iter().rev().find(|it| it.level != DivisionLevel::Village)?;
    let own = chapters.iter().flat_map(|(slug, _)| manual.own(township.code, *slug)).cloned();
    let own: Vec<Section> = own.collect();
    if own.is_empty() {
        return None;
    }
    let name = township.name(locale).to_owned();
    let sections = own.into_iter().map(|it| section(it, township.code, reading, None, locale)).collect_view();
    let title = locale.pick(format!("{name}这一页"), format!("The page of {name}"));
    Some(
        view! { <section class="p-manual__own" aria-label=title.clone()><h2>{title.clone()}</h2>{sections}</section> }
            .into_any(),
    )
}

/// Whether a division reads nothing in a chapter, and nothing is listed below it either.
fn is_empty(manual: &Manual, divisions: &Divisions, division: DivisionCode, chapter: Slug) -> bool {
    divisions.lineage(division).iter().all(|above| manual.own(above.code, chapter).is_empty())
        && living::listed(manual, divisions, division, chapter) == 0
}
