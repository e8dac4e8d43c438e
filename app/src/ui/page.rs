//! What pages have in common: their head, breadcrumbs, pagination, data blocks.

use domain::locale::Locale;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::{Icon, lang_of};
use crate::portal::{portal, visit};

/// 栏目标签 of a column page (国办发〔2017〕47号 附件). Robots read them as they stand, in Chinese.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// `ColumnName`.
    pub(crate) name: &'static str,
    /// `ColumnDescription`.
    pub(crate) description: &'static str,
    /// `ColumnKeywords`.
    pub(crate) keywords: &'static str,
    /// `ColumnType`, out of the annex's list.
    pub(crate) kind: &'static str,
}

/// 内容页标签 of a content page.
#[derive(Clone, Debug)]
pub(crate) struct Article {
    /// `PubDate`: set by the server when first published, `YYYY-MM-DD HH:MM`.
    pub(crate) published: String,
    /// `ContentSource`.
    pub(crate) source: String,
}

/// The title, description and meta tags of a page. `leptos_meta::Title` does not escape what it is given, so titles pass here.
#[component]
pub(crate) fn PageHead(
    #[prop(into)] title: String,
    #[prop(into)] description: String,
    #[prop(optional)] column: Option<Column>,
    #[prop(optional)] article: Option<Article>,
) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let site = visit.locale.pick(portal.site().name.clone(), portal.site().name_en.clone());
    let full = if title.is_empty() { site } else { format!("{title} · {site}") };
    let column = column.map(|it| {
        view! {
            <Meta name="ColumnName" content=it.name />
            <Meta name="ColumnDescription" content=it.description />
            <Meta name="ColumnKeywords" content=it.keywords />
            <Meta name="ColumnType" content=it.kind />
        }
    });
    let article = article.map(|it| {
        view! {
            <Meta name="ArticleTitle" content=title.clone() />
            <Meta name="PubDate" content=it.published />
            <Meta name="ContentSource" content=it.source />
        }
    });
    view! {
        <Title text=escape(&full) />
        <Meta name="description" content=description />
        {column}
        {article}
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The way back, from the second level on: names and addresses, without the page itself.
#[component]
pub(crate) fn Breadcrumbs(way: Vec<(String, String)>) -> impl IntoView {
    let locale = visit().locale;
    let steps = way
        .into_iter()
        .map(
            |(name, path)| view! { <li><a href=locale.href(&path) lang=lang_of(&name, locale)>{name.clone()}</a></li> },
        )
        .collect_view();
    view! {
        <nav class="p-crumbs" aria-label=locale.pick("当前位置", "You are here")>
            <ol>
                <li><a href=locale.href("/")>{locale.pick("首页", "Home")}</a></li>
                {steps}
            </ol>
        </nav>
    }
}

/// Previous and next, with the place in the whole; `address` makes the address of a page.
#[component]
pub(crate) fn Pages(page: u32, last: u32, address: Callback<u32, String>) -> impl IntoView {
    let locale = visit().locale;
    let step = |to: u32, rel: &'static str, word: &'static str, icon: &'static str| {
        (1..=last).contains(&to).then(|| {
            view! {
                <a class="p-button p-button--quiet" href=address.run(to) rel=rel>
                    <Icon name=icon />
                    {word}
                </a>
            }
        })
    };
    let previous = step(page.saturating_sub(1), "prev", locale.pick("上一页", "Previous"), "chevron-left");
    let next = step(page + 1, "next", locale.pick("下一页", "Next"), "chevron-right");
    (last > 1).then(|| {
        view! {
            <nav class="p-pages" aria-label=locale.pick("翻页", "Pages")>
                {previous}
                <span class="p-pages__where">{page_of(locale, page, last)}</span>
                {next}
            </nav>
        }
    })
}

/// One of several views of a list: a link, marked where it is this one.
#[component]
pub(crate) fn Chip(#[prop(into)] path: String, here: bool, words: &'static str) -> impl IntoView {
    let href = visit().locale.href(&path);
    view! { <a class="p-chip" class:p-chip--here=here href=href aria-current=here.then_some("page")>{words}</a> }
}

/// The way back from a page of the desk.
#[component]
pub(crate) fn DeskWay() -> impl IntoView {
    let word = visit().locale.pick("工作台", "Desk").to_owned();
    view! { <Breadcrumbs way=vec![(word, "/desk".to_owned())] /> }
}

fn page_of(locale: Locale, page: u32, last: u32) -> String {
    locale.pick(format!("第 {page} 页,共 {last} 页"), format!("Page {page} of {last}"))
}

/// Data for robots (JSON-LD). It is no script: browsers do not run it, and `<` cannot close the element.
#[component]
pub(crate) fn DataBlock(json: serde_json::Value) -> impl IntoView {
    view! { <script type="application/ld+json" inner_html=json.to_string().replace('<', "\\u003c")></script> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_close_its_element() {
        assert_eq!(escape("</title><script>&"), "&lt;/title&gt;&lt;script&gt;&amp;");
    }
}
