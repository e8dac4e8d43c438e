//! Feeds (Atom, RFC 4287): what changed, for who follows with a reader.

use app::{
    manual::{FeedEntry, feed},
    policies::{PolicyFeed, policy_feed, question_feed},
    portal::Visit,
};
use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use domain::locale::Locale;
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
    let home = visit.locale.href(&format!("/manual/{division}"));
    let path = format!("{home}/feed.xml");
    atom(&state, &visit, title, (home, path), entries)
}

/// The policies of an address; with filters, those of the list.
pub(super) async fn policies(State(state): State<ServerState>, request: Request) -> Response {
    let visit = pages::visit(&state, &request, None);
    let PolicyFeed { title, list, path, entries } = policy_feed(&state.portal, &visit);
    atom(&state, &visit, title, (list, path), entries)
}

/// The points that are new or have changed.
pub(super) async fn points(State(state): State<ServerState>, request: Request) -> Response {
    let visit = pages::visit(&state, &request, None);
    let (title, entries) = app::points::feed(&state.portal, &visit);
    let home = visit.locale.href("/points");
    let path = format!("{home}/feed.xml");
    atom(&state, &visit, title, (home, path), entries)
}

/// The questions that were answered.
pub(super) async fn questions(State(state): State<ServerState>, request: Request) -> Response {
    let visit = pages::visit(&state, &request, None);
    drop(request);
    match question_feed(&state.portal, &visit).await {
        Ok((title, entries)) => {
            let home = visit.locale.href("/policies/questions");
            atom(&state, &visit, title, (home, visit.locale.href("/questions/feed.xml")), entries)
        }
        Err(error) => {
            tracing::error!(%error, "a feed failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A feed at `path` of what the page `home` shows.
fn atom(
    state: &ServerState,
    visit: &Visit,
    title: String,
    (home, path): (String, String),
    entries: Vec<FeedEntry>,
) -> Response {
    let site = format!("https://{}", state.portal.site().domain);
    let (home, path) = (format!("{site}{home}"), format!("{site}{path}"));
    let updated = entries.iter().map(|entry| entry.at).max().unwrap_or(visit.now);
    let feed = Feed {
        title: plain(title),
        id: home.clone(),
        lang: Some(visit.locale.tag().to_owned()),
        updated: instant(updated),
        links: vec![
            Link { href: home, rel: "alternate".into(), ..Link::default() },
            Link { href: path, rel: "self".into(), ..Link::default() },
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
    let lang = entry.foreign.then(|| Locale::Zh.tag().to_owned());
    Entry {
        title: Text { lang, ..plain(entry.title) },
        id: href.clone(),
        updated: instant(entry.at),
        published: Some(instant(entry.published)),
        summary: Some(plain(entry.summary)),
        links: vec![Link { href, rel: "alternate".into(), ..Link::default() }],
        ..Entry::default()
    }
}

/// Text without the signs that may not stand in XML, however they are written.
fn plain(mut text: String) -> Text {
    text.retain(|c| !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')));
    Text::plain(text)
}

/// The instant as the library takes it, which counts with another one for dates.
fn instant(at: OffsetDateTime) -> FixedDateTime {
    at.format(&Rfc3339).ok().and_then(|text| text.parse().ok()).unwrap_or_default()
}
