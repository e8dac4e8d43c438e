//! `/manual/{division}` and `/manual/{division}/{chapter}`: the manual as it is now.

use domain::{
    Slug,
    codes::Thing,
    divisions::{Division, DivisionCode, DivisionLevel, Divisions},
    locale::Locale,
    manual::{
        Edition, Head, Manual, Template,
        document::{Block, Section},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{body, living, search::Found, text};
use crate::{
    error::ErrorPage,
    offline::{Keep, KeptBar},
    points::stamp,
    portal::{root, visit},
    ui::{Article, Breadcrumbs, Column, Icon, PageHead, ReadAloud, SharePage, lang_of},
};

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
            <form class="p-search p-manual__search" method="get" action=reading.address(None, locale) role="search">
                <label class="p-hidden" for="q">{locale.pick("在手册里找", "Search this manual")}</label>
                <div class="p-search__line">
                    <input class="p-input" id="q" name="q" type="search" maxlength="60" placeholder=locale.pick("在手册里找,如:低保 材料", "Search this manual") />
                    <button class="p-button p-button--main" type="submit"><Icon name="search" />{locale.pick("找", "Find")}</button>
                </div>
            </form>
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

/// A section by itself.
pub(super) fn one(reading: Reading, manual: &Manual, slug: Slug, key: &str) -> AnyView {
    let visit = visit();
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let code = reading.division.code;
    let chapters = manual.chapters(divisions, code);
    let head = chapters.iter().find(|(it, _)| *it == slug).map(|(_, head)| *head);
    let found = manual.sections(divisions, code, slug).into_iter().find(|(_, it)| it.key == key);
    let (Some(head), Some((owner, mut shown))) = (head, found) else {
        return view! { <ErrorPage status=404 /> }.into_any();
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
pub(super) fn chapter(reading: Reading, manual: &Manual, slug: Slug) -> AnyView {
    let visit = visit();
    let (locale, divisions) = (visit.locale, &visit.snapshot.atlas.divisions);
    let code = reading.division.code;
    let chapters = manual.chapters(divisions, code);
    let Some(at) = chapters.iter().position(|(it, _)| *it == slug) else {
        return view! { <ErrorPage status=404 /> }.into_any();
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
pub(super) fn guide_address(reading: &Reading, chapter: Slug, key: &str, locale: Locale) -> String {
    let edition =
        reading.edition.filter(|_| reading.past).map(|it| format!("?edition={}", it.number)).unwrap_or_default();
    locale.href(&format!("/manual/{}/{chapter}/{key}{edition}", reading.division.code))
}

/// Whether a division reads nothing in a chapter, and nothing is listed below it either.
fn is_empty(manual: &Manual, divisions: &Divisions, division: DivisionCode, chapter: Slug) -> bool {
    divisions.lineage(division).iter().all(|above| manual.own(above.code, chapter).is_empty())
        && living::listed(manual, divisions, division, chapter) == 0
}

/// The place of a section on a page: its own name, with the division's before it where it is another's. Nothing else on a page begins so.
pub(super) fn anchor(section: &Section, owner: DivisionCode, reading: &Reading) -> String {
    if owner == reading.division.code { format!("s-{}", section.key) } else { format!("s-{owner}-{}", section.key) }
}

pub(super) fn section(
    section: Section,
    owner: DivisionCode,
    reading: &Reading,
    template: Option<Template>,
    locale: Locale,
) -> AnyView {
    let visit = visit();
    let id = anchor(&section, owner, reading);
    let level = if section.title.is_empty() { 1 } else { 2 };
    let from = visit.snapshot.atlas.divisions.get(owner).filter(|_| owner != reading.division.code);
    let from = from.map(|it| locale.pick(format!("来自{}", it.name), format!("From {}", it.name(locale))));
    let keeper = (!section.keeper.is_empty())
        .then(|| locale.pick(format!("维护:{}", section.keeper), format!("Kept by {}", section.keeper)));
    let verified =
        section.verified_on.map(|day| locale.pick(format!("最近核实 {day}"), format!("Last verified {day}")));
    let foot: Vec<String> = from.into_iter().chain(keeper).chain(verified).collect();
    let foot = foot.into_iter().map(|words| view! { <span lang=lang_of(&words, locale)>{words.clone()}</span> });
    let foot: Vec<_> = foot.collect();
    let lang = lang_of(&section.title, locale);
    let here =
        (template == Some(Template::Services)).then(|| services_here(&section, reading, &visit, locale)).flatten();
    let title = (!section.title.is_empty()).then(|| view! { <h2 lang=lang>{section.title.clone()}</h2> });
    let foot = (!foot.is_empty()).then(|| view! { <p class="p-manual__foot">{foot}</p> });
    view! {
        <section class="p-manual__section" id=id>
            {title}
            {body::blocks(section.blocks, level, locale)}
            {here}
            {foot}
        </section>
    }
    .into_any()
}

/// Behind a guide: all places of this division where it is done.
fn services_here(
    section: &Section,
    reading: &Reading,
    visit: &crate::portal::Visit,
    locale: Locale,
) -> Option<AnyView> {
    let service =
        section.key.parse().ok().filter(|code| visit.snapshot.content.services().iter().any(|it| it.code == *code))?;
    let query = domain::finder::PointQuery {
        division: Some(reading.division.code),
        service: Some(service),
        page: 1,
        ..Default::default()
    };
    let found = visit.snapshot.atlas.find(&query).hits.len();
    let name = reading.division.name(locale);
    let words = locale.pick(format!("在{name}能办的地方:{found} 处"), format!("All {found} places in {name}"));
    let href = locale.href(&crate::points::address(&query));
    (found > 0).then(|| {
        view! { <p><a class="p-button p-button--quiet" href=href><Icon name="map-pin" />{words}</a></p> }.into_any()
    })
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

/// Which edition this is, and where the others are.
#[component]
pub(super) fn EditionLine(reading: Reading) -> impl IntoView {
    let locale = visit().locale;
    let Some(edition) = reading.edition else { return ().into_any() };
    let words = text::edition(edition, locale);
    if reading.past {
        let now = address(reading.division.code, None, None, locale);
        return view! {
            <p class="p-notice">
                {locale.pick("这是旧版:", "An older edition: ")}{words}"。"
                <a href=now>{locale.pick("看现在的手册", "Read the current manual")}</a>
            </p>
        }
        .into_any();
    }
    let href = locale.href(&format!("/manual/{}/editions", reading.division.code));
    view! {
        <p class="p-manual__edition"><a href=href>{words.clone()}</a></p>
        <KeptBar edition=words />
    }
    .into_any()
}

/// Reads the page aloud; 长辈版 has it at the top of every page already.
#[component]
fn Aloud() -> impl IntoView {
    (!visit().reading.is_elder()).then(|| view! { <ReadAloud /> })
}

/// What else one can do with a manual.
#[component]
fn Also(reading: Reading, #[prop(optional)] chapter: Option<Slug>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let code = reading.division.code;
    let thing = chapter.map_or(Thing::Division(code), |chapter| Thing::Chapter(code, chapter));
    let token = visit.snapshot.content.codes.token(thing).filter(|_| !reading.past).map(|token| {
        let href = locale.href(&format!("/codes/{token}"));
        let words = match chapter {
            Some(_) => locale.pick("这一章的码", "The code of this chapter"),
            None => locale.pick("这里的码", "The code of this area"),
        };
        view! { <a class="p-button p-button--quiet" href=href><Icon name="qr-code" />{words}</a> }
    });
    let path = |rest: &str| locale.href(&format!("/manual/{code}/{rest}"));
    let asked = [
        chapter.map(|chapter| format!("chapter={chapter}")),
        reading.edition.filter(|_| reading.past).map(|it| format!("edition={}", it.number)),
    ];
    let print = path(&format!("print?{}", asked.into_iter().flatten().collect::<Vec<_>>().join("&")));
    let print = print.trim_end_matches('?').to_owned();
    view! {
        <p class="p-acts p-manual__also">
            <a class="p-button p-button--quiet" href=path("editions")><Icon name="history" />{locale.pick("各版与变化", "Editions and changes")}</a>
            {token}
            <SharePage />
            <a class="p-button p-button--quiet" href=print><Icon name="printer" />{locale.pick("下载 PDF、EPUB", "PDF and EPUB")}</a>
        </p>
    }
}
