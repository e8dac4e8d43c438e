//! Calling back whoever was not satisfied, within one working day: what came of it is a step they see too.

use domain::questions::MAX_WORDS;
use leptos::prelude::*;
use store::questions::Question;

use crate::{policies::text, portal::visit, ui::TextArea};

/// The field with what came of the call.
pub(super) const FIELD: &str = "called";

/// Until when, and the form to record the call.
#[component]
pub(super) fn CallBack(question: Question) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let due = question.thread.call_due(&snapshot.content.calendar);
    let due = due.map(|last| text::call_due(last, snapshot.today(), locale));
    let action = locale.href(&format!("/desk/questions/{}/call-back", question.id.0));
    view! {
        <section class="p-section" id="call-back">
            <h2>{locale.pick("回访", "Call back")}</h2>
            <p class="p-notice">{due}</p>
            <form class="p-form" method="post" action=action>
                <TextArea
                    name=FIELD
                    label=locale.pick("联系的结果", "What came of the call")
                    hint=locale.pick("提问人能看到这句话", "Whoever asked reads it")
                    maxlength=MAX_WORDS
                    rows=3
                />
                <button class="p-button p-button--main" type="submit">{locale.pick("记下回访", "Record the call")}</button>
            </form>
        </section>
    }
}
