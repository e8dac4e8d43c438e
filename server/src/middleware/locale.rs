//! Takes `/en` off the address and remembers it, so that there is one route table for all languages.

use axum::extract::Request;
use domain::locale::Locale;
use http::Uri;

/// The request with the plain address, and its language among the extensions.
pub(crate) fn take(mut request: Request) -> Request {
    let (locale, path) = Locale::split(request.uri().path());
    let path = path.to_owned();
    request.extensions_mut().insert(locale);
    if locale == Locale::En {
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = format!("{path}{query}").parse().ok();
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    request
}
