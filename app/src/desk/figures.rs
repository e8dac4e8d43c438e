//! The figures of the desk: how fresh what one has a say in is, by area, and what one keeps oneself.

use domain::{
    finder::PointQuery,
    identity::{Action, Role},
    points::Freshness,
};
use leptos::prelude::*;
use store::points::keepers::Roster;

use crate::{
    identity::role,
    points::desk::{Share, Tally, TallyLinks, in_scope, mine},
    portal::{portal, visit},
    ui::Icon,
};

/// A row for every area somebody edits or reviews in, with green, amber and red.
#[component]
pub(super) fn Areas() -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let grants = visit.session.iter().flat_map(|session| &session.staff.grants);
    let areas = grants.filter(|grant| matches!(grant.role, Role::Editor | Role::Reviewer)).map(|grant| {
        let query = PointQuery { division: Some(grant.division), page: 1, ..PointQuery::default() };
        let found = snapshot.atlas.find(&query);
        let points = found.hits.iter().filter_map(|(i, _)| snapshot.content.point(snapshot.atlas.points()[*i].id));
        let kept = points.filter(|point| grant.organisation.is_none_or(|office| office == point.facts.organisation));
        let tally: Tally = kept.map(|point| portal.freshness(snapshot.today(), point.facts.verified_on)).collect();
        let (total, overdue) = (tally.total(), tally.of(Freshness::Overdue));
        let place = snapshot.atlas.divisions.get(grant.division).map(|it| it.name(locale).to_owned());
        let href = locale.href(&format!("/desk/points?division={}", grant.division));
        view! {
            <li class="p-area">
                <a class="p-row" href=href>
                    <span>{place.unwrap_or_default()}" · "{role(grant.role, locale)}</span>
                    <span class="p-row__count">
                        {locale.pick(
                            format!("{total} 处,其中 {overdue} 处要核实"),
                            format!("{total} places, {overdue} to be verified"),
                        )}
                    </span>
                </a>
                <Share tally />
                <TallyLinks tally division=Some(grant.division) />
            </li>
        }
    });
    view! { <ul class="p-rows p-areas">{areas.collect_view()}</ul> }
}

/// What one keeps oneself, and what nobody keeps.
#[component]
pub(super) fn Kept(roster: Roster) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let edits = visit.by().actor.may_somewhere(Action::EditPoint).is_ok();
    let own = mine(&portal, &visit, &roster);
    let due = own.iter().filter(|(_, fresh)| *fresh != Freshness::Fresh).count();
    let scope = in_scope(&visit, Action::AssignKeeper);
    let alone = scope.iter().filter(|(_, point, thing)| roster.keeper(point.id, thing).is_none()).count();
    let row = |path: &'static str, icon: &'static str, words: &'static str, count: String| {
        view! {
            <li>
                <a class="p-row" href=locale.href(path)>
                    <Icon name=icon />
                    <span>{words}</span>
                    <span class="p-row__count">{count}</span>
                </a>
            </li>
        }
    };
    let visits = edits.then(|| {
        let count = match own.len() {
            0 => String::new(),
            total => locale.pick(format!("{total} 处,{due} 处该去"), format!("{total} places, {due} due")),
        };
        row("/desk/visits", "navigation", locale.pick("我要去核实的点位", "Places I have to check"), count)
    });
    let map = edits
        .then(|| row("/desk/points/map", "map", locale.pick("哪些该核实了", "What has to be checked"), String::new()));
    let nobody = match alone {
        0 => locale.pick("都有人管", "none without one").to_owned(),
        _ => locale.pick(format!("{alone} 处没有负责人"), format!("{alone} places without one")),
    };
    view! {
        {visits}
        {map}
        {row("/desk/keepers", "users", locale.pick("负责人", "Keepers"), nobody)}
    }
}
