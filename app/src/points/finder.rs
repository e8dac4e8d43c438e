//! The live part of 一张图: finding as one types, the list, and the map in step with it. Filtering runs in the browser with the
//! very code the server uses. The form is the query, the address follows it: back, forward and sharing work.

pub(super) mod browser;
mod events;
mod form;

use std::sync::Arc;

use domain::{
    finder::{Atlas, Hit, PAGE},
    points::PointId,
};
use leptos::prelude::*;
use time::Date;
use wasm_bindgen::JsValue;

use super::card::PointCard;
use crate::ui::{self, Icon};
use events::Finder;

/// The published points as the browser has them.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) atlas: Atlas,
    pub(super) today: Date,
    /// When they came, in milliseconds.
    pub(super) at: f64,
}

/// What the island shows.
#[derive(Clone, Default)]
struct Shown {
    loaded: Option<Arc<Loaded>>,
    /// What was found; none while the server's list stands.
    hits: Option<Vec<Hit>>,
    /// How many of them are shown.
    many: usize,
    /// The point tapped on the map.
    picked: Option<PointId>,
}

/// The list under the filters. `children` is the server's list, which stands until the reader changes a filter.
#[island]
pub fn PointFinder(
    /// The server's list.
    children: Children,
) -> impl IntoView {
    let finder = Finder::new(ui::locale());
    Effect::new(move |_| finder.start());
    view! {
        <div aria-live="polite">{move || finder.shown.with(|shown| picked(finder, shown))}</div>
        <div hidden=move || finder.shown.with(|shown| shown.hits.is_some())>{children()}</div>
        <div>{move || finder.shown.with(|shown| results(finder, shown))}</div>
    }
}

/// The point tapped on the map, on top of the list.
fn picked(finder: Finder, shown: &Shown) -> Option<impl IntoView + use<>> {
    let locale = finder.locale;
    let loaded = shown.loaded.as_ref()?;
    let point = loaded.atlas.get(shown.picked?)?.clone();
    let kind = loaded.atlas.kind(point.kind).cloned();
    let close = move |_| {
        finder.shown.update(|shown| shown.picked = None);
        browser::tell_map("portal-map:select", &JsValue::NULL);
    };
    Some(view! {
        <section class="p-finder__picked" aria-label=locale.pick("地图上选中的点位", "The place chosen on the map")>
            <button class="p-button p-button--quiet" type="button" on:click=close>
                <Icon name="x" />
                {locale.pick("关闭", "Close")}
            </button>
            <PointCard point kind distance=None today=loaded.today locale />
        </section>
    })
}

/// What was found here in the browser.
fn results(finder: Finder, shown: &Shown) -> Option<impl IntoView + use<>> {
    let locale = finder.locale;
    let (loaded, hits) = (shown.loaded.as_ref()?, shown.hits.as_ref()?);
    let cards = hits.iter().take(shown.many).map(|(i, distance)| {
        let point = loaded.atlas.points()[*i].clone();
        let kind = loaded.atlas.kind(point.kind).cloned();
        view! { <li><PointCard point kind distance=*distance today=loaded.today locale /></li> }
    });
    let empty = hits.is_empty().then(|| view! {
        <div class="p-empty">
            <p>{locale.pick("没有符合条件的点位。换个说法,或去掉一个条件。", "No place matches. Try other words or take away a filter.")}</p>
            <a class="p-button" href=locale.href("/points")>{locale.pick("看全部点位", "Show all places")}</a>
        </div>
    });
    let more = (hits.len() > shown.many).then(|| {
        view! {
            <p class="p-pages">
                <button
                    class="p-button"
                    type="button"
                    on:click=move |_| finder.shown.update(|shown| shown.many += PAGE)
                >
                    {locale.pick("再看一些", "Show more")}
                </button>
            </p>
        }
    });
    Some(view! {
        {empty}
        <ul class="p-cards">{cards.collect_view()}</ul>
        {more}
    })
}
