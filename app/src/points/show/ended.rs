//! The page of a point that has ended: 410, since when, why, and what is open to the resident instead.

use std::sync::Arc;

use axum::http::StatusCode;
use domain::{
    codes::{Lead, Thing},
    finder::PointQuery,
    locale::Locale,
    points::Point,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use store::snapshot::Snapshot;

use super::{super::list::COLUMN, others};
use crate::{
    points::{address, card_of, text},
    ui::{Icon, PageHead, lang_of},
};

/// The page of a point that is no more.
#[component]
pub(crate) fn EndedPoint(point: Point, snapshot: Arc<Snapshot>, locale: Locale) -> impl IntoView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::GONE);
    }
    let facts = point.facts;
    let name = facts.name(locale).to_owned();
    let lang = lang_of(&name, locale);
    // What takes its place by now, whatever has taken the place of that meanwhile.
    let successor = match snapshot.content.lead(Thing::Point(point.id), snapshot.today()) {
        Lead::To(Thing::Point(id)) => snapshot.atlas.get(id),
        _ => None,
    };
    let successor = successor.map(|it| {
        view! {
            <section class="p-section">
                <h2>{locale.pick("由这里接替", "What has taken its place")}</h2>
                <ul class="p-cards"><li>{card_of(&snapshot, it, None, locale)}</li></ul>
            </section>
        }
    });
    let (on, reason) =
        facts.ended.map(|ended| (text::day(ended.on, snapshot.today(), locale), ended.reason)).unwrap_or_default();
    let words = locale.pick(format!("自{on}起停用。"), format!("Closed for good since {on}."));
    // Whoever came for what could be done here is led to where it can be done now, the nearest first.
    let near = facts.position;
    let nearest = PointQuery { near, kind: Some(facts.kind), page: 1, ..PointQuery::default() };
    let all = PointQuery { division: near.is_none().then_some(facts.division), ..nearest };
    view! {
        <PageHead title=name.clone() description=words.clone() column=COLUMN />
        <article class="p-ended">
            <h1 lang=lang>{name}</h1>
            <div class="p-notice">
                <p>{words}</p>
                <p lang="zh-CN">{reason}</p>
            </div>
            {successor}
            <section class="p-section">
                <h2>{locale.pick("现在可以去这些地方", "Where to go instead")}</h2>
                {others(&snapshot, &all, point.id, locale)}
            </section>
            <p class="p-acts">
                <a class="p-button p-button--main" href=locale.href(&address(&all))>
                    <Icon name="map" />
                    {locale.pick("看更多同类点位", "More places of this kind")}
                </a>
                <a class="p-button" href=locale.href("/")>{locale.pick("回首页", "Home")}</a>
                <a class="p-button p-button--quiet" href=locale.href(&format!("/points/{}/report", point.id.0))>
                    {locale.pick("报错", "Report an error")}
                </a>
            </p>
        </article>
    }
}
