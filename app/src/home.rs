//! `/`: one box to ask, the three ones, what is near and open.

use domain::{
    codes::Thing,
    divisions::{DivisionCode, DivisionLevel},
    finder::PointQuery,
    locale::Locale,
    points::Level,
};
use leptos::prelude::*;

use crate::{
    manual::edition_stamp,
    points::{Nearby, address, card_of, text},
    portal::{portal, root, visit},
    search::SearchBox,
    ui::{Column, DataBlock, Icon, PageHead},
};

const COLUMN: Column = Column {
    name: "首页",
    description: "政务公开门户首页:一张图、一个码、一手册",
    keywords: "政务公开,一张图,一个码,一手册",
    kind: "首页",
};

/// Everyday matters, as one would say them; each is a search.
const ASKED: [(&str, &str); 6] = [
    ("社保", "Pension"),
    ("身份证", "Identity card"),
    ("低保", "Allowance"),
    ("医保", "Medical"),
    ("入学", "School"),
    ("不动产", "Real estate"),
];

/// The home page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, snapshot) = (visit.locale, visit.snapshot.clone());
    let division = root(&visit);
    let everything = snapshot.atlas.find(&PointQuery { page: 1, ..PointQuery::default() });
    let (total, open) = (everything.hits.len(), everything.facets.open);
    let near = division.as_ref().and_then(|division| division.center);
    let query = PointQuery { near, page: 1, ..PointQuery::default() };
    let nearest = snapshot.atlas.find(&query);
    // Of the nearest offices of the city and the district, those where most can be done.
    let offices = nearest.hits.iter().map(|(i, _)| &snapshot.atlas.points()[*i]).filter(|p| p.level <= Level::District);
    let mut wanted: Vec<_> = offices.take(24).collect();
    wanted.sort_by_key(|point| std::cmp::Reverse(point.services.len()));
    let cards = wanted
        .into_iter()
        .take(6)
        .map(|point| view! { <li>{card_of(&snapshot, point, None, locale)}</li> })
        .collect_view();
    let asked = ASKED
        .iter()
        .map(|(zh, en)| {
            let words = locale.pick(*zh, *en).to_owned();
            let href = locale.href(&address(&PointQuery { words, page: 1, ..PointQuery::default() }));
            view! { <li><a class="p-chip" href=href>{locale.pick(*zh, *en)}</a></li> }
        })
        .collect_view();
    let name = division.map(|it| it.name(locale).to_owned()).unwrap_or_default();
    let title = locale.pick(format!("{name}政务公开"), format!("Open government of {name}"));
    let description = locale.pick(
        "在哪里办、现在开不开门、能办什么、怎么去,一张图看清楚。",
        "Where to go, whether it is open now, what it can do for you, and how to get there.",
    );
    let site = portal.site();
    let data = serde_json::json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": site.name, "url": format!("https://{}/", site.domain),
    });
    view! {
        <PageHead title="" description column=COLUMN />
        <section class="p-hero">
            <h1>{title}</h1>
            <SearchBox />
            <ul class="p-chips" aria-label=locale.pick("常找的事", "Often looked for")>{asked}</ul>
        </section>
        <section class="p-ones" aria-label=locale.pick("三个一", "The three ones")>
            <a class="p-one p-one--map" href=locale.href("/points")>
                <Sketch />
                <span class="p-one__words">
                    <strong>{locale.pick("一张图", "One map")}</strong>
                    <span>{text::places(total, open, locale)}</span>
                    <small>{locale.pick("看地图和清单", "Map and list")}</small>
                </span>
            </a>
            <OneCode thing=Thing::Portal locale />
            <OneManual division=None locale />
        </section>
        <OpenNow open locale />
        <section class="p-section">
            <h2>{locale.pick("市中心能办事的地方", "Places in the centre")}</h2>
            <Nearby>
                <ul class="p-cards">{cards}</ul>
            </Nearby>
        </section>
        <Districts locale />
        <DataBlock json=data />
    }
}

/// 一个码: on the home page where codes are typed and scanned, elsewhere the code of that.
#[component]
pub(crate) fn OneCode(thing: Thing, locale: Locale) -> impl IntoView {
    let token = visit().snapshot.content.codes.token(thing).filter(|_| thing != Thing::Portal);
    let (path, words, more) = match token {
        Some(token) => (
            format!("/codes/{}", token.plain()),
            locale.pick("扫一扫就到本地的这一页。", "Scan it and land on this page."),
            locale.pick("看这里的码", "See its code"),
        ),
        None => (
            "/codes".to_owned(),
            locale.pick("墙上的码,扫一扫就到对的地方。", "Scan the code on the wall and land at the right place."),
            locale.pick("输入或扫一扫", "Type or scan"),
        ),
    };
    view! {
        <a class="p-one p-one--small" href=locale.href(&path)>
            <Icon name="scan-line" />
            <span class="p-one__words">
                <strong>{locale.pick("一个码", "One code")}</strong>
                <span>{words}</span>
                <small>{more}</small>
            </span>
        </a>
    }
}

/// 一手册 of a division, with the edition it is.
#[component]
pub(crate) fn OneManual(division: Option<DivisionCode>, locale: Locale) -> impl IntoView {
    let visit = visit();
    let divisions = &visit.snapshot.atlas.divisions;
    let (path, edition) = match division.or_else(|| root(&visit).map(|it| it.code)) {
        Some(code) => (format!("/manual/{code}"), visit.manual.edition_of(divisions, code)),
        None => ("/manual".to_owned(), None),
    };
    let edition = edition.map(|it| view! { <small>{edition_stamp(it, locale)}</small> });
    view! {
        <a class="p-one p-one--small" href=locale.href(&path)>
            <Icon name="book-open" />
            <span class="p-one__words">
                <strong>{locale.pick("一手册", "One manual")}</strong>
                <span>{locale.pick("怎么办事,一本写清楚。", "How things are done, in one book.")}</span>
                {edition}
            </span>
        </a>
    }
}

/// What is open now, by kind.
#[component]
fn OpenNow(open: usize, locale: Locale) -> impl IntoView {
    let snapshot = visit().snapshot;
    let found = snapshot.atlas.find(&PointQuery { open: true, page: 1, ..PointQuery::default() });
    let kinds = snapshot
        .atlas
        .kinds
        .iter()
        .zip(found.facets.kinds)
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| {
            let query = PointQuery { open: true, kind: Some(kind.code), page: 1, ..PointQuery::default() };
            view! {
                <li>
                    <a class="p-row" href=locale.href(&address(&query))>
                        <span class="p-letter" aria-hidden="true">{kind.letter.clone()}</span>
                        <span>{kind.label(locale).to_owned()}</span>
                        <span class="p-row__count">{text::count(count, locale)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let none = (open == 0).then(|| view! {
        <p>{locale.pick("现在都关门了。下面各处写着什么时候再开。", "Everything is closed now. Each place says when it opens next.")}</p>
    });
    view! {
        <section class="p-section">
            <h2>{locale.pick("现在开门的", "Open now")}</h2>
            {none}
            <ul class="p-rows">{kinds}</ul>
        </section>
    }
}

/// The districts and zones.
#[component]
fn Districts(locale: Locale) -> impl IntoView {
    let visit = visit();
    let Some(root) = root(&visit) else { return ().into_any() };
    let divisions = &visit.snapshot.atlas.divisions;
    let list = divisions
        .children(root.code)
        .filter(|division| division.level != DivisionLevel::Village)
        .map(|division| {
            let href = locale.href(&format!("/divisions/{}", division.code));
            view! { <li><a class="p-chip" href=href>{division.name(locale).to_owned()}</a></li> }
        })
        .collect_view();
    view! {
        <section class="p-section">
            <h2>{locale.pick("选一个地方", "Choose an area")}</h2>
            <ul class="p-chips">{list}</ul>
        </section>
    }
    .into_any()
}

/// The drawing beside 一张图: lines and dots, no place in particular.
#[component]
fn Sketch() -> impl IntoView {
    view! {
        <svg class="p-sketch" viewBox="0 0 320 160" aria-hidden="true" preserveAspectRatio="xMidYMid meet">
            <path class="p-sketch__land" d="M18 60 70 22l64 10 48-18 66 20 50 42-20 54-70 24-62-12-58 10-52-28z" />
            <path class="p-sketch__line" d="M70 22 96 78l-60 46M96 78l74-8 12-56M170 70l28 72M170 70l110-6M198 142l50-56" />
            <circle class="p-sketch__dot" cx="62" cy="66" r="6" />
            <circle class="p-sketch__dot p-sketch__dot--closed" cx="120" cy="46" r="5" />
            <circle class="p-sketch__dot" cx="140" cy="104" r="9" />
            <circle class="p-sketch__dot p-sketch__dot--closed" cx="222" cy="52" r="6" />
            <circle class="p-sketch__dot" cx="252" cy="92" r="5" />
            <circle class="p-sketch__dot" cx="196" cy="100" r="5" />
        </svg>
    }
}
