//! Bare statuses become pages with a way on, or problem documents for programs.

use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{Method, header};

use crate::{ServerState, http::error_page, http::problem};

pub(crate) async fn as_pages(State(state): State<ServerState>, request: Request, next: Next) -> Response {
    let mut copy = Request::new(Body::empty());
    *copy.uri_mut() = request.uri().clone();
    *copy.method_mut() = Method::GET;
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let spoken = kind.starts_with("text/html") || kind.contains("json");
    if !(status.is_client_error() || status.is_server_error()) || spoken || copy.uri().path() == "/readyz" {
        return response;
    }
    let mut page = match copy.uri().path().starts_with("/api/") {
        true => problem(status, status.canonical_reason().unwrap_or_default()),
        false => error_page(&state, status, copy).await,
    };
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page
}
