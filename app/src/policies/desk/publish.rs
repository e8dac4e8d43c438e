//! A question with sensitive words: answered like any other, and made public only when a second person has looked at it.

use domain::questions::QuestionId;
use leptos::prelude::*;
use store::{questions, questions::Question};

use super::DESK;
use crate::{
    forms::{Cookie, Form, Submitted},
    policies::text,
    portal::{Portal, Visit, portal, visit},
};

/// That there are sensitive words in it, and which.
#[component]
pub(super) fn Flagged(question: Question) -> impl IntoView {
    let locale = visit().locale;
    let portal = portal();
    let found = portal.sensitive_words().find(&question.words);
    let found: Vec<_> = found.iter().map(|it| format!("{}「{}」", it.sort, it.word)).collect();
    question.flagged.then(|| {
        view! {
            <p class="p-notice">
                {locale.pick("含敏感词,公开前请人复核。", "It has sensitive words: a second person looks at it before it is public.")}
                " "
                <span lang="zh-CN">{found.join("、")}</span>
            </p>
        }
    })
}

/// What is to be public, and the buttons of the second person.
#[component]
pub(super) fn Confirm(question: Question) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let me = visit.session.as_ref().map(|session| session.staff.id);
    let own = question.answered_by == me && !portal.own_review();
    let action = locale.href(&format!("{DESK}/{}/publish", question.id.0));
    question.to_show.map(|shown| {
        let publish = match own {
            true => view! { <p>{locale.pick("是您答复的,请另一位同事确认公开。", "You answered it; a colleague has to make it public.")}</p> }.into_any(),
            false => view! {
                <button class="p-button p-button--main" type="submit" name="decide" value="publish">{locale.pick("确认公开", "Make it public")}</button>
            }
            .into_any(),
        };
        view! {
            <section class="p-section" id="publish">
                <h2>{locale.pick("公开前复核", "Before it is public")}</h2>
                <p>{locale.pick("公开后大家看到的提问:", "The question as everybody would see it:")}</p>
                <blockquote class="p-quote" lang="zh-CN">{shown}</blockquote>
                <form class="p-form" method="post" action=action>
                    <p class="p-acts">
                        {publish}
                        <button class="p-button" type="submit" name="decide" value="keep-back">{locale.pick("不公开", "Do not make it public")}</button>
                    </p>
                </form>
            </section>
        }
    })
}

/// Makes it public, or does not.
pub(super) async fn decide(portal: &Portal, visit: &Visit, id: QuestionId, form: &Form) -> Submitted {
    let yes = match form.get("decide") {
        "publish" => true,
        "keep-back" => false,
        _ => return Submitted::Status(404),
    };
    let posts = &visit.snapshot.content.interpreters;
    match questions::publish(portal.store(), &visit.by(), posts, id, (yes, portal.own_review())).await {
        Ok(()) => Submitted::Go(format!("{DESK}/{}", id.0), Cookie::Keep),
        Err(failure) => text::again(failure, portal, visit),
    }
}
