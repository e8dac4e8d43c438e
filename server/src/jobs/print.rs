//! Prints what was asked for, one at a time, in a process of its own; no transaction is open meanwhile. A server that is
//! killed leaves its print to the next look: the lease runs out.

mod apart;
mod source;

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use domain::prints::Trouble;
use press::{Order, Work};
use store::prints::{self, Print};

pub(crate) use apart::made as made_apart;
use apart::{Made, NotMade};
pub(crate) use source::poster;

use crate::{ServerState, clock};

/// How often is said how far it is.
const EVERY: Duration = Duration::from_secs(1);

/// Every second: looks for something to print.
pub async fn print(state: ServerState) {
    super::every_second(state, "prints cannot be looked for", |state| async move { print_next(&state).await }).await;
}

/// Prints what waits longest; whether there was something.
pub async fn print_next(state: &ServerState) -> Result<bool, store::StoreError> {
    let Some(print) = prints::claim(&state.store, clock::now()).await? else { return Ok(false) };
    let made = match source::of(state, &print.what).await? {
        Ok(source) => made(state, &print, source).await,
        Err(trouble) => Err(Some(trouble)),
    };
    let at = clock::now();
    let kept = match made {
        Ok((file, pages)) => {
            tracing::info!(print = print.id, bytes = file.len(), pages, "printed");
            prints::finish(&state.store, &print.id, file, pages, at).await
        }
        Err(Some(trouble)) => prints::fail(&state.store, &print.id, trouble, at).await,
        Err(None) => Ok(()),
    };
    if let Err(error) = kept {
        tracing::error!(%error, print = print.id, "what was printed could not be kept");
        prints::fail(&state.store, &print.id, Trouble::NotKept, at).await?;
    }
    Ok(true)
}

/// The file of a source and its pages; no trouble where nobody wants it any more.
async fn made(state: &ServerState, print: &Print, source: Work) -> Result<Made, Option<Trouble>> {
    let far = (AtomicU32::new(0), AtomicU32::new(0));
    let order = Order { fonts: state.config.fonts(), work: source };
    let told = |done, total| {
        far.0.store(done, Ordering::Relaxed);
        far.1.store(total, Ordering::Relaxed);
    };
    let program = state.config.press();
    let mut press = std::pin::pin!(apart::made(&program, &order, told));
    loop {
        match tokio::time::timeout(EVERY, &mut press).await {
            Ok(Ok(made)) => return Ok(made),
            Ok(Err(error)) => {
                tracing::error!(%error, print = print.id, "a print failed");
                return Err(Some(match error {
                    NotMade::NoFont(_) => Trouble::NoFont,
                    NotMade::Press(_) | NotMade::Io(_) => Trouble::Press,
                }));
            }
            Err(_) => {}
        }
        let far = (far.0.load(Ordering::Relaxed), far.1.load(Ordering::Relaxed));
        match prints::progress(&state.store, &print.id, far, clock::now()).await {
            Ok(true) => {}
            // Nobody wants it: the process ends with this future.
            Ok(false) => return Err(None),
            Err(error) => tracing::warn!(%error, print = print.id, "how far a print is could not be kept"),
        }
    }
}
