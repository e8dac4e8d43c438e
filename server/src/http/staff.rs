//! Pages of staff and forms of everybody: never cached. What they are is decided in `app::desk`, which has the session of a
//! cookie, and in `app::residents`, which has none.

use app::{
    desk,
    forms::{Answer, Cookie, Filled, Form, Submitted, Upload},
    portal::{Visit, render},
    residents,
};
use axum::{
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use store::{
    StoreError,
    identity::{Stage, Token},
};

use super::pages::{self, error_page};
use crate::{
    ServerState,
    config::Mode,
    middleware::{devices, limits},
};

pub(super) const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The name of the session's cookie: with the prefix a browser takes it only over TLS, for this host alone (RFC 6265bis, 4.1.3).
pub(super) fn cookie_name(state: &ServerState) -> &'static str {
    match state.config.mode {
        Mode::Production => "__Host-sid",
        Mode::Demonstration => "sid",
    }
}

/// What the script of a page asks by itself has this header: it is no sign that somebody is there, and keeps no session alive.
const BY_ITSELF: &str = "x-live";

/// The token of a request.
pub(super) fn token(state: &ServerState, headers: &HeaderMap) -> Option<Token> {
    pages::cookie(headers, cookie_name(state)).and_then(|text| Token::read(&text))
}

/// The visit of anybody who sends something.
fn client(state: &ServerState, request: &Request) -> Visit {
    let mut visit = pages::visit(state, request, None);
    visit.origin = limits::address(&state.config, request).map(|it| it.to_string()).unwrap_or_default();
    let agent = request.headers().get(header::USER_AGENT).and_then(|it| it.to_str().ok());
    visit.agent = agent.unwrap_or_default().to_owned();
    visit.device = devices::name(request.headers());
    visit
}

/// The visit of somebody who may be signed in, once its session is looked up.
pub(super) fn visit<'a>(
    state: &'a ServerState,
    request: &Request,
) -> impl Future<Output = Result<Visit, StoreError>> + use<'a> {
    let mut visit = client(state, request);
    let token = token(state, request.headers());
    let by_itself = request.headers().contains_key(BY_ITSELF);
    // A request cannot be shared with another thread, so it is not held while the database is asked.
    async move {
        if let Some(token) = token {
            visit.session = match by_itself {
                true => state.portal.peek(visit.now, &token).await?,
                false => state.portal.session(visit.now, &token).await?,
            };
        }
        Ok(visit)
    }
}

/// The same for what is no page: a session counts only with everything it takes, for there is nowhere to lead anybody.
pub(super) fn ready<'a>(
    state: &'a ServerState,
    request: &Request,
) -> impl Future<Output = Result<Visit, StoreError>> + use<'a> {
    let visit = visit(state, request);
    async move {
        let mut visit = visit.await?;
        visit.session = visit.session.filter(|session| session.stage == Stage::Ready);
        Ok(visit)
    }
}

/// A page of staff.
pub(super) async fn page(state: ServerState, request: Request) -> Response {
    let visit = match visit(&state, &request).await {
        Ok(visit) => visit,
        Err(error) => return failed(&state, &error, request).await,
    };
    let answer = desk::answer(&state.portal, &visit).await;
    shown(&state, visit, request, answer).await
}

pub(super) async fn shown(state: &ServerState, visit: Visit, request: Request, answer: Answer) -> Response {
    let locale = visit.locale;
    let mut response = match answer {
        Answer::Page(loaded) => pages::rendered(render(state.portal.clone(), visit, request, Some(loaded)).await),
        Answer::Go(to) => Redirect::to(&locale.href(&to)).into_response(),
        Answer::Status(status) => {
            error_page(state, StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND), request).await
        }
        Answer::Failed(error) => failed(state, &error, request).await,
    };
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    response
}

pub(super) async fn failed(state: &ServerState, error: &StoreError, request: Request) -> Response {
    tracing::error!(%error, "a page of staff or a form failed");
    error_page(state, StatusCode::INTERNAL_SERVER_ERROR, request).await
}

/// Any form of the site but the reader's preferences.
pub(super) async fn submit(State(state): State<ServerState>, request: Request) -> Response {
    let staff = desk::is_staff(request.uri().path());
    if !staff && !residents::is_form(request.uri().path()) {
        return no_form();
    }
    let (parts, body) = request.into_parts();
    let form = match read(parts.uri.path(), &parts.headers, body).await {
        Ok(form) => form,
        Err(status) => return status.into_response(),
    };
    let request = Request::from_parts(parts, Body::empty());
    let visit = match staff {
        true => visit(&state, &request).await,
        false => Ok(client(&state, &request)),
    };
    let visit = match visit {
        Ok(visit) => visit,
        Err(error) => return failed(&state, &error, request).await,
    };
    let locale = visit.locale;
    let submitted = match staff {
        true => desk::submit(&state.portal, &visit, &form).await,
        false => residents::submit(&state.portal, &visit, &form).await,
    };
    let Some(submitted) = submitted else { return no_form() };
    let (mut response, cookie) = match submitted {
        Submitted::Go(to, cookie) => (Redirect::to(&locale.href(&to)).into_response(), cookie),
        Submitted::Page(loaded, cookie) => (shown(&state, visit, request, Answer::Page(loaded)).await, cookie),
        Submitted::Status(status) => (shown(&state, visit, request, Answer::Status(status)).await, Cookie::Keep),
        Submitted::Failed(error) => (failed(&state, &error, request).await, Cookie::Keep),
        Submitted::Again(wrong) => (again(&state, visit, request, Filled { form, wrong }).await, Cookie::Keep),
        Submitted::Refilled(form, wrong) => (again(&state, visit, request, Filled { form, wrong }).await, Cookie::Keep),
        Submitted::Looked(form, wrong) => (filled(&state, visit, request, Filled { form, wrong }).await, Cookie::Keep),
    };
    if let Some(value) = set_cookie(&state, cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    response
}

/// The page of a form that was refused, with what was typed.
async fn again(state: &ServerState, visit: Visit, request: Request, form: Filled) -> Response {
    let mut response = filled(state, visit, request, form).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// The page of a form, with what was typed.
async fn filled(state: &ServerState, mut visit: Visit, request: Request, form: Filled) -> Response {
    visit.filled = Some(form);
    if desk::is_staff(&visit.path) {
        visit.path = desk::page_of_form(&visit.path);
        let answer = desk::answer(&state.portal, &visit).await;
        shown(state, visit, request, answer).await
    } else if let Some(answer) = residents::page(&state.portal, &visit).await {
        shown(state, visit, request, answer).await
    } else {
        // The form of a public page stands at its own address.
        pages::rendered(render(state.portal.clone(), visit, request, None).await)
    }
}

/// There is no form at this address.
fn no_form() -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET,HEAD")]).into_response()
}

/// Reads a form: as a browser encodes fields alone, or in parts when files come with it (RFC 7578).
async fn read(path: &str, headers: &HeaderMap, body: Body) -> Result<Form, StatusCode> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if let Ok(boundary) = multer::parse_boundary(kind) {
        let constraints =
            multer::Constraints::new().size_limit(multer::SizeLimit::new().whole_stream(desk::room(path)));
        let parts = multer::Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
        return read_parts(parts).await.map_err(|error| match error {
            multer::Error::StreamSizeExceeded { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::BAD_REQUEST,
        });
    }
    // A form without a field has no type in some browsers.
    if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let bytes = axum::body::to_bytes(body, super::BODY_LIMIT).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    serde_urlencoded::from_bytes(&bytes).map(Form::of).map_err(|_| StatusCode::BAD_REQUEST)
}

async fn read_parts(mut parts: multer::Multipart<'_>) -> Result<Form, multer::Error> {
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await? {
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // A file field that was left empty comes with an empty name.
            Some(name) => {
                let bytes = part.bytes().await?;
                if !name.is_empty() || !bytes.is_empty() {
                    form.files.push(Upload { field, name, bytes });
                }
            }
            None => form.fields.push((field, part.text().await?)),
        }
    }
    Ok(form)
}

fn set_cookie(state: &ServerState, cookie: Cookie) -> Option<HeaderValue> {
    let (value, age) = match cookie {
        Cookie::Keep => return None,
        Cookie::Set(token) => (token.text(), ""),
        Cookie::Clear => (String::new(), "; Max-Age=0"),
    };
    cookie_line(state, cookie_name(state), &value, age)
}

/// A cookie out of reach of scripts and of other sites' forms.
pub(crate) fn cookie_line(state: &ServerState, name: &str, value: &str, age: &str) -> Option<HeaderValue> {
    let secure = if state.config.mode == Mode::Production { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
}
