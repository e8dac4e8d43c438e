//! `/desk/questions/{id}`: a question with its clause, and what can be done with it.

use domain::{
    policies::clauses::Text,
    questions::{QuestionId, State},
};
use leptos::prelude::*;
use store::{
    Failure, policies, questions,
    questions::{Note, Question, Refused},
};

use super::{
    answer::{AnswerForm, SEEN},
    call_back::CallBack,
    earlier::{Earlier, earlier},
    hand_over::HandOver,
    join::{Join, Together, nearest},
    notes::Notes,
    publish::{Confirm, Flagged},
};
use crate::{
    forms::{Answer, Cookie, Submitted},
    points::text as points,
    policies::{questions as shown, questions::Trace, text},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, PageHead},
};

/// One question.
pub(crate) async fn question_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse().map(QuestionId) else { return Answer::Status(404) };
    match load(portal, visit, id).await {
        Ok(open) => Answer::Page(Box::new(move || view! { <One open contact=None /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

/// A question as its page needs it.
struct Open {
    question: Question,
    text: Text,
    /// What they have written of an answer so far.
    draft: Option<String>,
    /// What colleagues wrote about it.
    notes: Vec<Note>,
    /// What was answered before, the nearest first.
    earlier: Vec<Question>,
    /// The earlier answers that the one which is about to be given repeats.
    repeated: Vec<Question>,
    /// With which it can be joined, and how alike they are.
    others: Vec<(Question, f32)>,
}

async fn load(portal: &Portal, visit: &Visit, id: QuestionId) -> Result<Open, Failure<Refused>> {
    let (by, posts) = (visit.by(), &visit.snapshot.content.interpreters);
    let question = questions::one(portal.store(), portal.vault(), &by, posts, id).await?;
    let text = policies::text(portal.store(), question.policy).await?.unwrap_or_default();
    let draft = questions::draft(portal.store(), &by, id).await?;
    let earlier = earlier(&question, questions::public(portal.store(), question.policy).await?);
    let notes = questions::notes(portal.store(), &by, posts, id).await?;
    let others = match question.thread.state() {
        State::Answered => vec![],
        _ if !question.may_answer => vec![],
        _ => nearest(&question, questions::joinable(portal.store(), portal.vault(), &by, posts, id).await?),
    };
    let seen = visit.filled.as_ref().map(|it| &it.form).filter(|form| !form.get(SEEN).is_empty());
    let repeated = match seen {
        Some(form) => questions::repeated(portal.store(), portal.vault(), &by, posts, id, form.get("words")).await?,
        None => vec![],
    };
    Ok(Open { question, text, draft, notes, earlier, repeated, others })
}

/// Shows how to reach whoever asked, this once.
pub(super) async fn contact(portal: &Portal, visit: &Visit, id: QuestionId) -> Submitted {
    let shown = async {
        let posts = &visit.snapshot.content.interpreters;
        let contact = questions::contact(portal.store(), portal.vault(), &visit.by(), posts, id).await?;
        Ok((load(portal, visit, id).await?, contact))
    };
    match shown.await {
        Ok((open, contact)) => {
            Submitted::Page(Box::new(move || view! { <One open contact /> }.into_any()), Cookie::Keep)
        }
        Err(failure) => text::again(failure, portal, visit),
    }
}

#[component]
fn One(open: Open, contact: Option<String>) -> impl IntoView {
    let Open { question, text, draft, notes, earlier, repeated, others } = open;
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let title = locale.pick("居民提问", "A question");
    let way = [("工作台", "Desk", "/desk"), ("居民提问", "Questions by residents", "/desk/questions")];
    let way = way.map(|(zh, en, path)| (locale.pick(zh, en).to_owned(), path.to_owned())).to_vec();
    let clause = question.anchor.as_ref().and_then(|at| shown::clause(&text, at.as_str()));
    let clause =
        clause.map(|clause| view! { <blockquote class="p-quote" lang="zh-CN">{clause.text.clone()}</blockquote> });
    let policy = snapshot.content.policy(question.policy).map(|policy| {
        let href = locale.href(&format!("/policies/{}", policy.id.0));
        view! { <p><a class="p-question__about" href=href lang="zh-CN">{policy.facts.title.clone()}</a></p> }
    });
    let due = question.thread.due(&snapshot.content.calendar).map(|last| points::day(last, snapshot.today(), locale));
    let due = due.map(|day| locale.pick(format!("最晚{day}答复"), format!("Answer by {day}")));
    let state = question.thread.state();
    let open = state != State::Answered && question.may_answer;
    let answer = question.thread.answer().map(|(words, ..)| words.to_owned());
    let base = format!("/desk/questions/{}", question.id.0);
    let take = (state == State::Received && question.may_answer).then(|| {
        view! {
            <form method="post" action=locale.href(&format!("{base}/take"))>
                <button class="p-button" type="submit">{locale.pick("开始办理", "Begin")}</button>
            </form>
        }
    });
    let reach = match (contact, question.has_contact && question.may_answer) {
        (Some(contact), _) => Some(view! { <p><strong class="p-report__said">{contact}</strong></p> }.into_any()),
        (None, true) => Some(
            view! {
                <form method="post" action=locale.href(&format!("{base}/contact"))>
                    <button class="p-button" type="submit">{locale.pick("看联系方式", "Show how to reach them")}</button>
                    <p class="p-field__hint">{locale.pick("每次查看都会记入审计日志", "Every look is a line of the audit log")}</p>
                </form>
            }
            .into_any(),
        ),
        (None, false) => None,
    };
    let words = question.words.clone();
    let call = (question.call_back && question.may_answer).then(|| view! { <CallBack question=question.clone() /> });
    let beside = view! { <Earlier list=earlier id=question.id to=open /> };
    let confirm = question.may_answer.then(|| view! { <Confirm question=question.clone() /> });
    let asked = (!question.may_answer).then(|| {
        view! { <p class="p-notice">{locale.pick("同事请教您这个提问:您可以看,可以留言,不能答复。", "A colleague asks you about this question: you may read it and leave a note, not answer it.")}</p> }
    });
    let forms = open.then(|| {
        view! {
            <AnswerForm question=question.clone() text draft=draft.unwrap_or_default() repeated />
            <Join question=question.clone() others />
            <HandOver question=question.clone() />
        }
    });
    view! {
        <PageHead title description=title />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <ErrorSummary />
        <div class="p-answering">
            <div>
                <p><span class="p-tag">{text::state(state, locale)}</span>" "{due}</p>
                {policy}
                {clause}
                <p class="p-report__said p-question__asked" lang="zh-CN">{words}</p>
                {question.private.then(|| view! { <p class="p-notice">{locale.pick("提问人要求不公开。", "Whoever asked wants this kept private.")}</p> })}
                <Flagged question=question.clone() />
                {asked}
                <Together question=question.clone() />
                {reach}
                {call}
                {confirm}
                {take}
                {answer.map(|words| view! { <section class="p-section"><h2>{locale.pick("答复", "The answer")}</h2><p class="p-report__said" lang="zh-CN">{words}</p></section> })}
                {forms}
                <Notes question=question.clone() notes />
            </div>
            <aside class="p-answering__beside">{beside}</aside>
        </div>
        <section class="p-section">
            <h2>{locale.pick("办理经过", "What happened")}</h2>
            <Trace question />
        </section>
    }
}
