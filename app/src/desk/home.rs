//! `/desk`: where staff begin. What their area looks like, and the ways to what they may do.

use domain::{
    finder::PointQuery,
    identity::{Action, Role},
    points::{Freshness, Point},
};
use leptos::prelude::*;
use store::{
    Failure,
    identity::Session,
    reports::{self, Counts},
};

use crate::{
    forms::Answer,
    identity::role,
    points::address,
    portal::{Portal, Visit, portal, visit},
    ui::{Icon, PageHead},
};

/// The desk of somebody.
pub(super) async fn desk(portal: &Portal, visit: &Visit, session: &Session) -> Answer {
    let reports = match reports::open_counts(portal.store(), &visit.snapshot, &visit.by()).await {
        Ok(counts) => Some(counts),
        Err(Failure::Store(error)) => return Answer::Failed(error),
        Err(_) => None,
    };
    let session = session.clone();
    Answer::Page(Box::new(move || view! { <Desk session reports /> }.into_any()))
}

#[component]
fn Desk(session: Session, reports: Option<Counts>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let staff = &session.staff;
    let title = locale.pick("工作台", "Desk");
    let (portal, today) = (portal(), visit.snapshot.today());
    let is_overdue = |point: &&&Point| portal.freshness(today, point.facts.verified_on) == Freshness::Overdue;
    let areas = staff.grants.iter().filter(|grant| matches!(grant.role, Role::Editor | Role::Reviewer)).map(|grant| {
        let snapshot = &visit.snapshot;
        let query = PointQuery { division: Some(grant.division), page: 1, ..PointQuery::default() };
        let found = snapshot.atlas.find(&query);
        let points = found.hits.iter().filter_map(|(i, _)| snapshot.content.point(snapshot.atlas.points()[*i].id));
        let kept: Vec<_> =
            points.filter(|point| grant.organisation.is_none_or(|office| office == point.facts.organisation)).collect();
        let overdue = kept.iter().filter(is_overdue).count();
        let place = snapshot.atlas.divisions.get(grant.division).map(|it| it.name(locale).to_owned());
        view! {
            <li>
                <a class="p-row" href=locale.href(&address(&query))>
                    <span>{place.unwrap_or_default()}" · "{role(grant.role, locale)}</span>
                    <span class="p-row__count">
                        {locale.pick(
                            format!("{} 处,其中 {overdue} 处要核实", kept.len()),
                            format!("{} places, {overdue} to be verified", kept.len()),
                        )}
                    </span>
                </a>
            </li>
        }
    });
    let areas = areas.collect_view();
    let may = |action| staff.may_somewhere(action).is_ok();
    let link = |shown: bool, path: &'static str, icon: &'static str, zh: &'static str, en: &'static str| {
        shown.then(|| {
            view! { <li><a class="p-row" href=locale.href(path)><Icon name=icon /><span>{locale.pick(zh, en)}</span></a></li> }
        })
    };
    view! {
        <PageHead title description=title />
        <h1>{title}</h1>
        <p>{locale.pick("您好,", "Hello, ")}{staff.display_name.clone()}</p>
        <ul class="p-rows">{areas}</ul>
        <ul class="p-rows">
            {link(may(Action::EditPoint), "/desk/points", "map-pin", "点位", "Places")}
            {link(may(Action::EditPoint), "/desk/changes", "file-text", "草稿与复核", "Drafts and reviews")}
            {reports.map(|counts| view! { <Reports counts /> })}
            {link(may(Action::ManageAccounts), "/desk/accounts", "users", "账号", "Accounts")}
            {link(may(Action::ReadAudit), "/desk/audit", "scroll-text", "审计日志", "Audit log")}
            {link(true, "/desk/account", "user", "我的账号", "My account")}
        </ul>
        <form class="p-form" method="post" action=locale.href("/sign-out")>
            <button class="p-button p-button--quiet" type="submit">{locale.pick("退出", "Sign out")}</button>
        </form>
    }
}

/// What residents report and nobody has answered.
#[component]
fn Reports(counts: Counts) -> impl IntoView {
    let locale = visit().locale;
    let Counts { open, overdue } = counts;
    let waiting = locale.pick(format!("{open} 件待答复"), format!("{open} waiting"));
    let late = (overdue > 0).then(|| {
        view! { " "<span class="p-tag p-tag--late">{locale.pick(format!("{overdue} 件超期"), format!("{overdue} overdue"))}</span> }
    });
    view! {
        <li>
            <a class="p-row" href=locale.href("/desk/reports")>
                <Icon name="megaphone" />
                <span>{locale.pick("居民报错", "Reports by residents")}</span>
                <span class="p-row__count">{waiting}{late}</span>
            </a>
        </li>
    }
}
