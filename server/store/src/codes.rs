//! Codes as kept: issued once for a thing and never for another, led elsewhere by staff at most, counted by day. The database itself
//! refuses to change or remove one.

mod entity;
mod moves;
mod scans;
#[cfg(test)]
mod tests;

use std::{collections::HashSet, sync::Arc};

use domain::{
    audit::By,
    codes::{Codes, Thing, Token},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*, sea_query::OnConflict};

use crate::{
    Store, StoreError,
    audit::{self, Outcome},
    snapshot::Content,
    unreadable,
};
use entity::codes;

pub use moves::{Move, Refused, lead_elsewhere, moves};
pub use scans::{Scan, add_scans, by_day, totals};

/// Fills bytes with randomness.
pub type Random = fn(&mut [u8]);

/// How many rows one statement adds or asks for.
const CHUNK: usize = 2000;
/// So often other tokens are tried for things whose tokens were taken. One in 10,000 is, when 200,000 codes exist.
const TRIES: usize = 8;

/// The content with a code for everything that is to have one: what lacks it gets it now. Quick where nothing is missing.
pub async fn complete(
    store: &Store,
    by: &By,
    content: Arc<Content>,
    random: Random,
) -> Result<Arc<Content>, StoreError> {
    let missing: Vec<_> = content.things().filter(|thing| content.codes.token(*thing).is_none()).collect();
    if missing.is_empty() {
        return Ok(content);
    }
    let issued = issue(store, by, missing, random).await?;
    let mut content = Arc::unwrap_or_clone(content);
    Arc::make_mut(&mut content.codes).add(issued);
    Ok(Arc::new(content))
}

/// Gives codes to things that have none, all or none; the codes they have by then. Several servers may do so at the same time: the
/// first to write decides.
pub async fn issue(
    store: &Store,
    by: &By,
    things: Vec<Thing>,
    random: Random,
) -> Result<Vec<(Token, Thing)>, StoreError> {
    let transaction = store.write().await?;
    let issued = issued(&transaction, by, things, random).await?;
    transaction.commit().await?;
    Ok(issued)
}

async fn issued(
    db: &impl ConnectionTrait,
    by: &By,
    mut things: Vec<Thing>,
    random: Random,
) -> Result<Vec<(Token, Thing)>, StoreError> {
    // In one order, so that two servers never wait for each other.
    things.sort();
    things.dedup();
    let count = things.len();
    let mut issued = Vec::with_capacity(count);
    for _ in 0..TRIES {
        let mut without = Vec::new();
        for chunk in things.chunks(CHUNK) {
            let rows = chunk.iter().map(|thing| codes::ActiveModel {
                token: Set(token(random).plain().to_owned()),
                kind: Set(thing.kind().to_owned()),
                subject: Set(thing.subject()),
                issued_at: Set(by.at),
            });
            let nothing = OnConflict::new().do_nothing().to_owned();
            codes::Entity::insert_many(rows).on_conflict(nothing).exec_without_returning(db).await?;
            let found = of(db, chunk).await?;
            let with: HashSet<_> = found.iter().map(|(_, thing)| *thing).collect();
            without.extend(chunk.iter().filter(|thing| !with.contains(thing)));
            issued.extend(found);
        }
        if without.is_empty() {
            let detail = serde_json::json!({ "codes": count });
            audit::record(db, by, "codes.issue", "codes", Outcome::Done, detail).await?;
            return Ok(issued);
        }
        things = without;
    }
    Err(unreadable("codes.token", "no token is free"))
}

fn token(random: Random) -> Token {
    let mut bytes = [0; 16];
    random(&mut bytes);
    Token::new(bytes)
}

/// The codes of some things, which are few enough for one statement a kind.
async fn of(db: &impl ConnectionTrait, things: &[Thing]) -> Result<Vec<(Token, Thing)>, StoreError> {
    let mut found = Vec::with_capacity(things.len());
    // They are sorted, so those of a kind stand together.
    for of_kind in things.chunk_by(|a, b| a.kind() == b.kind()) {
        let subjects = of_kind.iter().map(|thing| thing.subject());
        let rows = codes::Entity::find()
            .filter(codes::Column::Kind.eq(of_kind[0].kind()))
            .filter(codes::Column::Subject.is_in(subjects));
        for row in rows.all(db).await? {
            found.push((read_token(row.token)?, read_thing(&row.kind, &row.subject)?));
        }
    }
    Ok(found)
}

/// Every code.
pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Codes, StoreError> {
    let rows = codes::Entity::find().select_only();
    let rows = rows.columns([codes::Column::Token, codes::Column::Kind, codes::Column::Subject]);
    let rows: Vec<(String, String, String)> = rows.into_tuple().all(db).await?;
    let codes = rows.into_iter().map(|(token, kind, subject)| Ok((read_token(token)?, read_thing(&kind, &subject)?)));
    let codes: Result<_, StoreError> = codes.collect();
    let rows = entity::moves::Entity::find().order_by_asc(entity::moves::Column::Id).all(db).await?;
    let moves = rows.into_iter().map(|row| Ok((read_token(row.token)?, read_thing(&row.kind, &row.subject)?)));
    Ok(Codes::new(codes?, moves.collect::<Result<_, StoreError>>()?))
}

/// Every code again, where there are others by now. Nothing is ever changed or removed, so counting tells.
pub(crate) async fn newer(db: &impl ConnectionTrait, known: &Codes) -> Result<Option<Codes>, StoreError> {
    let counts = (codes::Entity::find().count(db).await?, entity::moves::Entity::find().count(db).await?);
    if counts == (known.len() as u64, known.moved() as u64) { Ok(None) } else { Ok(Some(load(db).await?)) }
}

fn read_token(text: String) -> Result<Token, StoreError> {
    text.parse().map_err(|_| unreadable("codes.token", text))
}

fn read_thing(kind: &str, subject: &str) -> Result<Thing, StoreError> {
    Thing::read(kind, subject).map_err(|_| unreadable("codes.subject", format!("{kind} {subject}")))
}
