//! Tells the devices of one network apart while is counted how much each sends: a random name in a cookie that holds as long as a
//! count does, given with the first form. It is bound to nobody and written nowhere but beside the count.

use app::residents;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use data_encoding::HEXLOWER;
use http::{HeaderMap, HeaderValue, header};
use store::limits::WINDOW;

use crate::{
    ServerState,
    http::{cookie, cookie_line},
};

const DEVICE: &str = "device";

/// What the device of a request is called; none where it has no name that was given here.
pub(crate) fn name(headers: &HeaderMap) -> Option<String> {
    cookie(headers, DEVICE).filter(|name| matches!(HEXLOWER.decode(name.as_bytes()), Ok(bytes) if bytes.len() == 16))
}

/// Gives a device a name with the page of a form for anybody.
pub(crate) async fn give_names(State(state): State<ServerState>, request: Request, next: Next) -> Response {
    let new = residents::is_form(request.uri().path()) && name(request.headers()).is_none();
    let mut response = next.run(request).await;
    if new {
        let age = format!("; Max-Age={}", WINDOW.whole_seconds());
        let name = HEXLOWER.encode(&state.portal.random::<16>());
        if let Some(line) = cookie_line(&state, DEVICE, &name, &age) {
            response.headers_mut().append(header::SET_COOKIE, line);
            // The name is for this device alone.
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
    response
}
