//! The answer to a question: its words, the clauses it rests on, and what of the question everybody may see.

use domain::{
    policies::clauses::Text,
    privacy,
    questions::{MAX_ANSWER, QuestionId},
};
use leptos::prelude::*;
use store::{
    policies, questions,
    questions::{Act, Question},
};

use super::{
    DESK,
    cites::{PickClauses, picked},
    done,
};
use crate::{
    forms::{Cookie, Form, Submitted},
    policies::text,
    portal::{Portal, Visit, portal, visit},
    ui::TextArea,
};

/// So many earlier answers stand in the warning.
const PASSAGES: usize = 3;
/// The form, for buttons that stand elsewhere.
pub(super) const FORM: &str = "answer";

/// The field that says that the warning was seen.
pub(super) const SEEN: &str = "seen";

/// Keeps what is written so far.
pub(super) async fn keep(portal: &Portal, visit: &Visit, id: QuestionId, form: &Form) -> Submitted {
    let posts = &visit.snapshot.content.interpreters;
    match questions::write_draft(portal.store(), &visit.by(), posts, id, form.get("words")).await {
        Ok(()) => Submitted::Go(format!("{DESK}/{}", id.0), Cookie::Keep),
        Err(failure) => text::again(failure, portal, visit),
    }
}

/// Answers. What is shown is made from the question itself and from which findings were ticked, not from what a form says.
pub(super) async fn send(portal: &Portal, visit: &Visit, id: QuestionId, form: &Form) -> Submitted {
    let posts = &visit.snapshot.content.interpreters;
    let loaded = async {
        let question = questions::one(portal.store(), portal.vault(), &visit.by(), posts, id).await?;
        let text = policies::text(portal.store(), question.policy).await?.unwrap_or_default();
        Ok((question, text))
    };
    let (question, text) = match loaded.await {
        Ok(loaded) => loaded,
        Err(failure) => return text::again(failure, portal, visit),
    };
    // A warning is given once, with the page again; sent again it goes through.
    if form.get(SEEN).is_empty() {
        let by = visit.by();
        let repeated = questions::repeated(portal.store(), portal.vault(), &by, posts, id, form.get("words"));
        match repeated.await {
            Ok(repeated) if repeated.is_empty() => {}
            Ok(_) => {
                let mut form = form.clone();
                form.set(SEEN, ["yes".to_owned()]);
                return Submitted::Looked(form, vec![]);
            }
            Err(failure) => return text::again(failure, portal, visit),
        }
    }
    let words = showable(&question.words);
    let found = privacy::find(&words).into_iter().enumerate();
    let chosen = found.filter(|(i, _)| form.all("mask").any(|number| number == i.to_string()));
    let chosen: Vec<_> = chosen.map(|(_, finding)| finding).collect();
    let shown = (!form.get("publish").is_empty()).then(|| privacy::mask(&words, &chosen));
    let answer = Act::Answer { words: form.get("words").to_owned(), cites: picked(form, &text), shown };
    done(portal, visit, id, answer, "words", DESK.to_owned()).await
}

/// What residents are shown of a question before anything is masked: without links.
pub(super) fn showable(words: &str) -> String {
    privacy::links_stripped(words)
}

/// The form.
#[component]
pub(super) fn AnswerForm(question: Question, text: Text, draft: String, repeated: Vec<Question>) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let base = locale.href(&format!("/desk/questions/{}", question.id.0));
    let (action, keep) = (format!("{base}/answer"), format!("{base}/draft"));
    let draft_to = keep.clone();
    // Another form of the page may have come again.
    let typed = visit.filled.as_ref().map(|filled| &filled.form).filter(|form| form.all("words").next().is_some());
    let picks = view! { <PickClauses question=question.clone() text typed=typed.cloned() /> };
    let words = showable(&question.words);
    let findings = privacy::find(&words).into_iter().enumerate().map(|(i, it)| {
        let checked = typed.is_none_or(|form| form.all("mask").any(|number| number == i.to_string()));
        let found = words.get(it.from..it.to).unwrap_or_default().to_owned();
        view! {
            <label class="p-check p-check--block">
                <input type="checkbox" name="mask" value=i.to_string() checked=checked />
                <span lang="zh-CN">{found}" → "{it.masked}</span>
            </label>
        }
    });
    let findings: Vec<_> = findings.collect();
    let masks = (!findings.is_empty()).then(|| {
        view! {
            <fieldset class="p-fieldset">
                <legend>{locale.pick("公开前要遮住的个人信息", "Personal data to mask before it is public")}</legend>
                {findings}
            </fieldset>
        }
    });
    let publish = (!question.private).then(|| {
        let checked = typed.is_none_or(|form| !form.get("publish").is_empty());
        view! {
            {masks}
            <label class="p-check">
                <input type="checkbox" name="publish" value="yes" checked=checked />
                <span>{locale.pick("公开这个问答,让大家都能看到", "Make question and answer public, for everybody")}</span>
            </label>
        }
    });
    view! {
        <section class="p-section">
            <h2>{locale.pick("答复", "Answer")}</h2>
            <form class="p-form" id=FORM method="post" action=action data-draft=draft_to>
                <TextArea name="words" label=locale.pick("答复内容", "The answer") maxlength=MAX_ANSWER rows=8 value=draft />
                <Repeated list=repeated />
                <p class="p-field__hint" role="status" data-kept=locale.pick("草稿已存", "Draft kept") data-lost=locale.pick("草稿没存上,请不要关掉页面", "The draft could not be kept; keep this page open")></p>
                {picks}
                {publish}
                <p class="p-acts">
                    <button class="p-button p-button--main" type="submit">{locale.pick("答复", "Answer")}</button>
                    <button class="p-button" type="submit" formaction=keep>{locale.pick("存为草稿", "Keep as a draft")}</button>
                </p>
            </form>
            <script type="module" src=portal.asset("/desk-draft.js")></script>
        </section>
    }
}

/// The warning, with the earlier answers.
#[component]
fn Repeated(list: Vec<Question>) -> impl IntoView {
    let locale = visit().locale;
    let (count, rows) = (list.len(), list.into_iter().take(PASSAGES));
    let rows = rows.filter_map(|question| {
        let (answer, ..) = question.thread.answer()?;
        let href = locale.href(&format!("{DESK}/{}", question.id.0));
        Some(view! { <li><a href=href>"#"{question.id.0}</a><p class="p-report__said" lang="zh-CN">{answer.to_owned()}</p></li> })
    });
    let rows = rows.collect_view();
    (count > 0).then(|| {
        view! {
            <div class="p-notice" id="repeated" role="alert">
                <p>{locale.pick(
                    format!("这个答复和以前的 {count} 个很像(套模板),可是问的不一样。请看看有没有答到点子上;确实如此,就再按一次「答复」。"),
                    format!("This repeats {count} earlier answers, though something else was asked. See whether it answers the question; if it does, answer again."),
                )}</p>
                <ul class="p-list">{rows}</ul>
                <input type="hidden" name=SEEN value="yes" />
            </div>
        }
    })
}
