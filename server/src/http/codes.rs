//! Codes as addresses: `/c/{token}` leads on, `/codes?token=` does so for what was typed, `/codes/{token}.svg` and `.png` are
//! pictures to print; a clause of a policy has the same with its anchor behind the token. Whatever leads nowhere is a page of the app.

mod picture;

use app::{
    codes::{Followed, decoded, follow, url},
    portal::Visit,
};
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    codes::{Thing, Token},
    policies::clauses::Anchor,
};
use http::{HeaderValue, StatusCode, header};

use super::{pages, prints};
use crate::{ServerState, scans::is_scan};

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// A picture changes only with the domain of the site.
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// `/c/{token}`, `/c/{token}/{clause}`. It is never kept anywhere: where it leads may change, and every scan counts.
pub(super) async fn lead(State(state): State<ServerState>, request: Request) -> Response {
    let visit = pages::visit(&state, &request, None);
    let typed = decoded(visit.path.strip_prefix("/c/").unwrap_or_default());
    let followed = follow(&visit.snapshot, &typed);
    if let Some(followed) = &followed
        && is_scan(request.method(), &visit.query, request.headers())
    {
        state.scans.count(followed.token, visit.now);
    }
    let mut response = match followed.and_then(|it| it.to) {
        Some(to) => Redirect::to(&visit.locale.href(&to)).into_response(),
        None => pages::page(State(state), request).await,
    };
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    response
}

/// `/codes`: the page to type a code, or where the typed one leads.
pub(super) async fn ask(State(state): State<ServerState>, request: Request) -> Response {
    let visit = pages::visit(&state, &request, None);
    let typed = visit.parameter("token").unwrap_or_default();
    match follow(&visit.snapshot, &typed) {
        Some(Followed { token, to }) => away(&visit, &to.unwrap_or_else(|| format!("/c/{}", token.plain()))),
        None => pages::page(State(state), request).await,
    }
}

/// `/codes/{token}`: the page of a code at its one address, or its picture.
pub(super) async fn show(State(state): State<ServerState>, request: Request) -> Response {
    let visit = pages::visit(&state, &request, None);
    let name = decoded(visit.path.strip_prefix("/codes/").unwrap_or_default());
    let (typed, kind) = name.rsplit_once('.').unwrap_or((&name, ""));
    let token: Option<Token> = typed.parse().ok();
    let Some(token) = token.filter(|token| visit.snapshot.content.codes.issued_for(*token).is_some()) else {
        return match kind {
            "svg" | "png" => StatusCode::NOT_FOUND.into_response(),
            _ => pages::page(State(state), request).await,
        };
    };
    match kind {
        "svg" | "png" => drawn(&state, &request, (token, None), kind),
        "" if typed != token.plain() => away(&visit, &format!("/codes/{}", token.plain())),
        "" => pages::page(State(state), request).await,
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `/codes/{token}/{file}`: a poster, or the page or the picture of a clause.
pub(super) async fn below(
    State(state): State<ServerState>,
    Path((typed, file)): Path<(String, String)>,
    request: Request,
) -> Response {
    let codes = &state.portal.snapshot().content.codes;
    let policy = typed.parse().ok().filter(|token| matches!(codes.issued_for(*token), Some(Thing::Policy(_))));
    match file.rsplit_once('.') {
        Some((_, "pdf")) => prints::single(state, &typed, &file, request).await,
        // That there is such a clause, the page of its code has said.
        Some((clause, kind @ ("svg" | "png"))) => match policy.zip(clause.parse().ok()) {
            Some((token, clause)) => drawn(&state, &request, (token, Some(clause)), kind),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        _ => pages::page(State(state), request).await,
    }
}

/// The picture of a code.
fn drawn(state: &ServerState, request: &Request, (token, clause): (Token, Option<Anchor>), kind: &str) -> Response {
    let host = request.headers().get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    match picture::of(&url(&state.portal, token, clause.as_ref(), host), kind) {
        Some((kind, bytes)) => {
            let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, A_DAY)];
            (headers, bytes).into_response()
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn away(visit: &Visit, to: &str) -> Response {
    ([(header::CACHE_CONTROL, NO_STORE)], Redirect::to(&visit.locale.href(to))).into_response()
}
