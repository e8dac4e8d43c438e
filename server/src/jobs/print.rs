//! Prints what was asked for, one at a time, outside the threads that answer requests; no transaction is open meanwhile. A server that is
//! killed leaves its print to the next look: the lease runs out.

mod source;

use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use domain::prints::{Form, Trouble};
use press::{Fonts, PressError};
use store::prints::{self, Print};

use source::Source;
pub(crate) use source::poster;

use crate::{ServerState, clock};

/// How often is looked for work, and is said how far it is.
const EVERY: Duration = Duration::from_secs(1);

/// Every second: looks for something to print.
pub async fn print(state: ServerState) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut failing = false;
    loop {
        every.tick().await;
        match print_next(&state).await {
            Ok(_) => failing = false,
            Err(error) if !failing => {
                failing = true;
                tracing::error!(%error, "prints cannot be looked for");
            }
            Err(_) => {}
        }
    }
}

/// Prints what waits longest; whether there was something.
pub async fn print_next(state: &ServerState) -> Result<bool, store::StoreError> {
    let Some(print) = prints::claim(&state.store, clock::now()).await? else { return Ok(false) };
    let made = match source::of(state, &print.what) {
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

/// How far a print is, between the press and who tells the database.
#[derive(Debug, Default)]
struct Told {
    done: AtomicU32,
    total: AtomicU32,
    unwanted: AtomicBool,
}

type Made = (Vec<u8>, Option<u32>);

/// The file of a source and its pages; no trouble where nobody wants it any more.
async fn made(state: &ServerState, print: &Print, source: Source) -> Result<Made, Option<Trouble>> {
    let told = Arc::new(Told::default());
    let (folders, telling) = (state.config.fonts(), Arc::clone(&told));
    let mut press = tokio::task::spawn_blocking(move || pressed(&folders, source, &telling));
    loop {
        match tokio::time::timeout(EVERY, &mut press).await {
            Ok(Ok(Ok(made))) => return Ok(made),
            Ok(Ok(Err(PressError::Cancelled))) => return Err(None),
            Ok(Ok(Err(error))) => {
                tracing::error!(%error, print = print.id, "a print failed");
                return Err(Some(trouble(&error)));
            }
            Ok(Err(error)) => {
                tracing::error!(%error, print = print.id, "the press broke down");
                return Err(Some(Trouble::Press));
            }
            Err(_) => {}
        }
        let far = (told.done.load(Ordering::Relaxed), told.total.load(Ordering::Relaxed));
        match prints::progress(&state.store, &print.id, far, clock::now()).await {
            Ok(wanted) => told.unwanted.store(!wanted, Ordering::Relaxed),
            Err(error) => tracing::warn!(%error, print = print.id, "how far a print is could not be kept"),
        }
    }
}

fn trouble(error: &PressError) -> Trouble {
    match error {
        PressError::NoFont(_) => Trouble::NoFont,
        _ => Trouble::Press,
    }
}

fn pressed(folders: &[PathBuf], source: Source, told: &Told) -> Result<Made, PressError> {
    let mut progress = |done: usize, total: usize| {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        told.done.store(count(done), Ordering::Relaxed);
        told.total.store(count(total), Ordering::Relaxed);
        if told.unwanted.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let printed = match source {
        Source::Posters(posters, sheet) => press::posters(&Fonts::find(folders)?, &posters, sheet, &mut progress)?,
        Source::Book(book, Form::Pdf(layout), _) => press::book(&Fonts::find(folders)?, &book, layout, &mut progress)?,
        Source::Book(book, Form::Epub, modified) => return Ok((press::epub(&book, modified)?, None)),
    };
    Ok((printed.file, u32::try_from(printed.pages).ok()))
}
