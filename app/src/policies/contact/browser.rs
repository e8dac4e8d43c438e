//! What the panel asks of the browser: pages and their piece, elements, the network, notifications.

use std::{pin::Pin, time::Duration};

use gloo_net::http::Request;
use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CustomEvent, CustomEventInit, DomParser, Element, FormData, HtmlElement, HtmlFormElement, Notification,
    NotificationPermission, ServiceWorkerRegistration, SupportedType, UrlSearchParams,
};

/// The piece of a page that is put in place.
const PIECE: &str = "#panel";

/// Why a piece did not come.
pub(super) enum Lost {
    /// The network or the server does not answer: it may come later.
    Network,
    /// The answer is a page without it.
    Other,
}

/// The first element of the page.
pub(super) fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

/// The piece as it stands in the page.
pub(super) fn piece() -> Option<HtmlElement> {
    find(PIECE)
}

/// The first element within another.
pub(super) fn within(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.query_selector(selector).ok()??.dyn_into().ok()
}

/// The piece of the page at an address; with a body it is posted.
pub(super) async fn fetch(address: &str, body: Option<&UrlSearchParams>) -> Result<HtmlElement, Lost> {
    let answer = match body {
        Some(body) => match Request::post(address).body(body.clone()) {
            Ok(request) => request.send().await,
            Err(_) => return Err(Lost::Other),
        },
        None => Request::get(address).send().await,
    };
    let answer = answer.map_err(|_| Lost::Network)?;
    // A proxy before a server that starts again.
    if matches!(answer.status(), 502..=504) {
        return Err(Lost::Network);
    }
    let text = answer.text().await.map_err(|_| Lost::Network)?;
    let page = DomParser::new().and_then(|it| it.parse_from_string(&text, SupportedType::TextHtml));
    let found = page.ok().and_then(|page| page.query_selector(PIECE).ok()?);
    found.and_then(|it| it.dyn_into().ok()).ok_or(Lost::Other)
}

/// The fields of a form as they are sent.
pub(super) fn fields(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let data = FormData::new_with_form(form).ok()?;
    // Pairs, as its constructor takes them (URL Standard, 6.2).
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}

/// Fields made here.
pub(super) fn pairs(pairs: &[(&str, &str)]) -> Option<UrlSearchParams> {
    let all = UrlSearchParams::new().ok()?;
    pairs.iter().for_each(|(name, value)| all.append(name, value));
    Some(all)
}

/// A key that no other form has; none where the browser makes none (it does over TLS).
pub(super) fn key() -> Option<String> {
    let crypto = window().crypto().ok()?;
    crate::ui::device_has(&crypto, "randomUUID").then(|| crypto.random_uuid())
}

/// Wakes the islands in what was put in place (`islands.js`).
pub(super) fn wake(element: &Element) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = CustomEvent::new_with_event_init_dict("islands:wake", &init) {
        drop(element.dispatch_event(&event));
    }
}

/// Comes back after a while.
pub(super) async fn rest(time: Duration) {
    let mut run = |done: js_sys::Function, _| {
        set_timeout(move || drop(done.call0(&JsValue::NULL)), time);
    };
    drop(JsFuture::from(js_sys::Promise::new(&mut run)).await);
}

/// What a stream says next; none when it has ended.
pub(super) async fn next<S: futures_core::Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

/// Whether the browser can notify, and was not told not to.
pub(super) fn may_notify() -> bool {
    crate::ui::device_has(&window(), "Notification") && Notification::permission() != NotificationPermission::Denied
}

/// Asks whether it may.
pub(super) async fn ask_to_notify() -> bool {
    let Ok(asked) = Notification::request_permission() else { return false };
    drop(JsFuture::from(asked).await);
    Notification::permission() == NotificationPermission::Granted
}

/// Says something to a reader who looks elsewhere; whether that could be done. Some browsers only let a service worker say it.
pub(super) async fn notify(words: &str) -> bool {
    if Notification::new(words).is_ok() {
        return true;
    }
    if !crate::ui::device_has(&window().navigator(), "serviceWorker") {
        return false;
    }
    let registered = JsFuture::from(window().navigator().service_worker().get_registration()).await;
    let Some(registered) = registered.ok().and_then(|it| it.dyn_into::<ServiceWorkerRegistration>().ok()) else {
        return false;
    };
    match registered.show_notification(words) {
        Ok(shown) => JsFuture::from(shown).await.is_ok(),
        Err(_) => false,
    }
}
