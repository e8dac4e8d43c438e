//! `/sign-in/oidc` sends somebody to the provider, `/sign-in/oidc/callback` takes them back. A plain way there, not a form: the
//! policy lets forms go nowhere but to this site.

use app::{desk, forms::Answer, portal::Visit};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use data_encoding::BASE64URL_NOPAD;
use domain::{identity::single_sign_on::NotSignedIn, locale::Locale};
use http::{HeaderValue, StatusCode, header};
use store::{
    Failure,
    identity::{self, Person, Token, UnderWay, WAY},
};

use super::{
    pages,
    staff::{self, NO_STORE},
};
use crate::{ServerState, chance::random, config::Mode, sign_on::Provider};

/// The cookie that binds the way to this browser, and remembers its language for when nothing else does.
fn cookie_name(state: &ServerState) -> &'static str {
    match state.config.mode {
        Mode::Production => "__Host-oidc",
        Mode::Demonstration => "oidc",
    }
}

fn browser(state: &ServerState, request: &Request) -> Option<(Token, Locale)> {
    let value = pages::cookie(request.headers(), cookie_name(state))?;
    let (token, language) = value.split_once('.')?;
    let locale = if language == Locale::En.tag() { Locale::En } else { Locale::Zh };
    Some((Token::read(token)?, locale))
}

/// Sends somebody to the provider.
pub(super) async fn leave(State(state): State<ServerState>, request: Request) -> Response {
    let Some(provider) = state.sign_on.clone() else { return StatusCode::NOT_FOUND.into_response() };
    // A way begun in another tab goes on with the same cookie.
    let browser = browser(&state, &request).map_or_else(|| Token::new(random()), |(token, _)| token);
    let visit = match staff::visit(&state, &request).await {
        Ok(visit) => visit,
        Err(error) => return staff::failed(&state, &error, request).await,
    };
    let locale = visit.locale;
    if visit.session.is_some() {
        return going(&locale.href("/desk"), None);
    }
    let way = UnderWay {
        nonce: BASE64URL_NOPAD.encode(&random::<32>()),
        verifier: BASE64URL_NOPAD.encode(&random::<32>()),
        locale,
        back: desk::where_to(&visit.parameter("back").unwrap_or_default()),
    };
    let token = Token::new(random());
    let address = match provider.address(&token.text(), &way).await {
        Ok(address) => address,
        Err(why) => return told(&state, visit, request, why).await,
    };
    let vault = state.config.vault();
    if let Err(error) = identity::send(&state.store, &vault, visit.now, (&token, &browser), &way, random()).await {
        return staff::failed(&state, &error, request).await;
    }
    let value = format!("{}.{}", browser.text(), locale.tag());
    let age = format!("; Max-Age={}", WAY.whole_seconds());
    going(&address, staff::cookie_line(&state, cookie_name(&state), &value, &age))
}

/// Takes somebody back from the provider.
pub(super) async fn arrive(State(state): State<ServerState>, request: Request) -> Response {
    let Some(provider) = state.sign_on.clone() else { return StatusCode::NOT_FOUND.into_response() };
    let browser = browser(&state, &request);
    let mut visit = match staff::visit(&state, &request).await {
        Ok(visit) => visit,
        Err(error) => return staff::failed(&state, &error, request).await,
    };
    // Whoever was signed in in this browser, it is somebody else who arrives.
    visit.session = None;
    let token = Token::new(random());
    match enter(&state, &provider, &mut visit, browser, &token).await {
        Ok(to) => going(&to, staff::cookie_line(&state, staff::cookie_name(&state), &token.text(), "")),
        Err(Failure::Store(error)) => staff::failed(&state, &error, request).await,
        Err(Failure::Refused(why)) => told(&state, visit, request, why).await,
        Err(Failure::Forbidden) => StatusCode::FORBIDDEN.into_response(),
    }
}

/// Begins the session of who comes back; where they go on.
async fn enter(
    state: &ServerState,
    provider: &Provider,
    visit: &mut Visit,
    browser: Option<(Token, Locale)>,
    token: &Token,
) -> Result<String, Failure<NotSignedIn>> {
    let way = match browser {
        Some((browser, locale)) => {
            visit.locale = locale;
            way(state, visit, &browser).await?
        }
        None => None,
    };
    let person = match &way {
        Some(way) => {
            visit.locale = way.locale;
            person(provider, visit, way).await
        }
        None => Err(NotSignedIn::Stale),
    };
    let by = visit.by();
    match (person, way) {
        (Ok(person), Some(way)) => {
            identity::enter(&state.store, &by, &person, &visit.agent, token).await?;
            Ok(way.locale.href(&way.back))
        }
        (refused, _) => {
            let why = refused.err().unwrap_or(NotSignedIn::Stale);
            identity::not_signed_in(&state.store, &by, why, None).await?;
            Err(Failure::Refused(why))
        }
    }
}

/// What was remembered of who comes back.
async fn way(state: &ServerState, visit: &Visit, browser: &Token) -> Result<Option<UnderWay>, store::StoreError> {
    let Some(token) = visit.parameter("state").and_then(|text| Token::read(&text)) else { return Ok(None) };
    identity::resume(&state.store, &state.config.vault(), visit.now, &token, browser).await
}

/// Who comes back, proven.
async fn person(provider: &Provider, visit: &Visit, way: &UnderWay) -> Result<Person, NotSignedIn> {
    // An answer that names another issuer was meant for somebody else (RFC 9207).
    if visit.parameter("iss").is_some_and(|issuer| issuer != provider.issuer()) {
        return Err(NotSignedIn::Unproven);
    }
    match (visit.parameter("error").as_deref(), visit.parameter("code")) {
        (None, Some(code)) => provider.person(&code, way, visit.now).await,
        (Some("temporarily_unavailable" | "server_error"), _) => Err(NotSignedIn::Unreachable),
        _ => Err(NotSignedIn::Denied),
    }
}

/// Somebody is not signed in: why, and a way back. The answer of the provider stays in no address.
async fn told(state: &ServerState, mut visit: Visit, request: Request, why: NotSignedIn) -> Response {
    let back = visit.parameter("back").unwrap_or_default();
    (visit.path, visit.query) = ("/sign-in".to_owned(), String::new());
    let (status, page) = desk::not_signed_in(why, &back);
    let mut response = staff::shown(state, visit, request, Answer::Page(page)).await;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    response
}

fn going(to: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
