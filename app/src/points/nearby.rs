//! The nearest places on the home page, found on the device: the position is not sent anywhere.

use std::sync::Arc;

use domain::{
    finder::{Atlas, PointQuery},
    locale::Locale,
};
use leptos::{prelude::*, task::spawn_local};
use time::Date;

use super::{card::PointCard, finder::browser};
use crate::ui::Icon;

/// How many are shown.
const NEAREST: usize = 6;

/// A button that puts the nearest places in place of `children`, which are those of the middle of the division.
#[island]
pub fn Nearby(
    /// The language.
    locale: Locale,
    /// What stands until the reader gives a position.
    children: Children,
) -> impl IntoView {
    let found: RwSignal<Option<(Arc<Atlas>, PointQuery, Date)>> = RwSignal::new(None);
    let waiting = RwSignal::new(false);
    let lost = RwSignal::new(false);
    let ask = move |_| {
        browser::locate(move |position| {
            lost.set(position.is_none());
            let Some(position) = position else { return };
            waiting.set(true);
            spawn_local(async move {
                if let Some(loaded) = browser::fetch().await {
                    let query = PointQuery { near: Some(position), page: 1, ..PointQuery::default() };
                    found.set(Some((Arc::new(loaded.atlas), query, loaded.today)));
                }
                waiting.set(false);
            });
        });
    };
    let cards = move || {
        found.get().map(|(atlas, query, today)| {
            let cards = atlas.find(&query).hits.into_iter().take(NEAREST).map(|(i, distance)| {
                let point = atlas.points()[i].clone();
                let kind = atlas.kind(point.kind).cloned();
                view! { <li><PointCard point kind distance today locale /></li> }
            });
            view! { <ul class="p-cards">{cards.collect_view()}</ul> }
        })
    };
    let word = move || match waiting.get() {
        true => locale.pick("正在找…", "Looking…"),
        false => locale.pick("用我的位置", "Use my position"),
    };
    view! {
        <p class="p-needs-script p-nearby__ask">
            <button class="p-button" type="button" on:click=ask>
                <Icon name="locate" />
                {word}
            </button>
            <small>{locale.pick("位置只在本机使用,不会上传", "Your position stays on this device")}</small>
        </p>
        <Lost lost locale />
        <div hidden=move || found.with(Option::is_some)>{children()}</div>
        <div aria-live="polite">{cards}</div>
    }
}

/// Says that the position could not be had, and what to do instead.
#[component]
pub(super) fn Lost(lost: RwSignal<bool>, locale: Locale) -> impl IntoView {
    let words = locale.pick(
        "没有得到位置:可能没有允许,或者手机没有开定位。可以直接写地名来找。",
        "No position: it was not allowed, or the device has none. Type the name of a place instead.",
    );
    view! { <p class="p-notice" role="alert" hidden=move || !lost.get()>{words}</p> }
}
