//! Two versions of a point beside each other, field by field.

use domain::points::{NewPoint, change::differences};
use leptos::prelude::*;

use super::words;
use crate::portal::visit;

/// What differs between two versions: what stood there before, and after.
#[component]
pub(super) fn Differences(before: NewPoint, after: NewPoint) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let lines = differences(&before, &after).into_iter().map(|field| {
        let [old, new] = [&before, &after].map(|facts| words::value(field, facts, snapshot, locale));
        view! { <li>{words::field(field, locale)}": "<del>{old}</del>" → "<ins>{new}</ins></li> }
    });
    view! { <ul class="p-list">{lines.collect_view()}</ul> }
}

/// A table of points and what changes of each.
#[component]
pub(super) fn ChangesTable(label: String, children: Children) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <div class="p-table-frame" tabindex="0" role="region" aria-label=label>
            <table class="p-table">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("点位", "Place")}</th>
                        <th scope="col">{locale.pick("改动", "Changes")}</th>
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
