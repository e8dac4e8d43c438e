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
/// What is handed on: an event, or that there were too many and everybody has to look for themselves.
pub(crate) type Told = Option<Arc<Event>>;

/// Who follows what happens. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Live(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    /// The number of the last event that was handed on, and is in the content.
    last: i64,
    /// None once the server is stopping.
    sender: Option<Sender<Told>>,
}

impl Live {
    /// From this event on.
    pub(crate) fn new(last: i64) -> Self {
        let sender = Some(broadcast::channel(BEHIND).0);
        Self(Arc::new(Mutex::new(Inner { last, sender })))
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
            Some(events) => {
                events.into_iter().filter(|event| event.id <= to).map(|event| Some(Arc::new(event))).collect()
            }
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

    /// What is handed on from now; none when the server is stopping.
    pub(crate) fn listen(&self) -> Option<Receiver<Told>> {
        Some(self.inner().sender.as_ref()?.subscribe())
    }
}

/// How many streams a process keeps open: each of some person or network, and all of them together. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Seats {
    each: usize,
    all: usize,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

impl Seats {
    /// For sessions of staff: windows beside each other.
    pub(crate) fn of_staff() -> Self {
        Self { each: 8, all: 1_000, taken: Arc::default() }
    }

    /// For residents by their network: a hall of services or a village may be behind one address.
    pub(crate) fn of_residents() -> Self {
        Self { each: 100, all: 10_000, taken: Arc::default() }
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat; none when there is no room.
    pub(crate) fn take(&self, whose: &str) -> Option<Seat> {
        let mut taken = self.taken();
        let mine = taken.get(whose).copied().unwrap_or_default();
        if mine >= self.each || taken.values().sum::<usize>() >= self.all {
            return None;
        }
        taken.insert(whose.to_owned(), mine + 1);
        Some(Seat { seats: self.clone(), whose: whose.to_owned() })
    }
}

/// The right to one stream. It goes back when the stream is gone.
#[derive(Debug)]
pub(crate) struct Seat {
    seats: Seats,
    whose: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        if let Some(mine) = taken.get_mut(&self.whose) {
            *mine -= 1;
            if *mine == 0 {
                taken.remove(&self.whose);
            }
        }
    }
}
