//! The index follows what is published: what is new is put in, what has changed takes its place, what is gone is taken out.

use std::{collections::HashMap, sync::Arc};

use search::IndexError;
use store::StoreError;

use super::passages::{findable, source};
use crate::portal::Portal;

/// So many things are put in before the first of them are shown, so that a new index answers soon.
const AT_ONCE: usize = 2_000;

/// Why the index could not follow.
#[derive(Debug, thiserror::Error)]
pub enum NotFollowed {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The work on it.
    #[error("the work on the index died")]
    Died,
}

/// Brings the index up to the content that is shown; `known` is what it has, as of the last time. Gives how many things changed.
pub async fn follow(portal: &Portal, known: &mut HashMap<String, u64>) -> Result<usize, NotFollowed> {
    let (snapshot, manual, index) = (portal.snapshot(), portal.manual(), portal.index());
    let (content, today) = (&snapshot.content, snapshot.today());
    let all = findable(portal.store(), content, &manual, today).await?;
    let mut gone: HashMap<String, u64> = known.clone();
    let mut new = Vec::new();
    for what in all {
        if gone.remove(&what.key) != Some(what.stamp) {
            new.push(what);
        }
    }
    let count = gone.len() + new.len();
    let speaks_otherwise = index.speak(&content.synonyms);
    if count == 0 && !speaks_otherwise {
        return Ok(0);
    }
    for key in gone.keys() {
        index.remove(key);
        known.remove(key);
    }
    let mut new = new.into_iter().peekable();
    loop {
        let mut made = Vec::new();
        for what in new.by_ref().take(AT_ONCE) {
            made.push(source(portal.store(), content, today, what).await?);
        }
        known.extend(made.iter().map(|it| (it.key.clone(), it.stamp)));
        let at_work = Arc::clone(&index);
        // Cutting texts into words takes long; requests go on meanwhile.
        let put = move || {
            made.iter().try_for_each(|source| at_work.put(source))?;
            at_work.show()
        };
        match tokio::task::spawn_blocking(put).await {
            Ok(done) => done?,
            Err(_) => return Err(NotFollowed::Died),
        }
        if new.peek().is_none() {
            return Ok(count);
        }
    }
}
