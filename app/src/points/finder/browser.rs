//! What the finder asks of the browser: the address, the feed, the map element, the position.

use domain::{feed::Feed, finder::PointQuery, geo::Position, locale::Locale, points::PointId};
use gloo_net::http::Request;
use js_sys::{Array, Float64Array, Object, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{CustomEvent, CustomEventInit, PositionOptions, UrlSearchParams};

use super::Loaded;

/// All points, as the server has them now.
pub(crate) async fn fetch() -> Option<Loaded> {
    let response = Request::get("/api/feed").send().await.ok().filter(|response| response.ok())?;
    let feed: Feed = postcard::from_bytes(&response.binary().await.ok()?).ok()?;
    Some(Loaded { today: feed.today, atlas: feed.into_atlas(), at: js_sys::Date::now() })
}

/// Whether an input event belongs to a word that an input method is still composing.
pub(super) fn is_composing(event: &web_sys::Event) -> bool {
    event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing)
}

/// The query of the address as it stands there.
pub(super) fn search() -> String {
    window().location().search().unwrap_or_default()
}

/// The query of the address.
pub(super) fn query() -> PointQuery {
    let Ok(parameters) = UrlSearchParams::new_with_str(&search()) else { return PointQuery::read([]).0 };
    let pairs: Vec<(String, String)> = js_sys::try_iter(&parameters)
        .ok()
        .flatten()
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let pair: Array = entry.ok()?.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect();
    PointQuery::read(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))).0
}

/// Puts a query into the address.
pub(super) fn show(query: &PointQuery, locale: Locale, step: bool) {
    let Ok(parameters) = UrlSearchParams::new() else { return };
    query.pairs().iter().for_each(|(key, value)| parameters.append(key, value));
    let search = String::from(parameters.to_string());
    let path = locale.href("/points");
    let address = if search.is_empty() { path } else { format!("{path}?{search}") };
    let Ok(history) = window().history() else { return };
    let here = format!("{}{}", window().location().pathname().unwrap_or_default(), self::search());
    let put = match step && here != address {
        true => history.push_state_with_url(&JsValue::NULL, "", Some(&address)),
        false => history.replace_state_with_url(&JsValue::NULL, "", Some(&address)),
    };
    // An address too long for the browser stays what it was; the list is right all the same.
    drop(put);
    follow(locale);
}

/// Lets the switch of 长辈版 and the link to the other language lead to the address as it is now.
pub(super) fn follow(locale: Locale) {
    let search = search();
    lead("input[name=back]", "value", &format!("{}{search}", locale.href("/points")));
    let other = locale.pick(Locale::En, Locale::Zh);
    lead("a.p-header__tool[hreflang]", "href", &format!("{}{search}", other.href("/points")));
}

fn lead(selector: &str, attribute: &str, address: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        drop(element.set_attribute(attribute, address));
    }
}

/// Sends an event to the map element, if there is one.
pub(super) fn tell_map(name: &str, detail: &JsValue) {
    let Ok(Some(map)) = document().query_selector("portal-map") else { return };
    let init = CustomEventInit::new();
    init.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        drop(map.dispatch_event(&event));
    }
}

/// Numbers of points for the map; null for all of them.
pub(super) fn ids(ids: Option<impl Iterator<Item = PointId>>) -> JsValue {
    // Numbers of points stay far below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "ids are small")]
    ids.map_or(JsValue::NULL, |ids| Float64Array::from(&*ids.map(|id| id.0 as f64).collect::<Vec<_>>()).into())
}

/// The number of the point that was tapped on the map.
pub(super) fn picked(event: &CustomEvent) -> Option<PointId> {
    let id = Reflect::get(&event.detail(), &"id".into()).ok()?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "the map hands back a number it was given")]
    Some(PointId(id as i64))
}

/// A position for the map.
pub(super) fn place(position: Position) -> JsValue {
    let detail = Object::new();
    for (key, value) in [("lon", position.lon()), ("lat", position.lat())] {
        drop(Reflect::set(&detail, &key.into(), &value.into()));
    }
    detail.into()
}

/// Asks the reader, through the browser, for the position; none when the reader or the device refuses.
pub(crate) fn locate(answer: impl Fn(Option<Position>) + Clone + 'static) {
    if !crate::ui::device_has(&window().navigator(), "geolocation") {
        return answer(None);
    }
    let Ok(geolocation) = window().navigator().geolocation() else { return answer(None) };
    let refused = answer.clone();
    let found = Closure::once_into_js(move |position: web_sys::Position| {
        let coordinates = position.coords();
        answer(Position::new(coordinates.longitude(), coordinates.latitude()).ok());
    });
    let failed = Closure::once_into_js(move |_: web_sys::PositionError| refused(None));
    let options = PositionOptions::new();
    options.set_timeout(15_000);
    drop(geolocation.get_current_position_with_error_callback_and_options(
        found.unchecked_ref(),
        Some(failed.unchecked_ref()),
        &options,
    ));
}

/// Asks the server for the page of the address.
pub(super) fn reload() {
    drop(window().location().reload());
}
