//! The live part of 一张图: the filters, the map beside the list, and finding as one types. Filtering runs in the browser with
//! the very code the server uses; the address follows, so back, forward and sharing work.

pub(super) mod browser;
mod filters;

use std::sync::Arc;

use domain::{
    finder::{Atlas, Hit, PAGE, PointQuery},
    locale::Locale,
    points::PointId,
};
use leptos::{ev, prelude::*, task::spawn_local};
use time::Date;
use wasm_bindgen::JsValue;
use web_sys::CustomEvent;

use super::{card::PointCard, choices::Choices, nearby::Lost, text};
use crate::ui::Icon;
use filters::Filters;

/// The published points as the browser has them.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) atlas: Atlas,
    pub(super) today: Date,
}

/// What the island knows; cheap to copy, signals inside.
#[derive(Clone, Copy)]
struct Finder {
    locale: Locale,
    query: RwSignal<PointQuery>,
    choices: RwSignal<Choices>,
    /// The places in the atlas that were found; none while the server's list still holds.
    hits: RwSignal<Option<Vec<Hit>>>,
    loaded: RwSignal<Option<Arc<Loaded>>>,
    loading: RwSignal<bool>,
    /// The reader changed something before the points were here; true when it was a step, not typing.
    wanted: RwSignal<Option<bool>>,
    shown: RwSignal<usize>,
    picked: RwSignal<Option<PointId>>,
    /// The position came from the device: it stays out of the address.
    own_position: RwSignal<bool>,
    /// Why the position could not be had, if it could not.
    lost: RwSignal<bool>,
}

/// Filters, map and list. `children` is the server's list, which stands until the reader changes a filter here.
#[island]
pub fn PointFinder(
    /// The language.
    locale: Locale,
    /// The heading of the page.
    title: String,
    /// The query of the address, as its parameters.
    query: Vec<(String, String)>,
    /// What the filters offer.
    choices: Choices,
    /// What is printed on the map.
    note: String,
    /// The key of 天地图, or empty.
    tianditu: String,
    /// The division the map starts with, or empty.
    within: String,
    /// The server's list.
    children: Children,
) -> impl IntoView {
    let (query, _) = PointQuery::read(query.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    let finder = Finder {
        locale,
        query: RwSignal::new(query),
        choices: RwSignal::new(choices),
        hits: RwSignal::new(None),
        loaded: RwSignal::new(None),
        loading: RwSignal::new(false),
        wanted: RwSignal::new(None),
        shown: RwSignal::new(PAGE),
        picked: RwSignal::new(None),
        own_position: RwSignal::new(false),
        lost: RwSignal::new(false),
    };
    let wide = RwSignal::new(false);
    finder.listen();
    let found = move || finder.choices.with(|it| text::found(it.total, it.open, locale));
    let tianditu = (!tianditu.is_empty()).then_some(tianditu);
    let within = (!within.is_empty()).then_some(within);
    view! {
        <div class="p-finder" class:p-finder--map=move || wide.get()>
            <div class="p-finder__map">
                <portal-map
                    src="/api/points.geojson?view=map"
                    outlines="/api/outlines.geojson"
                    lang=locale.pick("zh", "en")
                    label=locale.pick("点位地图,列表在旁边", "Map of places; the list is beside it")
                    note=note
                    within=within
                    tianditu-key=tianditu
                    inset="0 0 24 0"
                ></portal-map>
            </div>
            <div class="p-finder__sheet">
                <div class="p-finder__head">
                    <h1>{title}</h1>
                    <button
                        class="p-button p-button--quiet p-finder__size p-needs-script"
                        type="button"
                        aria-pressed=move || wide.get().to_string()
                        on:click=move |_| {
                            wide.update(|wide| *wide = !*wide);
                            browser::to_top();
                        }
                    >
                        <Icon name="map" />
                        {move || if wide.get() { locale.pick("看清单", "List") } else { locale.pick("看大图", "Larger map") }}
                    </button>
                </div>
                <Filters finder />
                <Lost lost=finder.lost locale />
                <p class="p-finder__found" role="status">{found}</p>
                <Picked finder />
                <h2 class="p-hidden">{locale.pick("清单", "List")}</h2>
                <div hidden=move || finder.hits.with(Option::is_some)>{children()}</div>
                <Results finder />
            </div>
        </div>
    }
}

impl Finder {
    /// Back and forward, and taps on the map.
    fn listen(self) {
        Effect::new(move |_| {
            let back = window_event_listener(ev::popstate, move |_| {
                self.query.set(browser::query());
                self.own_position.set(false);
                self.wanted.set(Some(true));
                self.shown.set(self.query.with_untracked(|query| PAGE * query.page as usize));
                browser::follow(self.locale);
                self.run();
            });
            let pick = window_event_listener(ev::Custom::<CustomEvent>::new("portal-map:pick"), move |event| {
                self.picked.set(browser::picked(&event));
                self.load();
            });
            let ready = window_event_listener(ev::Custom::<CustomEvent>::new("portal-map:ready"), move |_| {
                self.tell_map();
            });
            // The server's list is filtered already; the map has to follow.
            if self.query.with_untracked(PointQuery::is_filtered) {
                self.load();
            }
            on_cleanup(move || {
                back.remove();
                pick.remove();
                ready.remove();
            });
        });
    }

    /// Takes a changed query; `step` makes it a step of the history of its own, typing does not.
    fn change(self, step: bool, change: impl FnOnce(&mut PointQuery)) {
        self.query.update(|query| {
            change(query);
            query.page = 1;
        });
        self.shown.set(PAGE);
        let mut visible = self.query.get_untracked();
        if self.own_position.get_untracked() {
            visible.near = None;
        }
        browser::show(&visible, self.locale, step);
        self.wanted.set(Some(step));
        self.run();
    }

    /// Finds, or fetches the points first.
    fn run(self) {
        let Some(loaded) = self.loaded.get_untracked() else { return self.load() };
        let query = self.query.get_untracked();
        let found = loaded.atlas.find(&query);
        self.show_on_map(&loaded.atlas, &found.hits);
        let before = self.choices.get_untracked();
        let choices = Choices::new(&loaded.atlas, &found, &query, self.locale).with_division_of(&before, &query);
        self.choices.set(choices);
        self.hits.set(Some(found.hits));
    }

    /// Shows on the map what the query finds.
    fn tell_map(self) {
        let Some(loaded) = self.loaded.get_untracked() else { return };
        let query = self.query.get_untracked();
        self.show_on_map(&loaded.atlas, &loaded.atlas.find(&query).hits);
    }

    /// Shows points on the map; after a step, rather than a letter typed, the map goes to where they are.
    fn show_on_map(self, atlas: &Atlas, hits: &[Hit]) {
        let filtered = self.query.with_untracked(PointQuery::is_filtered);
        let ids = filtered.then(|| hits.iter().map(|(i, _)| atlas.points()[*i].id));
        browser::tell_map("portal-map:show", &browser::ids(ids));
        if filtered && self.wanted.get_untracked() == Some(true) && !hits.is_empty() {
            browser::tell_map("portal-map:fit", &JsValue::NULL);
        }
    }

    /// Fetches the points once; when that fails the form still works as a plain form.
    fn load(self) {
        if self.loading.get_untracked() || self.loaded.with_untracked(Option::is_some) {
            return;
        }
        self.loading.set(true);
        spawn_local(async move {
            let fetched = browser::fetch().await;
            self.loading.set(false);
            let Some(loaded) = fetched else {
                // The address says what is wanted: the server answers it as it does without islands.
                if self.wanted.get_untracked() == Some(true) {
                    browser::reload();
                }
                return;
            };
            self.loaded.set(Some(Arc::new(loaded)));
            match self.wanted.get_untracked() {
                Some(_) => self.run(),
                None => self.tell_map(),
            }
        });
    }

    /// Asks the device where it is. The position is used here and is not sent anywhere.
    fn locate(self) {
        browser::locate(move |position| {
            self.lost.set(position.is_none());
            let Some(position) = position else { return };
            self.own_position.set(true);
            browser::tell_map("portal-map:here", &browser::place(position));
            self.change(true, |query| query.near = Some(position));
        });
    }
}

/// The point tapped on the map, on top of the list.
#[component]
fn Picked(finder: Finder) -> impl IntoView {
    let locale = finder.locale;
    let card = move || {
        let loaded = finder.loaded.get()?;
        let point = loaded.atlas.get(finder.picked.get()?)?.clone();
        let kind = loaded.atlas.kind(point.kind).cloned();
        Some(view! {
            <section class="p-finder__picked" aria-label=locale.pick("地图上选中的点位", "The place chosen on the map")>
                <button
                    class="p-button p-button--quiet"
                    type="button"
                    on:click=move |_| finder.picked.set(None)
                >
                    <Icon name="x" />
                    {locale.pick("关闭", "Close")}
                </button>
                <PointCard point kind distance=None today=loaded.today locale />
            </section>
        })
    };
    view! { <div aria-live="polite">{card}</div> }
}

/// What was found here in the browser.
#[component]
fn Results(finder: Finder) -> impl IntoView {
    let locale = finder.locale;
    let cards = move || {
        let loaded = finder.loaded.get()?;
        let hits = finder.hits.get()?;
        let rows: Vec<_> = hits.iter().take(finder.shown.get()).copied().collect();
        let cards = rows
            .into_iter()
            .map(|(i, distance)| {
                let point = loaded.atlas.points()[i].clone();
                let kind = loaded.atlas.kind(point.kind).cloned();
                view! { <li><PointCard point kind distance today=loaded.today locale /></li> }
            })
            .collect_view();
        let empty = hits.is_empty().then(|| view! {
            <div class="p-empty">
                <p>{locale.pick("没有符合条件的点位。换个说法,或去掉一个条件。", "No place matches. Try other words or take away a filter.")}</p>
                <a class="p-button" href=locale.href("/points")>{locale.pick("看全部点位", "Show all places")}</a>
            </div>
        });
        let more = (hits.len() > finder.shown.get()).then(|| {
            view! {
                <p class="p-pages">
                    <button
                        class="p-button"
                        type="button"
                        on:click=move |_| finder.shown.update(|shown| *shown += PAGE)
                    >
                        {locale.pick("再看一些", "Show more")}
                    </button>
                </p>
            }
        });
        Some(view! {
            {empty}
            <ul class="p-cards">{cards}</ul>
            {more}
        })
    };
    view! { <div>{cards}</div> }
}
