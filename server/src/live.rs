//! Hands events on within the process: from the database, in order, to whoever follows. What it loses is in the database.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::events::Event;
use store::{Store, StoreError, events};
use tokio::sync::broadcast::{self, Receiver, Sender};

/// How many events a follower may be behind before it asks the database.
const BEHIND: usize = 256;
/// How many streams one session may have: windows beside each other.
pub(crate) const PER_SESSION: usize = 8;
/// How many streams a process keeps open.
pub(crate) const IN_ALL: usize = 1_000;

/// What is handed on: an event, or that there were too many and everybody has to look for themselves.
pub(crate) type Told = Option<Event>;

/// Who follows what happens. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Live(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    /// The number of the last event that was handed on, and is in the content.
    last: i64,
    /// None once the server is stopping.
    sender: Option<Sender<Told>>,
    /// Open streams by session.
    seats: HashMap<String, usize>,
}

impl Live {
    /// From this event on.
    pub(crate) fn new(last: i64) -> Self {
        let sender = Some(broadcast::channel(BEHIND).0);
        Self(Arc::new(Mutex::new(Inner { last, sender, seats: HashMap::new() })))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the last event that is in the content.
    pub(crate) fn last(&self) -> i64 {
        self.inner().last
    }

    /// Hands on what happened up to this event; the content has it already, so that who is told and asks finds it.
    pub(crate) async fn hand_on(&self, store: &Store, to: i64) -> Result<(), StoreError> {
        let from = self.last();
        if from == to {
            return Ok(());
        }
        let told: Vec<Told> = match events::since(store, from).await? {
            Some(events) => events.into_iter().filter(|event| event.id <= to).map(Some).collect(),
            None => vec![None],
        };
        let mut inner = self.inner();
        inner.last = to;
        if let Some(sender) = &inner.sender {
            // Nobody may be there to hear it.
            told.into_iter().for_each(|told| drop(sender.send(told)));
        }
        Ok(())
    }

    /// Ends every stream: a server that stops waits for its requests.
    pub(crate) fn end(&self) {
        self.inner().sender = None;
    }

    /// A seat for a session, and what is handed on from now; none when there is no room.
    pub(crate) fn seat(&self, session: &str) -> Option<(Seat, Receiver<Told>)> {
        let mut inner = self.inner();
        let receiver = inner.sender.as_ref()?.subscribe();
        if inner.seats.values().sum::<usize>() >= IN_ALL {
            return None;
        }
        let mine = inner.seats.entry(session.to_owned()).or_default();
        if *mine >= PER_SESSION {
            return None;
        }
        *mine += 1;
        Some((Seat { live: self.clone(), session: session.to_owned() }, receiver))
    }
}

/// The right to one stream. It goes back when the stream is gone.
#[derive(Debug)]
pub(crate) struct Seat {
    live: Live,
    session: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut inner = self.live.inner();
        if let Some(mine) = inner.seats.get_mut(&self.session) {
            *mine -= 1;
            if *mine == 0 {
                inner.seats.remove(&self.session);
            }
        }
    }
}
