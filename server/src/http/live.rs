//! `/desk/live`: what happens, as server-sent events for staff (HTML Standard, 9.2). An event says only that a point or a change is
//! no longer as it was; the page asks for it itself. It has a number, by which a browser that was away goes on (`Last-Event-ID`).

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Query, Request, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{self, KeepAlive},
    },
};
use domain::{audit::Actor, events::Event};
use futures_util::stream;
use http::{HeaderName, HeaderValue, StatusCode, header};
use store::{
    StoreError, events,
    identity::{Session, Stage, Token},
};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Interval, MissedTickBehavior, interval},
};

use super::{problem, staff};
use crate::{
    ServerState, clock,
    live::{Seat, Told},
};

/// A proxy takes a silent connection for a dead one.
pub(super) const ALIVE: Duration = Duration::from_secs(15);
/// How often it is looked whether the session still lives.
const CHECKED: Duration = Duration::from_secs(15);
/// A proxy (nginx) is not to collect what comes.
pub(super) const UNBUFFERED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    /// The last event that is in the page.
    after: Option<i64>,
}

/// Follows what happens. A timeout of answers does not concern it: that ends with the headers. Nor does it keep a session alive.
pub(super) async fn follow(State(state): State<ServerState>, Query(asked): Query<Asked>, request: Request) -> Response {
    let known = request.headers().get("last-event-id").and_then(|it| it.to_str().ok()?.parse().ok());
    let token = staff::token(&state, request.headers());
    drop(request);
    let Some(token) = token else { return problem(StatusCode::FORBIDDEN, "nobody is signed in") };
    let session = match alive(&state, &token).await {
        Ok(Some(session)) => session,
        Ok(None) => return problem(StatusCode::FORBIDDEN, "nobody is signed in"),
        Err(error) => {
            tracing::error!(%error, "a stream of events could not begin");
            return problem(StatusCode::INTERNAL_SERVER_ERROR, "the database does not answer");
        }
    };
    let Some((seat, told)) = state.staff_seats.take(&session.digest).zip(state.live.listen()) else {
        return problem(StatusCode::TOO_MANY_REQUESTS, "there are too many streams");
    };
    let mut check = interval(CHECKED);
    check.set_missed_tick_behavior(MissedTickBehavior::Delay);
    check.reset();
    let last = known.or(asked.after).unwrap_or_else(|| state.live.last());
    let mut follower = Follower { state, token, session, told, last, waiting: VecDeque::new(), check, _seat: seat };
    // What happened before it was there, or while it was away.
    let missed = follower.catch_up().await.unwrap_or_default();
    follower.waiting.extend(missed);
    let events = stream::unfold(follower, async |mut follower| {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store")), UNBUFFERED];
    (headers, Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE))).into_response()
}

/// The session of a token, if it may see anything at all.
async fn alive(state: &ServerState, token: &Token) -> Result<Option<Session>, StoreError> {
    let session = state.portal.peek(clock::now(), token).await?;
    Ok(session.filter(|session| session.stage == Stage::Ready))
}

/// What a stream sends.
enum News {
    /// Something happened.
    Event(Arc<Event>),
    /// So much happened that the page has to be looked at anew; this is where it goes on.
    Reload(i64),
}

/// Somebody who follows.
struct Follower {
    state: ServerState,
    token: Token,
    session: Session,
    told: Receiver<Told>,
    /// The number of the last event it knows of.
    last: i64,
    waiting: VecDeque<News>,
    check: Interval,
    _seat: Seat,
}

impl Follower {
    /// The next event for this person; none when the session or the server ends.
    async fn next(&mut self) -> Option<sse::Event> {
        loop {
            if let Some(news) = self.waiting.pop_front() {
                match self.shown(&news) {
                    Some(event) => return Some(event),
                    None => continue,
                }
            }
            tokio::select! {
                told = self.told.recv() => match told {
                    Ok(Some(event)) if event.id <= self.last => {}
                    Ok(Some(event)) if event.id == self.last + 1 => {
                        self.last = event.id;
                        self.waiting.push_back(News::Event(event));
                    }
                    Ok(_) | Err(RecvError::Lagged(_)) => {
                        let missed = self.catch_up().await.ok()?;
                        self.waiting.extend(missed);
                    }
                    Err(RecvError::Closed) => return None,
                },
                _ = self.check.tick() => self.session = alive(&self.state, &self.token).await.ok()??,
            }
        }
    }

    /// What it has not been told, from the database, as far as the content has it.
    async fn catch_up(&mut self) -> Result<Vec<News>, StoreError> {
        let known = self.state.live.last();
        if self.last == known {
            return Ok(vec![]);
        }
        let events = events::since(&self.state.store, self.last).await?;
        self.last = known;
        let Some(events) = events else { return Ok(vec![News::Reload(known)]) };
        Ok(events.into_iter().filter(|event| event.id <= known).map(|it| News::Event(Arc::new(it))).collect())
    }

    /// An event as it is sent, if this person may hear of it.
    fn shown(&self, news: &News) -> Option<sse::Event> {
        let event = match news {
            News::Reload(last) => return Some(sse::Event::default().id(last.to_string()).event("reload").data("{}")),
            News::Event(event) => event,
        };
        let snapshot = self.state.portal.snapshot();
        if !event.audience.has(&self.session.staff, &snapshot.atlas.divisions) {
            return None;
        }
        let own = event.actor == Actor::Staff(self.session.staff.clone()).code();
        let data = serde_json::json!({ "kind": event.kind, "subject": event.subject, "own": own });
        Some(sse::Event::default().id(event.id.to_string()).data(data.to_string()))
    }
}
