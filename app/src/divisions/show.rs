//! `/divisions/{code}`: a division's own front: its points, its divisions.

use domain::{
    codes::Thing,
    divisions::{Division, DivisionLevel},
    finder::PointQuery,
    locale::Locale,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::row;
use crate::{
    error::ErrorPage,
    home::{Coming, OneCode},
    points::{address, card_of, text},
    portal::visit,
    ui::{Breadcrumbs, Column, Icon, PageHead},
};

const COLUMN: Column = Column {
    name: "本地政务公开",
    description: "本地的一张图、一个码、一手册",
    keywords: "政务公开,点位,镇街,社区",
    kind: "信息公开目录",
};

/// How many points are shown before the link to all of them.
const SHOWN: usize = 6;

/// The page of a division, or 404.
#[component]
pub(crate) fn DivisionPage() -> impl IntoView {
    let code = use_params_map().get_untracked().get("code").and_then(|code| code.parse().ok());
    let division = code.and_then(|code| visit().snapshot.atlas.divisions.get(code).cloned());
    match division {
        Some(division) => view! { <Front division /> }.into_any(),
        None => view! { <ErrorPage status=404 /> }.into_any(),
    }
}

#[component]
fn Front(division: Division) -> impl IntoView {
    let visit = visit();
    let (locale, atlas) = (visit.locale, &visit.snapshot.atlas);
    let query = PointQuery { division: Some(division.code), page: 1, ..PointQuery::default() };
    let found = atlas.find(&query);
    let line = atlas.divisions.lineage(division.code);
    let way = std::iter::once((locale.pick("各地", "Areas").to_owned(), "/divisions".to_owned()))
        .chain(
            line.iter()
                .filter(|it| it.code != division.code)
                .map(|it| (it.name(locale).to_owned(), format!("/divisions/{}", it.code))),
        )
        .collect();
    let cards = found.hits.iter().take(SHOWN).map(|(i, _)| {
        view! { <li>{card_of(&visit.snapshot, &atlas.points()[*i], None, locale)}</li> }
    });
    let cards = cards.collect_view();
    let children: Vec<_> = atlas.divisions.children(division.code).cloned().collect();
    let rows = children.iter().map(|it| row(it, found.facets.in_division(&atlas.divisions, it.code), locale));
    let rows = rows.collect_view();
    let all = locale.href(&address(&query));
    let name = division.name(locale).to_owned();
    let title = locale.pick(format!("{name}政务公开"), format!("Open government of {name}"));
    let description = text::places(found.hits.len(), found.facets.open, locale);
    view! {
        <PageHead title=title.clone() description=description.clone() column=COLUMN />
        <Breadcrumbs way />
        <h1>{title}</h1>
        {division.ended.then(|| view! { <p class="p-notice">{ended(locale)}</p> })}
        <section class="p-ones" aria-label=locale.pick("三个一", "The three ones")>
            <a class="p-one p-one--here" href=all.clone()>
                <Icon name="map" />
                <span class="p-one__words"><strong>{locale.pick("一张图", "One map")}</strong><span>{description}</span></span>
            </a>
            <OneCode thing=Thing::Division(division.code) locale />
            <Coming locale />
        </section>
        <section class="p-section">
            <h2>{locale.pick("点位", "Places")}</h2>
            {found.hits.is_empty().then(|| view! { <p class="p-empty">{none(locale)}</p> })}
            <ul class="p-cards">{cards}</ul>
            {(found.hits.len() > SHOWN)
                .then(|| view! { <p class="p-pages"><a class="p-button" href=all>{locale.pick("看全部", "See all")}" "{text::count(found.hits.len(), locale)}</a></p> })}
        </section>
        {(!children.is_empty()).then(|| view! {
            <section class="p-section">
                <h2>{below(&children, locale)}</h2>
                <ul class="p-rows">{rows}</ul>
            </section>
        })}
    }
}

fn below(children: &[Division], locale: Locale) -> &'static str {
    match children.first().map(|it| it.level) {
        Some(DivisionLevel::Township) => locale.pick("镇街", "Townships and streets"),
        Some(DivisionLevel::Village) => locale.pick("社区和村", "Communities and villages"),
        _ => locale.pick("区(市)县和功能区", "Districts and zones"),
    }
}

fn ended(locale: Locale) -> &'static str {
    locale
        .pick("这个镇街已经撤销,并入了邻近的镇街。", "This township has been dissolved and merged into its neighbours.")
}

fn none(locale: Locale) -> &'static str {
    locale.pick("这里还没有登记点位,可以看上一级的点位。", "No place is registered here yet; see the division above.")
}
