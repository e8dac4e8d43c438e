//! Answers that are the same for everyone are made once a minute and revision, compressed once, and kept in memory with an
//! ETag; a reader who has them gets 304. Answers made for one person never come here.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use moka::future::Cache;
use tower::{ServiceBuilder, ServiceExt};
use tower_http::{CompressionLevel, compression::CompressionLayer};

/// All answers together take no more memory than this, in bytes.
const CAPACITY: u64 = 8 * 1024 * 1024;
/// An answer holds for its minute; after two nobody asks for it any more.
const LIFE: Duration = Duration::from_secs(120);

/// What makes an answer another answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// The address, with everything of the reader that changes the answer.
    pub(crate) what: String,
    /// The content revision.
    pub(crate) revision: i64,
    /// The minute, because opening states change with it.
    pub(crate) minute: i64,
}

#[derive(Clone, Debug)]
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// The answers in memory.
#[derive(Clone, Debug)]
pub(crate) struct Pages(Cache<(Key, &'static str), Kept>);

impl Pages {
    pub(crate) fn new() -> Self {
        let weight = |(key, _): &(Key, &str), kept: &Kept| {
            u32::try_from(kept.body.len() + key.what.len() + 512).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(CAPACITY).weigher(weight).time_to_live(LIFE).build())
    }

    /// The kept answer, or the one `make` gives; readers who ask at the same time wait for one making.
    pub(crate) async fn answer(
        &self,
        key: Key,
        reader: &HeaderMap,
        make: impl Future<Output = Response> + Send,
    ) -> Response {
        let encoding = encoding(reader);
        let place = (key, encoding);
        let kept = self.0.get_with(place.clone(), async { keep(make.await, encoding).await }).await;
        if kept.status.is_server_error() {
            self.0.invalidate(&place).await;
        }
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = kept.headers.clone();
        *response.status_mut() = kept.status;
        let unchanged = kept.status == StatusCode::OK && has(reader, kept.headers.get(header::ETAG));
        if unchanged {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(header::CONTENT_LENGTH);
        } else {
            *response.body_mut() = Body::from(kept.body);
        }
        response
    }
}

/// The one encoding that is made for this reader.
fn encoding(reader: &HeaderMap) -> &'static str {
    let accepted = reader.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let takes = |name: &str| accepted.split(',').any(|part| accepts(part, name));
    ["br", "gzip"].into_iter().find(|name| takes(name)).unwrap_or("identity")
}

/// Whether one part of `Accept-Encoding` names an encoding with a weight above 0 (RFC 9110, 12.5.3).
fn accepts(part: &str, name: &str) -> bool {
    let (coding, weight) = part.split_once(';').unwrap_or((part, ""));
    let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse::<f32>().ok()).unwrap_or(1.0);
    coding.trim().eq_ignore_ascii_case(name) && weight > 0.0
}

/// RFC 9110, 13.1.2: weak comparison, any of a list.
fn has(reader: &HeaderMap, etag: Option<&HeaderValue>) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let (Some(asked), Some(etag)) = (reader.get(header::IF_NONE_MATCH), etag) else { return false };
    let (Ok(asked), Ok(etag)) = (asked.to_str(), etag.to_str()) else { return false };
    asked.split(',').any(|tag| tag.trim() == "*" || opaque(tag) == opaque(etag))
}

async fn keep(response: Response, encoding: &'static str) -> Kept {
    let request = Request::builder().header(header::ACCEPT_ENCODING, encoding).body(Body::empty());
    let mut response = Some(response);
    let service = ServiceBuilder::new()
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5)))
        .service_fn(move |_: Request<Body>| {
            std::future::ready(Ok::<_, std::convert::Infallible>(response.take().unwrap_or_default()))
        });
    let failed = || Kept { status: StatusCode::INTERNAL_SERVER_ERROR, headers: HeaderMap::new(), body: Bytes::new() };
    let Ok(request) = request else { return failed() };
    let Ok(compressed) = service.oneshot(request).await;
    let (parts, body) = compressed.into_parts();
    let Ok(body) = axum::body::to_bytes(Body::new(body), usize::MAX).await else { return failed() };
    let mut headers = parts.headers;
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    if let Ok(etag) = HeaderValue::from_str(&format!("\"{:016x}\"", hasher.finish())) {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    Kept { status: parts.status, headers, body }
}
