//! The reader's choice of 长辈版: a form that sets a cookie and leads back to where it was sent from.

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::reading::Reading;
use http::header;
use serde::Deserialize;

use super::pages::ELDER;
use crate::{ServerState, config::Mode};

#[derive(Debug, Deserialize)]
pub(super) struct Preferences {
    elder: String,
    #[serde(default)]
    back: String,
}

/// Remembers the choice for a year.
pub(super) async fn keep(State(state): State<ServerState>, Form(chosen): Form<Preferences>) -> Response {
    let (value, age) = match Reading::from_code(&chosen.elder).unwrap_or_default() {
        Reading::Standard => ("", 0),
        elder => (elder.code(), 31_536_000),
    };
    let secure = if state.config.mode == Mode::Production { "; Secure" } else { "" };
    let cookie = format!("{ELDER}={value}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly{secure}");
    ([(header::SET_COOKIE, cookie)], Redirect::to(own_page(&chosen.back))).into_response()
}

/// Only a page of this site: an absolute path without a host, a backslash or a control character.
fn own_page(back: &str) -> &str {
    let foreign = back.starts_with("//") || back.contains(['\\', '\r', '\n']) || back.chars().any(char::is_control);
    if back.starts_with('/') && !foreign && back.is_ascii() && back.len() < 2_000 { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        for (back, page) in [
            ("/points?q=%E7%A4%BE", "/points?q=%E7%A4%BE"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ] {
            assert_eq!(own_page(back), page);
        }
    }
}
