//! `/desk/points/map`: the points of one's area coloured by how fresh they are, or by how often their codes are scanned. The table, by the same filters, says the same in words.

use domain::{
    identity::{Action, Role},
    points::{Freshness, PointSummary},
};
use leptos::prelude::*;

use super::{
    super::list::MapFoot,
    kept::{Share, Tally, TallyLinks, in_scope},
    words,
};
use crate::{
    forms::Answer,
    portal::{Portal, Visit, portal, visit},
    ui::{Chip, DeskWay, PageHead},
};

/// The points of somebody's area with how fresh they are; none for who may edit none.
pub fn fresh_points<'a>(portal: &Portal, visit: &'a Visit) -> Option<Vec<(&'a PointSummary, Freshness)>> {
    visit.session.as_ref()?.staff.may_somewhere(Action::EditPoint).ok()?;
    let today = visit.snapshot.today();
    let fresh = |(summary, point, _): (&'a PointSummary, &domain::points::Point, _)| {
        (summary, portal.freshness(today, point.facts.verified_on))
    };
    Some(in_scope(visit, Action::EditPoint).into_iter().map(fresh).collect())
}

/// The map.
pub(crate) fn map_page(visit: &Visit) -> Answer {
    match visit.by().actor.may_somewhere(Action::EditPoint) {
        Ok(()) if visit.parameter("by").as_deref() == Some("scans") => {
            Answer::Page(Box::new(|| view! { <ScanMap /> }.into_any()))
        }
        Ok(()) => Answer::Page(Box::new(|| view! { <FreshMap /> }.into_any())),
        Err(_) => Answer::Status(403),
    }
}

/// The two maps of the desk.
#[component]
fn Choice(scans: bool) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <p class="p-chips">
            <Chip path="/desk/points/map" here=!scans words=locale.pick("按核实情况", "By freshness") />
            <Chip path="/desk/points/map?by=scans" here=scans words=locale.pick("按扫码次数", "By scans") />
        </p>
    }
}

/// A map of the points of one's area; a point that is picked leads to its page for the spot.
#[component]
fn Drawn(
    /// Where the points come from.
    source: &'static str,
    label: &'static str,
) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    view! {
        <portal-map
            class="p-map--fresh"
            src=source
            outlines="/api/outlines.geojson"
            lang=locale.pick("zh", "en")
            label=label
            within=area(&visit)
            inset="0 0 24 0"
            data-pick=locale.href("/desk/points/0/visit")
        >
            <MapFoot locale />
        </portal-map>
        <script type="module" src=portal.asset("/desk-spot.js")></script>
    }
}

/// Where codes were scanned in the last 30 days.
#[component]
fn ScanMap() -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("哪里的码常有人扫", "Where codes are scanned");
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <Choice scans=true />
        <ul class="p-key-signs">
            <li><span class="p-key-sign p-key-sign--fresh" aria-hidden="true"></span>{locale.pick("实心:近 30 天有人扫过", "filled: scanned in the last 30 days")}</li>
            <li><span class="p-key-sign p-key-sign--overdue" aria-hidden="true"></span>{locale.pick("空心:没有人扫过", "hollow: nobody has")}</li>
            <li>{locale.pick("下面的晕圈越大越浓,扫的人越多", "the larger and denser the glow, the more scans")}</li>
        </ul>
        <Drawn
            source="/desk/points/scans.geojson"
            label=locale.pick("按扫码次数着色的点位地图,次数在“一个码”的表里", "Map of places by scans; the table of codes has the numbers")
        />
        <p class="p-acts"><a class="p-button" href=locale.href("/desk/codes")>{locale.pick("看每个码的次数", "The numbers of every code")}</a></p>
    }
}

/// Somebody with one area sees that; the rest of the city steps back.
fn area(visit: &Visit) -> Option<String> {
    let grants = visit.session.iter().flat_map(|it| &it.staff.grants);
    let mut areas = grants.filter(|it| matches!(it.role, Role::Editor | Role::Reviewer)).map(|it| it.division);
    areas.next().filter(|first| areas.all(|other| other == *first)).map(|it| it.to_string())
}

#[component]
fn FreshMap() -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let title = locale.pick("哪些该核实了", "What has to be checked");
    let tally: Tally = fresh_points(&portal, &visit).into_iter().flatten().map(|(_, fresh)| fresh).collect();
    let signs = Freshness::ALL.iter().map(|fresh| {
        let shape = match fresh {
            Freshness::Fresh => locale.pick("实心", "filled"),
            Freshness::Soon => locale.pick("实心带一圈", "filled, with a ring inside"),
            Freshness::Overdue => locale.pick("空心", "hollow"),
        };
        let class = format!("p-key-sign p-key-sign--{}", fresh.code());
        view! { <li><span class=class aria-hidden="true"></span>{shape}{locale.pick(":", ": ")}{words::freshness(*fresh, locale)}</li> }
    });
    let signs = signs.collect_view();
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <Choice scans=false />
        <div class="p-share-frame"><Share tally /></div>
        <TallyLinks tally />
        <ul class="p-key-signs">
            {signs}
            <li>{locale.pick("圆圈里是点位的数目,绿色一段有效,黄色一段快到期,其余该核实", "A circle counts places: green verified, amber due soon, the rest due")}</li>
        </ul>
        <Drawn
            source="/desk/points/freshness.geojson"
            label=locale.pick("按核实情况着色的点位地图,清单在上面的链接里", "Map of places by freshness; the links above list them")
        />
    }
}
