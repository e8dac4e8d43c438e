//! The router: pages, feeds, static files, health. The order of the layers is the order a request meets them in.

mod api;
mod assets;
mod cache;
mod codes;
mod desk_maps;
mod feeds;
mod files;
mod following;
mod health;
mod live;
mod offline;
mod pages;
mod photos;
mod preferences;
mod prints;
mod search;
mod sign_on;
mod sitemap;
mod staff;
mod tables;

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use http::StatusCode;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

pub(crate) use api::problem;
pub(crate) use assets::hashes as asset_hashes;
pub(crate) use cache::Pages;
pub(crate) use pages::{cookie, error_page};
pub(crate) use prints::Posters;
pub(crate) use staff::cookie_line;

use crate::{
    ServerState,
    middleware::{devices, errors, headers, limits, locale, log},
};

/// No form without files is longer; one with files has the room `app::desk::room` gives it.
const BODY_LIMIT: usize = 64 * 1024;
/// No answer takes longer, nor does a photo from a slow phone.
const PATIENCE: Duration = Duration::from_secs(60);

/// The whole portal as a service; `main` and the tests use the same one.
pub fn router(state: ServerState) -> Router {
    let limited = Router::new()
        .merge(api::routes())
        .route("/preferences", post(preferences::keep))
        .route("/desk/audit.csv", get(tables::audit))
        .route("/desk/points/export.{format}", get(tables::points))
        .route("/desk/points/import/{id}/bad.{format}", get(tables::bad_rows))
        .route("/desk/points/freshness.geojson", get(desk_maps::freshness))
        .route("/desk/points/scans.geojson", get(desk_maps::scans))
        .route("/desk/live", get(live::follow))
        .route("/policies/{id}/files/{file}", get(files::show))
        .route("/questions/live", get(following::follow))
        .route("/manual/{division}/feed.xml", get(feeds::manual))
        .route("/policies/feed.xml", get(feeds::policies))
        .route("/points/feed.xml", get(feeds::points))
        .route("/questions/feed.xml", get(feeds::questions))
        .route("/sitemap.xml", get(sitemap::all))
        .route("/manual/{division}/offline.json", get(offline::pages_of))
        .route("/manifest.webmanifest", get(offline::manifest))
        .route("/c/{token}", get(codes::lead))
        .route("/c/{token}/{clause}", get(codes::lead))
        .route("/codes", get(codes::ask))
        .route("/codes/{file}", get(codes::show))
        .route("/codes/{token}/{file}", get(codes::below))
        .route("/search/suggest", get(search::suggest))
        .route("/search/opened", post(search::opened))
        .route("/opensearch.xml", get(search::description))
        .route("/photos/{file}", get(photos::show))
        .route("/prints/{id}", get(prints::page))
        .route("/prints/{id}/{file}", get(prints::file))
        .route("/sign-in/oidc", get(sign_on::leave))
        .route("/sign-in/oidc/callback", get(sign_on::arrive))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .fallback(get(pages::page).post(staff::submit).layer(from_fn_with_state(state.clone(), devices::give_names)))
        .layer(ServiceBuilder::new().option_layer(limits::per_client(&state.config)).layer(CsrfLayer::new()));
    let all = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(assets::routes(&state))
        .fallback_service(limited.with_state(state.clone()))
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(log::request))
                .layer(from_fn_with_state(state.clone(), headers::secure))
                .layer(from_fn_with_state(state.clone(), errors::as_pages))
                .layer(CatchPanicLayer::new())
                .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE)),
        )
        .with_state(state);
    // The language comes off the address before anything is routed.
    Router::new().fallback_service(ServiceBuilder::new().map_request(locale::take).service(all))
}
