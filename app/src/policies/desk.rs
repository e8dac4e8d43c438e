//! `/desk/questions`: what residents ask, for whoever interprets: the queue by its clock, and a question with its clause, the
//! personal data found in it, the answer, and handing it on. A form is a line.

mod answer;
mod asked;
mod call_back;
mod cites;
mod earlier;
mod hand_over;
mod heat;
mod join;
mod list;
mod notes;
mod one;
mod publish;

use domain::questions::QuestionId;
use store::{questions, questions::Act};

pub(crate) use heat::heat_page;
pub(crate) use list::questions_page;
pub(crate) use one::question_page;

use super::text;
use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit},
};

const DESK: &str = "/desk/questions";

/// Takes, answers or hands on a question; none where there is no such form.
pub(crate) async fn act(portal: &Portal, visit: &Visit, id: &str, act: &str, form: &Form) -> Option<Submitted> {
    let id = QuestionId(id.parse().ok()?);
    let here = format!("{DESK}/{}", id.0);
    Some(match act {
        "contact" => one::contact(portal, visit, id).await,
        "draft" => answer::keep(portal, visit, id, form).await,
        "use" => earlier::fill(portal, visit, id, form).await,
        "answer" => answer::send(portal, visit, id, form).await,
        "take" => done(portal, visit, id, Act::Take, "", here).await,
        "join" => join::send(portal, visit, id, form).await,
        "note" => notes::send(portal, visit, id, form).await,
        "publish" => publish::decide(portal, visit, id, form).await,
        "hand-over" => hand_over::send(portal, visit, id, form).await,
        "call-back" => {
            let called = Act::CallBack { words: form.get(call_back::FIELD).to_owned() };
            done(portal, visit, id, called, call_back::FIELD, here).await
        }
        _ => return None,
    })
}

/// Does it and goes on. Words that cannot be taken are said beside the field they came from.
async fn done(portal: &Portal, visit: &Visit, id: QuestionId, act: Act, field: &'static str, to: String) -> Submitted {
    let posts = &visit.snapshot.content.interpreters;
    match questions::act(portal.store(), &visit.by(), posts, id, act).await {
        Ok(()) => Submitted::Go(to, Cookie::Keep),
        Err(failure) => beside(text::again(failure, portal, visit), field),
    }
}

/// What is wrong with words stands beside their field.
fn beside(submitted: Submitted, field: &'static str) -> Submitted {
    match submitted {
        Submitted::Again(wrong) => {
            let own = |it: Wrong| if it.field == "words" { Wrong { field, ..it } } else { it };
            Submitted::Again(wrong.into_iter().map(own).collect())
        }
        other => other,
    }
}
