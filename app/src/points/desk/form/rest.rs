//! Verification, end and source of a point, in its form.

use domain::points::NewPoint;
use leptos::prelude::*;

use super::super::named::point_text;
use crate::{portal::visit, ui::TextField};

/// Verification, end, source.
#[component]
pub(super) fn Rest(facts: Option<NewPoint>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let day = |day: Option<time::Date>| day.map(|it| it.to_string()).unwrap_or_default();
    let ended = facts.as_ref().and_then(|it| it.ended.clone());
    let source = facts.as_ref().map(|it| it.source.clone()).unwrap_or_default();
    let ends = ended.is_some();
    let successor = ended.as_ref().and_then(|it| it.successor).and_then(|id| visit.snapshot.content.point(id));
    let successor = successor.map(point_text).unwrap_or_default();
    view! {
        <TextField name="verified-on" label=locale.pick("最近到现场核实的日子", "Last checked on the spot") kind="date" value=day(facts.and_then(|it| it.verified_on)) />
        <TextField name="source" label=locale.pick("信息来源", "Where the facts come from") value=source />
        <details class="p-filters__more" open=ends>
            <summary>{locale.pick("停用这个点位", "End this place")}</summary>
            <TextField name="ended-on" label=locale.pick("从哪天起停用", "First day without it") kind="date" value=day(ended.as_ref().map(|it| it.on)) />
            <TextField name="ended-because" label=locale.pick("原因,居民会看到", "Why; residents read it") value=ended.map(|it| it.reason).unwrap_or_default() />
            <TextField
                name="ended-successor"
                label=locale.pick("由哪里接替", "What takes its place")
                hint=locale.pick(
                    "点位的编号或名称;没有就空着。贴出去的码会自动带到那里",
                    "The number or the name of a place, or nothing. Codes on walls then lead there",
                )
                value=successor
            />
        </details>
    }
}
