//! Handing a question to another post, in the open (首接负责).

use domain::{
    interpreters::InterpreterId,
    questions::{MAX_WORDS, QuestionId},
};
use leptos::prelude::*;
use store::questions::{Act, Question};

use super::{DESK, done};
use crate::{
    forms::{Form, Submitted, Wrong},
    portal::{Portal, Visit, visit},
    ui::{SelectField, TextArea},
};

/// Hands it on.
pub(super) async fn send(portal: &Portal, visit: &Visit, id: QuestionId, form: &Form) -> Submitted {
    let Ok(to) = form.get("to").parse().map(InterpreterId) else {
        let words = visit.locale.pick("请选转给谁。", "Choose whom to hand it to.").to_owned();
        return Submitted::Again(vec![Wrong { field: "to", words }]);
    };
    done(portal, visit, id, Act::HandOver { to, reason: form.get("reason").to_owned() }, "reason", DESK.to_owned())
        .await
}

/// The form.
#[component]
pub(super) fn HandOver(question: Question) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let others = content.interpreters.iter().filter(|post| post.id != question.thread.interpreter && post.is_living());
    let options: Vec<_> = others.map(|post| (post.id.0.to_string(), post.post.clone())).collect();
    (!options.is_empty()).then(|| {
        view! {
            <section class="p-section">
                <h2>{locale.pick("转给别的解读人", "Hand it to another")}</h2>
                <form class="p-form" method="post" action=locale.href(&format!("/desk/questions/{}/hand-over", question.id.0))>
                    <SelectField name="to" label=locale.pick("转给", "To") options />
                    <TextArea
                        name="reason"
                        label=locale.pick("为什么转", "Why")
                        hint=locale.pick("提问人能看到这句话;答复的期限不变", "Whoever asked reads it; the clock runs on")
                        maxlength=MAX_WORDS
                        rows=2
                    />
                    <button class="p-button" type="submit">{locale.pick("转办", "Hand over")}</button>
                </form>
            </section>
        }
    })
}
