//! `/policies/{id}/questions`: every public question of a policy, or at one of its clauses (`?at=`). `/policies/questions`: those of a
//! subject (`?subject=`), about whichever policy. Both are read from the database, a page at a time.

use domain::{
    policies::{
        Policy, PolicyId,
        clauses::{Anchor, Clause},
    },
    questions::QuestionId,
};
use leptos::prelude::*;
use store::{StoreError, policies, questions, questions::Question};

use super::{
    list::{COLUMN, last_page},
    questions as shown,
    questions::{One, SHOWN, Subject, questions_address},
};
use crate::{
    forms::Answer,
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, Icon, PageHead, Pages},
};

/// A page of questions, which page it is, and how many questions there are in all.
struct Found {
    list: Vec<Question>,
    page: u32,
    total: usize,
}

/// The page of a policy's questions.
pub(crate) async fn asked_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Some(policy) = id.parse().ok().and_then(|id| visit.snapshot.content.policy(id)).cloned() else {
        return Answer::Status(404);
    };
    let at: Option<Anchor> = visit.parameter("at").and_then(|at| at.parse().ok());
    let loaded = async {
        let text = policies::text(portal.store(), policy.id).await?.unwrap_or_default();
        // An anchor that is not in the text asks for nothing.
        let clause = at.and_then(|at| shown::clause(&text, at.as_str()).cloned());
        let found = find(portal, visit, &[policy.id], clause.as_ref().map(|it| &it.anchor)).await?;
        Ok((clause, found))
    };
    match loaded.await {
        Ok((clause, found)) => Answer::Page(Box::new(move || view! { <Asked policy clause found /> }.into_any())),
        Err(error) => Answer::Failed(error),
    }
}

/// The page of a subject's questions; of all subjects where none is asked for.
pub(crate) async fn subject_page(portal: &Portal, visit: &Visit) -> Answer {
    let mut subjects: Vec<String> = Vec::new();
    for subject in visit.snapshot.content.policies.iter().rev().flat_map(|it| &it.facts.subjects) {
        if !subjects.contains(subject) {
            subjects.push(subject.clone());
        }
    }
    let subject = visit.parameter("subject").filter(|it| subjects.contains(it));
    let fits = |policy: &&Policy| subject.as_ref().is_none_or(|it| policy.facts.subjects.contains(it));
    let of: Vec<_> = visit.snapshot.content.policies.iter().filter(fits).map(|policy| policy.id).collect();
    match find(portal, visit, &of, None).await {
        Ok(found) => Answer::Page(Box::new(move || view! { <OfSubject subject subjects found /> }.into_any())),
        Err(error) => Answer::Failed(error),
    }
}

async fn find(portal: &Portal, visit: &Visit, of: &[PolicyId], at: Option<&Anchor>) -> Result<Found, StoreError> {
    let number = |name: &str| visit.parameter(name).and_then(|it| it.parse::<u32>().ok());
    let take = SHOWN as u64;
    let asked = match (number("page"), number("question")) {
        (Some(page), _) => page.max(1),
        // The page on which a question stands.
        (None, Some(id)) => {
            let before = questions::public_before(portal.store(), of, at, QuestionId(id.into())).await?;
            u32::try_from(before / take + 1).unwrap_or(1)
        }
        (None, None) => 1,
    };
    let read =
        async |page: u32| questions::public_page(portal.store(), of, at, ((u64::from(page) - 1) * take, take)).await;
    let (mut list, total) = read(asked).await?;
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let page = asked.min(last_page(total, SHOWN));
    if page < asked {
        list = read(page).await?.0;
    }
    Ok(Found { list, page, total })
}

#[component]
fn Asked(policy: Policy, clause: Option<Clause>, found: Found) -> impl IntoView {
    let locale = visit().locale;
    let (id, title) = (policy.id, locale.pick("大家问过的", "What others asked"));
    let head = locale.pick(format!("{title} · {}", policy.facts.title), format!("{title} · Policy {}", id.0));
    let way = vec![
        (locale.pick("政策与解读", "Policies").to_owned(), "/policies".to_owned()),
        (policy.facts.title.clone(), format!("/policies/{}", id.0)),
    ];
    let at = clause.as_ref().map(|it| it.anchor.to_string());
    let address = {
        let at = at.clone();
        Callback::new(move |to: u32| {
            let address = questions_address(id, at.as_deref());
            let mark = if address.contains('?') { '&' } else { '?' };
            locale.href(&match to {
                0 | 1 => address,
                _ => format!("{address}{mark}page={to}"),
            })
        })
    };
    let ask = at.as_ref().map(|at| format!("?at={at}")).unwrap_or_default();
    let ask = locale.href(&format!("/policies/{}/ask{ask}", id.0));
    let ask = (!policy.facts.interpreters.is_empty()).then(|| {
        view! {
            <a class="p-button p-button--main" href=ask rel="nofollow">
                <Icon name="message-circle" />
                {locale.pick("我也要问", "Ask a question")}
            </a>
        }
    });
    let clause = clause.map(|clause| {
        let here = locale.href(&format!("/policies/{}#{}", id.0, clause.anchor));
        let all = locale.href(&questions_address(id, None));
        view! {
            <blockquote class="p-quote" lang="zh-CN">{clause.text}</blockquote>
            <p class="p-acts">
                <a class="p-button p-button--quiet" href=here>{locale.pick("看这一条", "The clause")}</a>
                <a class="p-button p-button--quiet" href=all>{locale.pick("看全部问答", "All questions")}</a>
            </p>
        }
    });
    let rows = found.list.into_iter().map(|question| view! { <One question /> }).collect_view();
    view! {
        <PageHead title=head description=title column=COLUMN />
        <Breadcrumbs way />
        <h1>{title}</h1>
        {clause}
        <Count total=found.total />
        {rows}
        <Pages page=found.page last=last_page(found.total, SHOWN) address />
        <p class="p-acts">{ask}</p>
    }
}

#[component]
fn OfSubject(subject: Option<String>, subjects: Vec<String>, found: Found) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let title = locale.pick("按主题看问答", "Questions by subject");
    // The head of an English page has no Chinese.
    let head = subject.as_ref().map_or(title.to_owned(), |it| locale.pick(format!("{it}问答"), title.to_owned()));
    let rows = found.list.into_iter().map(|question| {
        let title = content.policy(question.policy).map(|policy| policy.facts.title.clone());
        view! { <One question title /> }
    });
    let rows = rows.collect_view();
    let asked = subject.clone();
    let address = Callback::new(move |to: u32| {
        let page = (to > 1).then(|| ("page", to.to_string()));
        let pairs: Vec<_> = asked.iter().map(|it| ("subject", it.clone())).chain(page).collect();
        let query = serde_urlencoded::to_string(&pairs).unwrap_or_default();
        locale.href(format!("/policies/questions?{query}").trim_end_matches('?'))
    });
    let all = subject.is_none();
    let chips = subjects.into_iter().map(|it| {
        let here = subject.as_ref() == Some(&it);
        view! { <Subject subject=it here /> }
    });
    let chips = chips.collect_view();
    let lead = locale
        .pick("解读人公开答复过的问题,新的在前。", "What interpreters have answered in the open, the latest first.");
    view! {
        <PageHead title=head description=lead column=COLUMN />
        <Breadcrumbs way=vec![(locale.pick("政策与解读", "Policies").to_owned(), "/policies".to_owned())] />
        <h1>{title}</h1>
        <p>{lead}</p>
        <nav class="p-chips p-policy__subjects" aria-label=locale.pick("主题", "Subjects")>
            <a class="p-chip" class:p-chip--here=all href=locale.href("/policies/questions") aria-current=all.then_some("page")>
                {locale.pick("全部主题", "All subjects")}
            </a>
            {chips}
        </nav>
        <Count total=found.total />
        {rows}
        <Pages page=found.page last=last_page(found.total, SHOWN) address />
    }
}

/// How many there are; and where there are none, what one can do.
#[component]
fn Count(total: usize) -> impl IntoView {
    let locale = visit().locale;
    if total > 0 {
        let words = locale.pick(format!("{total} 个问答"), format!("{total} questions"));
        // A question is headed by what was asked, at the third level, as on the page of its policy.
        let heading = locale.pick("问答", "Questions");
        return view! { <p role="status">{words}</p><h2 class="p-hidden">{heading}</h2> }.into_any();
    }
    let words = locale.pick(
        "这里还没有公开的问答。打开一份政策,在看不懂的那一条旁边就能提问。",
        "Nothing has been answered in the open here yet. Open a policy and ask beside the clause that is unclear.",
    );
    view! { <p class="p-empty" role="status"><span>{words}</span><a href=locale.href("/policies")>{locale.pick("去看政策", "To the policies")}</a></p> }
        .into_any()
}
