//! `/desk/search/synonyms`: what people say and what it is called; kept at once, found at once.

use domain::search::{BadSynonym, MAX_WORD, Synonym};
use leptos::prelude::*;
use store::{
    Failure,
    search::{self, Decision, Refused},
};

use super::way;
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, Icon, PageHead, Pages, TextField},
};

/// The page's address.
const HERE: &str = "/desk/search/synonyms";
/// So many stand on a page.
const A_PAGE: usize = 40;

/// The page.
pub(crate) async fn synonyms_page(portal: &Portal, visit: &Visit) -> Answer {
    let all = match search::list(portal.store(), &visit.by()).await {
        Ok(all) => all,
        Err(failure) => return failure.into(),
    };
    let words = visit.parameter("q").unwrap_or_default().trim().to_owned();
    let fits = |it: &Synonym| it.said.contains(&words) || it.meaning().contains(&words);
    let list: Vec<Synonym> = all.into_iter().filter(fits).collect();
    Answer::Page(Box::new(move || view! { <List words list /> }.into_any()))
}

#[component]
fn List(words: String, list: Vec<Synonym>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("同义词", "Synonyms");
    let total = list.len();
    let last = total.div_ceil(A_PAGE).max(1);
    let page = visit.parameter("page").and_then(|it| it.parse().ok()).unwrap_or(1_usize).clamp(1, last);
    let rows = list.into_iter().skip((page - 1) * A_PAGE).take(A_PAGE).map(|it| {
        let label = locale.pick(format!("删掉“{}”", it.said), format!("Remove “{}”", it.said));
        view! {
            <tr>
                <th scope="row" lang="zh-CN">{it.said.clone()}</th>
                <td class="p-table__long" lang="zh-CN" data-label=locale.pick("正式说法", "What it is called")>{it.meaning()}</td>
                <td>
                    <form method="post" action=locale.href("/desk/search/synonyms/remove")>
                        <input type="hidden" name="said" value=it.said.clone() />
                        <button class="p-button p-button--quiet" type="submit" aria-label=label>{locale.pick("删掉", "Remove")}</button>
                    </form>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let searched = words.clone();
    let address = move |to: u32| {
        let query = serde_urlencoded::to_string([("q", searched.as_str()), ("page", &to.to_string())]);
        locale.href(&format!("{HERE}?{}", query.unwrap_or_default()))
    };
    let (page, last) = (u32::try_from(page).unwrap_or(1), u32::try_from(last).unwrap_or(1));
    let body = match total {
        0 => view! { <p class="p-empty">{locale.pick("没有这样的同义词。可以在上面加一条。", "There is none. Add one above.")}</p> }.into_any(),
        _ => view! {
            <table class="p-table p-table--compared" id="synonyms">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("大家怎么说", "What people say")}</th>
                        <th scope="col">{locale.pick("正式说法", "What it is called")}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <Pages page last address=Callback::new(address) />
        }
        .into_any(),
    };
    view! {
        <PageHead title description=title />
        <Breadcrumbs way=way(true) />
        <h1>{title}</h1>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href(HERE)>
            <TextField name="said" label=locale.pick("大家怎么说", "What people say") value=visit.parameter("said").unwrap_or_default() maxlength=MAX_WORD />
            <TextField
                name="means"
                label=locale.pick("正式说法", "What it is called")
                hint=locale.pick("法规、事项里的写法。有几种叫法,用顿号隔开;几个词一起才说得清的,用空格隔开", "As laws and services write it: several names between commas, the words of a name between blanks")
                maxlength=120
            />
            <button class="p-button p-button--main" type="submit">{locale.pick("保存", "Keep")}</button>
        </form>
        <section class="p-section">
            <h2>{locale.pick(format!("共 {total} 条"), format!("{total} in all"))}</h2>
            <form class="p-ask__row" method="get" action=locale.href(HERE) role="search">
                <input class="p-input" type="search" name="q" value=words maxlength="20" aria-label=locale.pick("找同义词", "Find a synonym") />
                <button class="p-button" type="submit"><Icon name="search" />{locale.pick("找", "Find")}</button>
            </form>
            {body}
        </section>
    }
}

/// Keeps one.
pub(crate) async fn put(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let locale = visit.locale;
    let typed = form.get("said").trim();
    let synonym = match Synonym::read(typed, form.get("means")) {
        Ok(synonym) => synonym,
        Err(why) => return Submitted::Again(vec![wrong(why, locale)]),
    };
    let said = synonym.said.clone();
    if let Err(failure) = search::put(portal.store(), &visit.by(), synonym).await {
        return super::failed(failure);
    }
    // What was looked for in these words has its answer now.
    for words in [said.as_str(), typed] {
        if let Err(failure) = search::decide(portal.store(), &visit.by(), words, Decision::Synonym).await {
            return super::failed(failure);
        }
    }
    let query = serde_urlencoded::to_string([("q", &said)]).unwrap_or_default();
    Submitted::Go(format!("{HERE}?{query}"), Cookie::Keep)
}

/// Takes one out.
pub(crate) async fn remove(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    match search::remove(portal.store(), &visit.by(), form.get("said")).await {
        // Somebody else was faster: it is gone all the same.
        Ok(()) | Err(Failure::Refused(Refused::Gone)) => Submitted::Go(HERE.to_owned(), Cookie::Keep),
        Err(failure) => super::failed(failure),
    }
}

fn wrong(why: BadSynonym, locale: domain::locale::Locale) -> Wrong {
    let (field, zh, en) = match why {
        BadSynonym::Said => ("said", "写 2 到 20 个字,不要标点。", "Write 2 to 20 signs, no punctuation."),
        BadSynonym::Means => (
            "means",
            "写 1 到 8 个词,每个 2 到 20 个字;几种叫法用顿号隔开,一起用的词用空格隔开。",
            "Write 1 to 8 words of 2 to 20 signs each: names between commas, words of one name between blanks.",
        ),
        BadSynonym::Same => ("means", "两边一样,不用加。", "Both are the same."),
    };
    Wrong { field, words: locale.pick(zh, en).to_owned() }
}
