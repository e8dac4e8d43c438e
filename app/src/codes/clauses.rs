//! The codes of the clauses of a policy: that of the policy, with the anchor of the clause behind it (`3D4F-7HJK/a7`). So every clause has
//! its own from the moment its policy has one, and it stays as its anchor stays. `/codes/{token}/clauses` lists them,
//! `/codes/{token}/{anchor}` is one.

use domain::{
    codes::{Thing, Token},
    policies::{
        Policy,
        clauses::{Clause, Text},
    },
};
use leptos::prelude::*;
use store::policies;

use super::show::{Acts, COLUMN, Sheet};
use crate::{
    forms::Answer,
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, PageHead, Pages},
};

/// The last step of the address of the list.
const LIST: &str = "clauses";
/// So many stand on a page.
const A_PAGE: usize = 50;
/// So much of a clause stands in the list.
const BEGINNING: usize = 48;

/// The address of the list, without a language.
pub(super) fn list_address(token: Token) -> String {
    format!("/codes/{}/{LIST}", token.plain())
}

/// The page of one, or of all, of the policy a code was issued for.
pub(crate) async fn clauses_page(portal: &Portal, visit: &Visit, token: &str, step: &str) -> Answer {
    let content = &visit.snapshot.content;
    let token: Option<Token> = token.parse().ok();
    let Some((token, Thing::Policy(id))) = token.and_then(|it| Some((it, content.codes.issued_for(it)?))) else {
        return Answer::Status(404);
    };
    let text = match policies::text(portal.store(), id).await {
        Ok(text) => text,
        Err(error) => return Answer::Failed(error),
    };
    let Some((policy, text)) = content.policy(id).cloned().zip(text) else { return Answer::Status(404) };
    if step == LIST {
        return Answer::Page(Box::new(move || view! { <All token policy text /> }.into_any()));
    }
    match text.clauses.into_iter().find(|it| it.anchor.as_str() == step) {
        Some(clause) => Answer::Page(Box::new(move || view! { <One token policy clause /> }.into_any())),
        None => Answer::Status(404),
    }
}

/// The steps above the page of one.
fn way(token: Token, policy: &Policy) -> Vec<(String, String)> {
    let code = visit().locale.pick("一个码", "One code").to_owned();
    vec![(code, "/codes".to_owned()), (policy.facts.title.clone(), format!("/codes/{}", token.plain()))]
}

#[component]
fn All(token: Token, policy: Policy, text: Text) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let last = text.clauses.len().div_ceil(A_PAGE).max(1);
    let page = visit.parameter("page").and_then(|it| it.parse().ok()).unwrap_or(1_usize).clamp(1, last);
    let rows = text.clauses.iter().skip((page - 1) * A_PAGE).take(A_PAGE).map(|clause| {
        let href = locale.href(&format!("/codes/{}/{}", token.plain(), clause.anchor));
        let code = format!("{token}/{}", clause.anchor);
        let words: String = clause.text.chars().take(BEGINNING).collect();
        view! { <li><a class="p-row" href=href><span lang="zh-CN">{words}</span><span class="p-row__count">{code}</span></a></li> }
    });
    let rows = rows.collect_view();
    let address = move |to: u32| locale.href(&format!("{}?page={to}", list_address(token)));
    let (page, last) = (u32::try_from(page).unwrap_or(1), u32::try_from(last).unwrap_or(1));
    let title = locale.pick("各条的码", "The codes of its clauses");
    view! {
        <PageHead title description=title column=COLUMN />
        <Breadcrumbs way=way(token, &policy) />
        <h1>{title}</h1>
        <p lang="zh-CN">{policy.facts.title.clone()}</p>
        <ul class="p-rows">{rows}</ul>
        <Pages page last address=Callback::new(address) />
    }
}

#[component]
fn One(token: Token, policy: Policy, clause: Clause) -> impl IntoView {
    let locale = visit().locale;
    let Clause { anchor, number, text, .. } = clause;
    let title = match number.as_str() {
        "" => locale.pick("这一段的码".to_owned(), format!("The code of {anchor}")),
        number => locale.pick(format!("{number}的码"), format!("The code of {anchor}")),
    };
    let file = format!("/codes/{}/{anchor}", token.plain());
    let alt = locale.pick(format!("{title},二维码"), format!("{title}, a QR code"));
    let to = locale.href(&format!("/policies/{}#{anchor}", policy.id.0));
    view! {
        <PageHead title=title.clone() description=title.clone() column=COLUMN />
        <Breadcrumbs way=way(token, &policy) />
        <article class="p-code-page">
            <h1>{title}</h1>
            <blockquote class="p-quote" lang="zh-CN">{text}</blockquote>
            <Sheet picture=format!("{file}.svg") alt code=format!("{token}/{anchor}") name=policy.facts.title.clone() />
            <Acts to file />
        </article>
    }
}
