//! `/desk/policies`: policies are written, reviewed by three and published with what interprets them.

mod facts;
mod form;
mod review;
mod words;

use leptos::prelude::*;
use store::policies::drafts::{self, Draft};

use super::text;
use crate::{
    forms::Answer,
    points::{desk::is_own, stamp},
    portal::{Portal, Visit, visit},
    ui::{DeskWay, Icon, PageHead, TextField, lang_of},
};

pub(crate) use form::{edit_page, new_page, save};
pub(crate) use review::{act, draft_page, revise};

/// So many published policies are offered for revision at once.
const SHOWN: usize = 50;

/// What is on its way, and what is published.
pub(crate) async fn policies_page(portal: &Portal, visit: &Visit) -> Answer {
    match drafts::waiting(portal.store(), &visit.by()).await {
        Ok(waiting) => Answer::Page(Box::new(move || view! { <List waiting /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn List(waiting: Vec<Draft>) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let title = locale.pick("政策与解读 · 编写与审核", "Policies: writing and review");
    let none = waiting.is_empty().then(|| {
        view! { <p class="p-empty">{locale.pick("没有草稿,也没有等着审核的。", "No drafts, and nothing waits for review.")}</p> }
    });
    let rows = waiting.iter().map(|draft| {
        let href = locale.href(&format!("/desk/policy-drafts/{}", draft.id.0));
        let own = is_own(&visit, draft.dossier.author).then(|| locale.pick(" · 我的", " · mine"));
        let title = name(draft, locale.pick("(还没有标题)", "(no title yet)"));
        view! {
            <li>
                <a class="p-row" href=href>
                    <span><span lang=lang_of(&title, locale)>{title.clone()}</span><small>{stamp(draft.changed_at)}" · "{draft.author.clone()}{own}</small></span>
                    <span class="p-row__count">{words::stage(&draft.dossier, locale)}</span>
                </a>
            </li>
        }
    });
    let rows = rows.collect_view();
    let wanted = visit.parameter("q").unwrap_or_default();
    let found = snapshot.content.policies.iter().rev().filter(|policy| {
        wanted.is_empty() || policy.facts.title.contains(wanted.trim()) || policy.facts.number.contains(wanted.trim())
    });
    let found: Vec<_> = found.take(SHOWN).collect();
    let nothing = found.is_empty().then(|| {
        view! { <p class="p-empty">{locale.pick("没有这样的政策。换个说法,或者写一份新的。", "No such policy. Try other words, or write a new one.")}</p> }
    });
    let published = found.into_iter().map(|policy| {
        let id = policy.id.0;
        let holds = text::validity(policy.facts.validity(snapshot.today()), locale);
        let label = locale.pick(format!("修订:{}", policy.facts.title), format!("Revise policy {id}"));
        view! {
            <li class="p-outline-row">
                <span><a href=locale.href(&format!("/policies/{id}")) lang="zh-CN">{policy.facts.title.clone()}</a><small>{policy.facts.number.clone()}" "{holds}</small></span>
                <form method="post" action=locale.href(&format!("/desk/policies/{id}/revise"))>
                    <button class="p-button p-button--quiet" type="submit" aria-label=label>{locale.pick("修订", "Revise")}</button>
                </form>
            </li>
        }
    });
    let published = published.collect_view();
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p class="p-acts">
            <a class="p-button p-button--main" href=locale.href("/desk/policies/new")><Icon name="plus" />{locale.pick("新的政策文件", "A new policy")}</a>
        </p>
        <section class="p-section">
            <h2>{locale.pick("草稿与审核", "Drafts and reviews")}</h2>
            {none}
            <ul class="p-rows">{rows}</ul>
        </section>
        <section class="p-section">
            <h2>{locale.pick("已公开", "Published")}</h2>
            <form class="p-form" method="get" action=locale.href("/desk/policies")>
                <TextField name="q" label=locale.pick("标题或文号", "Title or number") value=wanted />
                <button class="p-button" type="submit">{locale.pick("找", "Find")}</button>
            </form>
            {nothing}
            <ul class="p-outline-rows">{published}</ul>
        </section>
    }
}

/// What a draft is called.
fn name(draft: &Draft, none: &str) -> String {
    if draft.facts.title.is_empty() { none.to_owned() } else { draft.facts.title.clone() }
}
