//! What is published is asked of the model for meaning, a few texts at a time, until all of them are known. What one server has asked,
//! the others take from the database.

use std::{
    collections::HashSet,
    sync::Arc,
    time::{Duration, Instant},
};

use meaning::MeaningError;
use search::{IndexError, Unmeant, in_bytes};
use store::{StoreError, search as kept};

use crate::ServerState;

/// So many texts are looked at in one go.
const A_GO: usize = 400;
/// So many are asked for at once: whoever searches meanwhile waits no longer than for these.
const AT_ONCE: usize = 4;
/// How long a look is over before the next.
const PAUSE: Duration = Duration::from_secs(1);
/// The same, after one that failed.
const LONG_PAUSE: Duration = Duration::from_secs(15);

/// How often the vectors of texts that are gone are thrown away.
const FORGET_EVERY: Duration = Duration::from_secs(24 * 3600);

/// Why meanings are not known.
#[derive(Debug, thiserror::Error)]
pub enum NotLearnt {
    /// The model.
    #[error(transparent)]
    Model(#[from] MeaningError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The kept vectors are of another model.
    #[error(
        "the vectors of {0} that are kept have another length than those it gives now; another model needs another name"
    )]
    Other(String),
    /// The work on it.
    #[error("the work on it died")]
    Died,
}

/// Learns what is new, as long as the server runs; without a model there is nothing to do.
pub async fn keep_meanings(state: ServerState) {
    if state.portal.model().is_none() {
        return;
    }
    let (mut failing, mut forgot) = (false, None::<Instant>);
    loop {
        let pause = match learn_meanings(&state).await {
            Ok(0) => {
                let is_due = forgot.is_none_or(|at| at.elapsed() > FORGET_EVERY);
                if is_due && state.portal.index().is_whole() {
                    match forget_meanings(&state).await {
                        Ok(texts) => tracing::info!(texts, "meanings of what is gone are thrown away"),
                        Err(error) => tracing::warn!(%error, "meanings of what is gone cannot be thrown away"),
                    }
                    forgot = Some(Instant::now());
                }
                PAUSE
            }
            Ok(texts) => {
                let (known, all) = state.portal.index().meant();
                tracing::info!(texts, known, all, "meanings are learnt");
                Duration::ZERO
            }
            Err(error) => {
                if !failing {
                    tracing::error!(%error, "meanings cannot be learnt; searches go by their words");
                }
                failing = true;
                tokio::time::sleep(LONG_PAUSE).await;
                continue;
            }
        };
        failing = false;
        tokio::time::sleep(pause).await;
    }
}

/// Throws away the kept vectors of other models and of texts that are no longer published; how many. While this server does not know
/// all that is published, it cannot tell, and nothing is thrown away.
pub async fn forget_meanings(state: &ServerState) -> Result<u64, NotLearnt> {
    let index = state.portal.index();
    let (Some(model), Some(texts)) = (state.portal.model(), index.all_meant()) else { return Ok(0) };
    Ok(kept::forget_meanings(&state.store, model.name(), &texts).await?)
}

/// Learns what is not known yet, some of it; how many texts.
pub async fn learn_meanings(state: &ServerState) -> Result<usize, NotLearnt> {
    let Some(model) = state.portal.model() else { return Ok(0) };
    let index = state.portal.index();
    let looked = Arc::clone(&index);
    let missing = tokio::task::spawn_blocking(move || looked.unmeant(A_GO)).await.map_err(|_| NotLearnt::Died)??;
    if missing.is_empty() {
        return Ok(0);
    }
    let texts: Vec<u64> = missing.iter().map(|text| text.fingerprint).collect();
    let learn = |vectors: &[(u64, Vec<u8>)]| match index.learn_meanings(vectors) {
        true => Ok(()),
        false => Err(NotLearnt::Other(model.name().to_owned())),
    };
    let known = kept::meanings(&state.store, model.name(), &texts).await?;
    learn(&known)?;
    let known: HashSet<u64> = known.iter().map(|(text, _)| *text).collect();
    let new: Vec<&Unmeant> = missing.iter().filter(|text| !known.contains(&text.fingerprint)).collect();
    for some in new.chunks(AT_ONCE) {
        let texts: Vec<&str> = some.iter().map(|text| text.text.as_str()).collect();
        // What is looked at at once is of one sort.
        let vectors = match some.iter().any(|text| text.is_said) {
            true => model.queries(&texts).await?,
            false => model.passages(&texts).await?,
        };
        let learnt: Vec<(u64, Vec<u8>)> =
            some.iter().zip(&vectors).map(|(text, vector)| (text.fingerprint, in_bytes(vector))).collect();
        learn(&learnt)?;
        kept::keep_meanings(&state.store, model.name(), &learnt).await?;
    }
    Ok(missing.len())
}
