//! Guessing is made slow: after five failures a name, and an address, has to wait five minutes (GB/T 22239-2019).

use domain::identity::MAX_FAILURES;
use sea_orm::{ActiveValue::Set, ExprTrait, entity::prelude::*, sea_query::OnConflict};
use time::OffsetDateTime;

use super::{LOCK, Refused, Result, entity::failures, refuse};
use crate::Store;

/// Counts an attempt before it is judged, so that many at once are no way around the lock.
pub(super) async fn begin(store: &Store, now: OffsetDateTime, keys: &[String]) -> Result<()> {
    let transaction = store.write().await?;
    let mut until = None;
    for key in keys {
        let before = failures::Entity::find_by_id(key).one(&transaction).await?;
        // After a rest the count begins anew.
        let before = before.filter(|it| it.last_at + LOCK > now);
        let count = before.as_ref().map_or(0, |it| it.count);
        if u32::try_from(count).unwrap_or_default() >= MAX_FAILURES {
            until = Ord::max(until, before.map(|it| it.last_at + LOCK));
            continue;
        }
        let row = failures::ActiveModel { key: Set(key.clone()), count: Set(count + 1), last_at: Set(now) };
        let again = OnConflict::column(failures::Column::Key)
            .update_columns([failures::Column::Count, failures::Column::LastAt])
            .to_owned();
        failures::Entity::insert(row).on_conflict(again).exec_without_returning(&transaction).await?;
    }
    transaction.commit().await?;
    match until {
        Some(until) => refuse(Refused::Locked(until)),
        None => Ok(()),
    }
}

/// It was no failure after all: the first key is forgotten, the others count one less. Who signs in with an account of their own
/// does not by that get five more tries at others from the same address.
pub(super) async fn succeeded(db: &impl ConnectionTrait, keys: &[String]) -> Result<()> {
    let Some((own, others)) = keys.split_first() else { return Ok(()) };
    failures::Entity::delete_by_id(own).exec(db).await?;
    let less = failures::Entity::update_many()
        .col_expr(failures::Column::Count, Expr::col(failures::Column::Count).sub(1))
        .filter(failures::Column::Key.is_in(others))
        .filter(failures::Column::Count.gt(0));
    less.exec(db).await?;
    Ok(())
}

/// Forgets what no longer counts.
pub(super) async fn forget(db: &impl ConnectionTrait, now: OffsetDateTime) -> Result<()> {
    failures::Entity::delete_many().filter(failures::Column::LastAt.lt(now - LOCK)).exec(db).await?;
    Ok(())
}
