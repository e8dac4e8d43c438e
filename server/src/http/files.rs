//! `/policies/{id}/files/{hash}.{kind}`: a file that comes with a published policy. It never changes under its address. What it is was told
//! by its content when it was kept; the browser is not to guess again (`nosniff`). One range may be asked for (RFC 9110, 14): a
//! telephone plays no film without that.

use std::ops::Range;

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::policies::PolicyId;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use store::policies::attachments;

use super::assets::FOR_EVER;
use crate::ServerState;

const BYTES: HeaderValue = HeaderValue::from_static("bytes");

/// The file.
pub(super) async fn show(
    State(state): State<ServerState>,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let snapshot = state.portal.snapshot();
    let policy = id.parse::<PolicyId>().ok().and_then(|id| snapshot.content.policy(id));
    let Some((hash, ending)) = file.split_once('.') else { return StatusCode::NOT_FOUND.into_response() };
    let shown = policy.and_then(|it| it.facts.attachments.iter().find(|it| it.hash == hash && it.kind == ending));
    let Some(kind) = shown.and_then(|it| documents::Kind::ALL.iter().find(|kind| kind.extension() == it.kind)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let all = match attachments::bytes(&state.store, hash).await {
        Ok(Some(all)) => Bytes::from(all),
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a file could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let media = HeaderValue::from_static(kind.media_type());
    let common = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, FOR_EVER), (header::ACCEPT_RANGES, BYTES)];
    let asked = headers.get(header::RANGE).and_then(|it| it.to_str().ok()).and_then(|it| range(it, all.len()));
    match asked {
        None => (common, all).into_response(),
        Some(range) if range.is_empty() => {
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{}", all.len()))])
                .into_response()
        }
        Some(range) => {
            let part = format!("bytes {}-{}/{}", range.start, range.end - 1, all.len());
            (StatusCode::PARTIAL_CONTENT, common, [(header::CONTENT_RANGE, part)], all.slice(range)).into_response()
        }
    }
}

/// The range that is asked for, empty where there is nothing; none where it is not one range of bytes: then all of it is sent.
fn range(text: &str, length: usize) -> Option<Range<usize>> {
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = match (from, to) {
        ("", last) => (length.saturating_sub(last.parse().ok()?), length),
        (from, "") => (from.parse().ok()?, length),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.saturating_add(1).min(length)),
    };
    Some(if from < to { from..to } else { 0..0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_understood() {
        for (text, expected) in [
            ("bytes=0-", Some(0..10)),
            ("bytes=2-4", Some(2..5)),
            ("bytes=8-99", Some(8..10)),
            ("bytes=-3", Some(7..10)),
            ("bytes=-99", Some(0..10)),
            ("bytes=10-", Some(0..0)),
            ("bytes=5-2", Some(0..0)),
            ("bytes=0-1,3-4", None),
            ("lines=0-1", None),
            ("bytes=a-b", None),
            ("bytes=0-18446744073709551615", Some(0..10)),
        ] {
            assert_eq!(range(text, 10), expected, "{text}");
        }
    }
}
