//! Security headers: a constant policy without inline script, the same for every page.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::{ServerState, config::Mode};

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // A form that fails without JavaScript leads back by the referrer.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    // A page is fetched when its link is pointed at or touched (design: no script of ours).
    (HeaderName::from_static("speculation-rules"), "\"/speculation-rules.json\""),
    (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=(self)"),
];

/// Only what this site serves; 天地图 where the settings have a key for it.
fn policy(tianditu: bool) -> String {
    let tiles = if tianditu { " https://*.tianditu.gov.cn" } else { "" };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:{tiles}; \
         connect-src 'self'{tiles}; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'"
    )
}

pub(crate) async fn secure(State(state): State<ServerState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy(!state.config.map_tianditu_key.is_empty())) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if state.config.mode == Mode::Production {
        let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    response
}
