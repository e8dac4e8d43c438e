//! `/points`: the list of points under filters that all stand in the address. With islands the map stands beside it.

use std::sync::Arc;

use domain::{
    finder::{BadParameter, PAGE, PointQuery},
    locale::Locale,
    points::PointSummary,
};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use store::snapshot::Snapshot;

use super::{card::PointCard, choices::Choices, filters::Filters, finder::PointFinder, text};
use crate::{
    portal::{portal, visit},
    ui::{Column, Icon, PageHead, Pages, lang_of},
};

pub(super) const COLUMN: Column = Column {
    name: "一张图",
    description: "政务公开点位的位置、开放时间、电话和可办事项",
    keywords: "政务公开,电子地图,点位,开放时间",
    kind: "信息公开目录",
};

/// The list of points.
#[component]
pub(crate) fn PointsPage() -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, snapshot) = (visit.locale, Arc::clone(&visit.snapshot));
    let parameters: Vec<_> = use_query_map().get_untracked().into_iter().collect();
    let (mut query, mut bad) = PointQuery::read(parameters.iter().map(|(key, value)| (key.as_ref(), value.as_str())));
    bad.extend(snapshot.atlas.take_unknown(&mut query));
    let found = snapshot.atlas.find(&query);
    let choices = Choices::new(&snapshot.atlas, &found, &query, locale);
    let last = last_page(found.hits.len());
    query.page = query.page.min(last);
    let start = (query.page as usize - 1) * PAGE;
    let cards = found.hits.iter().skip(start).take(PAGE).map(|(i, distance)| {
        let point = &snapshot.atlas.points()[*i];
        view! { <li>{card_of(&snapshot, point, *distance, locale)}</li> }
    });
    let cards = cards.collect_view();
    let pages = pages(&query, last, locale);
    let title = locale.pick("一张图", "Map of services");
    let description = locale.pick(
        "找得到、看得懂、去得了:附近的政务公开点位,现在是否开门,能办什么,怎么去。",
        "Places for public information and services near you: open now or not, what they do, how to get there.",
    );
    let area = query.division.and_then(|code| snapshot.atlas.divisions.get(code)).map(|it| it.name(locale).to_owned());
    let heading = area.map_or_else(|| title.to_owned(), |area| format!("{title} · {area}"));
    let (total, open) = (choices.total, choices.open);
    let empty = found.hits.is_empty().then(|| view! { <NothingFound locale /> });
    let tianditu = portal.map().tianditu_key.clone();
    let within = query.division.map(String::from);
    let filtered = query.is_filtered();
    view! {
        <PageHead title=heading description column=COLUMN />
        <div class="p-points p-finder" data-filtered=filtered.then_some("")>
            <div class="p-finder__map">
                <portal-map
                    src="/api/points.geojson?view=map"
                    outlines="/api/outlines.geojson"
                    lang=locale.pick("zh", "en")
                    label=locale.pick("点位地图,列表在旁边", "Map of places; the list is beside it")
                    within=within
                    tianditu-key=(!tianditu.is_empty()).then_some(tianditu)
                    inset="0 0 24 0"
                >
                    <MapFoot locale clusters=true />
                </portal-map>
            </div>
            <div class="p-finder__sheet">
                <div class="p-finder__head">
                    <h1>{title}</h1>
                    <label class="p-button p-button--quiet p-finder__size p-needs-script">
                        <input type="checkbox" autocomplete="off" />
                        <Icon name="map" />
                        {locale.pick("大图", "Large map")}
                    </label>
                </div>
                <Filters query choices locale />
                <p class="p-finder__found" role="status">{text::found(total, open, locale)}</p>
                <h2 class="p-hidden">{locale.pick("清单", "List")}</h2>
                <PointFinder>
                    <BadParameters bad locale />
                    {empty}
                    <ul class="p-cards">{cards}</ul>
                    {pages}
                </PointFinder>
            </div>
        </div>
    }
}

fn last_page(hits: usize) -> u32 {
    u32::try_from(hits.div_ceil(PAGE)).unwrap_or(u32::MAX).max(1)
}

fn pages(query: &PointQuery, last: u32, locale: Locale) -> impl IntoView + use<> {
    let address = {
        let query = query.clone();
        move |page| locale.href(&address(&PointQuery { page, ..query.clone() }))
    };
    view! { <Pages page=query.page last address=Callback::new(address) /> }
}

/// The address of a query, without a language.
pub(crate) fn address(query: &PointQuery) -> String {
    let mut map = ParamsMap::new();
    query.pairs().into_iter().for_each(|(key, value)| map.insert(key, value));
    format!("/points{}", map.to_query_string())
}

/// The card of a point of a snapshot.
pub(crate) fn card_of(
    snapshot: &Snapshot,
    point: &PointSummary,
    distance: Option<f64>,
    locale: Locale,
) -> impl IntoView + use<> {
    let (point, kind) = (point.clone(), snapshot.atlas.kind(point.kind).cloned());
    view! { <PointCard point kind distance today=snapshot.today() locale /> }
}

/// What the law wants printed on a map (地图管理条例 第15、22条), and what this one is.
#[component]
pub(crate) fn MapFoot(
    locale: Locale,
    /// Points may stand together in a circle, which has to be explained.
    #[prop(optional)]
    clusters: bool,
) -> impl IntoView {
    let portal = portal();
    let map = portal.map();
    let or_none =
        |text: &str| if text.is_empty() { locale.pick("未设置", "not set").to_owned() } else { text.to_owned() };
    let (source, approval, updated) = (or_none(&map.source), or_none(&map.approval), or_none(&map.updated));
    let note = locale.pick(
        format!("示意图 · 底图来源:{source} · 审图号:{approval} · 更新日期:{updated}"),
        format!("Sketch map · Source: {source} · Approval no.: {approval} · Updated: {updated}"),
    );
    let lang = lang_of(&note, locale);
    let legend = clusters.then(|| {
        let words = locale.pick(
            "圆圈里是点位的数目,绿色一段是现在开门的份额",
            "Circles count places; the green arc is the share open now",
        );
        view! { <div class="p-map__legend">{words}</div> }
    });
    view! { <div class="p-map__foot">{legend}<div class="p-map__note" lang=lang>{note}</div></div> }
}

/// Says which filters of an address meant nothing and were left out.
#[component]
fn BadParameters(bad: Vec<BadParameter>, locale: Locale) -> impl IntoView {
    let name = |BadParameter(key): &BadParameter| match *key {
        "q" => locale.pick("文字太长或有控制字符", "words (too long, or control characters)"),
        "kind" => locale.pick("类别", "kind"),
        "level" => locale.pick("层级", "level"),
        "division" => locale.pick("地区", "area"),
        "service" => locale.pick("事项", "service"),
        "facility" => locale.pick("设施", "facility"),
        "open" => locale.pick("现在开门", "open now"),
        "near" => locale.pick("位置", "position"),
        "sort" => locale.pick("排序", "order"),
        _ => locale.pick("页码", "page"),
    };
    let names: Vec<_> = bad.iter().map(name).collect();
    (!names.is_empty()).then(|| {
        let names = names.join(locale.pick("、", ", "));
        let said = locale.pick(
            format!("地址里有看不懂的条件,已略去:{names}。"),
            format!("Parts of the address made no sense and were left out: {names}."),
        );
        view! { <p class="p-notice" role="status">{said}</p> }
    })
}

/// Emptiness says what to do next.
#[component]
fn NothingFound(locale: Locale) -> impl IntoView {
    view! {
        <div class="p-empty">
            <p>{locale.pick("没有符合条件的点位。", "No place matches.")}</p>
            <ul>
                <li>{locale.pick("换个说法,或少写几个字,比如「社保」「户口」。", "Try other or fewer words, such as pension or residence.")}</li>
                <li>{locale.pick("去掉「现在开门」或其他条件。", "Take away “open now” or another filter.")}</li>
            </ul>
            <a class="p-button" href=locale.href("/points")>{locale.pick("看全部点位", "Show all places")}</a>
        </div>
    }
}
