//! A question as everybody sees it: its masked words, the answer, who gave it, and on which clauses it rests.

use domain::{
    policies::{
        PolicyId,
        clauses::{Anchor, Clause, Text},
    },
    questions::{State, Step},
};
use leptos::prelude::*;
use store::questions::Question;

use super::text;
use crate::{points::stamp, portal::visit};

/// How many questions a policy's page shows.
pub(super) const SHOWN: usize = 20;

/// The clause an anchor stands for.
pub(super) fn clause<'a>(text: &'a Text, anchor: &str) -> Option<&'a Clause> {
    text.clauses.iter().find(|clause| clause.anchor.as_str() == anchor)
}

/// The address of the questions of a policy, or at one of its clauses, without a language.
pub(super) fn questions_address(policy: PolicyId, at: Option<&str>) -> String {
    let at = at.map(|at| format!("?at={at}")).unwrap_or_default();
    format!("/policies/{}/questions{at}", policy.0)
}

/// The questions of a subject, about any policy.
#[component]
pub(super) fn Subject(subject: String, #[prop(optional)] here: bool) -> impl IntoView {
    let query = serde_urlencoded::to_string([("subject", &subject)]).unwrap_or_default();
    let href = visit().locale.href(&format!("/policies/questions?{query}"));
    let current = here.then_some("page");
    view! { <a class="p-chip" class:p-chip--here=here href=href aria-current=current lang="zh-CN">{subject}</a> }
}

/// The latest public questions of a policy, and the way to the others.
#[component]
pub(super) fn Questions(of: PolicyId, subjects: Vec<String>, list: Vec<Question>) -> impl IntoView {
    let locale = visit().locale;
    let total = list.len();
    let empty = list.is_empty().then(|| {
        let words = locale.pick("还没有人问过。您可以第一个问。", "Nobody has asked yet. You may be the first.");
        view! { <p class="p-empty">{words}</p> }
    });
    let rows = list.into_iter().take(SHOWN).map(|question| view! { <One question /> }).collect_view();
    let all = (total > SHOWN).then(|| {
        let href = locale.href(&questions_address(of, None));
        view! { <p class="p-acts"><a class="p-button" href=href>{locale.pick("看全部问答", "All questions")}</a></p> }
    });
    let others = (!subjects.is_empty()).then(|| {
        let subjects = subjects.into_iter().map(|subject| view! { <Subject subject /> }).collect_view();
        view! { <p class="p-chips p-policy__subjects">{locale.pick("同一主题的问答:", "Questions on the same subject:")}{subjects}</p> }
    });
    view! {
        <section class="p-section" id="questions">
            <h2>{locale.pick("大家问过的", "What others asked")}</h2>
            {empty}
            {rows}
            {all}
            {others}
        </section>
    }
}

/// One of them; `title` is that of its policy, where the page is not about that alone.
#[component]
pub(super) fn One(question: Question, #[prop(optional_no_strip)] title: Option<String>) -> impl IntoView {
    let locale = visit().locale;
    let policy = locale.href(&format!("/policies/{}", question.policy.0));
    let at = question.anchor.as_ref().map(|anchor| {
        view! { <a href=format!("{policy}#{anchor}")>{locale.pick("问的是这一条", "The clause")}</a>" · " }
    });
    let about =
        title.map(|title| view! { <p><a class="p-question__about" href=policy.clone() lang="zh-CN">{title}</a></p> });
    let asked = stamp(question.asked_at);
    let same = question.same.len();
    let same = (same > 0).then(|| {
        view! { " · "{locale.pick(format!("还有 {same} 人同问"), format!("{same} more asked the same"))} }
    });
    let answer = question.thread.answer().map(|(words, cites, at)| (words.to_owned(), cites.to_vec(), stamp(at)));
    let again = (question.thread.state() != State::Answered).then(|| {
        view! { <p class="p-quiet">{locale.pick("提问人又问了,正在补充答复。", "Whoever asked has asked again; more will be said.")}</p> }
    });
    view! {
        <article class="p-question" id=format!("question-{}", question.id.0)>
            <h3 lang="zh-CN">{question.words}</h3>
            {about}
            <p class="p-quiet">{at}{asked}{same}</p>
            {answer.map(|(words, cites, at)| view! {
                <div class="p-question__answer">
                    <p lang="zh-CN" class="p-report__said">{words}</p>
                    <p class="p-quiet">{locale.pick("答复于 ", "Answered ")}{at}" "<Cites cites policy=policy.clone() /></p>
                </div>
            })}
            {again}
        </article>
    }
}

/// The clauses an answer rests on, on the page of its policy.
#[component]
pub(super) fn Cites(cites: Vec<Anchor>, policy: String) -> impl IntoView {
    let locale = visit().locale;
    let links = cites.into_iter().map(|anchor| {
        let name = text::clause(&anchor, locale);
        view! { " · "<a href=format!("{policy}#{anchor}")>{name}</a> }
    });
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then(|| view! { <span class="p-cited">{locale.pick("依据", "Rests on")}{links}</span> })
}

/// What happened to a question, in the open: each step with its time.
#[component]
pub(super) fn Trace(question: Question) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let post = |id| content.interpreter(id).map(|it| it.post.clone()).unwrap_or_default();
    let steps = question.thread.events.iter().map(|event| {
        let words = match &event.step {
            Step::Asked => locale.pick("已收到", "Received").to_owned(),
            Step::Taken => locale.pick("解读人开始办理", "An interpreter has begun").to_owned(),
            Step::HandedOver { to, reason, .. } => {
                locale.pick(format!("转给{}:{reason}", post(*to)), format!("Handed to {}: {reason}", post(*to)))
            }
            Step::Answered { .. } => locale.pick("已答复", "Answered").to_owned(),
            Step::AskedBack { words } => locale.pick(format!("追问\u{ff1a}{words}"), format!("Asked back: {words}")),
            Step::Reopened { words } => locale.pick(format!("未解决:{words}"), format!("Not settled: {words}")),
            Step::Rated { rating } => {
                let rating = text::rating(*rating, locale);
                locale.pick(format!("评价:{rating}"), format!("Rated: {rating}"))
            }
            Step::Joined { .. } => locale
                .pick("与另一个相同的提问一起答复", "Answered together with another that asks the same")
                .to_owned(),
            Step::CalledBack { words } => locale.pick(format!("已回访:{words}"), format!("Called back: {words}")),
        };
        view! { <li><span class="p-quiet">{stamp(event.at)}</span>" "<span lang="zh-CN">{words}</span></li> }
    });
    let steps = steps.collect_view();
    view! { <ol class="p-list p-trace">{steps}</ol> }
}
