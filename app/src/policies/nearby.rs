//! Where one can ask in person: the points of the office that interprets a policy, or else of the one that issued it.

use domain::{
    Slug,
    divisions::Divisions,
    finder::PointQuery,
    points::{Point, PointSummary},
    policies::Policy,
};
use leptos::prelude::*;
use store::snapshot::Snapshot;

use crate::{
    points::{OpenTag, address},
    portal::{Visit, visit},
    ui::lang_of,
};

/// How many are shown.
const SHOWN: usize = 3;

/// The points, open ones first; nothing where there are none.
#[component]
pub(super) fn InPerson(policy: Policy) -> impl IntoView {
    list(&policy, &visit())
}

fn list(policy: &Policy, visit: &Visit) -> Option<AnyView> {
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let places = offices(policy, snapshot).into_iter().map(|office| of(office, snapshot)).find(|it| !it.is_empty())?;
    let (today, total, query) = (snapshot.today(), places.len(), whole(&places, snapshot.content.divisions()));
    let exact = snapshot.atlas.find(&query).hits.len() == total;
    let all = locale.href(&address(&query));
    let ids: Vec<_> = places.iter().map(|point| point.id).collect();
    let mut shown: Vec<&PointSummary> = snapshot.atlas.points().iter().filter(|it| ids.contains(&it.id)).collect();
    shown.sort_by_key(|point| (!point.opening.state.is_open(), point.id));
    let rows = shown.into_iter().take(SHOWN).map(|point| {
        let name = point.name(locale).to_owned();
        let href = locale.href(&format!("/points/{}", point.id.0));
        view! {
            <li>
                <a href=href lang=lang_of(&name, locale)>{name.clone()}</a>
                <OpenTag opening=point.opening.clone() today locale />
                <span class="p-quiet" lang="zh-CN">{point.address.clone()}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    let more = match exact {
        true => locale.pick(format!("在一张图上看全部 {total} 处"), format!("All {total} on the map")),
        false => locale.pick("在一张图上看它们和附近的点位", "These and others near them on the map").to_owned(),
    };
    let list = view! {
        <div class="p-in-person">
            <h3>{locale.pick("当面问", "Ask in person")}</h3>
            <ul>{rows}</ul>
            <p><a href=all>{more}</a></p>
        </div>
    };
    Some(list.into_any())
}

/// The offices one can go to: those of its interpreters, then those that issued it.
fn offices(policy: &Policy, snapshot: &Snapshot) -> Vec<Slug> {
    let content = &snapshot.content;
    let posts = policy.facts.interpreters.iter().filter_map(|id| content.interpreter(*id));
    let issued = |issuer: &String| content.organisations().find(|it| it.name == *issuer).map(|it| it.code);
    posts.map(|post| post.organisation).chain(policy.facts.issuers.iter().filter_map(issued)).collect()
}

/// The points of an office that have not ended.
fn of(office: Slug, snapshot: &Snapshot) -> Vec<&Point> {
    let there = |it: &&Point| it.facts.organisation == office && it.ended(snapshot.today()).is_none();
    snapshot.content.points.iter().filter(there).collect()
}

/// The narrowest query of 一张图 that has them all: the division they all lie in, and their kind where they are of one.
fn whole(places: &[&Point], divisions: &Divisions) -> PointQuery {
    let first = places.first();
    let lineage = first.map(|first| divisions.lineage(first.facts.division)).unwrap_or_default();
    let has_all = |code| places.iter().all(|it| divisions.within(it.facts.division).contains(&code));
    let division = lineage.into_iter().rev().map(|it| it.code).find(|code| has_all(*code));
    let kind = first.map(|first| first.facts.kind).filter(|kind| places.iter().all(|it| it.facts.kind == *kind));
    PointQuery { division, kind, page: 1, ..PointQuery::default() }
}
