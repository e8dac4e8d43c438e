//! `/desk/search`: what residents looked for this week, as a chart with its table; and what they did not find, each with what to do.

use leptos::prelude::*;
use store::search::{self, Decision, Gap, Topic};
use time::Duration;

use super::way;
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    portal::{Portal, Visit, visit},
    search::Wanted,
    ui::{Breadcrumbs, CountBar, PageHead},
};

/// So far back it is looked.
const WEEK: Duration = Duration::days(6);
/// So many topics are shown.
const TOPICS: usize = 15;

/// The page.
pub(crate) async fn asked_page(portal: &Portal, visit: &Visit) -> Answer {
    let (by, since) = (visit.by(), visit.snapshot.today() - WEEK);
    let gaps = match search::gaps(portal.store(), &by, since).await {
        Ok(gaps) => gaps,
        Err(failure) => return failure.into(),
    };
    match search::topics(portal.store(), &by, since, TOPICS).await {
        Ok(topics) => Answer::Page(Box::new(move || view! { <Asked gaps topics /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn Asked(gaps: Vec<Gap>, topics: Vec<Topic>) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("大家在搜什么", "What people look for");
    view! {
        <PageHead title description=title />
        <Breadcrumbs way=way(false) />
        <h1>{title}</h1>
        <p>{locale.pick("只数词,不记谁搜的。能认出人的内容不计。", "Words are counted, never who looked for them.")}</p>
        <p class="p-acts"><a class="p-button" href=locale.href("/desk/search/synonyms")>{locale.pick("同义词", "Synonyms")}</a></p>
        <Gaps gaps />
        <Topics topics />
    }
}

/// What was not found, or found and not opened.
#[component]
fn Gaps(gaps: Vec<Gap>) -> impl IntoView {
    let locale = visit().locale;
    let is_empty = gaps.is_empty();
    let rows = gaps.into_iter().map(|gap| {
        let words = gap.words;
        let look = locale.href(&Wanted { typed: words.clone(), page: 1, ..Wanted::default() }.address());
        let said = serde_urlencoded::to_string([("said", &words)]).unwrap_or_default();
        let synonym = locale.href(&format!("/desk/search/synonyms?{said}#means"));
        let counted = gap.counted;
        let why = match counted.empty > 0 {
            true => locale.pick("没有结果", "nothing found"),
            false => locale.pick("没有人点开", "nothing opened"),
        };
        let button = |how: Decision, word: &'static str| {
            view! {
                <form method="post" action=locale.href("/desk/search/decide")>
                    <input type="hidden" name="words" value=words.clone() />
                    <input type="hidden" name="how" value=how.code() />
                    <button class="p-button p-button--quiet" type="submit">{word}</button>
                </form>
            }
        };
        view! {
            <tr>
                <th scope="row" class="p-table__long"><a href=look lang="zh-CN">{words.clone()}</a></th>
                <td data-label=locale.pick("搜了", "Looked for")>{counted.asked}</td>
                <td data-label=locale.pick("为什么", "Why")>{why}</td>
                <td data-label=locale.pick("怎么办", "What to do")>
                    <div class="p-acts">
                        <a class="p-button p-button--quiet" href=synonym>{locale.pick("加同义词", "Add a synonym")}</a>
                        {button(Decision::Write, locale.pick("要写一条", "To be written"))}
                        {button(Decision::Nothing, locale.pick("没有可公开的", "Nothing to publish"))}
                    </div>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let body = match is_empty {
        true => view! { <p class="p-empty">{locale.pick("这一周没有搜不到的词。", "Everything looked for this week was found.")}</p> }.into_any(),
        false => view! {
            <table class="p-table p-table--compared" id="gaps">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("词", "Words")}</th>
                        <th scope="col">{locale.pick("搜了", "Looked for")}</th>
                        <th scope="col">{locale.pick("为什么", "Why")}</th>
                        <th scope="col">{locale.pick("怎么办", "What to do")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    };
    view! {
        <section class="p-section">
            <h2>{locale.pick("这一周没有找到的", "Not found this week")}</h2>
            {body}
        </section>
    }
}

/// The commonest, as bars that are the table's own.
#[component]
fn Topics(topics: Vec<Topic>) -> impl IntoView {
    let locale = visit().locale;
    if topics.is_empty() {
        let words = locale.pick("这一周还没有人搜过。", "Nobody has looked for anything this week.");
        return view! { <p class="p-empty">{words}</p> }.into_any();
    }
    let most = topics.iter().map(|it| it.asked).max().unwrap_or_default();
    let rows = topics.into_iter().map(|topic| {
        view! {
            <tr>
                <th scope="row" class="p-table__long" lang="zh-CN">{topic.words}</th>
                <td class="p-heat" data-label=locale.pick("次数", "Times")>
                    <CountBar count=topic.asked most />
                    <span>{topic.asked}</span>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="p-section">
            <h2>{locale.pick("这一周搜得最多的", "Looked for most this week")}</h2>
            <table class="p-table p-table--compared" id="topics">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("词", "Words")}</th>
                        <th scope="col">{locale.pick("次数", "Times")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Says what becomes of words that were not found.
pub(crate) async fn decide(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let (words, how) = (form.get("words"), Decision::from_code(form.get("how")));
    let Some(how) = how.filter(|_| !words.is_empty()) else { return Submitted::Status(400) };
    match search::decide(portal.store(), &visit.by(), words, how).await {
        Ok(()) => Submitted::Go("/desk/search".to_owned(), Cookie::Keep),
        Err(failure) => super::failed(failure),
    }
}
