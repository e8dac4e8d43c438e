//! `/desk/search`: what residents looked for this week, as a chart with its table; and what they did not find, each with what to do.

use domain::{
    divisions::DivisionCode,
    identity::{Action, Belongs},
};
use leptos::prelude::*;
use store::{
    Failure,
    search::{self, Coverage, Decision, Gap, Topic},
};
use time::{Date, Duration, format_description::well_known::Iso8601};

use super::{
    topics::{Covered, Topics, WEEKS},
    way,
};
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    portal::{Portal, Visit, portal, visit},
    search::Wanted,
    ui::{Breadcrumbs, PageHead},
};

/// So far back it is looked.
const WEEK: Duration = Duration::days(6);
/// So many topics are shown.
const TOPICS: usize = 15;
/// The chapter of a manual with common questions.
const FAQ: &str = "faq";

/// The page.
pub(crate) async fn asked_page(portal: &Portal, visit: &Visit) -> Answer {
    let (store, by, today) = (portal.store(), visit.by(), visit.snapshot.today());
    let monday = visit.parameter("week").and_then(|it| Date::parse(&it, &Iso8601::DATE).ok());
    let chosen = search::weeks(monday.filter(|it| *it <= today).unwrap_or(today), WEEKS);
    let divisions = visit.snapshot.content.divisions();
    let division = visit.parameter("division").and_then(|it| it.parse().ok()).filter(|it| divisions.get(*it).is_some());
    let loaded = async {
        let gaps = search::gaps(store, &by, today - WEEK).await?;
        let topics = search::topics(store, &by, &chosen, division, TOPICS).await?;
        let coverage = search::coverage(store, &by, &search::weeks(today, WEEKS)).await?;
        Ok::<_, Failure<()>>((gaps, topics, coverage))
    };
    match loaded.await {
        Ok((gaps, topics, coverage)) => {
            Answer::Page(Box::new(move || view! { <Asked gaps topics coverage weeks=chosen division /> }.into_any()))
        }
        Err(failure) => failure.into(),
    }
}

#[component]
fn Asked(
    gaps: Vec<Gap>,
    topics: Vec<Topic>,
    coverage: Vec<Coverage>,
    weeks: Vec<Date>,
    division: Option<DivisionCode>,
) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("大家在搜什么", "What people look for");
    let meanings = portal().model().map(|_| {
        let (known, all) = portal().index().meant();
        let words = locale.pick(
            format!("按意思找\u{ff1a}{all} 段里读懂了 {known} 段。"),
            format!("By meaning: {known} of {all} passages are known."),
        );
        view! { <p class="p-quiet">{words}</p> }
    });
    view! {
        <PageHead title description=title />
        <Breadcrumbs way=way(false) />
        <h1>{title}</h1>
        <p>{locale.pick("只数词,不记谁搜的。能认出人的内容不计。", "Words are counted, never who looked for them.")}</p>
        {meanings}
        <p class="p-acts"><a class="p-button" href=locale.href("/desk/search/synonyms")>{locale.pick("同义词", "Synonyms")}</a></p>
        <Covered weeks=coverage />
        <Gaps gaps />
        <Topics topics weeks division />
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
                        {button(Decision::Write, locale.pick("写成常见问题", "Write it as a common question"))}
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

/// Says what becomes of words that were not found.
pub(crate) async fn decide(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let (words, how) = (form.get("words"), Decision::from_code(form.get("how")));
    let Some(how) = how.filter(|_| !words.is_empty()) else { return Submitted::Status(400) };
    match search::decide(portal.store(), &visit.by(), words, how).await {
        Ok(()) if how == Decision::Write => Submitted::Go(to_be_written(visit, words), Cookie::Keep),
        Ok(()) => Submitted::Go("/desk/search".to_owned(), Cookie::Keep),
        Err(failure) => super::failed(failure),
    }
}

/// The form of the manual's common questions with one more, where whoever decides may write them; nothing is kept yet.
fn to_be_written(visit: &Visit, words: &str) -> String {
    let content = &visit.snapshot.content;
    let may = |code: &DivisionCode| {
        let place = Belongs { within: content.divisions().within(*code), organisation: None };
        visit.by().actor.may(Action::EditManual, &place).is_ok()
    };
    let grants = visit.session.iter().flat_map(|session| &session.staff.grants).map(|grant| grant.division);
    let root = content.divisions().root().map(|root| root.code);
    let Some(division) = root.into_iter().chain(grants).find(may) else { return "/desk/search".to_owned() };
    let question = serde_urlencoded::to_string([("question", words)]).unwrap_or_default();
    format!("/desk/manual/{division}/{FAQ}?{question}#text")
}
