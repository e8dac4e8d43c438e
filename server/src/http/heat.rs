//! `/desk/points/scans.geojson`: the points of one's area for the map of the desk, with how often their codes were scanned. Those that
//! were scanned at all are drawn filled, as open ones are; how often, the map shows as warmth below them.

use app::desk;
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use domain::hours::OpenState;
use http::{StatusCode, header};
use store::Failure;

use super::{
    problem,
    staff::{NO_STORE, ready},
};
use crate::ServerState;

pub(super) async fn show(State(state): State<ServerState>, request: Request) -> Response {
    let visit = ready(&state, &request);
    drop(request);
    let failed = |error: store::StoreError| {
        tracing::error!(%error, "the map of scans failed");
        problem(StatusCode::INTERNAL_SERVER_ERROR, "the database does not answer")
    };
    let visit = match visit.await {
        Ok(visit) => visit,
        Err(error) => return failed(error),
    };
    let points = match desk::scanned_points(&state.portal, &visit).await {
        Ok(points) => points,
        Err(Failure::Store(error)) => return failed(error),
        Err(_) => return problem(StatusCode::FORBIDDEN, "this is for staff who keep points"),
    };
    let features = points.into_iter().filter_map(|(point, scans)| {
        let position = point.position?;
        let state = if scans > 0 { OpenState::Open } else { OpenState::Closed };
        Some(serde_json::json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [position.lon(), position.lat()] },
            "properties": {
                "id": point.id, "name": point.name, "name_en": point.name_en, "letter": point.letter, "state": state,
                "warmth": scans,
            },
        }))
    });
    let features: Vec<_> = features.collect();
    let body = serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
    let kind = http::HeaderValue::from_static("application/geo+json");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, NO_STORE)], body).into_response()
}
