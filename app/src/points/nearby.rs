//! The nearest places on the home page, found on the device: the position is not sent anywhere.

use domain::{finder::PointQuery, geo::Position};
use leptos::{prelude::*, task::spawn_local};

use super::{
    card::PointCard,
    finder::{Loaded, browser},
    text,
};
use crate::ui::{self, Icon};

/// How many are shown.
const NEAREST: usize = 6;

/// How far the search is.
enum State {
    /// Nobody asked.
    Idle,
    /// The points are on their way.
    Waiting,
    /// The device gave no position.
    Lost,
    /// The points could not be fetched.
    Failed,
    /// The points, and where the reader is.
    Found(Box<Loaded>, Position),
}

/// A button that puts the nearest places in place of `children`, which are those of the middle of the division.
#[island]
pub fn Nearby(
    /// What stands until the reader gives a position.
    children: Children,
) -> impl IntoView {
    let locale = ui::locale();
    let state = RwSignal::new(State::Idle);
    let ask = move |_| {
        browser::locate(move |position| {
            let Some(position) = position else { return state.set(State::Lost) };
            state.set(State::Waiting);
            spawn_local(async move {
                let loaded = browser::fetch().await;
                state.set(loaded.map_or(State::Failed, |loaded| State::Found(Box::new(loaded), position)));
            });
        });
    };
    let notice = move || {
        let words = state.with(|state| match state {
            State::Lost => Some(text::lost(locale)),
            State::Failed => Some(text::failed(locale)),
            State::Idle | State::Waiting | State::Found(..) => None,
        })?;
        Some(view! { <p class="p-notice" role="alert">{words}</p> })
    };
    let cards = move || {
        state.with(|state| {
            let State::Found(loaded, position) = state else { return None };
            let query = PointQuery { near: Some(*position), page: 1, ..PointQuery::default() };
            let cards = loaded.atlas.find(&query).hits.into_iter().take(NEAREST).map(|(i, distance)| {
                let point = loaded.atlas.points()[i].clone();
                let kind = loaded.atlas.kind(point.kind).cloned();
                view! { <li><PointCard point kind distance today=loaded.today locale /></li> }
            });
            Some(view! { <ul class="p-cards">{cards.collect_view()}</ul> })
        })
    };
    let word = move || match state.with(|state| matches!(state, State::Waiting)) {
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
        <div aria-live="polite">{notice}{cards}</div>
        <div hidden=move || state.with(|state| matches!(state, State::Found(..)))>{children()}</div>
    }
}
