//! The portal as an app on a telephone: what it is called and looks like (`/manifest.webmanifest`), and what of a manual it keeps
//! (`/manual/{division}/offline.json`).

use app::manual::kept;
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

use super::pages;
use crate::ServerState;

/// Paper, as in style/settings.css.
const PAPER: &str = "#faf8f3";
/// It may be kept, but is asked for anew every time.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// The manifest (W3C Web Application Manifest), in the language of the address.
pub(super) async fn manifest(State(state): State<ServerState>, request: Request) -> Response {
    let locale = pages::visit(&state, &request, None).locale;
    let icon = |path: &str, size: &str, purpose: &str| json!({ "src": state.portal.asset(path), "sizes": size, "type": "image/png", "purpose": purpose });
    let site = state.portal.site();
    let (name, start) = (locale.pick(&site.name, &site.name_en), locale.href("/"));
    let manifest = json!({
        "id": start,
        "name": name,
        "short_name": locale.pick("一手册", "Manual"),
        "lang": locale.tag(),
        "start_url": format!("{start}?app"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            icon("/icon-192.png", "192x192", "any"),
            icon("/icon-512.png", "512x512", "any"),
            icon("/icon-full.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            { "name": locale.pick("一手册", "Manual"), "url": locale.href("/manual") },
            { "name": locale.pick("一张图", "Map"), "url": locale.href("/points") },
        ],
    });
    answer("application/manifest+json", &manifest)
}

/// The pages of a division's manual.
pub(super) async fn pages_of(
    State(state): State<ServerState>,
    Path(division): Path<String>,
    request: Request,
) -> Response {
    let visit = pages::visit(&state, &request, None);
    drop(request);
    let Some(kept) = kept(&state.portal, &visit, &division) else { return StatusCode::NOT_FOUND.into_response() };
    let list = json!({
        "division": kept.division, "title": kept.title, "edition": kept.edition, "stamp": kept.stamp,
        "version": kept.version, "pages": kept.pages,
    });
    answer("application/json", &list)
}

fn answer(kind: &'static str, body: &serde_json::Value) -> Response {
    let kind = HeaderValue::from_static(kind);
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, ASK)], body.to_string()).into_response()
}
