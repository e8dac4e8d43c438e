//! `/interpreters/{id}`: a post for everybody: who is in it, whether somebody is there, what it interprets, and how fast it answers.
//! Its figures are read from the database, so the page is kept nowhere.

mod ended;

use domain::interpreters::{Figures, Interpreter, InterpreterId};
use leptos::prelude::*;
use store::interpreters;

use super::text;
use crate::{
    forms::Answer,
    points::{text as points, weekly},
    policies::{COLUMN, Validity},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, Icon, PageHead, lang_of},
};
use ended::EndedPost;

/// The page of a post.
pub(crate) async fn post_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let content = &visit.snapshot.content;
    let id = id.parse::<InterpreterId>().ok();
    let Some(post) = id.and_then(|id| content.interpreter(id)).cloned() else { return Answer::Status(404) };
    match interpreters::figures(portal.store(), post.id, &content.calendar).await {
        Ok(figures) if post.is_living() => Answer::Page(Box::new(move || view! { <Page post figures /> }.into_any())),
        Ok(figures) => Answer::Page(Box::new(move || view! { <EndedPost post figures /> }.into_any())),
        Err(error) => Answer::Failed(error),
    }
}

/// Who is in a post, as the way to its page.
#[component]
pub(crate) fn PostLink(post: Interpreter) -> impl IntoView {
    let locale = visit().locale;
    let href = locale.href(&format!("/interpreters/{}", post.id.0));
    view! { <a class="p-post__link" href=href><strong lang=lang_of(&post.person, locale)>{post.person.clone()}</strong></a> }
}

/// The head of the page of a post: no post has a name in English, and the head of an English page has no Chinese.
#[component]
fn Head(post: Interpreter) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick(post.post.clone(), format!("Interpreter {}", post.id.0));
    let described = locale.pick(
        format!("{}:解读哪些政策、什么时候在岗、怎么联系", post.post),
        format!("Interpreter {}: policies, hours on duty, telephone", post.id.0),
    );
    view! {
        <PageHead title=title description=described column=COLUMN />
        <Breadcrumbs way=vec![(locale.pick("政策与解读", "Policies").to_owned(), "/policies".to_owned())] />
    }
}

#[component]
fn Page(post: Interpreter, figures: Figures) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let content = &snapshot.content;
    let sample = post.demonstration.then(|| view! { " "<span class="p-tag">{locale.pick("示例", "Sample")}</span> });
    let office = text::office(&post);
    let deputy = post.stands_in(&content.interpreters, visit.snapshot.now, &content.calendar).cloned();
    let hours = weekly(&post.schedule, locale);
    let rows = [
        (locale.pick("单位", "Office"), Some("zh-CN"), office),
        (locale.pick("类别", "Kind"), None, text::tier(post.tier, locale).to_owned()),
        (locale.pick("在岗时间", "Hours on duty"), None, hours),
        (locale.pick("解读的事", "Knows about"), Some("zh-CN"), post.subjects.join("、")),
    ];
    let rows = rows.into_iter().filter(|(.., value)| !value.is_empty());
    let rows = rows.map(|(name, lang, value)| view! { <dt>{name}</dt><dd lang=lang>{value}</dd> }).collect_view();
    let call = format!("tel:{}", post.telephone);
    view! {
        <Head post=post.clone() />
        <article class="p-interpreter">
            <h1 lang="zh-CN">{post.post.clone()}</h1>
            <p class="p-interpreter__who"><span lang=lang_of(&post.person, locale)>{post.person.clone()}</span>{sample}</p>
            <p><Duty post=post.clone() /></p>
            <p class="p-acts"><a class="p-button p-button--main" href=call><Icon name="phone" />{post.telephone.clone()}</a></p>
            {deputy.map(|deputy| view! { <Deputy deputy /> })}
            <dl class="p-facts">{rows}</dl>
            <Done figures />
            <Policies id=post.id />
        </article>
    }
}

/// ● 现在在岗 · 17:30 关.
#[component]
fn Duty(post: Interpreter) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let duty = post.duty(visit.snapshot.now, &snapshot.content.calendar);
    let (class, mark, there) = match duty.state.is_open() {
        true => ("p-duty p-duty--there", "●", locale.pick("现在在岗", "On duty now")),
        false => ("p-duty", "○", locale.pick("现在不在岗", "Not on duty now")),
    };
    let words = points::opening(&duty, snapshot.today(), locale);
    view! {
        <span class=class><span aria-hidden="true">{mark}</span>" "{there}</span>
        <span class="p-quiet">" · "{words}</span>
    }
}

/// Who helps while nobody is there.
#[component]
fn Deputy(deputy: Interpreter) -> impl IntoView {
    let locale = visit().locale;
    let href = locale.href(&format!("/interpreters/{}", deputy.id.0));
    let call = format!("tel:{}", deputy.telephone);
    view! {
        <section class="p-notice p-interpreter__deputy">
            <h2>{locale.pick("不在岗时找", "Meanwhile ask")}</h2>
            <p><a href=href lang="zh-CN">{deputy.post.clone()}</a></p>
            <p><Duty post=deputy.clone() /></p>
            <p><a class="p-button" href=call><Icon name="phone" />{deputy.telephone.clone()}</a></p>
        </section>
    }
}

/// What it has done so far.
#[component]
fn Done(figures: Figures) -> impl IntoView {
    let locale = visit().locale;
    let median = text::median(figures, locale).map(|words| {
        view! { <div class="p-figure"><dt>{locale.pick("多久答复", "How fast")}</dt><dd>{words}</dd></div> }
    });
    let note = median.is_some().then(|| {
        view! { <p class="p-quiet">{locale.pick("从收到提问的下一个工作日算起,周末和节假日不算;转办不重新计时。", "Counted from the working day after the question came, without weekends and holidays; handing it on does not start anew.")}</p> }
    });
    view! {
        <section class="p-section">
            <h2>{locale.pick("答复情况", "Answers so far")}</h2>
            <dl class="p-figures">
                <div class="p-figure">
                    <dt>{locale.pick("已答复的提问", "Questions answered")}</dt>
                    <dd>{figures.answered}</dd>
                </div>
                {median}
            </dl>
            {note}
        </section>
    }
}

/// The policies it interprets, each with whether it holds.
#[component]
fn Policies(id: InterpreterId) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let policies = snapshot.content.policies.iter().filter(|policy| policy.facts.interpreters.contains(&id));
    let mut policies: Vec<_> = policies.collect();
    // What holds stands first, the latest of it on top.
    policies.sort_by_key(|it| (it.facts.validity(snapshot.today()), std::cmp::Reverse(it.facts.issued_on)));
    let none = policies.is_empty().then(|| {
        view! { <p class="p-empty">{locale.pick("现在没有由这个岗位解读的政策。", "It interprets no policy now.")}</p> }
    });
    let rows = policies.into_iter().map(|policy| {
        let href = locale.href(&format!("/policies/{}", policy.id.0));
        view! {
            <li class="p-policy-row">
                <a href=href lang="zh-CN">{policy.facts.title.clone()}</a>
                <p class="p-quiet">
                    <Validity holds=policy.facts.validity(snapshot.today()) />
                    " "
                    <span lang="zh-CN">{policy.facts.number.clone()}</span>
                </p>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="p-section">
            <h2>{locale.pick("解读的政策", "What it interprets")}</h2>
            {none}
            <ul class="p-policy-list">{rows}</ul>
        </section>
    }
}
