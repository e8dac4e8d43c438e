//! Photos of points. A published one is everybody's and never changes; any other is shown only to those who keep points.

use app::portal::Visit;
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use store::{Failure, StoreError, photos};

use super::{assets::FOR_EVER, staff};
use crate::ServerState;

const NO_STORE: HeaderValue = HeaderValue::from_static("private, no-store");
const JPEG: HeaderValue = HeaderValue::from_static("image/jpeg");

/// `/photos/{hash}.jpg`.
pub(super) async fn show(State(state): State<ServerState>, request: Request) -> Response {
    let address = request.uri().path().to_owned();
    let Some(hash) = photos::hash_of(&address) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (found, keep) = if state.portal.snapshot().content.shows_photo(&address) {
        (photos::bytes(&state.store, hash).await.map_err(Failure::Store), FOR_EVER)
    } else {
        let visit = staff::ready(&state, &request);
        drop(request);
        (unpublished(&state, visit.await, hash).await, NO_STORE)
    };
    match found {
        Ok(Some(bytes)) => ([(header::CONTENT_TYPE, JPEG), (header::CACHE_CONTROL, keep)], bytes).into_response(),
        // Whether there is one is not said.
        Ok(None) | Err(Failure::Forbidden | Failure::Refused(())) => StatusCode::NOT_FOUND.into_response(),
        Err(Failure::Store(error)) => failed(&error),
    }
}

async fn unpublished(
    state: &ServerState,
    visit: Result<Visit, StoreError>,
    hash: &str,
) -> Result<Option<Vec<u8>>, Failure<()>> {
    photos::unpublished(&state.store, &visit?.by(), hash).await
}

fn failed(error: &StoreError) -> Response {
    tracing::error!(%error, "a photo could not be read");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
