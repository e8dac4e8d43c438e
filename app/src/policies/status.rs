//! `/questions`: what came of a question, for whoever has its code: the steps in the open, the answer, and what they say to it. The
//! code is posted, so that it stands in no address, history or log.

use domain::{
    locale::Locale,
    questions::{MAX_WORDS, Rating, State},
    reports::code::QueryCode,
};
use leptos::{either::Either, prelude::*};
use store::{
    questions,
    questions::{Question, Reply},
};

use super::{ContactPanel, interpreter::Post, list::COLUMN, questions::Trace, text};
use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit, visit},
    ui::{CopyText, ErrorSummary, Icon, PageHead, TextArea, TextField},
};

/// What whoever asked does with the answer, when they come back.
const ASK_BACK: &str = "ask_back";
const REOPEN: &str = "reopen";

fn more(locale: Locale) -> &'static str {
    locale.pick("还有哪里不清楚", "What is still unclear")
}

/// The page that asks for the code.
#[component]
pub(crate) fn QuestionsPage() -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("我的提问", "My question");
    // A refused rating comes back with its words.
    let code = visit.filled.as_ref().map(|filled| filled.form.get("code").to_owned()).unwrap_or_default();
    let act = visit.filled.as_ref().map(|filled| filled.form.get("act").to_owned());
    let words = act.filter(|act| matches!(act.as_str(), ASK_BACK | REOPEN)).map(|act| {
        view! {
            <TextArea name="words" label=more(locale) maxlength=MAX_WORDS />
            <input type="hidden" name="act" value=act />
        }
    });
    view! {
        <PageHead title description=locale.pick("凭查询码看解读人的答复。", "See the interpreter's answer by your code.") column=COLUMN />
        <h1>{title}</h1>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href("/questions")>
            <TextField
                name="code"
                label=locale.pick("查询码", "Code")
                hint=locale.pick("提问后给您的 15 个字符,大小写都行", "The 15 signs you were given; capitals do not matter")
                value=code
                maxlength=40
            />
            {words}
            <button class="p-button p-button--main" type="submit">{locale.pick("看答复", "See the answer")}</button>
        </form>
        <p class="p-report__ask">
            {locale.pick("要提问,请先找到那份政策。", "To ask, first find the policy.")}
            " "
            <a href=locale.href("/policies")>{locale.pick("去政策与解读", "To the policies")}</a>
        </p>
    }
}

/// Shows what came of a question, or does what its owner wants done with the answer.
pub(crate) async fn follow(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let say = |field: &'static str, zh: &str, en: &str| {
        Submitted::Again(vec![Wrong { field, words: visit.locale.pick(zh, en).to_owned() }])
    };
    let Ok(code) = form.get("code").parse::<QueryCode>() else {
        return say(
            "code",
            "查询码不对:可能抄错了一个字符,请对照再输一遍。",
            "This is no code: perhaps one sign is wrong. Please compare it and try again.",
        );
    };
    let reply = match form.get("act") {
        "rate" => match Rating::from_code(form.get("rating")) {
            Some(rating) => Some(Reply::Rate(rating)),
            None => return say("", "请选一个评价。", "Choose how good the answer was."),
        },
        ASK_BACK => Some(Reply::AskBack(form.get("words").to_owned())),
        REOPEN => Some(Reply::Reopen(form.get("words").to_owned())),
        _ => None,
    };
    if let Some(reply) = reply {
        let posts = &visit.snapshot.content.interpreters;
        if let Err(failure) =
            questions::reply(portal.store(), (portal.vault(), portal.random()), &visit.by(), posts, &code, reply).await
        {
            return text::again(failure, portal, visit);
        }
    }
    match questions::find(portal.store(), portal.vault(), &code, visit.now).await {
        Ok(Some(question)) => {
            Submitted::Page(Box::new(move || view! { <Status question code /> }.into_any()), Cookie::Keep)
        }
        Ok(None) => say("code", "没有这个查询码的提问。", "There is no question with this code."),
        Err(failure) => text::again(failure, portal, visit),
    }
}

#[component]
fn Status(question: Question, code: QueryCode) -> impl IntoView {
    let title = visit().locale.pick("我的提问", "My question");
    view! {
        <PageHead title description=title />
        <h1>{title}</h1>
        <ContactPanel>
            <Followed question code />
        </ContactPanel>
    }
}

/// What came of a question. It follows by itself: in the panel, and with a button without a script.
#[component]
pub(super) fn Followed(question: Question, code: QueryCode) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let state = question.thread.state();
    let due = question.thread.due(&snapshot.content.calendar).map(|last| text::due(last, snapshot.today(), locale));
    let policy = snapshot.content.policy(question.policy).map(|policy| {
        let at = question.anchor.as_ref().map(|at| format!("#{at}")).unwrap_or_default();
        let href = locale.href(&format!("/policies/{}{at}", policy.id.0));
        view! { <p><a href=href lang="zh-CN">{policy.facts.title.clone()}</a></p> }
    });
    let post = snapshot.content.interpreter(question.thread.interpreter).cloned();
    let open = state != State::Answered;
    let waits = post.as_ref().filter(|_| open && !question.writing).map(|post| {
        let duty = post.duty(visit.snapshot.now, &snapshot.content.calendar);
        view! { <p>{text::waits(&duty, snapshot.today(), locale)}</p> }
    });
    let writing = question.writing.then(|| {
        view! { <p class="p-notice"><Icon name="message-circle" />{locale.pick("解读人正在答复", "The interpreter is writing")}</p> }
    });
    let answer = question.thread.answer().map(|(words, ..)| {
        view! {
            <section class="p-section">
                <h2>{locale.pick("答复", "The answer")}</h2>
                <p lang="zh-CN" class="p-report__said p-question__answer">{words.to_owned()}</p>
            </section>
        }
    });
    let notify = open.then(|| {
        view! {
            <button class="p-button p-needs-script" type="button" data-notify hidden>
                {locale.pick("有答复时提醒我", "Tell me when there is an answer")}
            </button>
        }
    });
    let (rated, may_ask_back) = (question.thread.rating().is_some(), question.thread.may_ask_back());
    let (words, after) = (question.words.clone(), question.revision);
    let (digest, sent) = (questions::digest(&code), code.to_string());
    let (copied, here) = (sent.clone(), sent.clone());
    view! {
        <div
            id="panel"
            tabindex="-1"
            data-follow=digest
            data-after=after.to_string()
            data-code=here
        >
            <ErrorSummary />
            <p><span class="p-tag" data-state>{text::state(state, locale)}</span></p>
            {policy}
            <p lang="zh-CN" class="p-report__said p-quote">{words}</p>
            {due.map(|words| view! { <p>{words}</p> })}
            {waits}
            {writing}
            {answer}
            {(!open).then(|| view! { <Say code rated may_ask_back /> })}
            <p class="p-notice" data-said hidden></p>
            <section class="p-section">
                <p>{locale.pick("这是您的查询码,请记下来:", "This is your code; please keep it:")}</p>
                <p class="p-code"><CopyText>{copied}</CopyText></p>
            </section>
            <section class="p-section">
                <h2>{locale.pick("办理经过", "What happened")}</h2>
                <Trace question />
            </section>
            {post.map(|post| view! { <Post post /> })}
            <form method="post" action=locale.href("/questions") class="p-acts">
                <input type="hidden" name="code" value=sent />
                <button class="p-button" type="submit">{locale.pick("看最新情况", "Look again")}</button>
                {notify}
            </form>
        </div>
    }
}

/// What its owner says to the answer.
#[component]
fn Say(code: QueryCode, rated: bool, may_ask_back: bool) -> impl IntoView {
    let locale = visit().locale;
    let (code, again) = (code.to_string(), code.to_string());
    let choices = Rating::ALL.iter().map(|rating| {
        view! {
            <label class="p-check p-check--block">
                <input type="radio" name="rating" value=rating.code() required />
                <span>{text::rating(*rating, locale)}</span>
            </label>
        }
    });
    let choices = choices.collect_view();
    let rate = (!rated).then(|| {
        view! {
            <form class="p-form" method="post" action=locale.href("/questions")>
                <input type="hidden" name="code" value=code />
                <input type="hidden" name="act" value="rate" />
                <fieldset class="p-fieldset">
                    <legend>{locale.pick("您满意吗", "Are you satisfied?")}</legend>
                    {choices}
                </fieldset>
                <button class="p-button" type="submit">{locale.pick("评价", "Rate it")}</button>
            </form>
        }
    });
    let back = match may_ask_back {
        true => Either::Left(view! {
            <fieldset class="p-fieldset">
                <legend>{locale.pick("还要问吗", "Is there more to ask?")}</legend>
                <label class="p-check p-check--block">
                    <input type="radio" name="act" value=ASK_BACK checked />
                    <span>{locale.pick("追问一句\u{ff08}一次\u{ff09}", "One more question (once)")}</span>
                </label>
                <label class="p-check p-check--block">
                    <input type="radio" name="act" value=REOPEN />
                    <span>{locale.pick("没有解决", "It is not settled")}</span>
                </label>
            </fieldset>
        }),
        false => Either::Right(view! { <input type="hidden" name="act" value=REOPEN /> }),
    };
    let send = match may_ask_back {
        true => locale.pick("再问", "Ask again"),
        false => locale.pick("还没有解决\u{ff0c}再问", "Not settled: ask again"),
    };
    view! {
        <section class="p-section">
            <h2>{locale.pick("您怎么看", "What you say to it")}</h2>
            {rate}
            <form class="p-form" method="post" action=locale.href("/questions")>
                <input type="hidden" name="code" value=again />
                {back}
                <TextArea name="words" label=more(locale) maxlength=MAX_WORDS />
                <button class="p-button" type="submit">{send}</button>
            </form>
        </section>
    }
}
