//! `index`, and the list of synonyms a new portal begins with.

use domain::{audit::By, search::Synonym};
use store::Store;

use super::{CommandError, open};
use crate::{ServerState, chance, clock, config::Config};

/// Words of everyday speech and what laws and lists of services call them.
const SYNONYMS: &str = include_str!("../../seed/synonyms.csv");

/// Fills an empty list of synonyms.
pub(super) async fn ship(store: &Store) -> Result<(), CommandError> {
    if !store::search::has_words(store).await? {
        store::search::ship(store, &By::console(clock::now()), synonyms()?).await?;
    }
    Ok(())
}

/// The words of the street that a new portal begins with.
pub fn synonyms() -> Result<Vec<Synonym>, CommandError> {
    let mut rows = csv::Reader::from_reader(SYNONYMS.as_bytes());
    let pairs = rows.records().map(|row| {
        let row = row.map_err(|error| CommandError::List(error.to_string()))?;
        let (said, means) = (row.get(0).unwrap_or_default(), row.get(1).unwrap_or_default());
        Synonym::read(said, means).map_err(|why| CommandError::List(format!("{said}: {why:?}")))
    });
    pairs.collect()
}

/// Makes the index anew.
pub(super) async fn index(config: Config) -> Result<(), CommandError> {
    let store = open(&config).await?;
    ship(&store).await?;
    let config = config.with_key(chance::random).map_err(|why| CommandError::Io { what: "the key".into(), why })?;
    let state = ServerState::load(config, store, clock::now()).await?;
    if state.shares_index() {
        return Err(CommandError::List("a server has this index open: stop it first".to_owned()));
    }
    let things = state.index_anew().await?;
    eprintln!("{things} things in the index");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_synonyms_can_be_read() {
        assert!(synonyms().unwrap().len() >= 300);
    }
}
