//! `/policies/{id}`: a policy: whether it holds, its text by clauses with what is said of each in the margin, its interpretations,
//! who interprets it, and what others asked. Its text is read from the database, so the page is kept nowhere.

use std::collections::HashMap;

use domain::{
    codes::Thing,
    policies::{
        Policy, PolicyId,
        clauses::{Clause, Text, outline},
    },
};
use leptos::prelude::*;
use store::{StoreError, policies, questions, questions::Question};

use super::{
    ContactPanel,
    banner::Banner,
    files::{Files, Media},
    interpreter::Panel,
    list::COLUMN,
    questions::{Questions, SHOWN, questions_address},
    text,
};
use crate::{
    codes::CodeLink,
    forms::Answer,
    manual::prose,
    points::{stamp, text as points},
    portal::{Portal, Visit, visit},
    ui::{Article, Breadcrumbs, Icon, PageHead, PrintPage},
};

/// The page.
pub(crate) async fn policy_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Some(policy) = id.parse().ok().and_then(|id| visit.snapshot.content.policy(id)).cloned() else {
        return Answer::Status(404);
    };
    match load(portal, policy.id).await {
        Ok((Some(text), asked)) => Answer::Page(Box::new(move || view! { <Page policy text asked /> }.into_any())),
        Ok((None, _)) => Answer::Status(404),
        Err(error) => Answer::Failed(error),
    }
}

async fn load(portal: &Portal, id: PolicyId) -> Result<(Option<Text>, Vec<Question>), StoreError> {
    let text = policies::text(portal.store(), id).await?;
    Ok((text, questions::public(portal.store(), id).await?))
}

#[component]
fn Page(policy: Policy, text: Text, asked: Vec<Question>) -> impl IntoView {
    let visit = visit();
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let facts = &policy.facts;
    let title = facts.title.clone();
    let interpreted = policy.clone();
    let source = facts.issuers.first().cloned().unwrap_or_default();
    let article = Article { published: stamp(policy.published_at), source: source.clone() };
    let day = |day: Option<time::Date>| day.map(|day| points::day(day, today, locale));
    let rows = [
        (locale.pick("文号", "Number"), Some(facts.number.clone()).filter(|it| !it.is_empty())),
        (locale.pick("发文机关", "Issued by"), Some(facts.issuers.join("、")).filter(|it| !it.is_empty())),
        (locale.pick("种类", "Kind"), Some(text::kind(facts.kind, locale).to_owned())),
        (locale.pick("发布", "Issued"), day(facts.issued_on)),
        (locale.pick("施行", "In force from"), day(facts.effective_on)),
    ];
    let rows = rows.into_iter().filter_map(|(name, value)| {
        let value = value?;
        Some(view! { <dt>{name}</dt><dd lang=crate::ui::lang_of(&value, locale)>{value.clone()}</dd> })
    });
    let rows = rows.collect_view();
    // No title is in English, and the head of an English page has no Chinese.
    let (id, subjects) = (policy.id.0, facts.subjects.clone());
    let head = locale.pick(title.clone(), format!("Policy {id}"));
    let described =
        locale.pick(format!("{title}的全文、解读和问答"), format!("Policy {id}: text, interpretation, questions"));
    view! {
        <PageHead title=head description=described column=COLUMN article />
        <Breadcrumbs way=vec![(locale.pick("政策与解读", "Policies").to_owned(), "/policies".to_owned())] />
        <article class="p-policy">
            <h1 lang="zh-CN">{title}</h1>
            <Banner policy=policy.clone() />
            <dl class="p-facts">{rows}</dl>
            <p class="p-acts">
                <a class="p-button" href="#interpretation">{locale.pick("看解读", "What it means")}</a>
                <a class="p-button" href="#text">{locale.pick("看全文", "The text")}</a>
                <a class="p-button" href="#questions">{locale.pick("看问答", "Questions")}</a>
                <CodeLink thing=Thing::Policy(policy.id) word=locale.pick("这份政策的码", "The code of this policy") />
                <a class="p-button" href=locale.href(&format!("/policies/{id}/print")) rel="nofollow">
                    {locale.pick("下载和打印", "Download and print")}
                </a>
                <PrintPage />
            </p>
            <ContactPanel>
                <Panel policy=interpreted />
            </ContactPanel>
            <Interpretations policy=policy.clone() text=text.clone() />
            <Body policy=policy.clone() text asked=asked.clone() />
            <Files policy />
            <Questions of=PolicyId(id) subjects list=asked />
        </article>
    }
}

/// What it means: every interpretation with its parts, each with the clauses it is about.
#[component]
fn Interpretations(policy: Policy, text: Text) -> impl IntoView {
    let locale = visit().locale;
    let empty = policy.facts.interpretations.is_empty().then(|| {
        let why = match policy.facts.exemption.is_empty() {
            true => locale.pick("这份文件没有解读。", "There is no interpretation of this document.").to_owned(),
            false => policy.facts.exemption.clone(),
        };
        view! { <p class="p-empty" lang="zh-CN">{why}</p> }
    });
    let number = |anchor: &str| {
        let clause = text.clauses.iter().find(|it| it.anchor.as_str() == anchor);
        clause.map(|it| it.number.clone()).filter(|it| !it.is_empty()).unwrap_or_else(|| anchor.to_owned())
    };
    let all = policy.facts.interpretations.iter().enumerate().map(|(i, it)| {
        let parts = it.parts.iter().enumerate().map(|(j, part)| {
            let links = part.clauses.iter().map(|anchor| {
                let name = number(anchor.as_str());
                view! { <a class="p-chip" href=format!("#{anchor}") lang="zh-CN">{name}</a> }
            });
            let links = links.collect_view();
            view! {
                <section class="p-policy__part" id=format!("i{i}-{j}")>
                    <h4>{text::aspect(part.aspect, locale)}</h4>
                    <div class="p-prose" lang="zh-CN">{prose(&part.text, 4, locale)}</div>
                    <p class="p-chips">{links}</p>
                </section>
            }
        });
        // domain.md B6: what only copies the document is no interpretation, and the reader is told.
        let repeats = it.repeats(&text.clauses).then(|| {
            let words = locale.pick("要点摘抄", "Mostly repeats the text");
            view! { <span class="p-tag p-tag--late">{words}</span> }
        });
        view! {
            <section>
                <h3 lang="zh-CN">{it.title.clone()}</h3>
                <p class="p-quiet">{text::form(it.form, locale)}{repeats}</p>
                <Media policy=policy.clone() one=it.clone() />
                {parts.collect_view()}
            </section>
        }
    });
    let all = all.collect_view();
    view! {
        <section class="p-section" id="interpretation">
            <h2>{locale.pick("解读", "What it means")}</h2>
            {empty}
            {all}
        </section>
    }
}

/// The text, clause by clause; each can be pointed at and asked about.
#[component]
fn Body(policy: Policy, text: Text, asked: Vec<Question>) -> impl IntoView {
    let locale = visit().locale;
    let mut margin: HashMap<&str, Vec<(String, &'static str)>> = HashMap::new();
    for (i, it) in policy.facts.interpretations.iter().enumerate() {
        for (j, part) in it.parts.iter().enumerate() {
            for anchor in &part.clauses {
                let note = (format!("#i{i}-{j}"), text::aspect(part.aspect, locale));
                margin.entry(anchor.as_str()).or_default().push(note);
            }
        }
    }
    let mut questions: HashMap<&str, usize> = HashMap::new();
    for anchor in asked.iter().filter_map(|it| it.anchor.as_ref()) {
        *questions.entry(anchor.as_str()).or_default() += 1;
    }
    let headings: Vec<_> = outline(&text.clauses);
    let toc = (headings.len() > 2).then(|| {
        let links = headings.iter().map(|(_, clause)| {
            view! { <li><a href=format!("#{}", clause.anchor)>{clause.text.clone()}</a></li> }
        });
        view! {
            <details class="p-policy__outline">
                <summary>{locale.pick("目录", "Outline")}</summary>
                <ol class="p-list" lang="zh-CN">{links.collect_view()}</ol>
            </details>
        }
    });
    // The code of a clause leads here, and outlives it.
    let gone = visit().parameter("at").filter(|at| super::questions::clause(&text, at).is_none()).map(|_| {
        let words = locale.pick(
            "您要看的那一条,现在的文本里没有了。下面是现在的全文。",
            "The clause you came for is no longer in the text. This is the text as it is now.",
        );
        view! { <p class="p-notice" role="status">{words}</p> }
    });
    let may_ask = policy.facts.interpreter(&visit().snapshot.content.interpreters).is_some();
    let all_here = asked.len() <= SHOWN;
    let clauses = text.clauses.iter().map(|clause| {
        let ask = may_ask.then(|| locale.href(&format!("/policies/{}/ask?at={}", policy.id.0, clause.anchor)));
        let notes = margin.remove(clause.anchor.as_str()).unwrap_or_default();
        let count = questions.get(clause.anchor.as_str()).copied().unwrap_or_default();
        let answers = match all_here {
            true => "#questions".to_owned(),
            false => locale.href(&questions_address(policy.id, Some(clause.anchor.as_str()))),
        };
        one(clause, notes, (count, answers), ask)
    });
    let clauses = clauses.collect_view();
    let notes = text.notes.iter().map(|note| view! { <p class="p-quiet">{note.clone()}</p> }).collect_view();
    view! {
        <section class="p-section p-policy__text" id="text">
            <h2>{locale.pick("全文", "The text")}</h2>
            {gone}
            <div lang="zh-CN">{notes}</div>
            {toc}
            {clauses}
        </section>
    }
}

fn one(
    clause: &Clause,
    notes: Vec<(String, &'static str)>,
    (count, questions): (usize, String),
    ask: Option<String>,
) -> AnyView {
    let locale = visit().locale;
    let (id, words) = (clause.anchor.to_string(), clause.text.clone());
    if clause.kind.is_heading() {
        return view! { <h3 id=id lang="zh-CN" class="p-policy__heading">{words}</h3> }.into_any();
    }
    let notes = notes.into_iter().map(|(href, words)| view! { <a class="p-chip" href=href>{words}</a> }).collect_view();
    let asked = (count > 0).then(|| {
        view! { <a class="p-chip" href=questions>{locale.pick(format!("{count} 个问答"), format!("{count} questions"))}</a> }
    });
    let name = match clause.number.as_str() {
        "" => locale.pick("问这一段", "Ask about this").to_owned(),
        number => locale.pick(format!("问{number}"), format!("Ask about clause {}", clause.anchor)),
    };
    let ask = ask.map(|href| {
        view! { <a class="p-policy__ask" href=href rel="nofollow" aria-label=name data-ask><Icon name="message-circle" />{locale.pick("问", "Ask")}</a> }
    });
    let class = format!("p-clause p-clause--{}", clause.kind.code());
    view! {
        <div class=class id=id>
            <p lang="zh-CN">{words}</p>
            <p class="p-clause__side">{notes}{asked}{ask}</p>
        </div>
    }
    .into_any()
}
