//! The queue: by its clock, by subject, by tier; what is late is marked.

use domain::{interpreters::Tier, locale::Locale};
use leptos::prelude::*;
use store::{
    questions,
    questions::{Question, Show},
};

use super::{
    DESK,
    asked::{Asked, Order, VIEWS, due, post, subject, subjects},
};
use crate::{
    forms::Answer,
    points::{stamp, text as points},
    policies::text,
    portal::{Portal, Visit, visit},
    ui::{Chip, DeskWay, PageHead, Pages, lang_of},
};

/// So many questions stand on a page.
const PAGE: usize = 50;

/// The list.
pub(crate) async fn questions_page(portal: &Portal, visit: &Visit) -> Answer {
    let asked = Asked::read(visit);
    let (posts, wanted) = (&visit.snapshot.content.interpreters, asked.wanted(&visit.snapshot));
    match questions::queue(portal.store(), &visit.by(), posts, &wanted).await {
        Ok(mut list) => {
            asked.sort(&mut list, &visit.snapshot);
            Answer::Page(Box::new(move || view! { <List list asked /> }.into_any()))
        }
        Err(failure) => failure.into(),
    }
}

/// The words of a view, of what is empty in it, and of the day in it.
fn words(show: Show, locale: Locale) -> [&'static str; 3] {
    let (zh, en) = match show {
        Show::Open => (
            ["待答复", "没有等着答复的提问。", "最晚答复"],
            ["Waiting", "No question waits for an answer.", "Answer by"],
        ),
        Show::CallBack => (
            ["待回访", "没有要回访的提问。", "最晚回访"],
            ["To call back", "Nobody waits to be called back.", "Call back by"],
        ),
        Show::Asked => (
            ["请教我的", "没有同事来请教。", "最晚答复"],
            ["I am asked", "No colleague asks about a question.", "Answer by"],
        ),
        Show::Publish => (
            ["待复核公开", "没有等着复核公开的问答。", "答复于"],
            ["To make public", "Nothing waits to be made public.", "Answered"],
        ),
        Show::Answered => {
            (["已答复", "还没有答复过的提问。", "答复于"], ["Answered", "Nothing has been answered yet.", "Answered"])
        }
    };
    locale.pick(zh, en)
}

#[component]
fn List(list: Vec<Question>, asked: Asked) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("居民提问", "Questions by residents");
    let [view_name, nothing, day] = words(asked.show, locale);
    let late = list.iter().filter(|it| is_late(it, asked.show, &visit)).count();
    let count = locale.pick(format!("{view_name} {} 个", list.len()), format!("{view_name}: {}", list.len()));
    let late = (late > 0).then(|| {
        view! { " "<span class="p-tag p-tag--late">{locale.pick(format!("{late} 个超期"), format!("{late} overdue"))}</span> }
    });
    let chips = VIEWS.iter().map(|(show, code)| {
        let path = if code.is_empty() { DESK.to_owned() } else { format!("{DESK}?show={code}") };
        view! { <Chip path here=*show == asked.show words=words(*show, locale)[0] /> }
    });
    let chips = chips.collect_view();
    let empty = list.is_empty().then(|| {
        let all = (!asked.is_all()).then(|| {
            let href = locale.href(&Asked { show: asked.show, ..Asked::default() }.address(1));
            view! { " "<a href=href>{locale.pick("去掉条件,看全部", "Show all, without conditions")}</a> }
        });
        view! { <p class="p-empty">{nothing}{all}</p> }
    });
    let last = u32::try_from(list.len().div_ceil(PAGE)).unwrap_or(u32::MAX).max(1);
    let page = asked.page.min(last);
    let is_empty = list.is_empty();
    let show = asked.show;
    let rows = list.into_iter().skip((page as usize - 1) * PAGE).take(PAGE);
    let rows = rows.map(|question| view! { <Row question show day /> }).collect_view();
    let filters = view! { <Filters asked=asked.clone() /> };
    let address = Callback::new(move |page| locale.href(&asked.address(page)));
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p class="p-chips p-report__filter">{chips}</p>
        <p><a class="p-question__about" href=locale.href("/desk/questions/heat")>{locale.pick("问得多的条款", "Clauses that are asked about")}</a></p>
        {filters}
        <p id="questions-count" role="status" data-live="question">{count}{late}</p>
        <div id="questions" data-live="question">
            {empty}
            <table class="p-table p-table--compared" hidden=is_empty>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("政策", "Policy")}</th>
                        <th scope="col">{locale.pick("主题", "Subject")}</th>
                        <th scope="col">{locale.pick("谁解读", "Interpreter")}</th>
                        <th scope="col">{locale.pick("状态", "State")}</th>
                        <th scope="col">{locale.pick("收到", "Received")}</th>
                        <th scope="col">{day}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Pages page last address />
    }
}

fn is_late(question: &Question, show: Show, visit: &Visit) -> bool {
    due(question, show, &visit.snapshot).is_some_and(|last| last < visit.snapshot.today())
}

#[component]
fn Row(question: Question, show: Show, day: &'static str) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let today = snapshot.today();
    let href = locale.href(&format!("{DESK}/{}", question.id.0));
    let name = snapshot.content.policy(question.policy).map(|it| it.facts.title.clone()).unwrap_or_default();
    let at = question.anchor.as_ref().map(|at| format!(" · {}", text::clause(at, locale)));
    let late = is_late(&question, show, &visit)
        .then(|| view! { " "<span class="p-tag p-tag--late">{locale.pick("超期", "overdue")}</span> });
    let answered =
        question.thread.answer().filter(|_| matches!(show, Show::Answered | Show::Publish)).map(|(.., at)| stamp(at));
    let last = due(&question, show, snapshot).map(|last| points::day(last, today, locale));
    let with = question.same_as.map(|_| view! { " "<span class="p-tag">{locale.pick("同问", "joined")}</span> });
    let flagged =
        question.flagged.then(|| view! { " "<span class="p-tag">{locale.pick("含敏感词", "sensitive")}</span> });
    let (subject, post) = (subject(&question, snapshot), post(&question, snapshot));
    let tier = post.map(|post| text::tier(post.tier, locale));
    let post = post.map(|post| post.post.clone()).unwrap_or_default();
    view! {
        <tr id=format!("question-{}", question.id.0)>
            <th scope="row" class="p-table__long"><a href=href><span lang="zh-CN">{name}</span>{at}</a></th>
            <td data-label=locale.pick("主题", "Subject") lang=lang_of(&subject, locale)>{subject.clone()}</td>
            <td data-label=locale.pick("谁解读", "Interpreter")><span lang=lang_of(&post, locale)>{post.clone()}</span>" "<span class="p-quiet">{tier}</span></td>
            <td data-label=locale.pick("状态", "State")>{text::state(question.thread.state(), locale)}{with}{flagged}</td>
            <td data-label=locale.pick("收到", "Received")>{stamp(question.asked_at)}</td>
            <td data-label=day>{answered}{last}{late}</td>
        </tr>
    }
}

/// The form that is the query.
#[component]
fn Filters(asked: Asked) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let all = || (String::new(), locale.pick("全部", "All").to_owned());
    let subjects = subjects(&visit.snapshot).into_iter().map(|it| (it.clone(), it));
    let tiers = Tier::ALL.iter().map(|it| (it.code().to_owned(), text::tier(*it, locale).to_owned()));
    let orders = Order::CODES.iter().map(|(order, code)| {
        let words = match order {
            Order::Clock => locale.pick("期限", "What is due first"),
            Order::Subject => locale.pick("主题", "Subject"),
            Order::Tier => locale.pick("解读人类别", "Tier of interpreter"),
        };
        ((*code).to_owned(), words.to_owned())
    });
    let select = |name: &'static str, label: &'static str, options: Vec<(String, String)>, chosen: &str| {
        let options = options.into_iter().map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected lang=lang_of(&words, locale)>{words.clone()}</option> }
        });
        view! {
            <div class="p-field">
                <label class="p-field__label" for=name>{label}</label>
                <select class="p-input" id=name name=name>{options.collect_view()}</select>
            </div>
        }
    };
    let show = VIEWS.iter().find(|(show, _)| *show == asked.show).map_or("", |it| it.1);
    let order = Order::CODES.iter().find(|(order, _)| *order == asked.order).map_or("", |it| it.1);
    let subjects = std::iter::once(all()).chain(subjects).collect();
    let tiers = std::iter::once(all()).chain(tiers).collect();
    view! {
        <form class="p-form" method="get" action=locale.href(DESK) role="search">
            {(!show.is_empty()).then(|| view! { <input type="hidden" name="show" value=show /> })}
            <div class="p-filters__row">
                {select("subject", locale.pick("主题", "Subject"), subjects, &asked.subject)}
                {select("tier", locale.pick("解读人类别", "Tier of interpreter"), tiers, asked.tier.map_or("", Tier::code))}
                {select("order", locale.pick("排序", "Order"), orders.collect(), order)}
                <button class="p-button" type="submit">{locale.pick("筛选", "Filter")}</button>
            </div>
        </form>
    }
}
