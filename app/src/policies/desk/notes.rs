//! Notes between colleagues (请教同事). Residents never see them.

use domain::{
    interpreters::InterpreterId,
    questions::{MAX_WORDS, QuestionId},
};
use leptos::prelude::*;
use store::{
    questions,
    questions::{Note, Question},
};

use super::{DESK, beside};
use crate::{
    forms::{Cookie, Form, Submitted},
    points::stamp,
    policies::text,
    portal::{Portal, Visit, visit},
    ui::{SelectField, TextArea, lang_of},
};

/// The field with the words.
const FIELD: &str = "note";

/// The notes, and the form for another.
#[component]
pub(super) fn Notes(question: Question, notes: Vec<Note>) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let rows = notes.into_iter().map(|note| {
        let to = note.to.and_then(|id| content.interpreter(id)).map(|post| post.post.clone());
        let to = to.map(|post| view! { " → "<span lang=lang_of(&post, locale)>{post.clone()}</span> });
        view! {
            <li>
                <span class="p-quiet">{stamp(note.at)}" "<span lang=lang_of(&note.author, locale)>{note.author.clone()}</span>{to}</span>
                <p class="p-report__said" lang="zh-CN">{note.words}</p>
            </li>
        }
    });
    let rows = rows.collect_view();
    let nobody =
        (String::new(), locale.pick("(只给经办这个提问的同事看)", "(only those who have the question)").to_owned());
    let others = content.interpreters.iter().filter(|post| post.id != question.thread.interpreter);
    let others = others.map(|post| (post.id.0.to_string(), post.post.clone()));
    let options: Vec<_> = std::iter::once(nobody).chain(others).collect();
    let ask = question.may_answer.then(|| {
        view! { <SelectField name="ask" label=locale.pick("请教哪个岗位", "Which post to ask") options /> }
    });
    view! {
        <section class="p-section" id="notes">
            <h2>{locale.pick("请教同事", "Ask a colleague")}</h2>
            <ul class="p-list p-trace">{rows}</ul>
            <form class="p-form" method="post" action=locale.href(&format!("{DESK}/{}/note", question.id.0))>
                {ask}
                <TextArea
                    name=FIELD
                    label=locale.pick("内部留言", "A note")
                    hint=locale.pick("提问人看不到;被请教的岗位能看这个提问,不能答复", "Whoever asked never sees it; the post that is asked may read the question, not answer it")
                    maxlength=MAX_WORDS
                    rows=3
                />
                <button class="p-button" type="submit">{locale.pick("留言", "Leave the note")}</button>
            </form>
        </section>
    }
}

/// Writes one.
pub(super) async fn send(portal: &Portal, visit: &Visit, id: QuestionId, form: &Form) -> Submitted {
    let posts = &visit.snapshot.content.interpreters;
    let to = match form.get("ask") {
        "" => None,
        number => match number.parse().map(InterpreterId) {
            Ok(to) => Some(to),
            Err(_) => return Submitted::Status(404),
        },
    };
    match questions::write_note(portal.store(), &visit.by(), posts, id, form.get(FIELD), to).await {
        Ok(()) => Submitted::Go(format!("{DESK}/{}#notes", id.0), Cookie::Keep),
        Err(failure) => beside(text::again(failure, portal, visit), FIELD),
    }
}
