//! `/divisions`: every district and zone of the city.

use domain::{divisions::DivisionLevel, finder::PointQuery};
use leptos::prelude::*;

use super::row;
use crate::{
    portal::{root, visit},
    ui::{Column, PageHead},
};

const COLUMN: Column = Column {
    name: "各地",
    description: "各区(市)县和功能区的政务公开",
    keywords: "区县,功能区,政务公开",
    kind: "信息公开目录",
};

/// The list of districts and zones.
#[component]
pub(crate) fn DivisionsPage() -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let atlas = &visit.snapshot.atlas;
    let facets = atlas.find(&PointQuery { page: 1, ..PointQuery::default() }).facets;
    let rows = |zones: bool| {
        let children = root(&visit).into_iter().flat_map(|root| {
            let all: Vec<_> = atlas.divisions.children(root.code).cloned().collect();
            all.into_iter().filter(move |it| (it.level == DivisionLevel::Zone) == zones)
        });
        children.map(|it| row(&it, facets.in_division(&atlas.divisions, it.code), locale)).collect_view()
    };
    let title = locale.pick("各地", "Areas");
    let description = locale.pick("选一个区(市)县或功能区。", "Choose a district, county, city or zone.");
    view! {
        <PageHead title description column=COLUMN />
        <h1>{title}</h1>
        <section class="p-section">
            <h2>{locale.pick("区(市)县", "Districts, counties and cities")}</h2>
            <ul class="p-rows">{rows(false)}</ul>
        </section>
        <section class="p-section">
            <h2>{locale.pick("功能区", "Functional zones")}</h2>
            <p class="p-quiet">
                {locale.pick("功能区由若干镇街组成,镇街仍属原来的区县。", "A zone is a group of townships, which also belong to their own district.")}
            </p>
            <ul class="p-rows">{rows(true)}</ul>
        </section>
    }
}
