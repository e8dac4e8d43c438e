//! `/c/{token}` where it leads to no page: 410 for what has ended, with since when, why and where to go instead; 404 for what never
//! was. Whatever leads to a page is a redirection (`server::http`).

use axum::http::StatusCode;
use domain::{
    codes::{Lead, Thing},
    divisions::Division,
    finder::PointQuery,
    locale::Locale,
    points::{Point, ServiceCode},
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use store::snapshot::Reads;

use super::{ask::Ask, text, way::decoded};
use crate::{
    points::{EndedPoint, address, others, text as points},
    portal::{reads, visit},
    ui::{Icon, PageHead, lang_of},
};

/// The page of a code that leads to no other.
#[component]
pub(crate) fn FollowPage() -> impl IntoView {
    let visit = visit();
    let snapshot = &visit.snapshot;
    let typed = decoded(visit.path.strip_prefix("/c/").unwrap_or_default());
    let content = &snapshot.content;
    let thing = typed.parse().ok().and_then(|token| content.codes.thing(token));
    let Some(Lead::Ended(thing)) = thing.map(|thing| content.lead(thing, snapshot.today())) else {
        return view! { <Ask typed /> }.into_any();
    };
    ended(thing).unwrap_or_else(|| view! { <Ask typed /> }.into_any())
}

/// The page of a thing that has ended, with 410; none of what never ends.
pub(crate) fn ended(thing: Thing) -> Option<AnyView> {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, visit.snapshot.clone());
    let content = &snapshot.content;
    let point = thing.point().and_then(|id| content.point(id)).cloned();
    let page = match (thing, point) {
        (Thing::Point(_), Some(point)) => view! { <EndedPoint point snapshot locale /> }.into_any(),
        (Thing::Window(_, service), Some(point)) => view! { <NoLongerHere point service /> }.into_any(),
        (Thing::Division(code), _) => {
            view! { <NoDivision division=snapshot.atlas.divisions.get(code).cloned() /> }.into_any()
        }
        (Thing::Chapter(code, _), _) => {
            view! { <NoChapter division=snapshot.atlas.divisions.get(code).cloned() /> }.into_any()
        }
        // Points are never removed, and the portal does not end.
        _ => return None,
    };
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::GONE);
    }
    Some(page)
}

/// The ways on from a page of what has ended: to all of a query, and home.
#[component]
fn WaysOn(all: PointQuery, locale: Locale) -> impl IntoView {
    view! {
        <p class="p-acts">
            <a class="p-button p-button--main" href=locale.href(&address(&all))>
                <Icon name="map" />
                {locale.pick("在一张图里看更多", "More on the map")}
            </a>
            <a class="p-button" href=locale.href("/")>{locale.pick("回首页", "Home")}</a>
        </p>
    }
}

/// The page of a counter whose service is not done there any more.
#[component]
fn NoLongerHere(point: Point, service: ServiceCode) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let service_name = text::service(snapshot, service, locale);
    let name = point.facts.name(locale).to_owned();
    let title =
        locale.pick(format!("“{service_name}”不在这里办了"), format!("“{service_name}” is not done here any more"));
    let ended = point.ended(snapshot.today()).map(|ended| {
        let on = points::day(ended.on, snapshot.today(), locale);
        let words = locale.pick(format!("这里自{on}起停用。"), format!("This place is closed for good since {on}."));
        view! { <p>{words}</p><p lang="zh-CN">{ended.reason.clone()}</p> }
    });
    let still = ended.is_none().then(|| {
        let href = locale.href(&format!("/points/{}", point.id.0));
        view! { <a class="p-button" href=href>{locale.pick("看这里还能办什么", "See what is done here")}</a> }
    });
    let all = PointQuery { service: Some(service), near: point.facts.position, page: 1, ..PointQuery::default() };
    let near = others(snapshot, &all, point.id, locale);
    reads(Reads::Everything);
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <article class="p-ended">
            <h1>{title}</h1>
            <div class="p-notice">
                <p lang=lang_of(&name, locale)>{name.clone()}</p>
                {ended}
            </div>
            <section class="p-section">
                <h2>{locale.pick("现在可以去这些地方办", "Where it is done now")}</h2>
                {near}
            </section>
            {still.map(|link| view! { <p class="p-acts">{link}</p> })}
            <WaysOn all locale />
        </article>
    }
}

/// The page of a division that has ended.
#[component]
fn NoDivision(division: Option<Division>) -> impl IntoView {
    let visit = visit();
    let (locale, atlas) = (visit.locale, &visit.snapshot.atlas);
    let name = division.as_ref().map(|it| it.name(locale).to_owned()).unwrap_or_default();
    let title = locale.pick(format!("{name}已经撤销"), format!("{name} is no more"));
    let words = locale.pick(
        "它并入了邻近的地区,业务由那里接着办。",
        "It was merged into its neighbours, which go on with its business.",
    );
    let above = division.as_ref().and_then(|it| {
        let line = atlas.divisions.lineage(it.code);
        line.into_iter().rev().find(|it| !it.ended).cloned()
    });
    let link = above.as_ref().map(|it| {
        let href = locale.href(&format!("/divisions/{}", it.code));
        view! { <p class="p-acts"><a class="p-button" href=href>{it.name(locale).to_owned()}</a></p> }
    });
    let all = PointQuery {
        division: above.map(|it| it.code),
        near: division.and_then(|it| it.center),
        page: 1,
        ..PointQuery::default()
    };
    let near = others(&visit.snapshot, &all, domain::points::PointId(0), locale);
    reads(Reads::Everything);
    view! {
        <PageHead title=title.clone() description=words />
        <article class="p-ended">
            <h1>{title}</h1>
            <div class="p-notice"><p>{words}</p></div>
            <section class="p-section">
                <h2>{locale.pick("现在可以去这些地方", "Where to go instead")}</h2>
                {near}
            </section>
            {link}
            <WaysOn all locale />
        </article>
    }
}

/// A chapter that its manual has no more.
#[component]
fn NoChapter(division: Option<Division>) -> impl IntoView {
    let locale = visit().locale;
    reads(Reads::Everything);
    let title = locale.pick("这一章已经没有了", "This chapter is no more");
    let words = locale.pick(
        "编写这本手册的单位撤下了这一章。它的旧版还在“各版与变化”里;现在的内容看手册目录。",
        "The office that writes this manual has taken it out. Older editions still have it; see the contents for what there is now.",
    );
    let (href, word) = match division.filter(|it| !it.ended) {
        Some(it) => (
            format!("/manual/{}", it.code),
            locale.pick(format!("看{}一手册", it.name), format!("Manual of {}", it.name(locale))),
        ),
        None => ("/manual".to_owned(), locale.pick("看一手册", "The manual").to_owned()),
    };
    view! {
        <PageHead title description=title />
        <h1>{title}</h1>
        <p>{words}</p>
        <p class="p-acts"><a class="p-button p-button--main" href=locale.href(&href)><Icon name="book-open" />{word}</a></p>
    }
}
