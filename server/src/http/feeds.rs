//! Feeds (Atom, RFC 4287): what changed, for who follows with a reader.

use app::manual::{FeedEntry, feed};
use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::pages;
use crate::ServerState;

/// How long a reader may keep a feed before it asks again.
const FIVE_MINUTES: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The editions of a division's manual.
pub(super) async fn manual(
    State(state): State<ServerState>,
    Path(division): Path<String>,
    request: Request,
) -> Response {
    let visit = pages::visit(&state, &request, None);
    drop(request);
    let (title, entries) = match feed(&state.portal, &visit, &division).await {
        Ok(Some(feed)) => feed,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a feed failed");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let site = format!("https://{}", state.portal.site().domain);
    let home = format!("{site}{}", visit.locale.href(&format!("/manual/{division}")));
    let updated = entries.first().map_or(visit.now, |entry| entry.at);
    let feed = Feed {
        title: Text::plain(title),
        id: home.clone(),
        lang: Some(visit.locale.tag().to_owned()),
        updated: instant(updated),
        links: vec![
            Link { href: home.clone(), rel: "alternate".into(), ..Link::default() },
            Link { href: format!("{home}/feed.xml"), rel: "self".into(), ..Link::default() },
        ],
        authors: vec![Person { name: state.portal.site().name.clone(), ..Person::default() }],
        entries: entries.into_iter().map(|it| entry(&site, it)).collect(),
        ..Feed::default()
    };
    let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FIVE_MINUTES)], feed.to_string()).into_response()
}

fn entry(site: &str, entry: FeedEntry) -> Entry {
    let href = format!("{site}{}", entry.path);
    Entry {
        title: Text::plain(entry.title),
        id: href.clone(),
        updated: instant(entry.at),
        published: Some(instant(entry.at)),
        summary: Some(Text::plain(entry.summary)),
        links: vec![Link { href, rel: "alternate".into(), ..Link::default() }],
        ..Entry::default()
    }
}

/// The instant as the library takes it, which counts with another one for dates.
fn instant(at: OffsetDateTime) -> FixedDateTime {
    at.format(&Rfc3339).ok().and_then(|text| text.parse().ok()).unwrap_or_default()
}
