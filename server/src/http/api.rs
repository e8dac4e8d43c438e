//! Open data: points as GeoJSON, CSV and JSON, the vocabulary and the outlines, described in OpenAPI.

use axum::{
    Json, Router,
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    feed::{FeatureCollection, Feed},
    finder::PointQuery,
    geo::Bounds,
    points::{PointId, PointSummary},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use store::snapshot::{Reads, Snapshot};
use utoipa::{IntoParams, OpenApi};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{ServerState, commands::points_table};

#[derive(OpenApi)]
#[openapi(
    info(title = "三个一", description = "Points of service of a disclosure portal as open data. Positions are WGS-84."),
    tags((name = "points", description = "Points of service"), (name = "search", description = "Everything published"))
)]
struct Description;

pub(super) fn routes() -> Router<ServerState> {
    let (router, description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(points_geojson))
        .routes(routes!(points_csv))
        .routes(routes!(point))
        .routes(routes!(vocabulary))
        .routes(routes!(outlines))
        .routes(routes!(super::search::find))
        .split_for_parts();
    let description = Json(description);
    router
        .route("/api/openapi.json", get(move || std::future::ready(description.clone())))
        .route("/api/feed", get(feed))
        .route("/api/{*rest}", get(async || problem(StatusCode::NOT_FOUND, "there is no such resource")))
}

/// An error for programs (RFC 9457).
pub(crate) fn problem(status: StatusCode, detail: &str) -> Response {
    let body = serde_json::json!({
        "type": "about:blank", "title": status.canonical_reason(), "status": status.as_u16(), "detail": detail,
    });
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
    (status, kind, body.to_string()).into_response()
}

/// What a request asks for: the filters of the list, and a rectangle, a limit, a view.
struct Asked {
    query: PointQuery,
    bounds: Option<Bounds>,
    limit: usize,
    for_map: bool,
}

impl Asked {
    /// The error is a sentence for the caller.
    fn read(raw: Option<&str>, snapshot: &Snapshot) -> Result<Self, String> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(raw.unwrap_or_default())
            .map_err(|_| "the query is not percent-encoded UTF-8".to_owned())?;
        let bad = |name: &str| format!("the value of {name} makes no sense");
        let (mut query, mut wrong) = PointQuery::read(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        wrong.extend(snapshot.atlas.take_unknown(&mut query));
        if let Some(first) = wrong.first() {
            return Err(bad(first.0));
        }
        let mut asked = Self { query, bounds: None, limit: usize::MAX, for_map: false };
        for (key, value) in &pairs {
            match key.as_str() {
                "bbox" => asked.bounds = Some(value.parse().map_err(|_| bad("bbox"))?),
                "limit" => asked.limit = value.parse().ok().filter(|limit| *limit > 0).ok_or_else(|| bad("limit"))?,
                "view" if value == "map" => asked.for_map = true,
                "view" => return Err(bad("view")),
                _ => {}
            }
        }
        Ok(asked)
    }

    /// How many points were found, and those within the limit.
    fn find<'a>(&self, snapshot: &'a Snapshot) -> (usize, Vec<&'a PointSummary>) {
        let found = snapshot.atlas.find(&self.query);
        let points = found.hits.iter().map(|(i, _)| &snapshot.atlas.points()[*i]);
        let inside: Vec<_> = points
            .filter(|point| match (self.bounds, point.position) {
                (None, _) => true,
                (Some(bounds), Some(position)) => bounds.contains(position),
                (Some(_), None) => false,
            })
            .collect();
        (inside.len(), inside.into_iter().take(self.limit).collect())
    }
}

/// Answers out of the cache of anonymous answers, which keeps an answer while what it `reads` stays.
async fn cached<B: IntoResponse>(
    state: &ServerState,
    what: String,
    reads: Reads,
    headers: &HeaderMap,
    kind: &'static str,
    make: impl FnOnce(&Snapshot) -> B + Send,
) -> Response {
    let snapshot = state.portal.snapshot();
    let make = async {
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
        let mut response = (kind, make(&snapshot)).into_response();
        response.extensions_mut().insert(reads);
        response
    };
    state.pages.answer(what, &snapshot, headers, make).await
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The parameters of both, for the description; [`PointQuery::read`] reads them.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes, nothing is read through it")]
struct Filters {
    /// Words, all of which have to be there.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Code of a kind.
    kind: Option<String>,
    /// city, district, township or village.
    level: Option<String>,
    /// Code of a division or zone.
    division: Option<String>,
    /// Code of a service.
    service: Option<String>,
    /// Code of a facility.
    facility: Option<String>,
    /// now.
    open: Option<String>,
    /// lon,lat: nearest first.
    near: Option<String>,
    /// best, distance or name.
    sort: Option<String>,
    /// west,south,east,north.
    bbox: Option<String>,
    /// At most so many.
    #[param(minimum = 1)]
    limit: Option<u32>,
    /// map: only what a map draws (GeoJSON).
    view: Option<String>,
}

/// Points as GeoJSON, with their opening states as of `as_of`.
#[utoipa::path(get, path = "/api/points.geojson", tag = "points",
    params(Filters),
    responses(
        (status = 200, description = "A feature collection", content_type = "application/geo+json"),
        (status = 400, description = "A value makes no sense", content_type = "application/problem+json")))]
async fn points_geojson(State(state): State<ServerState>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let asked = match Asked::read(raw.as_deref(), &state.portal.snapshot()) {
        Ok(asked) => asked,
        Err(detail) => return problem(StatusCode::BAD_REQUEST, &detail),
    };
    let what = format!("points.geojson?{}", raw.unwrap_or_default());
    cached(&state, what, Reads::Everything, &headers, "application/geo+json", |snapshot| {
        let (total, points) = asked.find(snapshot);
        match asked.for_map {
            true => map_features(&points),
            false => json(&FeatureCollection::new(snapshot.now, total, points.into_iter().cloned())),
        }
    })
    .await
}

/// Only what the map draws: a quarter of the size.
fn map_features(points: &[&PointSummary]) -> String {
    let feature = |point: &&PointSummary| {
        let position = point.position?;
        let properties = serde_json::json!({
            "id": point.id, "name": point.name, "letter": point.letter, "state": point.opening.state,
        });
        let coordinates = [position.lon(), position.lat()];
        Some(serde_json::json!({
            "type": "Feature", "geometry": { "type": "Point", "coordinates": coordinates }, "properties": properties,
        }))
    };
    let features: Vec<_> = points.iter().filter_map(feature).collect();
    json(&serde_json::json!({ "type": "FeatureCollection", "features": features }))
}

/// Points as a table that a spreadsheet opens and `sangeyi import points` reads.
#[utoipa::path(get, path = "/api/points.csv", tag = "points", params(Filters),
    responses((status = 200, description = "UTF-8 with a byte order mark", content_type = "text/csv"),
        (status = 400, description = "A value makes no sense", content_type = "application/problem+json")))]
async fn points_csv(State(state): State<ServerState>, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let asked = match Asked::read(raw.as_deref(), &state.portal.snapshot()) {
        Ok(asked) => asked,
        Err(detail) => return problem(StatusCode::BAD_REQUEST, &detail),
    };
    let what = format!("points.csv?{}", raw.unwrap_or_default());
    cached(&state, what, Reads::Everything, &headers, "text/csv; charset=utf-8", |snapshot| {
        let (_, points) = asked.find(snapshot);
        sheets::csv(points_table(points.iter().filter_map(|point| snapshot.content.point(point.id))))
    })
    .await
}

/// A point with everything published about it.
#[derive(Serialize)]
struct PointDetail<'a> {
    #[serde(flatten)]
    point: &'a domain::points::Point,
    opening: &'a domain::hours::Opening,
    place: &'a str,
    organisation_name: &'a str,
}

/// One point.
#[utoipa::path(get, path = "/api/points/{id}", tag = "points", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The point", content_type = "application/json"),
        (status = 404, description = "There is none", content_type = "application/problem+json"),
        (status = 410, description = "It has ended", content_type = "application/problem+json")))]
async fn point(State(state): State<ServerState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let snapshot = state.portal.snapshot();
    let known = id.parse().ok().and_then(|id: PointId| snapshot.content.point(id));
    let Some(point) = known else { return problem(StatusCode::NOT_FOUND, "there is no point with this number") };
    if let Some(ended) = point.ended(snapshot.today()) {
        return problem(StatusCode::GONE, &format!("it ended on {}: {}", ended.on, ended.reason));
    }
    let id = point.id;
    let reads = Reads::Points { these: vec![id], around: None };
    cached(&state, format!("points/{}", id.0), reads, &headers, "application/json", |snapshot| {
        let both = snapshot.content.point(id).zip(snapshot.atlas.get(id));
        let detail = both.map(|(point, summary)| PointDetail {
            point,
            opening: &summary.opening,
            place: &summary.place,
            organisation_name: snapshot
                .content
                .organisation(point.facts.organisation)
                .map_or("", |it| it.name.as_str()),
        });
        json(&detail)
    })
    .await
}

/// Kinds, services and divisions down to townships, with their names.
#[utoipa::path(get, path = "/api/vocabulary", tag = "points",
    responses((status = 200, description = "The open lists", content_type = "application/json")))]
async fn vocabulary(State(state): State<ServerState>, headers: HeaderMap) -> Response {
    cached(&state, "vocabulary".into(), Reads::Nothing, &headers, "application/json", |snapshot| {
        json(&snapshot.atlas.vocabulary())
    })
    .await
}

/// All points for the islands, in a form of their own: not for other systems.
async fn feed(State(state): State<ServerState>, headers: HeaderMap) -> Response {
    cached(&state, "feed".into(), Reads::Everything, &headers, "application/octet-stream", |snapshot| {
        postcard::to_allocvec(&Feed::new(snapshot.today(), &snapshot.atlas)).unwrap_or_default()
    })
    .await
}

/// Outlines of divisions, for the sketch map (示意图).
#[utoipa::path(get, path = "/api/outlines.geojson", tag = "points",
    responses((status = 200, description = "A feature collection", content_type = "application/geo+json")))]
async fn outlines(State(state): State<ServerState>, headers: HeaderMap) -> Response {
    cached(&state, "outlines".into(), Reads::Nothing, &headers, "application/geo+json", |snapshot| {
        snapshot.content.outlines.clone()
    })
    .await
}
