//! `/search`: the box, the answer, and what was found by kind. The form is the query: every page of results is an address.

use domain::{
    finder::PointQuery,
    points::PointId,
    policies::PolicyId,
    search::{Kind, MAX_QUERY},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use search::{Facets, Hit};
use time::Date;

use super::{
    answers::{AnswerBox, WhomToAsk},
    facets::Narrow,
    look::{Looked, Wanted, look},
    sync::NotFollowed,
    text,
};
use crate::{
    forms::Answer,
    points::{OpenTag, address as points_address, text as points},
    portal::{Portal, Visit, portal, visit},
    ui::{Column, Icon, PageHead, lang_of},
};

const COLUMN: Column = Column {
    name: "搜索",
    description: "一个框搜遍点位、事项、政策条款、解读、问答和手册",
    keywords: "搜索,政策,办事,问答",
    kind: "互动交流",
};

/// So many signs of a passage are shown.
const EXCERPT: usize = 96;

/// Who finds something with such a share of what was asked is not told that there is no answer.
const FOUND: f32 = 0.8;

/// What people look for, to begin with.
const EXAMPLES: [&str; 6] =
    ["身份证丢了怎么办", "老板拖欠工资找谁", "社保卡", "shebaoka", "劳动合同法第八十二条", "12345"];

/// The page.
pub(crate) async fn search_page(portal: &Portal, visit: &Visit) -> Answer {
    let wanted = Wanted::read(|name| visit.parameter(name));
    match look(portal, &visit.snapshot, &wanted).await {
        Ok(looked) => {
            if !looked.is_young {
                count(portal, &wanted, looked.hits.is_empty(), visit);
            }
            Answer::Page(Box::new(move || view! { <Page wanted looked /> }.into_any()))
        }
        Err(NotFollowed::Store(error)) => Answer::Failed(error),
        Err(error) => {
            tracing::error!(%error, "a search failed");
            Answer::Status(503)
        }
    }
}

/// A search counts once, where it begins.
fn count(portal: &Portal, wanted: &Wanted, is_empty: bool, visit: &Visit) {
    if wanted.kind.is_none() && wanted.page == 1 {
        portal.searches().searched(&wanted.typed, is_empty, visit.now);
    }
}

/// The box over everything.
#[component]
pub(crate) fn SearchBox(#[prop(optional)] typed: String) -> impl IntoView {
    let (locale, script) = (visit().locale, portal().asset("/search.js"));
    view! {
        <form
            class="p-ask"
            method="get"
            action=locale.href("/search")
            role="search"
            data-suggest=locale.href("/search/suggest")
        >
            <label class="p-ask__label" for="ask">{locale.pick("想办什么?", "What do you need?")}</label>
            <div class="p-ask__row">
                <input
                    class="p-input"
                    id="ask"
                    type="search"
                    name="q"
                    value=typed
                    maxlength=MAX_QUERY
                    autocomplete="off"
                    enterkeyhint="search"
                    list="ask-names"
                    placeholder=locale.pick("如:社保、落户、工资拖欠了怎么办", "e.g. pension, library, Wuhou")
                />
                <button class="p-button" type="button" data-speak aria-pressed="false" aria-label=locale.pick("说话输入(由浏览器识别)", "Speak (your browser listens)") hidden>
                    <Icon name="mic" />
                </button>
                <button class="p-button p-button--main" type="submit">
                    <Icon name="search" />
                    {locale.pick("找", "Find")}
                </button>
            </div>
            <datalist id="ask-names"></datalist>
            <script type="module" src=script></script>
        </form>
    }
}

#[component]
fn Page(wanted: Wanted, looked: Looked) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = match wanted.typed.is_empty() {
        true => locale.pick("搜索", "Search").to_owned(),
        false => locale.pick(format!("搜索:{}", wanted.typed), "Search".to_owned()),
    };
    let shown = wanted.typed.clone();
    let young = looked.is_young.then(|| {
        let words = locale.pick(
            "正在整理全部内容\u{ff0c}现在搜到的可能不全\u{ff0c}请过一分钟再搜一次。",
            "Everything is being put in order; there may be more in a minute.",
        );
        view! { <p class="p-notice" role="status">{words}</p> }
    });
    let body = match (wanted.query.is_empty(), looked.groups.iter().all(|(.., hits)| hits.is_empty())) {
        (true, _) => view! { <Begin typed=shown.clone() /> }.into_any(),
        (_, true) => view! { <Nothing wanted=wanted.clone() narrow=looked.facets /> }.into_any(),
        _ => view! { <Results wanted=wanted.clone() looked /> }.into_any(),
    };
    view! {
        <PageHead title=title description=locale.pick("一个框搜遍点位、事项、政策、解读、问答和手册。", "Search places, services, policies, answers and the manual.") column=COLUMN />
        <Meta name="robots" content="noindex" />
        <h1>{locale.pick("搜索", "Search")}</h1>
        <SearchBox typed=shown />
        {young}
        {body}
    }
}

/// Nothing was asked yet.
#[component]
fn Begin(typed: String) -> impl IntoView {
    let locale = visit().locale;
    let nothing = (!typed.is_empty()).then(|| {
        let words = locale.pick(
            "这里面没有可以搜的字。请写几个词,比如要办的事。",
            "There are no words in this. Write some, such as what you need.",
        );
        view! { <p class="p-notice" role="status">{words}</p> }
    });
    let examples = EXAMPLES.map(|words| {
        let href = locale.href(&Wanted { typed: words.to_owned(), page: 1, ..Wanted::default() }.address());
        view! { <li><a class="p-chip" href=href lang="zh-CN">{words}</a></li> }
    });
    view! {
        {nothing}
        <section class="p-section">
            <h2>{locale.pick("可以这样搜", "For example")}</h2>
            <ul class="p-chips">{examples.collect_view()}</ul>
        </section>
    }
}

/// Nothing was found: what to do next.
#[component]
fn Nothing(wanted: Wanted, narrow: Facets) -> impl IntoView {
    let locale = visit().locale;
    let narrowed = (wanted.holds || wanted.open || wanted.division.is_some())
        .then(|| view! { <Narrow wanted=wanted.clone() facets=narrow /> });
    let all = wanted.kind.map(|_| {
        let href = locale.href(&wanted.all().address());
        view! { <li><a href=href>{locale.pick("在全部内容里搜", "Search everything")}</a></li> }
    });
    view! {
        <section class="p-section" role="status">
            <h2>{locale.pick("没有找到", "Nothing was found")}</h2>
            {narrowed}
            <ul class="p-list p-search__more">
                {all}
                <li>{locale.pick("换个说法,少写几个字,比如只写“社保卡”", "Try other or fewer words")}</li>
                <li><a href=locale.href("/points")>{locale.pick("在一张图里找地方", "Find a place on the map")}</a></li>
                <li><a href=locale.href("/policies")>{locale.pick("看政策,在不明白的那一句提问", "See the policies, and ask at what is unclear")}</a></li>
            </ul>
            <WhomToAsk />
        </section>
    }
}

#[component]
fn Results(wanted: Wanted, looked: Looked) -> impl IntoView {
    let locale = visit().locale;
    let Looked { answers, groups, instead, marks, more, facets, .. } = looked;
    let narrow = wanted.kind.map(|_| view! { <Narrow wanted=wanted.clone() facets /> });
    let instead_words = instead.clone();
    let instead = instead.map(|words| {
        let said = locale.pick("没有找到您写的原话,下面是这个词的结果:", "Shown instead are results for ");
        view! { <p class="p-notice" role="status">{said}<strong lang="zh-CN">{words}</strong></p> }
    });
    // A service that has all that was asked is as good as an answer.
    let is_found = groups.iter().flat_map(|(.., hits)| hits).any(|hit| hit.share >= FOUND);
    let asked = wanted.query.is_asked() && wanted.kind.is_none() && !(answers.is_empty() && is_found);
    let policy =
        groups.iter().flat_map(|(.., hits)| hits).max_by(|a, b| a.score.total_cmp(&b.score)).and_then(policy_of);
    let answer = asked.then(|| view! { <AnswerBox answers policy marks=marks.clone() /> });
    let tabs = (wanted.kind.is_none() && groups.len() > 1).then(|| {
        let links = groups.iter().map(|(kind, count, hits)| {
            let count = *count.max(&hits.len());
            view! { <li><a class="p-chip" href=format!("#{}", kind.code())>{text::kind(*kind, locale)}" "{count}</a></li> }
        });
        view! { <ul class="p-chips p-search__kinds" aria-label=locale.pick("结果的种类", "Kinds of results")>{links.collect_view()}</ul> }
    });
    let back = wanted.kind.map(|_| {
        let href = locale.href(&wanted.all().address());
        view! { <p class="p-search__more"><a href=href>{locale.pick("看全部种类的结果", "Results of all kinds")}</a></p> }
    });
    let words = instead_words.unwrap_or_else(|| wanted.query.words.clone());
    let lists = groups.into_iter().map(|(kind, count, hits)| {
        let all = (wanted.kind.is_none() && count > hits.len()).then(|| {
            let href = locale.href(&Wanted { kind: Some(kind), page: 1, ..wanted.clone() }.address());
            view! { <p class="p-search__more"><a href=href>{locale.pick(format!("看全部 {count} 条"), format!("All {count}"))}</a></p> }
        });
        let map = (kind == Kind::Point).then(|| {
            let query = PointQuery { words: words.clone(), near: wanted.near, page: 1, ..PointQuery::default() };
            let href = locale.href(&points_address(&query));
            view! { <p class="p-search__more"><a href=href>{locale.pick("在一张图里看", "See them on the map")}</a></p> }
        });
        let rows = hits.into_iter().map(|hit| view! { <Row hit marks=marks.clone() /> }).collect_view();
        view! {
            <section class="p-section p-search__group" id=kind.code()>
                <h2>{text::kind(kind, locale)}</h2>
                <ol class="p-search__list">{rows}</ol>
                {all}
                {map}
            </section>
        }
    });
    let lists = lists.collect_view();
    let address = wanted.clone();
    let next = (more || wanted.page > 1).then(|| {
        let to = move |page: usize| locale.href(&Wanted { page, ..address.clone() }.address());
        let before = (wanted.page > 1).then(|| view! { <a class="p-button" rel="prev" href=to(wanted.page - 1)>{locale.pick("上一页", "Previous")}</a> });
        let after = more.then(|| view! { <a class="p-button" rel="next" href=to(wanted.page + 1)>{locale.pick("下一页", "Next")}</a> });
        view! { <p class="p-acts">{before}{after}</p> }
    });
    view! {
        {instead}
        {answer}
        {tabs}
        {back}
        {narrow}
        {lists}
        {next}
    }
}

/// Where a passage stands.
pub(super) fn source(hit: &Hit) -> String {
    let passage = &hit.passage;
    match passage.kind {
        Kind::Clause if passage.title.is_empty() => passage.heading.trim().to_owned(),
        Kind::Clause => format!("{} {}", passage.heading.split(' ').next().unwrap_or_default(), passage.title),
        _ => passage.title.clone(),
    }
}

pub(super) fn policy_of(hit: &Hit) -> Option<i64> {
    hit.key.strip_prefix("policy/")?.parse().ok()
}

/// As of when it is so, and whether it still holds.
#[component]
pub(super) fn State(hit: Hit) -> impl IntoView {
    let visit = visit();
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let passage = &hit.passage;
    let ended = (!passage.holds)
        .then(|| view! { <span class="p-tag p-tag--late">{locale.pick("已失效", "No longer in force")}</span> });
    let policy = policy_of(&hit).and_then(|id| visit.snapshot.content.policy(PolicyId(id)));
    let day = |date: Date, zh: &str, en: &str| {
        let words = points::day(date, today, locale);
        locale.pick(format!("{words}{zh}"), format!("{en} {words}"))
    };
    let facts = policy.map(|it| &it.facts);
    let date = match (facts.and_then(|it| it.effective_on), facts.and_then(|it| it.issued_on)) {
        (Some(date), _) => Some(day(date, "起施行", "in force from")),
        (None, Some(date)) => Some(day(date, "公布", "issued")),
        _ => passage.date.filter(|_| passage.kind == Kind::Question).map(|date| day(date, "答复", "answered")),
    };
    view! { {ended}<span class="p-quiet">{date}</span> }
}

#[component]
fn Row(hit: Hit, marks: Vec<String>) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let passage = &hit.passage;
    let href = locale.href(&passage.address);
    let name = source(&hit);
    let lang = lang_of(&name, locale);
    let words = match passage.kind {
        Kind::Point | Kind::Division => passage.heading.clone(),
        Kind::Post => format!("{} · {}", passage.heading, passage.body),
        _ => text::excerpt(&passage.body, &marks, EXCERPT),
    };
    let open = (passage.kind == Kind::Point).then(|| {
        let id = hit.key.strip_prefix("point/").and_then(|id| id.parse().ok()).map(PointId)?;
        let point = snapshot.atlas.points().iter().find(|point| point.id == id)?;
        let far = hit.distance.map(|metres| view! { <span class="p-quiet">{points::distance(metres, locale)}</span> });
        Some(view! { <OpenTag opening=point.opening.clone() today=snapshot.today() locale />{far} })
    });
    view! {
        <li class="p-found">
            <h3 class="p-found__title"><a href=href lang=lang data-found>{mark(&name, &marks)}</a></h3>
            <p class="p-found__state">{open.flatten()}<State hit=hit.clone() /></p>
            <p class="p-found__words" lang="zh-CN">{mark(&words, &marks)}</p>
        </li>
    }
}

/// A text with the words that were looked for marked.
pub(super) fn mark(words: &str, marks: &[String]) -> impl IntoView + use<> {
    let pieces = text::marked(words, marks).into_iter();
    pieces
        .map(|(piece, is_mark)| if is_mark { view! { <mark>{piece}</mark> }.into_any() } else { piece.into_any() })
        .collect_view()
}
