//! `/questions/live`: tells whoever asked a question that something happened to it, as server-sent events (HTML Standard, 9.2). What
//! happened, the page asks for itself, with the code; the stream goes by the code's digest, so the code stands in no address. The
//! number of an event is how often something happened to the question: a browser that was away is told at once what it missed.

use std::convert::Infallible;

use axum::{
    extract::{Query, Request, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{self, KeepAlive},
    },
};
use futures_util::{StreamExt, stream};
use http::{HeaderValue, StatusCode, header};
use store::{StoreError, questions};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    live::{ALIVE, UNBUFFERED},
    problem,
};
use crate::{
    ServerState,
    live::{Seat, Told},
    middleware::limits,
};

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    /// The digest of the code.
    of: String,
    /// How often something had happened that is in the page.
    after: Option<i32>,
}

/// Follows a question.
pub(super) async fn follow(State(state): State<ServerState>, Query(asked): Query<Asked>, request: Request) -> Response {
    let known = request.headers().get("last-event-id").and_then(|it| it.to_str().ok()?.parse().ok());
    let network = limits::network_of(&state.config, &request).map(|it| it.to_string()).unwrap_or_default();
    drop(request);
    // Listening begins before the database is asked, so nothing falls between.
    let Some((seat, told)) = state.resident_seats.take(&network).zip(state.live.listen()) else {
        return problem(StatusCode::TOO_MANY_REQUESTS, "there are too many streams");
    };
    let (question, now) = match questions::followed(&state.store, &asked.of).await {
        Ok(Some((id, now))) => (id.subject(), now),
        Ok(None) => return problem(StatusCode::NOT_FOUND, "there is no such question"),
        Err(error) => {
            tracing::error!(%error, "a question could not be followed");
            return problem(StatusCode::INTERNAL_SERVER_ERROR, "the database does not answer");
        }
    };
    let seen = known.or(asked.after).unwrap_or_default();
    // What happened before it was there.
    let missed = (now > seen).then(|| Ok::<_, Infallible>(changed(now)));
    let follower = Follower { state, digest: asked.of, question, told, seen: seen.max(now), _seat: seat };
    let events = stream::iter(missed).chain(stream::unfold(follower, async |mut follower| {
        let event = follower.next().await?;
        Some((Ok(event), follower))
    }));
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store")), UNBUFFERED];
    (headers, Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE))).into_response()
}

struct Follower {
    state: ServerState,
    digest: String,
    /// The question as in events.
    question: String,
    told: Receiver<Told>,
    /// How often something had happened when it was last told.
    seen: i32,
    _seat: Seat,
}

impl Follower {
    /// The next event; none when the server ends or the database does not answer: the browser comes again.
    async fn next(&mut self) -> Option<sse::Event> {
        loop {
            match self.told.recv().await {
                Ok(Some(event)) if event.subject != self.question => {}
                // Nothing moved that is kept: somebody is writing.
                Ok(Some(event)) if event.kind == questions::WRITING => {
                    return Some(sse::Event::default().data("writing"));
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {
                    if let Some(event) = self.look().await.ok()? {
                        return Some(event);
                    }
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// What happened since it was last told.
    async fn look(&mut self) -> Result<Option<sse::Event>, StoreError> {
        let Some((_, now)) = questions::followed(&self.state.store, &self.digest).await? else { return Ok(None) };
        if now <= self.seen {
            return Ok(None);
        }
        self.seen = now;
        Ok(Some(changed(now)))
    }
}

/// So often something has happened to it by now.
fn changed(now: i32) -> sse::Event {
    sse::Event::default().id(now.to_string()).data("changed")
}
