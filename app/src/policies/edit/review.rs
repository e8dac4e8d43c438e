//! `/desk/policy-drafts/{id}`: a draft as its reviewers see it: what changes, how it will look, what happened, and the next step.

use domain::{
    identity::Action,
    policies::{Facts, PolicyId, clauses::Text, review::Stage},
};
use leptos::prelude::*;
use store::{
    Failure,
    policies::{
        self as kept,
        drafts::{self, Act, Draft, DraftId, Refused},
    },
};

use super::{facts, words};
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    manual::compared,
    points::{desk::is_own, stamp},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, PageHead, TextArea},
};

/// One draft.
pub(crate) async fn draft_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse().map(DraftId) else { return Answer::Status(404) };
    let loaded = async {
        let draft = drafts::find(portal.store(), &visit.by(), id).await?;
        let before = match draft.policy.and_then(|id| visit.snapshot.content.policy(id)) {
            Some(policy) => {
                let text = kept::text(portal.store(), policy.id).await?.unwrap_or_default();
                Some((policy.facts.clone(), text))
            }
            None => None,
        };
        Ok::<_, Failure<Refused>>((draft, before))
    };
    match loaded.await {
        Ok((draft, before)) => Answer::Page(Box::new(move || view! { <One draft before /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn One(draft: Draft, before: Option<(Facts, Text)>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = super::name(&draft, locale.pick("(还没有标题)", "(no title yet)"));
    let head = locale.pick("政策草稿", "Draft of a policy");
    let way = vec![
        (locale.pick("工作台", "Desk").to_owned(), "/desk".to_owned()),
        (locale.pick("政策与解读", "Policies").to_owned(), "/desk/policies".to_owned()),
    ];
    let after = facts::lines(&draft.facts, &draft.text, &visit);
    let old = before.map(|(facts, text)| facts::lines(&facts, &text, &visit)).unwrap_or_default();
    let same = old == after;
    let changes = match same {
        true => view! { <p class="p-empty">{locale.pick("和已公开的没有差别。", "No difference from what is published.")}</p> }.into_any(),
        false => compared(&old, &after, locale),
    };
    let missing = draft.facts.check(&draft.text.clauses);
    let missing = (draft.stage().is_open() && !missing.is_empty()).then(|| {
        let list = missing.into_iter().map(|it| view! { <li>{words::bad(it, locale).words}</li> }).collect_view();
        view! {
            <div class="p-notice">
                <p>{locale.pick("提交审核之前还缺:", "Before it can be handed in:")}</p>
                <ul class="p-list">{list}</ul>
            </div>
        }
    });
    let steps = draft.dossier.events.iter().map(|event| {
        view! { <li><span class="p-quiet">{stamp(event.at)}" · "{event.name.clone()}</span>" "<span lang="zh-CN">{words::step(&event.step, locale)}</span></li> }
    });
    let steps = steps.collect_view();
    let counted = draft.text.clauses.len();
    let stage = words::stage(&draft.dossier, locale);
    let lang = crate::ui::lang_of(&title, locale);
    view! {
        <PageHead title=head description=head />
        <Breadcrumbs way />
        <h1 lang=lang>{title}</h1>
        <ErrorSummary />
        <p><span class="p-tag">{stage}</span>" "{draft.author.clone()}" · "{locale.pick(format!("{counted} 段"), format!("{counted} paragraphs"))}</p>
        {missing}
        <Acts draft=draft.clone() />
        <section class="p-section">
            <h2>{locale.pick("改动", "What changes")}</h2>
            <div lang="zh-CN">{changes}</div>
        </section>
        <section class="p-section">
            <h2>{locale.pick("经过", "What happened")}</h2>
            <ol class="p-list p-trace">{steps}</ol>
        </section>
    }
}

/// What can be done with it now, by whom.
#[component]
fn Acts(draft: Draft) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let own = is_own(&visit, draft.dossier.author);
    let base = locale.href(&format!("/desk/policy-drafts/{}", draft.id.0));
    let revision = draft.revision.to_string();
    let hidden = move || view! { <input type="hidden" name="revision" value=revision.clone() /> };
    let stage = draft.stage();
    let write = (own && stage.is_open()).then(|| {
        view! {
            <form class="p-acts" method="post" action=format!("{base}/submit")>
                {hidden()}
                <a class="p-button" href=format!("{base}/edit")>{locale.pick("接着写", "Go on writing")}</a>
                <button class="p-button p-button--main" type="submit">{locale.pick("提交审核", "Hand in")}</button>
            </form>
        }
    });
    let withdraw = (own && !stage.is_over()).then(|| {
        view! {
            <form class="p-acts" method="post" action=format!("{base}/withdraw")>
                {hidden()}
                <button class="p-button p-button--quiet" type="submit">{locale.pick("撤回并放弃", "Withdraw it")}</button>
            </form>
        }
    });
    let reviewer = visit.by().actor.may_somewhere(Action::ReviewPolicy).is_ok() && stage == Stage::Review;
    let clear = (reviewer && !draft.dossier.is_cleared()).then(|| {
        view! {
            <form class="p-form" method="post" action=format!("{base}/clear")>
                {hidden()}
                <TextArea
                    name="basis"
                    label=locale.pick("保密审查:依据什么认定可以公开", "Cleared of secrets: on what basis")
                    hint=locale.pick("《政府信息公开条例》第十七条;写明依据,会记下是谁、什么时候", "Regulation on open government information, article 17; who and when is recorded")
                    maxlength=domain::policies::review::MAX_WORDS
                    rows=2
                />
                <button class="p-button" type="submit">{locale.pick("记录保密审查:不涉密", "Record: nothing secret")}</button>
            </form>
        }
    });
    let pass = draft.dossier.next().filter(|_| reviewer).map(|level| {
        let name = words::level(level, locale);
        view! {
            <form class="p-acts" method="post" action=format!("{base}/pass")>
                {hidden()}
                <button class="p-button p-button--main" type="submit">{locale.pick(format!("{name}通过"), format!("Pass the {name}"))}</button>
            </form>
        }
    });
    let back = reviewer.then(|| {
        view! {
            <form class="p-form" method="post" action=format!("{base}/return")>
                {hidden()}
                <TextArea name="words" label=locale.pick("退回的理由", "Why it goes back") maxlength=domain::policies::review::MAX_WORDS rows=2 />
                <button class="p-button" type="submit">{locale.pick("退回", "Return it")}</button>
            </form>
        }
    });
    let published = match draft.dossier.events.last().map(|it| &it.step) {
        Some(domain::policies::review::Step::Published { policy }) => {
            let href = locale.href(&format!("/policies/{}", policy.0));
            Some(view! { <p><a class="p-button" href=href>{locale.pick("看公开的页面", "See its page")}</a></p> })
        }
        _ => None,
    };
    view! {
        {write}
        {clear}
        {pass}
        {back}
        {withdraw}
        {published}
    }
}

/// Takes a step with a draft; none where there is no such form.
pub(crate) async fn act(portal: &Portal, visit: &Visit, id: &str, act: &str, form: &Form) -> Option<Submitted> {
    let id = DraftId(id.parse().ok()?);
    let act = match act {
        "submit" => Act::Submit,
        "withdraw" => Act::Withdraw,
        "pass" => Act::Pass,
        "clear" => Act::Clear(form.get("basis").to_owned()),
        "return" => Act::GiveBack(form.get("words").to_owned()),
        _ => return None,
    };
    let basis = matches!(act, Act::Clear(_));
    let seen = (id, form.get("revision").parse().unwrap_or_default());
    Some(match drafts::act(portal.store(), &visit.by(), seen, act, portal.own_review()).await {
        Ok(_) => Submitted::Go(format!("/desk/policy-drafts/{}", id.0), Cookie::Keep),
        Err(failure) => match words::again(failure, visit) {
            Submitted::Again(mut wrong) if basis => {
                wrong.iter_mut().filter(|it| it.field == "words").for_each(|it| it.field = "basis");
                Submitted::Again(wrong)
            }
            other => other,
        },
    })
}

/// Begins a revision of a published policy.
pub(crate) async fn revise(portal: &Portal, visit: &Visit, id: &str) -> Submitted {
    let Ok(id) = id.parse::<PolicyId>() else { return Submitted::Status(404) };
    match drafts::revise(portal.store(), &visit.by(), id).await {
        Ok(id) => Submitted::Go(format!("/desk/policy-drafts/{}/edit", id.0), Cookie::Keep),
        Err(failure) => words::again(failure, visit),
    }
}
