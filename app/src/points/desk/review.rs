//! `/desk/changes` and `/desk/changes/{id}`: what waits for somebody, and one change field by field.

use domain::points::change::{ChangeId, ChangeState, Field};
use leptos::prelude::*;
use store::{
    Failure,
    identity::Session,
    points::changes::{
        self, Change, Refused,
        batches::{self, Batch},
    },
};

use super::{
    batch::origin,
    findings::{self, Asked, Findings},
    words,
};
use crate::{
    desk::LiveNotice,
    forms::{Answer, Cookie, Form, Submitted},
    points::{stamp, text},
    portal::{Portal, Visit, visit},
    ui::{DeskWay, ErrorSummary, PageHead, TextField},
};

/// The changes that wait for somebody.
pub(crate) async fn changes_page(portal: &Portal, visit: &Visit) -> Answer {
    let (store, by) = (portal.store(), visit.by());
    let loaded = async {
        let (own, reviews) = changes::waiting(store, &by).await?;
        Ok::<_, Failure<Refused>>((own, reviews, batches::waiting(store, &by).await?))
    };
    match loaded.await {
        Ok((own, reviews, many)) => {
            Answer::Page(Box::new(move || view! { <WaitingPage own reviews many /> }.into_any()))
        }
        Err(Failure::Store(error)) => Answer::Failed(error),
        Err(_) => Answer::Status(403),
    }
}

#[component]
fn WaitingPage(own: Vec<Change>, reviews: Vec<Change>, many: Vec<Batch>) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("草稿与复核", "Drafts and reviews");
    let list = |changes: Vec<Change>, none: &'static str| {
        if changes.is_empty() {
            return view! { <p class="p-empty">{none}</p> }.into_any();
        }
        let rows = changes.into_iter().map(|change| {
            let href = locale.href(&format!("/desk/changes/{}", change.id.0));
            let fields = match change.base {
                Some(_) => words::fields(&change.fields(), locale),
                None => locale.pick("新设", "New").to_owned(),
            };
            view! {
                <li id=format!("change-{}", change.id.0)>
                    <a class="p-row" href=href>
                        <span>{change.facts.name.clone()}<small>{fields}</small></span>
                        <span class="p-row__count">{words::state(change.state, locale)}" · "{change.author.1.clone()}</span>
                    </a>
                </li>
            }
        });
        view! { <ul class="p-rows">{rows.collect_view()}</ul> }.into_any()
    };
    let many = many.into_iter().map(|batch| {
        let href = locale.href(&format!("/desk/batches/{}", batch.id.0));
        let size = locale.pick(format!("{} 项", batch.size), format!("{} changes", batch.size));
        view! {
            <li id=format!("batch-{}", batch.id.0)>
                <a class="p-row" href=href>
                    <span>{batch.title}<small>{origin(batch.origin, locale)}" · "{size}</small></span>
                    <span class="p-row__count">{words::state(batch.state, locale)}" · "{batch.author.1}</span>
                </a>
            </li>
        }
    });
    let many = many.collect_view();
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <section class="p-section">
            <h2>{locale.pick("我的草稿和被退回的", "My drafts, and what was returned")}</h2>
            <div id="own" data-live="change">{list(own, locale.pick("没有。要改点位,从点位表里打开它。", "None. Open a place from the table to change it."))}</div>
        </section>
        <section class="p-section">
            <h2>{locale.pick("待复核、待生效", "Waiting for review, or for their day")}</h2>
            <div id="batches" data-live="batch"><ul class="p-rows">{many}</ul></div>
            <div id="reviews" data-live="change">{list(reviews, locale.pick("没有等着复核的修改。", "Nothing waits for review."))}</div>
        </section>
    }
}

/// How much waits for somebody.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Waiting {
    /// Their own drafts.
    pub(crate) drafts: usize,
    /// Their own changes that were returned.
    pub(crate) returned: usize,
    /// Changes, and batches of them, that they may review.
    pub(crate) reviews: usize,
}

/// Counts what waits for somebody.
pub(crate) async fn waiting(portal: &Portal, visit: &Visit, session: &Session) -> Result<Waiting, Failure<Refused>> {
    let (store, by) = (portal.store(), visit.by());
    let me = session.staff.id;
    let (own, others) = changes::waiting(store, &by).await?;
    let many = batches::waiting(store, &by).await?;
    let returned = own.iter().filter(|change| change.state == ChangeState::Returned).count();
    let others = others.iter().filter(|it| it.author.0 != me && it.state == ChangeState::Submitted).count();
    let reviews = others + many.iter().filter(|batch| batch.author.0 != me).count();
    Ok(Waiting { drafts: own.len() - returned, returned, reviews })
}

/// One change, field by field.
pub(crate) async fn change_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse().map(ChangeId) else { return Answer::Status(404) };
    match changes::change(portal.store(), &visit.by(), id).await {
        Ok(change) => Answer::Page(Box::new(move || view! { <One change /> }.into_any())),
        Err(Failure::Store(error)) => Answer::Failed(error),
        Err(_) => Answer::Status(403),
    }
}

#[component]
fn One(change: Change) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let title = change.facts.name.clone();
    let own = words::is_own(&visit, change.author.0);
    let fields = match &change.base {
        Some(_) => change.fields(),
        None => {
            Field::ALL.iter().copied().filter(|it| !matches!(it, Field::ExternalId | Field::Demonstration)).collect()
        }
    };
    let rows = fields.into_iter().map(|field| {
        let before = change.base.as_ref().map(|base| words::shown(field, base, snapshot, locale));
        let after = words::shown(field, &change.facts, snapshot, locale);
        view! {
            <tr>
                <th scope="row">{words::field(field, locale)}</th>
                <td class="p-table__long p-table__before" data-label=locale.pick("原来", "Before")>{before}</td>
                <td class="p-table__long p-table__after" data-label=locale.pick("改为", "After")>{after}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let undecided = !matches!(change.state, ChangeState::Published | ChangeState::Withdrawn);
    let worth_a_look = undecided.then(|| findings::find(&Asked::of(change.point, &change.facts), snapshot, locale));
    let mut worth_a_look = worth_a_look.unwrap_or_default();
    worth_a_look.retain(|it| it.is_warning);
    let worth_a_look = (!worth_a_look.is_empty()).then(|| view! { <Findings list=worth_a_look /> });
    let act = |name: &str| locale.href(&format!("/desk/changes/{}/{name}", change.id.0));
    let revision = change.revision.to_string();
    let effective = change.effective_on.map(|day| {
        let day = text::day(day, snapshot.today(), locale);
        view! { <p>{locale.pick(format!("{day}起生效"), format!("Takes effect on {day}"))}</p> }
    });
    let publish = (change.state == ChangeState::Submitted).then(|| {
        let word = match change.effective_on {
            Some(day) if day > snapshot.today() => locale.pick("通过,到日子生效", "Approve for its day"),
            _ => locale.pick("通过并发布", "Publish"),
        };
        view! {
            <form class="p-form" method="post" action=act("publish")>
                <input type="hidden" name="revision" value=revision.clone() />
                <button class="p-button p-button--main" type="submit">{word}</button>
            </form>
        }
    });
    let review = (matches!(change.state, ChangeState::Submitted | ChangeState::Scheduled) && !own).then(|| {
        view! {
            {publish}
            <form class="p-form" method="post" action=act("return")>
                <input type="hidden" name="revision" value=revision.clone() />
                <TextField name="comment" label=locale.pick("退回的原因", "Why it is returned") />
                <button class="p-button" type="submit">{locale.pick("退回作者", "Return to its author")}</button>
            </form>
        }
    });
    let edit = (own && change.state.is_open()).then(|| {
        let href = match change.point {
            Some(point) => format!("/desk/points/{}", point.0),
            None => format!("/desk/points/new?change={}", change.id.0),
        };
        view! { <p class="p-acts"><a class="p-button p-button--main" href=locale.href(&href)>{locale.pick("接着改", "Go on editing")}</a></p> }
    });
    let withdraw = (own && change.state.withdraw().is_ok()).then(|| {
        view! {
            <form class="p-form" method="post" action=act("withdraw")>
                <input type="hidden" name="revision" value=revision.clone() />
                <button class="p-button p-button--quiet" type="submit">{locale.pick("撤回这项修改", "Withdraw this change")}</button>
            </form>
        }
    });
    let shown = change.point.filter(|_| change.state == ChangeState::Published).map(|point| {
        let href = locale.href(&format!("/points/{}", point.0));
        view! { <p><a href=href>{locale.pick("看发布后的页面", "See the published page")}</a></p> }
    });
    let note = (!change.note.is_empty()).then(|| view! { <p>{locale.pick("理由:", "Why: ")}{change.note.clone()}</p> });
    let comment = (!change.comment.is_empty())
        .then(|| view! { <p class="p-notice">{locale.pick("复核意见:", "Review: ")}{change.comment.clone()}</p> });
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <DeskWay />
        <h1>{title}</h1>
        <LiveNotice subject=change.id.subject() words=locale.pick("刚才有人动过这项修改。", "Somebody has just touched this change.") />
        <p>
            <span class="p-tag">{words::state(change.state, locale)}</span>
            " "{change.author.1.clone()}" · "{stamp(change.changed_at)}
        </p>
        {effective}
        {note}
        {comment}
        {shown}
        <ErrorSummary />
        {worth_a_look}
        <div class="p-table-frame" tabindex="0" role="region" aria-label=locale.pick("改动", "Changes")>
            <table class="p-table p-table--compared">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("项目", "Field")}</th>
                        <th scope="col">{locale.pick("原来", "Before")}</th>
                        <th scope="col">{locale.pick("改为", "After")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {review}
        {edit}
        {withdraw}
    }
}

/// Publishes a change.
pub(crate) async fn publish(portal: &Portal, visit: &Visit, id: ChangeId, form: &Form) -> Submitted {
    let (revision, own) = (form.get("revision").parse().unwrap_or_default(), portal.own_review());
    match changes::publish(portal.store(), &visit.by(), id, revision, form.get("comment"), own).await {
        Ok(_) => done(id),
        Err(failure) => words::again(failure, visit),
    }
}

/// Returns a change to its author.
pub(crate) async fn give_back(portal: &Portal, visit: &Visit, id: ChangeId, form: &Form) -> Submitted {
    let revision = form.get("revision").parse().unwrap_or_default();
    match changes::give_back(portal.store(), &visit.by(), id, revision, form.get("comment")).await {
        Ok(()) => done(id),
        Err(failure) => words::again(failure, visit),
    }
}

/// Takes one's own change back.
pub(crate) async fn withdraw(portal: &Portal, visit: &Visit, id: ChangeId, form: &Form) -> Submitted {
    let revision = form.get("revision").parse().unwrap_or_default();
    match changes::withdraw(portal.store(), &visit.by(), id, revision).await {
        Ok(()) => done(id),
        Err(failure) => words::again(failure, visit),
    }
}

fn done(id: ChangeId) -> Submitted {
    Submitted::Go(format!("/desk/changes/{}", id.0), Cookie::Keep)
}
