//! Tables for staff to download.

use app::{desk, portal::Visit};
use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use store::Failure;
use time::format_description::well_known::Rfc3339;

use super::{
    pages::error_page,
    staff::{NO_STORE, failed, ready},
};
use crate::{ServerState, commands::points_table};

/// A table in a format, by the end of its name; none for another end.
fn written(format: &str, name: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Option<Response> {
    let (kind, bytes) = match format {
        "csv" => ("text/csv; charset=utf-8", sheets::csv(rows)),
        "xlsx" => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheets::xlsx(name, rows).ok()?),
        "geojson" => ("application/geo+json", sheets::geojson(rows)),
        _ => return None,
    };
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{format}\"")).ok()?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    Some((headers, bytes).into_response())
}

/// What is made for somebody, or the page of why not.
async fn answered(
    state: &ServerState,
    request: Request,
    make: impl AsyncFnOnce(&Visit) -> Result<Option<Response>, Failure<()>>,
) -> Response {
    let made = match ready(state, &request).await {
        Ok(visit) => make(&visit).await,
        Err(error) => Err(error.into()),
    };
    match made {
        Ok(Some(response)) => response,
        Ok(None) => error_page(state, StatusCode::NOT_FOUND, request).await,
        Err(Failure::Store(error)) => failed(state, &error, request).await,
        Err(_) => error_page(state, StatusCode::FORBIDDEN, request).await,
    }
}

/// The lines an auditor asked for.
pub(super) async fn audit(State(state): State<ServerState>, request: Request) -> Response {
    answered(&state, request, async |visit| {
        let search = desk::asked_of_audit(visit);
        let lines = store::audit::export(&state.store, &visit.by(), &search).await?;
        let heading = ["at", "actor", "action", "subject", "outcome", "origin", "detail"].map(str::to_owned);
        let rows = lines.into_iter().map(|it| {
            let at = it.at.format(&Rfc3339).unwrap_or_default();
            vec![at, it.actor, it.action, it.subject, it.outcome, it.origin, it.detail]
        });
        Ok(written("csv", "audit", std::iter::once(heading.to_vec()).chain(rows)))
    })
    .await
}

/// The points of the table on the desk, with its filters.
pub(super) async fn points(State(state): State<ServerState>, Path(format): Path<String>, request: Request) -> Response {
    answered(&state, request, async |visit| {
        let ids = desk::selected_points(&state.portal, visit).ok_or(Failure::Forbidden)?;
        let content = &visit.snapshot.content;
        Ok(written(&format, "points", points_table(ids.into_iter().filter_map(|id| content.point(id)))))
    })
    .await
}

/// The rows of an import that cannot be taken.
pub(super) async fn bad_rows(
    State(state): State<ServerState>,
    Path((id, format)): Path<(i64, String)>,
    request: Request,
) -> Response {
    answered(&state, request, async |visit| {
        let rows = desk::bad_rows(&state.portal, visit, id).await?;
        Ok(written(&format, "rows-to-correct", rows))
    })
    .await
}
