//! Answers that are the same for everyone are made once a minute, and again when something changes that they were made from;
//! compressed once, and kept in memory with an ETag; a reader who has them gets 304. Answers made for one person never come here.
//!
//! Every answer says what it was made from ([`Reads`]). Its key has the revision *since* which it is the same: that of its making,
//! as long as no later revision has touched what it read. Nothing is ever taken out of the cache to make room for the truth: what
//! is touched gets another key, so an answer that is made from older content at the same time cannot take its place.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header};
use moka::future::Cache;
use store::snapshot::{Reads, Snapshot};
use tower::{ServiceBuilder, ServiceExt};
use tower_http::{CompressionLevel, compression::CompressionLayer};

/// All answers together take no more memory than this, in bytes.
const CAPACITY: u64 = 8 * 1024 * 1024;
/// What is known of what answers were made from takes no more than this, in bytes.
const KNOWN: u64 = 1024 * 1024;
/// Whether an answer was kept or made, for whoever operates the portal (RFC 9211).
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");
/// An answer holds for its minute; after two nobody asks for it any more.
const LIFE: Duration = Duration::from_secs(120);

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    /// The address, with everything of the reader that changes the answer.
    what: String,
    /// The minute, because opening states change with it.
    minute: i64,
}

/// What makes an answer another answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    place: Place,
    /// The content revision since which it is the same.
    since: i64,
    encoding: &'static str,
}

#[derive(Clone, Debug)]
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// The answers in memory.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    answers: Cache<Key, Kept>,
    /// Of every place, what its answer was made from, and at which revision.
    made_from: Cache<Place, (i64, Reads)>,
}

impl Pages {
    pub(crate) fn new() -> Self {
        let weight =
            |key: &Key, kept: &Kept| u32::try_from(kept.body.len() + key.place.what.len() + 512).unwrap_or(u32::MAX);
        let known = |place: &Place, _: &(i64, Reads)| u32::try_from(place.what.len() + 256).unwrap_or(u32::MAX);
        Self {
            answers: Cache::builder().max_capacity(CAPACITY).weigher(weight).time_to_live(LIFE).build(),
            made_from: Cache::builder().max_capacity(KNOWN).weigher(known).time_to_live(LIFE).build(),
        }
    }

    /// The revision since which the answer of a place is what it is at this snapshot; at most that of the snapshot.
    async fn since(&self, place: &Place, snapshot: &Snapshot) -> i64 {
        let content = &snapshot.content;
        match self.made_from.get(place).await {
            Some((made, reads)) if made <= content.revision && content.leaves(&reads, made) => made,
            _ => content.revision,
        }
    }

    /// The kept answer, or the one `make` gives from this snapshot; readers who ask at the same time wait for one making.
    pub(crate) async fn answer(
        &self,
        what: String,
        snapshot: &Snapshot,
        reader: &HeaderMap,
        make: impl Future<Output = Response> + Send,
    ) -> Response {
        let place = Place { what, minute: snapshot.now.unix_timestamp().div_euclid(60) };
        let since = self.since(&place, snapshot).await;
        let key = Key { place, since, encoding: encoding(reader) };
        let mut status = "sangeyi; hit";
        let making = async {
            status = "sangeyi; fwd=miss";
            let made = make.await;
            let reads = made.extensions().get::<Reads>().cloned().unwrap_or_default();
            self.made_from.insert(key.place.clone(), (since, reads)).await;
            keep(made, key.encoding).await
        };
        let kept = self.answers.get_with(key.clone(), making).await;
        if kept.status.is_server_error() {
            self.answers.invalidate(&key).await;
        }
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = kept.headers.clone();
        response.headers_mut().insert(CACHE_STATUS, HeaderValue::from_static(status));
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
