//! Joining a question with another that asks the same (合并同问), the most alike first.

use std::cmp::Reverse;

use domain::{
    likeness::Likeness,
    questions::{QuestionId, State},
};
use leptos::prelude::*;
use store::{questions, questions::Question};

use super::DESK;
use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    policies::text,
    portal::{Portal, Visit, visit},
    ui::wrong_of,
};

/// The field with the other one.
const FIELD: &str = "with";
/// So many are offered.
const MOST: usize = 8;
/// From this likeness on, from 0 to 1, the offer stands open and the other is called alike.
const ALIKE: f32 = 0.5;

/// Those a question may be joined with, the most alike first, with how alike they are.
pub(super) fn nearest(question: &Question, list: Vec<Question>) -> Vec<(Question, f32)> {
    let mut words = Likeness::new(&question.words);
    let mut list: Vec<_> = list.into_iter().map(|it| (words.to(&it.words), it)).map(|(like, it)| (it, like)).collect();
    // Bits of numbers that are not negative are in the order of the numbers.
    list.sort_by_key(|(_, like)| Reverse(like.to_bits()));
    list.truncate(MOST);
    list
}

/// The form; nothing where there is no other.
#[component]
pub(super) fn Join(question: Question, others: Vec<(Question, f32)>) -> impl IntoView {
    let locale = visit().locale;
    let wrong = wrong_of(FIELD);
    let open = wrong.is_some() || others.first().is_some_and(|(_, like)| *like >= ALIKE);
    let is_empty = others.is_empty();
    let choices = others.into_iter().map(|(other, like)| {
        let alike = (like >= ALIKE).then(|| view! { " "<span class="p-tag">{locale.pick("很像", "alike")}</span> });
        let how = match other.thread.state() {
            State::Answered => locale.pick("已答复:马上得到同样的答复", "Answered: gets the same answer at once"),
            _ => locale.pick("待答复:等它一起答复", "Waiting: is answered together with it"),
        };
        view! {
            <label class="p-check p-check--block">
                <input type="radio" name=FIELD value=other.id.0.to_string() required />
                <span><span lang="zh-CN">{other.words}</span>{alike}<br /><span class="p-quiet">{how}</span></span>
            </label>
        }
    });
    let choices = choices.collect_view();
    (!is_empty).then(|| {
        view! {
            <details class="p-section p-cites" open=open id="join">
                <summary><h2>{locale.pick("合并相同的提问", "Join with another that asks the same")}</h2></summary>
                <form class="p-form" method="post" action=locale.href(&format!("{DESK}/{}/join", question.id.0))>
                    <fieldset class="p-fieldset" id=FIELD>
                        <legend>{locale.pick("和哪一个一起答复", "With which one")}</legend>
                        {wrong.map(|words| view! { <p class="p-field__wrong">{words}</p> })}
                        {choices}
                    </fieldset>
                    <button class="p-button" type="submit">{locale.pick("合并", "Join")}</button>
                </form>
            </details>
        }
    })
}

/// What waits for this question, or for which it waits.
#[component]
pub(super) fn Together(question: Question) -> impl IntoView {
    let locale = visit().locale;
    let link = |id: QuestionId| view! { " "<a href=locale.href(&format!("{DESK}/{}", id.0))>"#"{id.0}</a> };
    let open = question.thread.state() != State::Answered;
    let with = question.same_as.map(|main| {
        let words = match open {
            true => locale.pick(
                "这个提问和另一个相同的提问一起答复。在这里单独答复或者转办,就不再一起。",
                "This is answered together with another that asks the same. Answered or handed over here, it stands alone again.",
            ),
            false => locale.pick("这个提问和另一个相同的提问一起答复了。", "This was answered together with another that asks the same."),
        };
        view! { <p class="p-notice">{words}{link(main)}</p> }
    });
    let same = question.same.clone();
    let waiting = (!same.is_empty()).then(|| {
        let count = same.len();
        let words = locale.pick(
            format!("还有 {count} 个相同的提问等着同样的答复:"),
            format!("{count} more that ask the same wait for this answer:"),
        );
        view! { <p class="p-notice">{words}{same.into_iter().map(link).collect_view()}</p> }
    });
    view! {
        {with}
        {waiting}
    }
}

/// Joins it with the one that was chosen.
pub(super) async fn send(portal: &Portal, visit: &Visit, id: QuestionId, form: &Form) -> Submitted {
    let Ok(with) = form.get(FIELD).parse().map(QuestionId) else {
        let words = visit.locale.pick("请选和哪一个合并。", "Choose with which one.").to_owned();
        return Submitted::Again(vec![Wrong { field: FIELD, words }]);
    };
    let posts = &visit.snapshot.content.interpreters;
    match questions::join(portal.store(), &visit.by(), posts, id, with).await {
        Ok(()) => Submitted::Go(format!("{DESK}/{}", id.0), Cookie::Keep),
        Err(failure) => text::again(failure, portal, visit),
    }
}
