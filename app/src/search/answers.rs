//! The box over the results of a question: passages that answer it word for word, or whom to ask where none does.

use domain::{policies::PolicyId, search::Kind};
use leptos::prelude::*;
use search::Hit;

use super::{
    page::{State, mark, policy_of, source},
    text,
};
use crate::{
    policies::Panel,
    portal::{portal, visit},
    ui::Icon,
};

/// So many signs of an answer are shown.
const ANSWER: usize = 360;

/// The passages that answer, word for word; or that none does.
#[component]
pub(super) fn AnswerBox(answers: Vec<Hit>, policy: Option<i64>, marks: Vec<String>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    if answers.is_empty() {
        let policy = policy.and_then(|id| visit.snapshot.content.policy(PolicyId(id))).cloned();
        let whom = match policy {
            Some(policy) => {
                let title = policy.facts.title.clone();
                view! {
                    <p>{locale.pick("最相关的是", "Nearest to it is ")}<a href=locale.href(&format!("/policies/{}", policy.id.0)) lang="zh-CN">{format!("《{title}》")}</a></p>
                    <Panel policy />
                }
                .into_any()
            }
            None => view! { <WhomToAsk /> }.into_any(),
        };
        return view! {
            <section class="p-answer p-answer--none">
                <h2>{locale.pick("没有找到确切答案", "No exact answer was found")}</h2>
                <p>{locale.pick("下面的内容可能有关。也可以看政策时在不明白的那一句提问,或者打电话问。", "What follows may be related. You can ask at the sentence of a policy, or call.")}</p>
                {whom}
            </section>
        }
        .into_any();
    }
    let all = answers.into_iter().map(|hit| {
        let href = locale.href(&hit.passage.address);
        let ask = policy_of(&hit).map(|id| {
            let at = hit.passage.address.split_once('#').filter(|_| hit.passage.kind == Kind::Clause);
            let at = at.map(|(_, anchor)| format!("?at={anchor}")).unwrap_or_default();
            let href = locale.href(&format!("/policies/{id}/ask{at}"));
            let can = visit
                .snapshot
                .content
                .policy(PolicyId(id))
                .is_some_and(|policy| policy.facts.interpreter(&visit.snapshot.content.interpreters).is_some());
            can.then(|| view! { <a href=href rel="nofollow">{locale.pick("问解读人", "Ask the interpreter")}</a> })
        });
        let words = text::excerpt(&hit.passage.body, &marks, ANSWER);
        view! {
            <div class="p-answer__one">
                <blockquote class="p-answer__words" lang="zh-CN">{mark(&words, &marks)}</blockquote>
                <p class="p-answer__source">
                    <a href=href data-found lang="zh-CN">{source(&hit)}</a>
                    <State hit=hit.clone() />
                    {ask.flatten()}
                </p>
            </div>
        }
    });
    view! {
        <section class="p-answer">
            <h2>{locale.pick("可能的答案(原文)", "A likely answer, word for word")}</h2>
            {all.collect_view()}
        </section>
    }
    .into_any()
}

/// Whom to call where nothing answers.
#[component]
pub(super) fn WhomToAsk() -> impl IntoView {
    let locale = visit().locale;
    let telephone = portal().site().telephone.clone();
    (!telephone.is_empty()).then(|| {
        view! {
            <p class="p-acts">
                <a class="p-button" href=format!("tel:{telephone}")><Icon name="phone" />{locale.pick(format!("打电话问 {telephone}"), format!("Call {telephone}"))}</a>
            </p>
        }
    })
}
