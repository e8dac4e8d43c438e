//! `/desk/questions`: what residents ask, for whoever interprets: the queue by its clock, and a question with its clause, the
//! personal data found in it, the answer, and handing it on.

use domain::{
    policies::clauses::{Anchor, Text},
    privacy,
    questions::{MAX_ANSWER, MAX_WORDS, QuestionId, State},
};
use leptos::prelude::*;
use store::{
    Failure, policies, questions,
    questions::{Act, Question, Refused},
};

use super::{questions as shown, questions::Trace, text};
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong},
    points::{stamp, text as points},
    portal::{Portal, Visit, portal, visit},
    ui::{Breadcrumbs, Chip, DeskWay, ErrorSummary, PageHead, SelectField, TextArea},
};

/// The list: what waits, or what is answered.
pub(crate) async fn questions_page(portal: &Portal, visit: &Visit) -> Answer {
    let answered = visit.parameter("show").as_deref() == Some("answered");
    let posts = &visit.snapshot.content.interpreters;
    match questions::queue(portal.store(), &visit.by(), posts, !answered).await {
        Ok(list) => Answer::Page(Box::new(move || view! { <List list answered /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn List(list: Vec<Question>, answered: bool) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let (today, content) = (snapshot.today(), &snapshot.content);
    let title = locale.pick("居民提问", "Questions by residents");
    let empty = list.is_empty().then(|| {
        let words = match answered {
            true => locale.pick("还没有答复过的提问。", "Nothing has been answered yet."),
            false => locale.pick("没有等着答复的提问。", "No question waits for an answer."),
        };
        view! { <p class="p-empty">{words}</p> }
    });
    let rows = list.into_iter().map(|question| {
        let href = locale.href(&format!("/desk/questions/{}", question.id.0));
        let name = content.policy(question.policy).map(|it| it.facts.title.clone()).unwrap_or_default();
        let at = question.anchor.as_ref().map(|at| format!(" · {at}")).unwrap_or_default();
        let due = question.thread.due(&content.calendar).map(|last| {
            let late = (last < today)
                .then(|| view! { " "<span class="p-tag p-tag--late">{locale.pick("超期", "overdue")}</span> });
            view! { {points::day(last, today, locale)}{late} }
        });
        view! {
            <tr id=format!("question-{}", question.id.0)>
                <th scope="row" class="p-table__long"><a href=href lang="zh-CN">{name}{at}</a></th>
                <td data-label=locale.pick("状态", "State")>{text::state(question.thread.state(), locale)}</td>
                <td data-label=locale.pick("收到", "Received")>{stamp(question.asked_at)}</td>
                <td data-label=locale.pick("最晚答复", "Answer by")>{due}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p class="p-chips p-report__filter">
            <Chip path="/desk/questions" here=!answered words=locale.pick("待答复", "Waiting") />
            <Chip path="/desk/questions?show=answered" here=answered words=locale.pick("已答复", "Answered") />
        </p>
        {empty}
        <div id="questions" data-live="question">
            <table class="p-table p-table--compared">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("政策", "Policy")}</th>
                        <th scope="col">{locale.pick("状态", "State")}</th>
                        <th scope="col">{locale.pick("收到", "Received")}</th>
                        <th scope="col">{locale.pick("最晚答复", "Answer by")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

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
}

async fn load(portal: &Portal, visit: &Visit, id: QuestionId) -> Result<Open, Failure<Refused>> {
    let (by, posts) = (visit.by(), &visit.snapshot.content.interpreters);
    let question = questions::one(portal.store(), portal.vault(), &by, posts, id).await?;
    let text = policies::text(portal.store(), question.policy).await?.unwrap_or_default();
    let draft = questions::draft(portal.store(), &by, id).await?;
    Ok(Open { question, text, draft })
}

/// Shows how to reach whoever asked, this once.
async fn contact(portal: &Portal, visit: &Visit, id: QuestionId) -> Submitted {
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

/// What residents are shown of a question before anything is masked: without links.
fn showable(words: &str) -> String {
    privacy::links_stripped(words)
}

#[component]
fn One(open: Open, contact: Option<String>) -> impl IntoView {
    let Open { question, text, draft } = open;
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
        view! { <p><a href=href lang="zh-CN">{policy.facts.title.clone()}</a></p> }
    });
    let due = question.thread.due(&snapshot.content.calendar).map(|last| points::day(last, snapshot.today(), locale));
    let due = due.map(|day| locale.pick(format!("最晚{day}答复"), format!("Answer by {day}")));
    let state = question.thread.state();
    let open = state != State::Answered;
    let answer = question.thread.answer().map(|(words, ..)| words.to_owned());
    let base = format!("/desk/questions/{}", question.id.0);
    let take = (state == State::Received).then(|| {
        view! {
            <form method="post" action=locale.href(&format!("{base}/take"))>
                <button class="p-button" type="submit">{locale.pick("开始办理", "Begin")}</button>
            </form>
        }
    });
    let reach = match (contact, question.has_contact) {
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
    let forms = open.then(|| {
        view! {
            <AnswerForm question=question.clone() text draft=draft.unwrap_or_default() />
            <HandOver question=question.clone() />
        }
    });
    view! {
        <PageHead title description=title />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <ErrorSummary />
        <p><span class="p-tag">{text::state(state, locale)}</span>" "{due}</p>
        {policy}
        {clause}
        <p class="p-report__said p-question__asked" lang="zh-CN">{words}</p>
        {question.private.then(|| view! { <p class="p-notice">{locale.pick("提问人要求不公开。", "Whoever asked wants this kept private.")}</p> })}
        {reach}
        {take}
        {answer.map(|words| view! { <section class="p-section"><h2>{locale.pick("答复", "The answer")}</h2><p class="p-report__said" lang="zh-CN">{words}</p></section> })}
        {forms}
        <section class="p-section">
            <h2>{locale.pick("办理经过", "What happened")}</h2>
            <Trace question />
        </section>
    }
}

#[component]
fn AnswerForm(question: Question, text: Text, draft: String) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let base = locale.href(&format!("/desk/questions/{}", question.id.0));
    let (action, keep) = (format!("{base}/answer"), format!("{base}/draft"));
    let draft_to = keep.clone();
    let none = (String::new(), locale.pick("(不引用条款)", "(no clause)").to_owned());
    let brief = |words: &str| words.chars().take(30).collect::<String>();
    let clauses = text.clauses.iter().filter(|it| !it.kind.is_heading());
    let clauses = clauses.map(|it| (it.anchor.to_string(), brief(&it.text)));
    let options = std::iter::once(none).chain(clauses).collect();
    let at = question.anchor.as_ref().map(ToString::to_string).unwrap_or_default();
    let typed = visit.filled.as_ref().map(|filled| &filled.form);
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
            <form class="p-form" method="post" action=action data-draft=draft_to>
                <TextArea name="words" label=locale.pick("答复内容", "The answer") maxlength=MAX_ANSWER rows=8 value=draft />
                <p class="p-field__hint" role="status" data-kept=locale.pick("草稿已存", "Draft kept") data-lost=locale.pick("草稿没存上,请不要关掉页面", "The draft could not be kept; keep this page open")></p>
                <SelectField name="cite" label=locale.pick("依据的条款", "The clause it rests on") options value=at />
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

#[component]
fn HandOver(question: Question) -> impl IntoView {
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

/// Takes, answers or hands on a question; none where there is no such form.
pub(crate) async fn act(portal: &Portal, visit: &Visit, id: &str, act: &str, form: &Form) -> Option<Submitted> {
    let id = QuestionId(id.parse().ok()?);
    let (store, by, posts) = (portal.store(), visit.by(), &visit.snapshot.content.interpreters);
    if act == "draft" {
        return Some(match questions::write_draft(store, &by, posts, id, form.get("words")).await {
            Ok(()) => Submitted::Go(format!("/desk/questions/{}", id.0), Cookie::Keep),
            Err(failure) => text::again(failure, portal, visit),
        });
    }
    let act = match act {
        "contact" => return Some(contact(portal, visit, id).await),
        "take" => Act::Take,
        "hand-over" => match form.get("to").parse() {
            Ok(to) => {
                Act::HandOver { to: domain::interpreters::InterpreterId(to), reason: form.get("reason").to_owned() }
            }
            Err(_) => {
                let words = visit.locale.pick("请选转给谁。", "Choose whom to hand it to.").to_owned();
                return Some(Submitted::Again(vec![Wrong { field: "to", words }]));
            }
        },
        "answer" => {
            // What is shown is made from the question itself and from which findings were ticked, not from what a form says.
            let question = match questions::one(store, portal.vault(), &by, posts, id).await {
                Ok(question) => question,
                Err(failure) => return Some(text::again(failure, portal, visit)),
            };
            let words = showable(&question.words);
            let found = privacy::find(&words).into_iter().enumerate();
            let chosen = found.filter(|(i, _)| form.all("mask").any(|number| number == i.to_string()));
            let chosen: Vec<_> = chosen.map(|(_, finding)| finding).collect();
            let shown = (!form.get("publish").is_empty()).then(|| privacy::mask(&words, &chosen));
            let cites: Vec<Anchor> = form.all("cite").filter_map(|it| it.parse().ok()).collect();
            Act::Answer { words: form.get("words").to_owned(), cites, shown }
        }
        _ => return None,
    };
    let field = if matches!(act, Act::HandOver { .. }) { "reason" } else { "words" };
    let to = match act {
        Act::Take => format!("/desk/questions/{}", id.0),
        _ => "/desk/questions".to_owned(),
    };
    Some(match questions::act(store, &by, posts, id, act).await {
        Ok(()) => Submitted::Go(to, Cookie::Keep),
        Err(failure) => match text::again(failure, portal, visit) {
            // The words of handing it over have a field of their own.
            Submitted::Again(wrong) => {
                let own = |it: Wrong| if it.field == "words" { Wrong { field, ..it } } else { it };
                Submitted::Again(wrong.into_iter().map(own).collect())
            }
            other => other,
        },
    })
}
