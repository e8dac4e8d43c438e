//! Whether the process lives, and whether it can serve.

use axum::extract::State;
use http::StatusCode;

use crate::ServerState;

/// 200 while the process answers.
pub(super) async fn alive() -> &'static str {
    "ok"
}

/// 200 while the database answers too, else 503.
pub(super) async fn ready(State(state): State<ServerState>) -> (StatusCode, &'static str) {
    match state.store.is_ready().await {
        true => (StatusCode::OK, "ready"),
        false => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}
