//! `/policies/{id}/compare`: a policy beside the one it took the place of, clause by clause. What happened to a clause is a word, a
//! sign and a line, never a colour alone; runs of clauses that stayed are folded away. Both texts are read from the database.

use domain::{
    locale::Locale,
    policies::{
        Aspect, Policy, PolicyId,
        clauses::{Change, Piece, Text, compare},
    },
};
use leptos::prelude::*;
use store::{StoreError, policies, snapshot::Content};

use super::list::{COLUMN, Validity};
use crate::{
    forms::Answer,
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, PageHead},
};

/// From so many clauses on that stayed, they are folded.
const FOLDED: usize = 3;

/// The policies whose place this one took or which it changed, the latest first.
pub(super) fn before(content: &Content, id: PolicyId) -> Vec<&Policy> {
    let replaced = |other: &&Policy| other.id != id && other.facts.fate.as_ref().is_some_and(|it| it.by == Some(id));
    let mut list: Vec<_> = content.policies.iter().filter(replaced).collect();
    list.sort_by_key(|policy| std::cmp::Reverse((policy.facts.issued_on, policy.id)));
    list
}

/// The address of the comparison of two policies, without a language.
pub(super) fn address(new: PolicyId, old: PolicyId) -> String {
    format!("/policies/{}/compare?with={}", new.0, old.0)
}

/// The page; `?with=` says which older one where there are several.
pub(crate) async fn compare_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let content = &visit.snapshot.content;
    let Some(new) = id.parse().ok().and_then(|id| content.policy(id)).cloned() else { return Answer::Status(404) };
    let all: Vec<_> = before(content, new.id).into_iter().cloned().collect();
    let old = match visit.parameter("with") {
        Some(with) => with.parse().ok().and_then(|with: PolicyId| all.iter().find(|it| it.id == with)),
        None => all.first(),
    };
    let Some(old) = old.cloned() else { return Answer::Status(404) };
    let others = all.into_iter().filter(|it| it.id != old.id).collect();
    match load(portal, old.id, new.id).await {
        Ok(Some((before, after))) => {
            let sides = [Side { policy: old, text: before }, Side { policy: new, text: after }];
            Answer::Page(Box::new(move || view! { <Page sides others /> }.into_any()))
        }
        Ok(None) => Answer::Status(404),
        Err(error) => Answer::Failed(error),
    }
}

async fn load(portal: &Portal, old: PolicyId, new: PolicyId) -> Result<Option<(Text, Text)>, StoreError> {
    Ok(policies::text(portal.store(), old).await?.zip(policies::text(portal.store(), new).await?))
}

/// A policy with its text.
struct Side {
    policy: Policy,
    text: Text,
}

#[component]
fn Page(sides: [Side; 2], others: Vec<Policy>) -> impl IntoView {
    let locale = visit().locale;
    let [old, new] = sides;
    let title = locale.pick("新旧对照", "Old and new, side by side");
    let head =
        locale.pick(format!("{} · {title}", new.policy.facts.title), format!("Policy {}: {title}", new.policy.id.0));
    let changes = compare(&old.text.clauses, &new.text.clauses);
    let count = |which: fn(&Change) -> bool| changes.iter().filter(|it| which(it)).count();
    let [changed, added, removed, same] = [
        count(|it| matches!(it, Change::Changed(..))),
        count(|it| matches!(it, Change::Added(_))),
        count(|it| matches!(it, Change::Removed(_))),
        count(|it| matches!(it, Change::Same(..))),
    ];
    let total = locale.pick(
        format!("改了 {changed} 段,新增 {added} 段,删去 {removed} 段,{same} 段没有变。"),
        format!("{changed} changed, {added} new, {removed} removed, {same} the same."),
    );
    let id = new.policy.id;
    let way = vec![
        (locale.pick("政策与解读", "Policies").to_owned(), "/policies".to_owned()),
        (new.policy.facts.title.clone(), format!("/policies/{}", id.0)),
    ];
    let said = said(&new.policy).map(|at| {
        let href = locale.href(&format!("/policies/{}#{at}", id.0));
        view! { <p><a class="p-button" href=href>{locale.pick("解读怎么说这些不同", "What is said of the differences")}</a></p> }
    });
    let others = others.into_iter().map(|it| {
        let href = locale.href(&address(id, it.id));
        view! { <a class="p-chip" href=href lang="zh-CN">{it.facts.title}</a> }
    });
    let others: Vec<_> = others.collect();
    let others = (!others.is_empty()).then(|| {
        view! { <p class="p-chips">{locale.pick("也可以和这些对照:", "Or compare it with:")}{others}</p> }
    });
    let rows = rows(&changes, id, locale);
    view! {
        <PageHead title=head description=title column=COLUMN />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <div class="p-compare__heads">
            <Head policy=old.policy word=locale.pick("旧", "Old") />
            <Head policy=new.policy word=locale.pick("新", "New") />
        </div>
        <p role="status">{total}</p>
        {said}
        {others}
        <ol class="p-compare">{rows}</ol>
    }
}

/// Where its interpretation says what is different.
fn said(policy: &Policy) -> Option<String> {
    let all = policy.facts.interpretations.iter().enumerate();
    let mut parts = all.flat_map(|(i, it)| it.parts.iter().enumerate().map(move |(j, part)| (i, j, part)));
    parts.find(|(.., part)| part.aspect == Aspect::Differences).map(|(i, j, _)| format!("i{i}-{j}"))
}

/// One of the two: which, its title, whether it holds.
#[component]
fn Head(policy: Policy, word: &'static str) -> impl IntoView {
    let visit = visit();
    let href = visit.locale.href(&format!("/policies/{}", policy.id.0));
    let holds = policy.facts.validity(visit.snapshot.today());
    view! {
        <div class="p-compare__head">
            <p class="p-quiet">
                {word}
                " "
                <Validity holds />
                " "
                {policy.facts.issued_on.map(|day| day.to_string())}
            </p>
            <p><a href=href lang="zh-CN">{policy.facts.title}</a></p>
        </div>
    }
}

/// The rows, those that stayed in folds.
fn rows(changes: &[Change<'_>], id: PolicyId, locale: Locale) -> Vec<AnyView> {
    let alike = |a: &Change<'_>, b: &Change<'_>| matches!((a, b), (Change::Same(..), Change::Same(..)));
    let runs = changes.chunk_by(alike);
    runs.flat_map(|run| {
        let views: Vec<_> = run.iter().map(|change| row(change, id, locale)).collect();
        let (Some(Change::Same(_, first)), Some(Change::Same(_, last))) = (run.first(), run.last()) else {
            return views;
        };
        if run.len() < FOLDED {
            return views;
        }
        let count = locale.pick(format!("{} 段没有变", run.len()), format!("{} clauses are the same", run.len()));
        let names = [first, last].map(|clause| clause.number.clone());
        let names = (!names.iter().any(String::is_empty)).then(|| names.join("—"));
        vec![
            view! {
                <li class="p-compare__fold">
                    <details class="p-filters__more">
                        <summary>{count}" "{names.map(|names| view! { <span lang="zh-CN">{names}</span> })}</summary>
                        <ol class="p-compare">{views}</ol>
                    </details>
                </li>
            }
            .into_any(),
        ]
    })
    .collect()
}

/// A clause in both, or in one of them.
fn row(change: &Change<'_>, id: PolicyId, locale: Locale) -> AnyView {
    let (kind, sign, word) = match change {
        Change::Changed(..) => ("changed", "≠", locale.pick("修改", "Changed")),
        Change::Added(_) => ("added", "+", locale.pick("新增", "New")),
        Change::Removed(_) => ("removed", "−", locale.pick("删去", "Removed")),
        Change::Same(..) => ("same", "=", locale.pick("没变", "The same")),
    };
    let clause = match change {
        Change::Same(_, it) | Change::Changed(_, it, _) | Change::Added(it) | Change::Removed(it) => it,
    };
    let name = match clause.number.as_str() {
        "" => clause.anchor.to_string(),
        number => number.to_owned(),
    };
    let name = match change {
        // It is in the text of the old one only.
        Change::Removed(_) => view! { <span lang="zh-CN">{name}</span> }.into_any(),
        _ => {
            let href = locale.href(&format!("/policies/{}#{}", id.0, clause.anchor));
            view! { <a href=href lang="zh-CN">{name}</a> }.into_any()
        }
    };
    let sides = match change {
        Change::Same(_, new) => view! { {side(None, text(&new.text), locale)} }.into_any(),
        Change::Changed(_, _, pieces) => view! {
            {side(Some(true), marked(pieces, true), locale)}
            {side(Some(false), marked(pieces, false), locale)}
        }
        .into_any(),
        Change::Added(new) => view! {
            {side(Some(true), absent(locale.pick("旧文件没有", "Not in the old one")), locale)}
            {side(Some(false), view! { <ins>{text(&new.text)}</ins> }.into_any(), locale)}
        }
        .into_any(),
        Change::Removed(old) => view! {
            {side(Some(true), view! { <del>{text(&old.text)}</del> }.into_any(), locale)}
            {side(Some(false), absent(locale.pick("新文件没有了", "Not in the new one")), locale)}
        }
        .into_any(),
    };
    view! {
        <li class=format!("p-compare__row p-compare__row--{kind}")>
            <p class="p-compare__what"><span class="p-tag"><span aria-hidden="true">{sign}" "</span>{word}</span>{name}</p>
            {sides}
        </li>
    }
    .into_any()
}

/// What one of them says: the old one, the new one, or both.
fn side(old: Option<bool>, words: AnyView, locale: Locale) -> AnyView {
    let (class, which) = match old {
        Some(true) => ("p-compare__side p-compare__side--old", locale.pick("旧", "Old")),
        Some(false) => ("p-compare__side p-compare__side--new", locale.pick("新", "New")),
        None => ("p-compare__side p-compare__side--both", locale.pick("新旧一样", "Both")),
    };
    view! { <div class=class><p class="p-compare__which">{which}</p>{words}</div> }.into_any()
}

fn text(words: &str) -> AnyView {
    view! { <p lang="zh-CN">{words.to_owned()}</p> }.into_any()
}

fn absent(words: &'static str) -> AnyView {
    view! { <p class="p-quiet">{words}</p> }.into_any()
}

/// A changed clause as the old one or the new one has it, with what only that one says.
fn marked(pieces: &[Piece], old: bool) -> AnyView {
    let runs = pieces.iter().filter_map(|piece| match piece {
        Piece::Same(words) => Some(words.clone().into_any()),
        Piece::Old(words) => old.then(|| view! { <del>{words.clone()}</del> }.into_any()),
        Piece::New(words) => (!old).then(|| view! { <ins>{words.clone()}</ins> }.into_any()),
    });
    view! { <p lang="zh-CN">{runs.collect_view()}</p> }.into_any()
}
