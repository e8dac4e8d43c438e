//! Every page: anything that is not another route is asked of the app, which also knows what does not exist.

use std::sync::Arc;

use app::portal::{Visit, render};
use axum::{
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{locale::Locale, reading::Reading};
use http::{HeaderMap, StatusCode, header};

use super::staff;
use crate::ServerState;

/// The cookie that remembers 长辈版.
pub(super) const ELDER: &str = "elder";

/// Renders a page, or takes it from memory.
pub(super) async fn page(State(state): State<ServerState>, request: Request) -> Response {
    if has_dots(request.uri().path()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(plain) = without_slash(&request) {
        return Redirect::permanent(&plain).into_response();
    }
    if app::desk::is_staff(request.uri().path()) {
        return staff::page(state, request).await;
    }
    let visit = visit(&state, &request, None);
    if let Some(answer) = app::residents::page(&state.portal, &visit).await {
        return staff::shown(&state, visit, request, answer).await;
    }
    // The manual follows the content a little later, so its pages are kept by its edition too.
    let edition = visit.path.starts_with("/manual").then(|| visit.manual.edition.map(|it| it.number));
    let what = format!("{}|{:?}|{:?}|{edition:?}", request.uri(), visit.locale, visit.reading);
    let snapshot = Arc::clone(&visit.snapshot);
    let headers = request.headers().clone();
    let portal = state.portal.clone();
    let make = async move { rendered(render(portal, visit, request, None).await) };
    state.pages.answer(what, &snapshot, &headers, make).await
}

/// Whether a step of an address is one dot or two, however they are written: the router would go up and answer with another page.
fn has_dots(path: &str) -> bool {
    let plain = |step: &str| step.replace("%2e", ".").replace("%2E", ".");
    path.split('/').any(|step| matches!(plain(step).as_str(), "." | ".."))
}

/// The address without the slash at its end, for an address that has one: a page has one address.
fn without_slash(request: &Request) -> Option<String> {
    let plain = request.uri().path().strip_suffix('/').filter(|path| !path.is_empty())?;
    let locale = request.extensions().get::<Locale>().copied().unwrap_or_default();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    // Slashes at the front would make it the address of another site.
    Some(format!("{}{query}", locale.href(&format!("/{}", plain.trim_matches(['/', '\\'])))))
}

/// The page of an error, for whoever answers with a bare status.
pub(crate) async fn error_page(state: &ServerState, status: StatusCode, request: Request<Body>) -> Response {
    let visit = visit(state, &request, Some(status.as_u16()));
    let mut response = rendered(render(state.portal.clone(), visit, request, None).await);
    response.headers_mut().insert(header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
    response
}

pub(super) fn rendered(rendered: Result<Response, app::portal::RenderFailed>) -> Response {
    rendered.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

pub(super) fn visit(state: &ServerState, request: &Request, failure: Option<u16>) -> Visit {
    // Before the snapshot: what is told in between is told to the page again, not lost.
    let told = state.live.last();
    Visit {
        told,
        locale: request.extensions().get::<Locale>().copied().unwrap_or_default(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        reading: reading(request.headers()),
        snapshot: state.portal.snapshot(),
        manual: state.portal.manual(),
        failure,
        now: crate::clock::now(),
        origin: String::new(),
        agent: String::new(),
        device: None,
        session: None,
        filled: None,
    }
}

/// Where this site is reached: its domain, or what the client calls it where none is set.
pub(super) fn origin(state: &ServerState, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    match state.portal.site().domain.as_str() {
        "" => format!("http://{host}"),
        domain => format!("https://{domain}"),
    }
}

fn reading(headers: &HeaderMap) -> Reading {
    cookie(headers, ELDER).and_then(|value| Reading::from_code(&value)).unwrap_or_default()
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|it| it.to_str().ok());
    let mut pairs = cookies.flat_map(|it| it.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}
