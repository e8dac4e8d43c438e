//! `/desk/points/freshness.geojson`: the points of one's area for the map of the desk, with how fresh they are in the place of whether
//! they are open: green as open, amber as closing soon, red as closed. The map tells the three by their shape, too.

use app::desk;
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use domain::{hours::OpenState, points::Freshness};
use http::{StatusCode, header};

use super::{
    problem,
    staff::{NO_STORE, ready},
};
use crate::ServerState;

pub(super) async fn show(State(state): State<ServerState>, request: Request) -> Response {
    let visit = ready(&state, &request);
    drop(request);
    let visit = match visit.await {
        Ok(visit) => visit,
        Err(error) => {
            tracing::error!(%error, "the map of the desk failed");
            return problem(StatusCode::INTERNAL_SERVER_ERROR, "the database does not answer");
        }
    };
    let Some(points) = desk::fresh_points(&state.portal, &visit) else {
        return problem(StatusCode::FORBIDDEN, "this is for staff who keep points");
    };
    let features = points.into_iter().filter_map(|(point, fresh)| {
        let position = point.position?;
        let state = match fresh {
            Freshness::Fresh => OpenState::Open,
            Freshness::Soon => OpenState::Soon,
            Freshness::Overdue => OpenState::Closed,
        };
        Some(serde_json::json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [position.lon(), position.lat()] },
            "properties": {
                "id": point.id, "name": point.name, "name_en": point.name_en, "letter": point.letter, "state": state,
                "freshness": fresh,
            },
        }))
    });
    let features: Vec<_> = features.collect();
    let body = serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
    let kind = http::HeaderValue::from_static("application/geo+json");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, NO_STORE)], body).into_response()
}
