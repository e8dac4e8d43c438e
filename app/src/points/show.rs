//! `/points/{id}`: everything about one point, first whether it is open and how to get there.

mod ended;
mod structured;

use std::sync::Arc;

use domain::{
    codes::Thing,
    finder::PointQuery,
    hours::{CHINA, Opening},
    locale::Locale,
    points::{Facility, Freshness, Photo, Point, PointId, PointSummary},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::snapshot::{Reads, Snapshot};
use time::{Date, OffsetDateTime, macros::format_description};

pub(crate) use ended::EndedPoint;

use super::{
    card::OpenTag,
    hours::{HoursTable, announced},
    list::{COLUMN, MapFoot, address, card_of},
    text,
    travel::TravelLinks,
};
use crate::{
    codes::CodeLink,
    error::ErrorPage,
    portal::{Portal, portal, reads, visit},
    ui::{Article, Breadcrumbs, CopyText, DataBlock, Icon, PageHead, PrintPage},
};

/// How many neighbours are shown.
const NEIGHBOURS: usize = 4;

/// The page of a point, or 404.
#[component]
pub(crate) fn PointPage() -> impl IntoView {
    let visit = visit();
    let id = use_params_map().get_untracked().get("id").and_then(|id| id.parse::<PointId>().ok());
    let snapshot = Arc::clone(&visit.snapshot);
    let Some(point) = id.and_then(|id| snapshot.content.point(id)).cloned() else {
        return view! { <ErrorPage status=404 /> }.into_any();
    };
    match snapshot.atlas.get(point.id).cloned() {
        Some(summary) => view! { <Shown point summary snapshot locale=visit.locale /> }.into_any(),
        None => view! { <EndedPoint point snapshot locale=visit.locale /> }.into_any(),
    }
}

#[component]
fn Shown(point: Point, summary: PointSummary, snapshot: Arc<Snapshot>, locale: Locale) -> impl IntoView {
    let (portal, today) = (portal(), snapshot.today());
    let facts = point.facts.clone();
    let name = summary.name(locale).to_owned();
    let kind = snapshot.atlas.kind(facts.kind).cloned();
    let label = kind.as_ref().map(|kind| kind.label(locale).to_owned()).unwrap_or_default();
    let organisation = snapshot.content.organisation(facts.organisation).map(|it| it.name.clone()).unwrap_or_default();
    let line = snapshot.atlas.divisions.lineage(facts.division);
    let way = std::iter::once((locale.pick("一张图", "Map").to_owned(), "/points".to_owned()))
        .chain(line.iter().map(|division| (division.name(locale).to_owned(), format!("/divisions/{}", division.code))))
        .collect();
    let article = Article { published: stamp(point.published_at), source: organisation.clone() };
    let description = format!("{name} · {label} · {}", facts.address);
    let reason = text::reason(&summary.opening, today, locale);
    let end = facts.ended.as_ref().map(|ended| {
        let on = text::day(ended.on, today, locale);
        locale.pick(format!("{on}起停用:{}", ended.reason), format!("Ends on {on}: {}", ended.reason))
    });
    let sentences: Vec<_> = end.into_iter().chain(announced(&facts.schedule, today, locale)).collect();
    let sentences = (!sentences.is_empty()).then(|| {
        view! {
            <ul class="p-notice">{sentences.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
        }
    });
    let overdue = stale(&portal, facts.verified_on, today, locale)
        .map(|words| view! { <strong class="p-stale">{words}</strong> });
    let data = structured::data(&portal, &point, &label, locale);
    view! {
        <PageHead title=name.clone() description column=COLUMN article />
        <Breadcrumbs way />
        <article class="p-point">
            <header class="p-point__head">
                <p class="p-point__state"><OpenTag opening=summary.opening.clone() today locale /></p>
                <h1>{name.clone()}</h1>
                <p class="p-point__kind">
                    <span class="p-letter" aria-hidden="true">{summary.letter.clone()}</span>
                    {label}
                    " · "
                    {text::level(facts.level, locale)}
                    {facts.demonstration.then(|| view! { <span class="p-tag">{locale.pick("示例数据", "Sample data")}</span> })}
                </p>
                {reason.map(|reason| view! { <p>{reason}</p> })}
                {summary.opening.provisional.then(|| view! { <Provisional year=provisional_year(&summary.opening, today) locale /> })}
                {sentences}
                <Acts telephones=facts.telephones.clone() locale />
            </header>
            <div class="p-point__body">
                <section>
                    <h2>{locale.pick("什么时候开", "Opening hours")}</h2>
                    <HoursTable schedule=facts.schedule.clone() calendar=snapshot.content.calendar.clone() today locale />
                </section>
                <section id="where">
                    <h2>{locale.pick("在哪里、怎么去", "Where and how to get there")}</h2>
                    <div class="p-point__copy">
                        <CopyText><span class="p-point__address" lang="zh-CN">{facts.address.clone()}</span></CopyText>
                    </div>
                    <Where point=summary.clone() locale />
                </section>
                <Services snapshot=Arc::clone(&snapshot) point=point.clone() locale />
                <Photos photos=facts.photos.clone() locale />
                <Facilities facilities=facts.facilities.clone() locale />
                <section>
                    <h2>{locale.pick("这些信息由谁管", "Who keeps this up to date")}</h2>
                    <dl class="p-facts">
                        <dt>{locale.pick("维护单位", "Kept by")}</dt>
                        <dd lang="zh-CN">{organisation}</dd>
                        <dt>{locale.pick("最近核实", "Last verified")}</dt>
                        <dd>{match facts.verified_on {
                            Some(date) => text::day(date, today, locale),
                            None => locale.pick("尚未核实", "not yet").to_owned(),
                        }}{overdue}</dd>
                        <dt>{locale.pick("发布时间", "Published")}</dt>
                        <dd>{stamp(point.published_at)}</dd>
                        <dt>{locale.pick("来源", "Source")}</dt>
                        <dd lang="zh-CN">{facts.source.clone()}</dd>
                        {kind
                            .filter(|kind| !kind.law.is_empty())
                            .map(|kind| view! {
                                <dt>{locale.pick("设立依据", "Legal basis")}</dt>
                                <dd lang="zh-CN">{kind.law}</dd>
                            })}
                    </dl>
                    <p class="p-acts">
                        <a class="p-button p-button--quiet" href=locale.href(&format!("/points/{}/report", point.id.0))>
                            <Icon name="megaphone" />
                            {locale.pick("报错:哪里不对,告诉我们", "Report an error: tell us what is wrong")}
                        </a>
                        <CodeLink thing=Thing::Point(point.id) word=locale.pick("这个点位的码", "The code of this place") />
                    </p>
                </section>
                <Neighbours snapshot point=summary locale />
            </div>
        </article>
        <DataBlock json=data />
    }
}

/// `YYYY-MM-DD HH:MM` in China, the form of `PubDate`.
pub(crate) fn stamp(instant: OffsetDateTime) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]");
    instant.to_offset(CHINA).format(format).unwrap_or_default()
}

/// What a resident should know of a point that nobody has checked for longer than the setting allows. Lists and maps of residents say
/// nothing of it: a place is not worse for that, and where to call stands here.
fn stale(portal: &Portal, verified_on: Option<Date>, today: Date, locale: Locale) -> Option<String> {
    if portal.freshness(today, verified_on) != Freshness::Overdue {
        return None;
    }
    let (zh, en) = match verified_on.map(|day| (today - day).whole_days()) {
        None => ("还没有到现场核实过".to_owned(), "Nobody has checked this on the spot yet".to_owned()),
        Some(days @ 180..365) if days < 210 => {
            ("超过半年没有核实".into(), "Not checked for more than half a year".into())
        }
        Some(days @ 365..) if days < 730 => ("超过一年没有核实".into(), "Not checked for more than a year".into()),
        Some(days) => (format!("{days} 天没有核实"), format!("Not checked for {days} days")),
    };
    Some(locale.pick(format!("{zh},去之前先打电话。"), format!("{en}: please call before you go.")))
}

/// The year whose calendar is missing: that of the next opening, or of today.
fn provisional_year(opening: &Opening, today: Date) -> i32 {
    opening.opens.map_or(today, |next| next.date).year()
}

#[component]
fn Provisional(year: i32, locale: Locale) -> impl IntoView {
    let words = locale.pick(
        format!("{year}年的放假安排还没有公布,到时可能有变化,去之前请打电话问一问。"),
        format!(
            "The public holidays of {year} are not announced yet: the hours may change, please call before you go."
        ),
    );
    view! { <p class="p-notice">{words}</p> }
}

#[component]
fn Acts(telephones: Vec<String>, locale: Locale) -> impl IntoView {
    let calls = telephones.into_iter().map(|number| {
        view! {
            <a class="p-button p-button--main" href=format!("tel:{number}")>
                <Icon name="phone" />
                {locale.pick("打电话", "Call")}
                " "
                {number.clone()}
            </a>
        }
    });
    view! {
        <p class="p-acts">
            {calls.collect_view()}
            <a class="p-button" href="#where"><Icon name="navigation" />{locale.pick("怎么去", "How to get there")}</a>
            <PrintPage />
        </p>
    }
}

/// The sketch map with this one point, and links to the map services.
#[component]
fn Where(point: PointSummary, locale: Locale) -> impl IntoView {
    let Some(position) = point.position else {
        let words = locale
            .pick("位置还没有测定,请照地址找,或先打电话。", "Not on the map yet: use the address, or call first.");
        return view! { <p class="p-notice">{words}</p> }.into_any();
    };
    view! {
        <portal-map
            class="p-map--small"
            outlines="/api/outlines.geojson"
            lang=locale.pick("zh", "en")
            label=locale.pick("这个点位在地图上的位置", "This place on the map")
            point=position.to_string()
            point-letter=point.letter
            point-state=point.opening.state.code()
        >
            <MapFoot locale />
        </portal-map>
        <TravelLinks position name=point.name locale />
    }
    .into_any()
}

#[component]
fn Services(snapshot: Arc<Snapshot>, point: Point, locale: Locale) -> impl IntoView {
    let query = |service| PointQuery { service: Some(service), page: 1, ..PointQuery::default() };
    let list = point.facts.services.iter().filter_map(|code| {
        let service = snapshot.atlas.services.iter().find(|service| service.code == *code)?;
        let href = locale.href(&address(&query(*code)));
        Some(view! { <li id=format!("service-{code}")><a href=href>{service.name(locale).to_owned()}</a><small lang="zh-CN">{service.tag.clone()}</small></li> })
    });
    let list = list.collect_view();
    (!point.facts.services.is_empty()).then(|| {
        view! {
            <section>
                <h2>{locale.pick("能办什么", "What can be done here")}</h2>
                <ul class="p-services">{list}</ul>
            </section>
        }
    })
}

#[component]
fn Photos(photos: Vec<Photo>, locale: Locale) -> impl IntoView {
    let list = photos.iter().map(|photo| {
        // Both known before it is loaded, so nothing moves when it is.
        let side = |pixels: u32| (pixels > 0).then_some(pixels);
        let (url, alt, width, height) = (photo.url.clone(), photo.alt.clone(), side(photo.width), side(photo.height));
        view! { <li><img src=url alt=alt width=width height=height loading="lazy" decoding="async" /></li> }
    });
    let list = list.collect_view();
    (!photos.is_empty()).then(|| {
        view! {
            <section>
                <h2>{locale.pick("照片", "Photos")}</h2>
                <ul class="p-photos">{list}</ul>
            </section>
        }
    })
}

#[component]
fn Facilities(facilities: Vec<Facility>, locale: Locale) -> impl IntoView {
    let list = facilities.iter().map(|facility| {
        let (word, icon) = text::facility(*facility, locale);
        view! { <li><Icon name=icon />{word}</li> }
    });
    let list = list.collect_view();
    (!facilities.is_empty()).then(|| {
        view! {
            <section>
                <h2>{locale.pick("有什么设施", "Facilities")}</h2>
                <ul class="p-facilities">{list}</ul>
            </section>
        }
    })
}

#[component]
fn Neighbours(snapshot: Arc<Snapshot>, point: PointSummary, locale: Locale) -> impl IntoView {
    let query = PointQuery { near: point.position, page: 1, ..PointQuery::default() };
    if point.position.is_none() {
        reads(Reads::Points { these: vec![point.id], around: None });
    }
    point.position.map(|_| {
        view! {
            <section class="p-point__others">
                <h2>{locale.pick("附近的其他点位", "Other places nearby")}</h2>
                {others(&snapshot, &query, point.id, locale)}
            </section>
        }
    })
}

/// The first points of a query, but for one: the one the page is about. Says so for the page.
pub(crate) fn others(snapshot: &Snapshot, query: &PointQuery, but: PointId, locale: Locale) -> impl IntoView + use<> {
    let found = snapshot.atlas.find(query);
    let others = found.hits.iter().map(|(i, distance)| (&snapshot.atlas.points()[*i], *distance));
    let shown: Vec<_> = others.filter(|(other, _)| other.id != but).take(NEIGHBOURS).collect();
    let reach = shown.get(NEIGHBOURS - 1).and_then(|(_, distance)| *distance);
    reads(match query.near.zip(reach) {
        Some(around) => {
            let these = std::iter::once(but).chain(shown.iter().map(|(other, _)| other.id)).collect();
            Reads::Points { these, around: Some(around) }
        }
        None => Reads::Everything,
    });
    let cards =
        shown.into_iter().map(|(other, distance)| view! { <li>{card_of(snapshot, other, distance, locale)}</li> });
    view! { <ul class="p-cards">{cards.collect_view()}</ul> }
}
