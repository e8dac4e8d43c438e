//! Takes `/en` off the address and remembers it, so that there is one route table for all languages.

use axum::extract::Request;
use domain::locale::Locale;
use http::Uri;

/// The request with the plain address, and its language among the extensions.
pub(crate) fn take(mut request: Request) -> Request {
    let (locale, path) = Locale::split(request.uri().path());
    // `//host` would be the address of another site wherever this path becomes a link.
    let path = format!("/{}", path.trim_start_matches('/'));
    request.extensions_mut().insert(locale);
    if path != request.uri().path() {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = format!("{path}{query}").parse().ok();
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    request
}
