//! The points of one's area for the maps of the desk (GeoJSON): how fresh they are, and how often their codes were scanned. Both stand
//! in the place of whether a point is open, which the map tells by shape, too: green and filled as open, amber as closing soon, red and
//! hollow as closed.

use app::{desk, portal::Visit};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use domain::{
    hours::OpenState,
    points::{Freshness, PointSummary},
};
use http::{StatusCode, header};
use serde_json::Value;
use store::{Failure, StoreError};

use super::{
    problem,
    staff::{NO_STORE, ready},
};
use crate::ServerState;

/// `/desk/points/freshness.geojson`.
pub(super) async fn freshness(State(state): State<ServerState>, request: Request) -> Response {
    let visit = match visit(&state, request).await {
        Ok(visit) => visit,
        Err(error) => return failed(&error),
    };
    let Some(points) = desk::fresh_points(&state.portal, &visit) else { return forbidden() };
    features(points.into_iter().map(|(point, fresh)| {
        let state = match fresh {
            Freshness::Fresh => OpenState::Open,
            Freshness::Soon => OpenState::Soon,
            Freshness::Overdue => OpenState::Closed,
        };
        (point, state, ("freshness", serde_json::json!(fresh)))
    }))
}

/// `/desk/points/scans.geojson`. Those that were scanned at all are filled; how often, the map shows as warmth below them.
pub(super) async fn scans(State(state): State<ServerState>, request: Request) -> Response {
    let visit = match visit(&state, request).await {
        Ok(visit) => visit,
        Err(error) => return failed(&error),
    };
    let points = match desk::scanned_points(&state.portal, &visit).await {
        Ok(points) => points,
        Err(Failure::Store(error)) => return failed(&error),
        Err(_) => return forbidden(),
    };
    features(points.into_iter().map(|(point, scans)| {
        let state = if scans > 0 { OpenState::Open } else { OpenState::Closed };
        (point, state, ("warmth", scans.into()))
    }))
}

/// A request cannot be shared with another thread, so it ends here.
fn visit(state: &ServerState, request: Request) -> impl Future<Output = Result<Visit, StoreError>> + use<'_> {
    ready(state, &request)
}

fn failed(error: &StoreError) -> Response {
    tracing::error!(%error, "a map of the desk failed");
    problem(StatusCode::INTERNAL_SERVER_ERROR, "the database does not answer")
}

fn forbidden() -> Response {
    problem(StatusCode::FORBIDDEN, "this is for staff who keep points")
}

/// Points as they are drawn, each with one more thing that is known of it; those without a position are left out.
fn features<'a>(points: impl Iterator<Item = (&'a PointSummary, OpenState, (&'static str, Value))>) -> Response {
    let feature = |(point, state, (name, value)): (&PointSummary, OpenState, (&str, Value))| {
        let position = point.position?;
        Some(serde_json::json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [position.lon(), position.lat()] },
            "properties": {
                "id": point.id, "name": point.name, "name_en": point.name_en, "letter": point.letter, "state": state,
                name: value,
            },
        }))
    };
    let features: Vec<_> = points.filter_map(feature).collect();
    let body = serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
    let kind = http::HeaderValue::from_static("application/geo+json");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, NO_STORE)], body).into_response()
}
