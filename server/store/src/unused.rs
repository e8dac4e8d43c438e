//! Files that are kept by the hash of what they hold, and that nothing speaks of any more.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, FromQueryResult, QuerySelect, Statement, entity::prelude::*};
use time::{Duration, OffsetDateTime};

use crate::StoreError;

/// So long a file is kept that nobody refers to: a form may still be open that is going to.
const UNUSED: Duration = Duration::days(7);

#[derive(Debug, FromQueryResult)]
struct Mention {
    words: String,
}

/// Removes the files of an entity that were kept a week ago or longer and of which nothing speaks; how many there were. `mentions` asks
/// for every text (`words`) that may name one; it is the same for both databases.
pub(crate) async fn remove<E: EntityTrait>(
    db: &impl ConnectionTrait,
    (hash, kept_at): (E::Column, E::Column),
    mentions: &str,
    at: OffsetDateTime,
) -> Result<u64, StoreError> {
    let old = kept_at.lt(at - UNUSED);
    let hashes = E::find().select_only().column(hash).filter(old.clone()).into_tuple().all(db).await?;
    let mut unused: HashSet<String> = hashes.into_iter().collect();
    if unused.is_empty() {
        return Ok(0);
    }
    let mentions = Statement::from_string(db.get_database_backend(), mentions);
    for Mention { words } in Mention::find_by_statement(mentions).all(db).await? {
        for named in words.split(|c: char| !matches!(c, '0'..='9' | 'a'..='f')) {
            unused.remove(named);
        }
    }
    Ok(E::delete_many().filter(hash.is_in(&unused)).filter(old).exec(db).await?.rows_affected)
}
