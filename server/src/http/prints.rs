//! `/prints/{id}`: where a print is; its file, which may be fetched in parts (RFC 9110, 14) so that a broken download goes on. A single
//! poster comes at once.

mod part;

use std::sync::Arc;

use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{codes::Token, prints::Sheet};
use http::{HeaderName, HeaderValue, StatusCode, header};
use press::{Order, Work};
use store::prints;

use super::{pages, staff};
use crate::{
    ServerState,
    jobs::{made_apart, poster},
};

const REFRESH: HeaderName = HeaderName::from_static("refresh");

/// `/prints/{id}`. While it is made, the page asks for itself again, without a script.
pub(super) async fn page(State(state): State<ServerState>, Path(id): Path<String>, request: Request) -> Response {
    let visit = pages::visit(&state, &request, None);
    let (answer, open) = app::prints::page(&state.portal, &visit, &id).await;
    let mut response = staff::shown(&state, visit, request, answer).await;
    if open {
        response.headers_mut().insert(REFRESH, HeaderValue::from_static("3"));
    }
    response
}

/// `/prints/{id}/file.pdf` or `.epub`.
pub(super) async fn file(
    State(state): State<ServerState>,
    Path((id, name)): Path<(String, String)>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let found = async {
        let Some(print) = prints::one(&state.store, &id).await? else { return Ok(None) };
        Ok::<_, store::StoreError>(prints::file(&state.store, &id).await?.map(|file| (print, file)))
    };
    let (print, file) = match found.await {
        Ok(Some(found)) if name == format!("file.{}", found.0.what.ending()) => found,
        Ok(_) => return pages::error_page(&state, StatusCode::NOT_FOUND, request).await,
        Err(error) => return staff::failed(&state, &error, request).await,
    };
    let snapshot = state.portal.snapshot();
    let tag = format!("\"{}-{}\"", print.id, print.asked_at.unix_timestamp());
    let called = app::prints::file_name(&snapshot, &print.what);
    part::answered(&headers, &tag, print.what.ending(), &called, Bytes::from(file))
}

/// `/codes/{token}/poster-{sheet}.pdf`. One is made at a time: the rest wait here, not in memory.
pub(super) async fn single(state: ServerState, typed: &str, name: &str, request: Request) -> Response {
    let snapshot = state.portal.snapshot();
    let sheet = name.strip_prefix("poster-").and_then(|it| it.strip_suffix(".pdf")).and_then(Sheet::from_code);
    let thing = typed.parse::<Token>().ok().and_then(|token| Some((token, snapshot.content.codes.issued_for(token)?)));
    let wanted =
        thing.zip(sheet).and_then(|((token, thing), sheet)| Some((token, poster(&state, &snapshot, thing)?, sheet)));
    let Some((token, poster, sheet)) = wanted else {
        return pages::error_page(&state, StatusCode::NOT_FOUND, request).await;
    };
    let key = format!("{} {} {}", token.plain(), sheet.code(), snapshot.content.revision);
    let (fonts, program) = (state.config.fonts(), state.config.press());
    let turn = Arc::clone(&state.posters.turn);
    let made = state.posters.kept.try_get_with(key.clone(), async move {
        let _turn = turn.acquire_owned().await.map_err(|error| error.to_string())?;
        let order = Order { fonts, work: Work::Posters(vec![poster], sheet) };
        let (file, _) = made_apart(&program, &order, |_, _| {}).await.map_err(|error| error.to_string())?;
        Ok::<_, String>(Bytes::from(file))
    });
    match made.await {
        Ok(file) => {
            let called = format!("{}-{}", token.plain(), sheet.code());
            part::answered(request.headers(), &format!("\"{}\"", key.replace(' ', "-")), "pdf", &called, file)
        }
        Err(error) => {
            tracing::error!(%error, "a poster could not be printed");
            pages::error_page(&state, StatusCode::SERVICE_UNAVAILABLE, request).await.into_response()
        }
    }
}

/// Single posters that were made lately.
#[derive(Clone, Debug)]
pub(crate) struct Posters {
    turn: Arc<tokio::sync::Semaphore>,
    kept: moka::future::Cache<String, Bytes>,
}

impl Posters {
    pub(crate) fn new() -> Self {
        let kept = moka::future::Cache::builder()
            .weigher(|_, file: &Bytes| u32::try_from(file.len()).unwrap_or(u32::MAX))
            .max_capacity(2 * 1024 * 1024)
            .time_to_live(std::time::Duration::from_secs(600))
            .build();
        Self { turn: Arc::new(tokio::sync::Semaphore::new(1)), kept }
    }
}

/// The headers of a file that comes under a name of its own.
fn headers(ending: &str, called: &str, tag: &str) -> Option<[(HeaderName, HeaderValue); 5]> {
    let kind = if ending == "epub" { "application/epub+zip" } else { "application/pdf" };
    let encoded: String = called
        .bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    let disposition = format!("attachment; filename=\"print.{ending}\"; filename*=UTF-8''{encoded}.{ending}");
    Some([
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).ok()?),
        (header::ETAG, HeaderValue::from_str(tag).ok()?),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ])
}
