//! `/desk`: where staff begin. What their area looks like, and the ways to what they may do.

use domain::identity::Action;
use leptos::prelude::*;
use store::{
    Failure,
    identity::Session,
    points::keepers::{self, Roster},
    reports::{self, Counts},
    search::{coverage, weeks},
};

use super::figures::{Areas, Kept};
use crate::{
    forms::Answer,
    interpreters::Gone,
    points::desk as points,
    portal::{Portal, Visit, visit},
    search::desk::dropped,
    ui::{Icon, PageHead},
};

/// The desk of somebody.
pub(super) async fn desk(portal: &Portal, visit: &Visit, session: &Session) -> Answer {
    let reports = match reports::open_counts(portal.store(), &visit.snapshot, &visit.by()).await {
        Ok(counts) => Some(counts),
        Err(Failure::Store(error)) => return Answer::Failed(error),
        Err(_) => None,
    };
    let roster = match keepers::roster(portal.store(), &visit.by()).await {
        Ok(roster) => Some(roster),
        Err(Failure::Store(error)) => return Answer::Failed(error),
        Err(_) => None,
    };
    let waiting = match points::waiting(portal, visit, session).await {
        Ok(waiting) => Some(waiting),
        Err(Failure::Store(error)) => return Answer::Failed(error),
        Err(_) => None,
    };
    let dropped = match coverage(portal.store(), &visit.by(), &weeks(visit.snapshot.today(), 2)).await {
        Ok(weeks) => dropped(&weeks).is_some(),
        Err(Failure::Store(error)) => return Answer::Failed(error),
        Err(_) => false,
    };
    let session = session.clone();
    Answer::Page(Box::new(move || view! { <Desk session reports roster waiting dropped /> }.into_any()))
}

#[component]
fn Desk(
    session: Session,
    reports: Option<Counts>,
    roster: Option<Roster>,
    waiting: Option<points::Waiting>,
    /// Whether searches find clearly less than a week ago.
    dropped: bool,
) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let staff = &session.staff;
    let title = locale.pick("工作台", "Desk");
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
        <Areas />
        <ul class="p-rows">
            {link(may(Action::EditPoint), "/desk/points", "map-pin", "点位", "Places")}
            {waiting.filter(|_| may(Action::EditPoint)).map(|waiting| view! { <Changes waiting /> })}
            {link(may(Action::EditManual), "/desk/manual", "book-open", "一手册", "Manual")}
            {roster.map(|roster| view! { <Kept roster /> })}
            {reports.map(|counts| view! { <Reports counts /> })}
            {link(may(Action::Interpret), "/desk/questions", "message-circle", "居民提问", "Questions by residents")}
            {link(may(Action::EditPolicy), "/desk/policies", "file-text", "政策与解读", "Policies")}
            <Gone />
            {link(may(Action::EditPoint), "/desk/codes", "qr-code", "一个码:扫码次数", "Codes and their scans")}
            {may(Action::KeepWords).then(|| view! { <Searches dropped /> })}
            {link(may(Action::EditPoint), "/desk/prints", "printer", "打印海报", "Print posters")}
            {link(may(Action::ManageAccounts), "/desk/accounts", "users", "账号", "Accounts")}
            {link(may(Action::ReadAudit), "/desk/audit", "scroll-text", "审计日志", "Audit log")}
            {link(true, "/desk/account", "user", "我的账号", "My account")}
        </ul>
        <form class="p-form" method="post" action=locale.href("/sign-out")>
            <button class="p-button p-button--quiet" type="submit">{locale.pick("退出", "Sign out")}</button>
        </form>
    }
}

/// One's own drafts, and what waits for somebody's review.
#[component]
fn Changes(waiting: points::Waiting) -> impl IntoView {
    let locale = visit().locale;
    let points::Waiting { drafts, returned, reviews } = waiting;
    let words = [
        (drafts, format!("{drafts} 份草稿"), format!("{drafts} drafts")),
        (reviews, format!("{reviews} 项待复核"), format!("{reviews} to review")),
    ];
    let words = words.into_iter().filter(|(count, ..)| *count > 0).map(|(_, zh, en)| locale.pick(zh, en));
    let words = words.collect::<Vec<_>>().join(" · ");
    let back = (returned > 0).then(|| {
        view! { " "<span class="p-tag p-tag--late">{locale.pick(format!("{returned} 份被退回"), format!("{returned} returned"))}</span> }
    });
    view! {
        <li>
            <a class="p-row" href=locale.href("/desk/changes")>
                <Icon name="file-text" />
                <span>{locale.pick("草稿与复核", "Drafts and reviews")}</span>
                <span class="p-row__count">{words}{back}</span>
            </a>
        </li>
    }
}

/// What is looked for, and whether less of it is found.
#[component]
fn Searches(dropped: bool) -> impl IntoView {
    let locale = visit().locale;
    let late = dropped.then(|| {
        view! { <span class="p-row__count"><span class="p-tag p-tag--late">{locale.pick("覆盖率下降", "Less is found")}</span></span> }
    });
    view! {
        <li>
            <a class="p-row" href=locale.href("/desk/search")>
                <Icon name="search" />
                <span>{locale.pick("搜索:大家在搜什么", "Search: what people look for")}</span>
                {late}
            </a>
        </li>
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
