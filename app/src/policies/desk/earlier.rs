//! What was answered before, beside the question: at the same clause first, then of the same policy, in both the most alike first.
//! Each can be put into the answer with a button that keeps nothing.

use std::cmp::Reverse;

use domain::{likeness::Likeness, policies::clauses::Anchor, questions::QuestionId};
use leptos::prelude::*;
use store::{Failure, questions, questions::Question};

use super::{DESK, answer::FORM};
use crate::{
    forms::{Form, Submitted},
    points::stamp,
    policies::{questions::Cites, text},
    portal::{Portal, Visit, visit},
};

/// So many stand beside a question.
const MOST: usize = 6;

/// Those of all public ones that stand beside a question, the nearest first.
pub(super) fn earlier(question: &Question, mut public: Vec<Question>) -> Vec<Question> {
    let mut words = Likeness::new(&question.words);
    public.retain(|it| it.id != question.id && it.thread.answer().is_some());
    // Bits of numbers that are not negative are in the order of the numbers.
    public.sort_by_cached_key(|it| (it.anchor != question.anchor, Reverse(words.to(&it.words).to_bits())));
    public.truncate(MOST);
    public
}

/// They, each with its button where there is an answer to write.
#[component]
pub(super) fn Earlier(list: Vec<Question>, id: QuestionId, to: bool) -> impl IntoView {
    let locale = visit().locale;
    let empty = list.is_empty().then(|| {
        let words = locale.pick("这份政策还没有公开的问答。", "Nothing about this policy is public yet.");
        view! { <p class="p-empty">{words}</p> }
    });
    let into = locale.href(&format!("{DESK}/{}/use#words", id.0));
    let rows = list.into_iter().filter_map(|question| {
        let (answer, cites, at) = question.thread.answer()?;
        let (answer, cites, at) = (answer.to_owned(), cites.to_vec(), stamp(at));
        let policy = locale.href(&format!("/policies/{}", question.policy.0));
        let place = question.anchor.as_ref().map(|it| {
            view! { <a href=format!("{policy}#{it}")>{text::clause(it, locale)}</a>" · " }
        });
        let take = to.then(|| {
            view! {
                <button class="p-button p-button--quiet" type="submit" form=FORM formaction=into.clone() name="use" value=question.id.0.to_string()>
                    {locale.pick("用这个答复", "Use this answer")}
                </button>
            }
        });
        Some(view! {
            <li class="p-earlier">
                <h3 lang="zh-CN">{question.words}</h3>
                <p class="p-quiet">{place}{at}</p>
                <p lang="zh-CN" class="p-report__said">{answer}</p>
                <p class="p-quiet"><Cites cites policy /></p>
                {take}
            </li>
        })
    });
    let rows = rows.collect_view();
    view! {
        <h2>{locale.pick("以前的答复", "Answered before")}</h2>
        {empty}
        <ul class="p-list p-earlier__list">{rows}</ul>
    }
}

/// Puts an earlier answer into the form, behind what is written already, with the clauses it rests on. Nothing is kept.
pub(super) async fn fill(portal: &Portal, visit: &Visit, id: QuestionId, form: &Form) -> Submitted {
    let posts = &visit.snapshot.content.interpreters;
    let found = async {
        let question = questions::one(portal.store(), portal.vault(), &visit.by(), posts, id).await?;
        if !question.may_answer {
            return Err(Failure::Forbidden);
        }
        Ok(questions::public(portal.store(), question.policy).await?)
    };
    let public = match found.await {
        Ok(public) => public,
        Err(failure) => return text::again(failure, portal, visit),
    };
    let chosen = public.iter().find(|it| it.id != id && it.id.0.to_string() == form.get("use"));
    let Some((answer, cites, _)) = chosen.and_then(|it| it.thread.answer()) else { return Submitted::Status(404) };
    let mut filled = form.clone();
    filled.set("words", [behind(form.get("words"), answer)]);
    let mut all: Vec<String> = form.all("cite").map(str::to_owned).collect();
    all.extend(cites.iter().map(Anchor::to_string).filter(|it| form.all("cite").all(|known| known != it)));
    filled.set("cite", all);
    Submitted::Looked(filled, vec![])
}

/// A text with another one behind it, once.
fn behind(text: &str, more: &str) -> String {
    match text.trim_end() {
        "" => more.to_owned(),
        text if text.contains(more) => text.to_owned(),
        text => format!("{text}\n\n{more}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_typed_is_lost() {
        assert_eq!(behind(" \n", "要带原件。"), "要带原件。");
        assert_eq!(behind("您好。\n", "要带原件。"), "您好。\n\n要带原件。");
        assert_eq!(behind("您好。要带原件。再见。", "要带原件。"), "您好。要带原件。再见。");
    }
}
