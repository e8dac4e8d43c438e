//! `/policies/{id}/ask`: a question at a clause, or about all of a policy. Before it is sent, what was answered already and is alike
//! is shown; sent, it has a code and a last day for the answer.

use domain::{
    likeness::nearest,
    policies::{
        Policy, PolicyId,
        clauses::{Anchor, Clause, Text},
    },
    questions::{MAX_CONTACT, MAX_WORDS},
    reports::code::QueryCode,
};
use leptos::prelude::*;
use leptos_meta::Meta;
use store::{
    StoreError, policies, questions,
    questions::{NewQuestion, Question},
};

use super::{
    ContactPanel, interpreter::Post, list::COLUMN, questions as shown, questions::One, status::Followed, text,
};
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, Icon, PageHead, TextArea, TextField},
};

/// From this likeness on, from 0 to 1, an answered question is shown before another is sent.
const ALIKE: f32 = 0.45;
/// So many are shown.
const MOST: usize = 3;
/// The field that says that they were.
const SEEN: &str = "seen";

fn policy_of<'a>(visit: &'a Visit, id: &str) -> Option<&'a Policy> {
    visit
        .snapshot
        .content
        .policy(id.parse().ok()?)
        .filter(|policy| policy.facts.interpreter(&visit.snapshot.content.interpreters).is_some())
}

/// The page of the form.
pub(crate) async fn ask_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Some(policy) = policy_of(visit, id).cloned() else { return Answer::Status(404) };
    let typed = visit.filled.as_ref().map(|filled| filled.form.get("at").to_owned());
    let at: Option<Anchor> = typed.or_else(|| visit.parameter("at")).and_then(|at| at.parse().ok());
    let words = visit.filled.as_ref().filter(|filled| !filled.form.get(SEEN).is_empty());
    let words = words.map(|filled| filled.form.get("words").to_owned());
    let loaded = async {
        let alike = match words {
            Some(words) => alike(portal, policy.id, &words).await?,
            None => vec![],
        };
        Ok((policies::text(portal.store(), policy.id).await?, alike))
    };
    match loaded.await {
        Ok((Some(text), alike)) => Answer::Page(Box::new(move || view! { <Ask policy text at alike /> }.into_any())),
        Ok((None, _)) => Answer::Status(404),
        Err(error) => Answer::Failed(error),
    }
}

/// What was answered already and is alike.
async fn alike(portal: &Portal, policy: PolicyId, words: &str) -> Result<Vec<Question>, StoreError> {
    let asked = questions::public(portal.store(), policy).await?;
    let texts = asked.iter().enumerate().map(|(i, it)| (i, it.words.as_str()));
    Ok(nearest(words, texts, ALIKE, MOST).into_iter().map(|(i, _)| asked[i].clone()).collect())
}

#[component]
fn Ask(policy: Policy, text: Text, at: Option<Anchor>, alike: Vec<Question>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("向解读人提问", "Ask the interpreter");
    let way = vec![
        (locale.pick("政策与解读", "Policies").to_owned(), "/policies".to_owned()),
        (policy.facts.title.clone(), format!("/policies/{}", policy.id.0)),
    ];
    let first = policy.facts.interpreter(&visit.snapshot.content.interpreters).cloned();
    let clause = at.as_ref().and_then(|at| shown::clause(&text, at.as_str())).cloned();
    view! {
        <PageHead title description=title column=COLUMN />
        <Meta name="robots" content="noindex" />
        <Breadcrumbs way />
        <h1>{title}</h1>
        {first.map(|post| view! { <Post post /> })}
        <ContactPanel>
            <AskForm policy clause alike />
        </ContactPanel>
        <p class="p-report__ask"><a href=locale.href("/questions")>{locale.pick("问过了?看答复", "Asked already? See the answer")}</a></p>
    }
}

/// The form, which the panel opens at its clause.
#[component]
fn AskForm(policy: Policy, clause: Option<Clause>, alike: Vec<Question>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let quoted = clause.map(|clause| {
        view! {
            <blockquote class="p-quote" lang="zh-CN">{clause.text.clone()}</blockquote>
            <input type="hidden" name="at" value=clause.anchor.to_string() />
        }
    });
    let found = (!alike.is_empty()).then(|| {
        let list = alike.into_iter().map(|question| view! { <One question /> }).collect_view();
        view! {
            <h2>{locale.pick("已有相近的问答", "Answered already, and alike")}</h2>
            {list}
            <p>{locale.pick("如果还没有解决您的问题,请按「提交」。", "If that does not settle it, send your question.")}</p>
            <input type="hidden" name=SEEN value="yes" />
        }
    });
    let checked = visit.filled.as_ref().is_some_and(|filled| !filled.form.get("private").is_empty());
    view! {
        <div id="panel" tabindex="-1">
            <ErrorSummary />
            <form class="p-form" method="post" action=locale.href(&format!("/policies/{}/ask", policy.id.0)) data-alike>
                {quoted}
                <TextArea
                    name="words"
                    label=locale.pick("您的问题", "Your question")
                    hint=locale.pick("不用登录,不用留姓名。请不要写身份证号、住址这样的个人信息。", "No account, no name. Please leave out personal data such as numbers of papers or addresses.")
                    maxlength=MAX_WORDS
                />
                <div id="alike" aria-live="polite">{found}</div>
                <TextField
                    name="contact"
                    label=locale.pick("怎么联系您(可不填)", "How to reach you (may be empty)")
                    hint=locale.pick("电话或邮箱,加密保存,只有解读人能看", "Telephone or e-mail, kept sealed, for the interpreter alone")
                    autocomplete="tel"
                    maxlength=MAX_CONTACT
                />
                <label class="p-check">
                    <input type="checkbox" name="private" value="yes" checked=checked />
                    <span>{locale.pick("不公开这个问题和答复", "Do not make question and answer public")}</span>
                </label>
                <p class="p-notice" data-said hidden></p>
                <button class="p-button p-button--main" type="submit">{locale.pick("提交", "Send")}</button>
            </form>
        </div>
    }
}

/// Takes a question in.
pub(crate) async fn send(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Some(policy) = policy_of(visit, id).cloned() else { return Submitted::Status(404) };
    let first = policy.facts.interpreter(&visit.snapshot.content.interpreters).cloned();
    let Some(post) = first else { return Submitted::Status(404) };
    let text = match policies::text(portal.store(), policy.id).await {
        Ok(Some(text)) => text,
        Ok(None) => return Submitted::Status(404),
        Err(error) => return Submitted::Failed(error),
    };
    let at: Option<Anchor> = form.get("at").parse().ok();
    let at = at.filter(|at| shown::clause(&text, at.as_str()).is_some());
    let words = form.get("words");
    let only_looks = !form.get("look").is_empty();
    if (form.get(SEEN).is_empty() || only_looks) && !words.trim().is_empty() {
        match alike(portal, policy.id, words).await {
            Ok(alike) if alike.is_empty() && !only_looks => {}
            Ok(_) => {
                let mut form = form.clone();
                form.set(SEEN, ["yes".to_owned()]);
                return Submitted::Looked(form, vec![]);
            }
            Err(error) => return Submitted::Failed(error),
        }
    }
    let new = NewQuestion {
        policy: policy.id,
        anchor: at,
        words: words.to_owned(),
        private: !form.get("private").is_empty(),
        contact: form.get("contact").to_owned(),
        flagged: !portal.sensitive_words().find(words).is_empty(),
    };
    // A form whose answer got lost comes again with its key: it is the same question.
    let code = questions::code_of(form.get("once"), policy.id).unwrap_or_else(|| QueryCode::new(portal.random()));
    let nonces = [portal.random(), portal.random()];
    let by = visit.by();
    let limit = portal.allowance(visit);
    let asked = questions::ask(portal.store(), portal.vault(), &by, new, &post, (&code, nonces), &limit).await;
    let question = match asked {
        Ok(_) => questions::find(portal.store(), portal.vault(), &code, visit.now).await,
        Err(failure) => return text::again(failure, portal, visit),
    };
    match question {
        Ok(Some(question)) => {
            Submitted::Page(Box::new(move || view! { <Receipt policy question code /> }.into_any()), Cookie::Keep)
        }
        Ok(None) => Submitted::Status(404),
        Err(failure) => text::again(failure, portal, visit),
    }
}

/// It has been received: the code, and how it goes on.
#[component]
fn Receipt(policy: Policy, question: Question, code: QueryCode) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("问题收到了", "Your question is here");
    let way = vec![(policy.facts.title.clone(), format!("/policies/{}", policy.id.0))];
    view! {
        <PageHead title description=title />
        <Breadcrumbs way />
        <h1><Icon name="circle-check" />{title}</h1>
        <ContactPanel>
            <Followed question code />
        </ContactPanel>
    }
}
