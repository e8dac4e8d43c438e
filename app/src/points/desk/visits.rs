//! `/desk/visits`: the points one keeps oneself and has to go to, the most urgent first; to be printed and taken along.

use domain::{
    identity::Action,
    points::{Freshness, Point},
};
use leptos::prelude::*;
use store::points::keepers::{self, Roster};

use super::{
    super::text,
    kept::{Share, Tally, in_scope},
    words,
};
use crate::{
    forms::Answer,
    portal::{Portal, Visit, portal, visit},
    ui::{DeskWay, Icon, PageHead, PrintPage},
};

/// What whoever is signed in keeps, with how fresh it is; what has to be visited first stands first.
pub(crate) fn mine<'a>(portal: &Portal, visit: &'a Visit, roster: &Roster) -> Vec<(&'a Point, Freshness)> {
    let me = visit.session.as_ref().map(|session| session.staff.id);
    let today = visit.snapshot.today();
    let mut mine: Vec<_> = in_scope(visit, Action::EditPoint)
        .into_iter()
        .filter(|(_, point, thing)| me.is_some() && roster.keeper(point.id, thing).map(|it| it.staff.id) == me)
        .map(|(_, point, _)| (point, portal.freshness(today, point.facts.verified_on)))
        .collect();
    mine.sort_by_key(|(point, _)| (point.facts.verified_on, point.id));
    mine
}

/// The list.
pub(crate) async fn visits_page(portal: &Portal, visit: &Visit) -> Answer {
    if visit.by().actor.may_somewhere(Action::EditPoint).is_err() {
        return Answer::Status(403);
    }
    match keepers::roster(portal.store(), &visit.by()).await {
        Ok(roster) => Answer::Page(Box::new(move || view! { <Visits roster /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn Visits(roster: Roster) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let title = locale.pick("我要去核实的点位", "Places I have to check");
    let mine = mine(&portal, &visit, &roster);
    let tally: Tally = mine.iter().map(|(_, fresh)| *fresh).collect();
    let due = mine.iter().filter(|(_, fresh)| *fresh != Freshness::Fresh);
    let rows = due.map(|(point, fresh)| view! { <VisitRow point=(*point).clone() fresh=*fresh /> }).collect_view();
    let waiting = tally.total() - tally.of(Freshness::Fresh);
    let said = match (tally.total(), waiting) {
        (0, _) => locale.pick(
            "您还不是哪个点位的负责人。在点位的表单最下面可以定负责人。".to_owned(),
            "You keep no place yet. The keeper is chosen at the foot of a place's form.".to_owned(),
        ),
        (total, 0) => locale.pick(
            format!("您负责的 {total} 处都还有效,现在没有要去的。"),
            format!("All {total} places you keep are verified: nowhere to go now."),
        ),
        (total, waiting) => locale.pick(
            format!("您负责 {total} 处,其中 {waiting} 处该去看看了。"),
            format!("You keep {total} places; {waiting} of them want a visit."),
        ),
    };
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{said}</p>
        {(tally.total() > 0).then(|| view! { <div class="p-share-frame"><Share tally /></div> })}
        <p class="p-acts">
            <a class="p-button p-button--quiet" href=locale.href("/desk/points/map")><Icon name="map" />{locale.pick("在地图上看", "On the map")}</a>
            {(waiting > 0).then(|| view! { <PrintPage /> })}
        </p>
        <ul class="p-visits">{rows}</ul>
    }
}

#[component]
fn VisitRow(point: Point, fresh: Freshness) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let when = match point.facts.verified_on.map(|day| portal.verify_by(day)) {
        None => locale.pick("从来没有核实过".to_owned(), "never checked".to_owned()),
        Some(last) if last < today => {
            let days = (today - last).whole_days();
            locale.pick(format!("过期 {days} 天"), format!("{days} days late"))
        }
        Some(last) => {
            let day = text::day(last, today, locale);
            locale.pick(format!("{day}到期"), format!("by {day}"))
        }
    };
    let href = locale.href(&format!("/desk/points/{}/visit", point.id.0));
    let class = format!("p-fresh p-fresh--{}", fresh.code());
    view! {
        <li class="p-visits__row" id=format!("point-{}", point.id.0)>
            <a class="p-visits__link" href=href>
                <strong>{point.facts.name.clone()}</strong>
                <span>{point.facts.address.clone()}</span>
                <span class=class>{words::freshness(fresh, locale)}" · "{when}</span>
            </a>
            <p class="p-visits__paper">
                {point.facts.telephones.join(" ")}
                <br />
                {locale.pick("□ 一样  □ 不一样:________________________  日期:________", "□ as published  □ differs: ________________________  date: ________")}
            </p>
        </li>
    }
}
