//! `/sitemap.xml`: every public page with the day it last changed, for search engines (sitemaps.org 0.9). Pages that change with the hour
//! have no day.

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use domain::hours::CHINA;
use http::{HeaderValue, header};

use super::pages;
use crate::ServerState;

/// A file of the protocol has no more.
const MOST: usize = 50_000;
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The list.
pub(super) async fn all(State(state): State<ServerState>, request: Request) -> Response {
    let snapshot = pages::visit(&state, &request, None).snapshot;
    let content = &snapshot.content;
    let fixed = ["/", "/points", "/manual", "/policies", "/divisions", "/codes", "/about", "/sitemap"];
    let fixed = fixed.into_iter().map(|path| (path.to_owned(), None));
    let today = snapshot.today();
    let points = content.points.iter().filter(|point| point.ended(today).is_none());
    let points = points.map(|point| (format!("/points/{}", point.id.0), Some(point.updated_at)));
    let policies = content.policies.iter().map(|it| (format!("/policies/{}", it.id.0), Some(it.updated_at)));
    let posts = content.interpreters.iter().filter(|it| it.is_living());
    let posts = posts.map(|post| (format!("/interpreters/{}", post.id.0), None));
    let divisions = content.divisions().iter().filter(|it| !it.ended);
    let divisions = divisions.map(|it| (format!("/divisions/{}", it.code), None));
    let edition = state.portal.manual().edition.map(|edition| edition.at);
    let mut chapters = Vec::new();
    for (division, part) in content.manual.iter() {
        let shown = content.chapters(*division);
        let own = part.chapters.iter().filter(|it| shown.contains(&it.slug));
        chapters.extend(own.map(|it| (format!("/manual/{division}/{}", it.slug), edition)));
    }
    chapters.sort();
    let mut body = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    // Addresses are made of codes and numbers: nothing in them means anything in XML but the host.
    let origin = pages::origin(&state, request.headers()).replace('&', "&amp;").replace('<', "&lt;");
    for (path, changed) in fixed.chain(policies).chain(chapters).chain(posts).chain(points).chain(divisions).take(MOST)
    {
        let day = changed.map(|at| format!("<lastmod>{}</lastmod>", at.to_offset(CHINA).date())).unwrap_or_default();
        body.push_str(&format!("<url><loc>{origin}{path}</loc>{day}</url>\n"));
    }
    body.push_str("</urlset>\n");
    let kind = HeaderValue::from_static("application/xml; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, AN_HOUR)], body).into_response()
}
