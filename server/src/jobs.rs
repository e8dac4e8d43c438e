//! What runs beside the requests.

mod meanings;
mod print;

use std::time::{Duration, Instant};

use domain::audit::{Actor, By};
use store::StoreError;

pub use meanings::{NotLearnt, forget_meanings, keep_meanings, learn_meanings};
pub(crate) use print::{made_apart, poster};
pub use print::{print, print_next};

use crate::{ServerState, clock};

/// How soon after one look at the database the next may follow, however much is written; the first write is seen at once.
const PAUSE: Duration = Duration::from_millis(100);

/// At every write, and every second: sees whether another revision is published, something happened, or a minute has passed. A
/// database that does not answer leaves the content as it is, and is said in the log once, not every second.
pub async fn keep_fresh(state: ServerState) {
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut looked = Instant::now();
    let mut failing = false;
    loop {
        tokio::select! {
            _ = every.tick() => {}
            () = state.store.written() => {}
        }
        tokio::time::sleep(PAUSE.saturating_sub(looked.elapsed())).await;
        looked = Instant::now();
        match state.refresh(clock::now()).await {
            Ok(()) if failing => tracing::info!("the database answers again"),
            Err(error) if !failing => tracing::error!(%error, "the content could not be read again"),
            _ => continue,
        }
        failing = !failing;
    }
}

/// Every second: sees whether the manual has to be composed anew.
pub async fn keep_manual(state: ServerState) {
    every_second(state, "the manual stays as it was", |state| async move { state.compose().await }).await;
}

/// Looks again every second. What fails is said in the log once, not every second.
async fn every_second<T, F>(state: ServerState, sentence: &'static str, look: impl Fn(ServerState) -> F)
where
    F: Future<Output = Result<T, StoreError>>,
{
    let mut every = tokio::time::interval(Duration::from_secs(1));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut failing = false;
    loop {
        every.tick().await;
        match look(state.clone()).await {
            Ok(_) => failing = false,
            Err(error) if !failing => {
                failing = true;
                tracing::error!(%error, sentence);
            }
            Err(_) => {}
        }
    }
}

/// Hears of what other servers over the same PostgreSQL write. Where that fails, [`keep_fresh`] still looks every second.
pub async fn listen(state: ServerState) {
    loop {
        let Err(error) = state.store.listen().await;
        tracing::warn!(%error, "other servers cannot be heard for now");
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
}

/// Every hour: removes events nobody will ask for any more.
pub async fn forget_events(state: ServerState) {
    let mut every = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        every.tick().await;
        if let Err(error) = store::events::forget(&state.store, clock::now()).await {
            tracing::error!(%error, "old events could not be removed");
        }
    }
}

/// Every half minute: publishes approved changes and drafts whose day has come. The first time is the start of the server, so nothing is lost
/// that fell due while it was down.
pub async fn apply_due(state: ServerState) {
    let mut every = tokio::time::interval(Duration::from_secs(30));
    loop {
        every.tick().await;
        let by = By { actor: Actor::Clock, origin: String::new(), at: clock::now() };
        match store::points::changes::apply_due(&state.store, &by).await {
            Ok(0) => {}
            Ok(changes) => tracing::info!(changes, "changes of points have taken effect"),
            Err(error) => tracing::error!(%error, "changes of points could not take effect"),
        }
        match store::manual::drafts::apply_due(&state.store, &by).await {
            Ok(0) => {}
            Ok(drafts) => tracing::info!(drafts, "drafts of manuals have taken effect"),
            Err(error) => tracing::error!(%error, "drafts of manuals could not take effect"),
        }
    }
}

/// Four times a second: sees whether the index has to follow what is shown.
pub async fn keep_index(state: ServerState) {
    let mut every = tokio::time::interval(Duration::from_millis(250));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut failing = false;
    loop {
        every.tick().await;
        match state.index().await {
            Ok(0) => {}
            Ok(things) => tracing::info!(things, "the index follows"),
            Err(error) => {
                if !failing {
                    tracing::error!(%error, "the index cannot follow; what it finds is older");
                }
                failing = true;
                continue;
            }
        }
        failing = false;
    }
}

/// Every four seconds: writes the scans of codes and the searches that were counted into the database. A process that is killed loses no more.
pub async fn keep_counts(state: ServerState) {
    let mut every = tokio::time::interval(Duration::from_secs(4));
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut failing = false;
    loop {
        every.tick().await;
        match state.keep_counts().await {
            Ok(()) if failing => tracing::info!("scans and searches are written again"),
            Err(error) if !failing => {
                tracing::error!(%error, "scans and searches could not be written; they stay counted")
            }
            _ => continue,
        }
        failing = !failing;
    }
}

/// Every day: forgets how to reach residents who were answered long ago, and files nobody refers to.
pub async fn forget_unneeded(state: ServerState) {
    let mut every = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        every.tick().await;
        let by = By { actor: Actor::Clock, origin: String::new(), at: clock::now() };
        let store = &state.store;
        forgotten("who sent old reports", store::reports::forget(store, &by).await);
        forgotten("how to reach those who asked long ago", store::questions::forget(store, &by).await);
        forgotten("photos nobody refers to", store::photos::forget(store, &by).await);
        forgotten("files of policies nobody refers to", store::policies::attachments::forget(store, &by).await);
        forgotten("prints of last week", store::prints::forget(store, by.at).await);
        forgotten("tables that were uploaded long ago", store::points::imports::forget(store, by.at).await);
    }
}

/// Says what was forgotten, if there was something.
fn forgotten(what: &'static str, done: Result<u64, impl std::fmt::Display>) {
    match done {
        Ok(0) => {}
        Ok(count) => tracing::info!(what, count, "forgotten"),
        Err(error) => tracing::error!(%error, what, "could not be forgotten"),
    }
}

/// Every day: removes lines of the audit log that are older than they have to be kept.
pub async fn forget_audit(state: ServerState) {
    let mut every = tokio::time::interval(Duration::from_secs(24 * 60 * 60));
    loop {
        every.tick().await;
        match store::audit::forget(&state.store, clock::now(), state.config.audit_months).await {
            Ok(0) => {}
            Ok(lines) => tracing::info!(lines, "old lines of the audit log are removed"),
            Err(error) => tracing::error!(%error, "old lines of the audit log could not be removed"),
        }
    }
}
