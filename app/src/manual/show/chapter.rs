//! `/manual/{division}/{chapter}`: a chapter with everything a division reads in it; one that is too long for a page has a page a section.

use domain::{
    Slug,
    codes::{Lead, Thing},
    divisions::{DivisionCode, DivisionLevel},
    locale::Locale,
    manual::{
        Manual, Template,
        document::{Block, Section},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    super::{living, text},
    COLUMN, Reading, address, current, division,
    frame::{Aloud, Also, EditionLine},
    is_empty,
    section::{anchor, section},
    way,
};
use crate::{
    codes,
    error::ErrorPage,
    points::stamp,
    portal::visit,
    ui::{Article, Breadcrumbs, PageHead, lang_of},
};

/// A chapter, or 404.
#[component]
pub(crate) fn ChapterPage() -> impl IntoView {
    let visit = visit();
    let slug = use_params_map().get_untracked().get("chapter").and_then(|slug| slug.parse().ok());
    match division().zip(slug) {
        Some((division, slug)) => chapter(current(&division), visit.manual.said(visit.locale), slug),
        None => view! { <ErrorPage status=404 /> }.into_any(),
    }
}

/// One section of a chapter that is too long for one page, or 404.
#[component]
pub(crate) fn SectionPage() -> impl IntoView {
    let visit = visit();
    let parameter = |name: &str| use_params_map().get_untracked().get(name);
    let slug = parameter("chapter").and_then(|slug| slug.parse().ok());
    match division().zip(slug).zip(parameter("section")) {
        Some(((division, slug), key)) => one(current(&division), visit.manual.said(visit.locale), slug, &key),
        None => view! { <ErrorPage status=404 /> }.into_any(),
    }
}

/// Where there is no such chapter or section: 410 for a chapter that there was, else 404.
fn missing(division: DivisionCode, slug: Slug) -> AnyView {
    let (snapshot, chapter) = (visit().snapshot, Thing::Chapter(division, slug));
    let content = &snapshot.content;
    let had = content.codes.token(chapter).is_some() && content.lead(chapter, snapshot.today()) == Lead::Ended(chapter);
    let page = had.then(|| codes::ended(chapter)).flatten();
    page.unwrap_or_else(|| view! { <ErrorPage status=404 /> }.into_any())
}

/// A section by itself.
pub(in crate::manual) fn one(reading: Reading, manual: &Manual, slug: Slug, key: &str) -> AnyView {
    let visit = visit();
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let code = reading.division.code;
    let chapters = manual.chapters(divisions, code);
    let head = chapters.iter().find(|(it, _)| *it == slug).map(|(_, head)| *head);
    let found = manual.sections(divisions, code, slug).into_iter().find(|(_, it)| it.key == key);
    let (Some(head), Some((owner, mut shown))) = (head, found) else {
        return missing(code, slug);
    };
    let title = std::mem::take(&mut shown.title);
    let book = text::title(reading.division.name(locale), locale);
    let mut way = way(&reading, locale);
    way.push((head.title.clone(), format!("/manual/{code}/{slug}")));
    let number = reading.number();
    view! {
        <PageHead title=format!("{title} · {book}") description=format!("{book}:{} · {title}", head.title) column=COLUMN />
        <Breadcrumbs way />
        <article class="p-manual" data-manual=code.to_string() data-chapter=slug.to_string() data-edition=number>
            <header class="p-manual__head">
                <h1 lang=lang_of(&title, locale)>{title.clone()}</h1>
                <EditionLine reading=reading.clone() />
                <Aloud />
            </header>
            {section(shown, owner, &reading, Some(head.template), locale)}
            <Also reading />
        </article>
    }
    .into_any()
}

/// A chapter with everything a division reads in it, or 404.
pub(in crate::manual) fn chapter(reading: Reading, manual: &Manual, slug: Slug) -> AnyView {
    let visit = visit();
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let code = reading.division.code;
    let chapters = manual.chapters(divisions, code);
    let Some(at) = chapters.iter().position(|(it, _)| *it == slug) else {
        return missing(code, slug);
    };
    let head = chapters[at].1;
    let sections = manual.sections(divisions, code, slug);
    // Guides are a page each: all of them would be too much for a telephone.
    let paged = head.template == Template::Services;
    let outline = (!paged && sections.len() > 2).then(|| {
        let links = sections.iter().filter(|(_, it)| !it.title.is_empty()).map(|(owner, it)| {
            let lang = lang_of(&it.title, locale);
            view! { <li><a href=format!("#{}", anchor(it, *owner, &reading)) lang=lang>{it.title.clone()}</a></li> }
        });
        view! { <nav class="p-outline" aria-label=locale.pick("本章内容", "In this chapter")><ul>{links.collect_view()}</ul></nav> }
    });
    let nothing = is_empty(manual, divisions, code, slug)
        .then(|| view! { <p class="p-empty">{text::coming(head.template, locale)}</p> });
    let shown = match paged {
        true => guides(sections, &reading, slug, locale),
        false => sections
            .into_iter()
            .map(|(owner, it)| section(it, owner, &reading, Some(head.template), locale))
            .collect_view()
            .into_any(),
    };
    let below =
        matches!(head.template, Template::Directory | Template::Offices).then(|| below(&reading, manual, slug, locale));
    let step = |at: Option<usize>, rel: &'static str, word: &'static str| {
        at.and_then(|at| chapters.get(at)).map(|(slug, head)| {
            let lang = lang_of(&head.title, locale);
            view! {
                <a class="p-turn" rel=rel href=reading.address(Some(*slug), locale)>
                    <small>{word}</small>
                    <span lang=lang>{head.title.clone()}</span>
                </a>
            }
        })
    };
    let previous = step(at.checked_sub(1), "prev", locale.pick("上一章", "Previous"));
    let next = step(Some(at + 1), "next", locale.pick("下一章", "Next"));
    let title = head.title.clone();
    let book = text::title(reading.division.name(locale), locale);
    let article = reading.edition.map(|it| Article { published: stamp(it.at), source: reading.division.name.clone() });
    let page_head = match article {
        Some(article) => view! { <PageHead title=format!("{title} · {book}") description=format!("{book}:{title}") column=COLUMN article /> }.into_any(),
        None => view! { <PageHead title=format!("{title} · {book}") description=format!("{book}:{title}") column=COLUMN /> }.into_any(),
    };
    let number = reading.number();
    view! {
        {page_head}
        <Breadcrumbs way=way(&reading, locale) />
        <article class="p-manual" data-manual=code.to_string() data-chapter=slug.to_string() data-edition=number>
            <header class="p-manual__head">
                <h1 lang=lang_of(&title, locale)>{title.clone()}</h1>
                <EditionLine reading=reading.clone() />
                <Aloud />
            </header>
            {outline}
            {nothing}
            {shown}
            {below}
            <nav class="p-turns" aria-label=locale.pick("翻章", "Chapters")>{previous}{next}</nav>
            <Also reading chapter=slug />
        </article>
    }
    .into_any()
}

/// The guides of a chapter, a line each; what is written before the first one stands before them.
fn guides(sections: Vec<(DivisionCode, Section)>, reading: &Reading, slug: Slug, locale: Locale) -> AnyView {
    let (guides, before): (Vec<_>, Vec<_>) = sections.into_iter().partition(|(_, it)| !it.title.is_empty());
    let before = before.into_iter().map(|(owner, it)| section(it, owner, reading, None, locale)).collect_view();
    let rows = guides.into_iter().map(|(_, it)| {
        let written = it.blocks.iter().take_while(|block| !matches!(block, Block::Entry { .. })).count() > 2;
        let (lang, href) = (lang_of(&it.title, locale), guide_address(reading, slug, &it.key, locale));
        let kind = if written { locale.pick("指南", "guide") } else { locale.pick("在哪里办", "where") };
        view! { <li><a class="p-row" href=href><span lang=lang>{it.title.clone()}</span><span class="p-row__count">{kind}</span></a></li> }
    });
    let rows = rows.collect_view();
    view! { {before}<ul class="p-rows">{rows}</ul> }.into_any()
}

/// The address of a guide.
pub(in crate::manual) fn guide_address(reading: &Reading, chapter: Slug, key: &str, locale: Locale) -> String {
    let edition =
        reading.edition.filter(|_| reading.past).map(|it| format!("?edition={}", it.number)).unwrap_or_default();
    locale.href(&format!("/manual/{}/{chapter}/{key}{edition}", reading.division.code))
}

/// The divisions below, with how many things their lists have.
fn below(reading: &Reading, manual: &Manual, chapter: Slug, locale: Locale) -> AnyView {
    let visit = visit();
    let divisions = &visit.snapshot.atlas.divisions;
    let children = divisions.children(reading.division.code).filter(|it| it.level != DivisionLevel::Village);
    let rows: Vec<_> = children
        .map(|it| (it, living::listed(manual, divisions, it.code, chapter)))
        .filter(|(_, count)| *count > 0)
        .map(|(it, count)| {
            let href = address(it.code, Some(chapter), reading.edition.filter(|_| reading.past), locale);
            view! {
                <li><a class="p-row" href=href><span lang=lang_of(it.name(locale), locale)>{it.name(locale).to_owned()}</span><span class="p-row__count">{text::entries(count, locale)}</span></a></li>
            }
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="p-section">
            <h2>{locale.pick("按地区看", "By area")}</h2>
            <ul class="p-rows">{rows}</ul>
        </section>
    }
    .into_any()
}
