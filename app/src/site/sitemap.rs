//! `/sitemap`: every column of the site on one page (网站地图).

use leptos::prelude::*;
use store::snapshot::Reads;

use crate::{
    portal::{reads, root, visit},
    shell::places,
    ui::{Column, PageHead},
};

const COLUMN: Column =
    Column {
        name: "网站地图", description: "本站全部栏目", keywords: "网站地图,栏目", kind: "概况信息"
    };

/// The site map.
#[component]
pub(crate) fn SitemapPage() -> impl IntoView {
    reads(Reads::Nothing);
    let visit = visit();
    let locale = visit.locale;
    let columns = places(locale)
        .into_iter()
        .map(|(path, word, _)| view! { <li><a href=locale.href(path)>{word}</a></li> })
        .collect_view();
    let divisions = root(&visit).map(|root| {
        let children = visit.snapshot.atlas.divisions.children(root.code);
        children
            .map(|it| {
                let href = locale.href(&format!("/divisions/{}", it.code));
                view! { <li><a href=href>{it.name(locale).to_owned()}</a></li> }
            })
            .collect_view()
    });
    let title = locale.pick("网站地图", "Site map");
    view! {
        <PageHead title description=locale.pick("本站全部栏目", "All sections of this site") column=COLUMN />
        <div class="p-prose">
            <h1>{title}</h1>
            <h2>{locale.pick("栏目", "Sections")}</h2>
            <ul>{columns}<li><a href=locale.href("/codes")>{locale.pick("一个码", "One code")}</a></li><li><a href=locale.href("/reports")>{locale.pick("报错结果", "Answers to reports")}</a></li><li><a href=locale.href("/questions")>{locale.pick("我的提问", "My question")}</a></li><li><a href=locale.href("/offline")>{locale.pick("存在手机上的", "On this phone")}</a></li><li><a href=locale.href("/about")>{locale.pick("关于本站", "About")}</a></li></ul>
            <h2>{locale.pick("各地", "Areas")}</h2>
            <ul class="p-columns">{divisions}</ul>
        </div>
    }
}
