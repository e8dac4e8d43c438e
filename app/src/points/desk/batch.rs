//! `/desk/batches/{id}`: many changes that are reviewed as one.

use domain::points::change::{BatchId, ChangeState, Origin};
use leptos::prelude::*;
use store::{
    Failure,
    points::changes::{
        Change,
        batches::{self, Batch, PAGE},
    },
};

use super::{
    compared::{ChangesTable, Differences},
    words,
};
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    points::stamp,
    portal::{Portal, Visit, visit},
    ui::{DeskWay, ErrorSummary, PageHead, Pages, TextField},
};

/// What a batch came from.
pub(super) fn origin(origin: Origin, locale: domain::locale::Locale) -> &'static str {
    match origin {
        Origin::Import => locale.pick("导入", "Import"),
        Origin::Bulk => locale.pick("批量修改", "Change of many"),
        Origin::Undo => locale.pick("撤销", "Undo"),
    }
}

/// The page of a batch.
pub(crate) async fn batch_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse().map(BatchId) else { return Answer::Status(404) };
    let page = visit.parameter("page").and_then(|page| page.parse().ok()).unwrap_or(1_u32).max(1);
    let own_review = portal.own_review();
    match batches::batch(portal.store(), &visit.by(), id, page.into()).await {
        Ok((batch, changes)) => {
            Answer::Page(Box::new(move || view! { <One batch changes page own_review /> }.into_any()))
        }
        Err(Failure::Store(error)) => Answer::Failed(error),
        Err(Failure::Forbidden | Failure::Refused(_)) => Answer::Status(403),
    }
}

#[component]
fn One(batch: Batch, changes: Vec<Change>, page: u32, own_review: bool) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = format!("{}:{}", origin(batch.origin, locale), batch.title);
    let own = words::is_own(&visit, batch.author.0);
    let rows = changes.iter().map(|change| {
        let what = match change.base.clone() {
            Some(before) => view! { <Differences before after=change.facts.clone() /> }.into_any(),
            None => {
                let new = view! { <li>{locale.pick("新设", "New")}" · "{change.facts.address.clone()}</li> };
                view! { <ul class="p-list">{new}</ul> }.into_any()
            }
        };
        let href = locale.href(&format!("/desk/changes/{}", change.id.0));
        view! {
            <tr>
                <th scope="row" class="p-table__long"><a href=href>{change.facts.name.clone()}</a></th>
                <td class="p-table__long">{what}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let last = u32::try_from(batch.size.div_ceil(PAGE)).unwrap_or(u32::MAX).max(1);
    let here = format!("/desk/batches/{}", batch.id.0);
    let to_page = {
        let here = here.clone();
        Callback::new(move |page: u32| locale.href(&format!("{here}?page={page}")))
    };
    let act = |name: &str| locale.href(&format!("{here}/{name}"));
    let revision = batch.revision.to_string();
    let waits = batch.state == ChangeState::Submitted;
    let review = (waits && (!own || own_review)).then(|| {
        view! {
            <form class="p-form" method="post" action=act("publish")>
                <input type="hidden" name="revision" value=revision.clone() />
                <button class="p-button p-button--main" type="submit">
                    {locale.pick(format!("{} 项全部通过并发布", batch.size), format!("Publish all {}", batch.size))}
                </button>
            </form>
            <form class="p-form" method="post" action=act("return")>
                <input type="hidden" name="revision" value=revision.clone() />
                <TextField name="comment" label=locale.pick("退回的原因", "Why it is returned") />
                <button class="p-button" type="submit">{locale.pick("退回作者", "Return to its author")}</button>
            </form>
        }
    });
    let withdraw = (own && waits).then(|| {
        view! {
            <form class="p-form" method="post" action=act("withdraw")>
                <input type="hidden" name="revision" value=revision.clone() />
                <button class="p-button p-button--quiet" type="submit">{locale.pick("撤回这一批", "Withdraw all of them")}</button>
            </form>
        }
    });
    let undo = (own && batch.state == ChangeState::Published).then(|| {
        view! {
            <form class="p-form" method="post" action=act("undo")>
                <p class="p-field__hint">{locale.pick(
                    "改回原来的样子,也要经过复核;别人后来改的内容会保留。",
                    "Puts everything back as it was, after review; what others changed since stays.",
                )}</p>
                <button class="p-button p-button--quiet" type="submit">{locale.pick("撤销这一批", "Undo all of them")}</button>
            </form>
        }
    });
    let comment = (!batch.comment.is_empty())
        .then(|| view! { <p class="p-notice">{locale.pick("复核意见:", "Review: ")}{batch.comment.clone()}</p> });
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <DeskWay />
        <h1>{title.clone()}</h1>
        <p>
            <span class="p-tag">{words::state(batch.state, locale)}</span>
            " "{batch.author.1.clone()}" · "{stamp(batch.changed_at)}" · "
            {locale.pick(format!("{} 项", batch.size), format!("{} changes", batch.size))}
        </p>
        {comment}
        <ErrorSummary />
        {review}
        <ChangesTable label=title>{rows}</ChangesTable>
        <Pages page last address=to_page />
        {withdraw}
        {undo}
    }
}

/// A step of a batch.
pub(crate) async fn batch_step(portal: &Portal, visit: &Visit, id: &str, act: &str, form: &Form) -> Option<Submitted> {
    let id = id.parse().map(BatchId).ok()?;
    let (store, by) = (portal.store(), visit.by());
    let revision = form.get("revision").parse().unwrap_or_default();
    let comment = form.get("comment");
    let done = match act {
        "publish" => batches::publish(store, &by, id, revision, comment, portal.own_review()).await.map(|()| id),
        "return" => batches::give_back(store, &by, id, revision, comment).await.map(|()| id),
        "withdraw" => batches::withdraw(store, &by, id, revision).await.map(|()| id),
        "undo" => batches::undo(store, &by, id, visit.locale.pick("录入有误,已撤销", "Entered by mistake")).await,
        _ => return None,
    };
    Some(match done {
        Ok(id) => Submitted::Go(format!("/desk/batches/{}", id.0), Cookie::Keep),
        Err(failure) => words::again(failure, visit),
    })
}
