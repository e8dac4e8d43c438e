//! How often each code was scanned on each day: a number and nothing else, neither who nor from where.

use std::collections::HashMap;

use domain::{audit::By, codes::Token, identity::Action};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*, sea_query::OnConflict};
use time::Date;

use super::{CHUNK, entity::scans, read_token};
use crate::{Failure, Store, StoreError};

/// So many scans of a code on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The code.
    pub token: Token,
    /// The day in China.
    pub day: Date,
    /// How many.
    pub count: i64,
}

/// Adds to what was counted, all or none.
pub async fn add_scans(store: &Store, list: &[Scan]) -> Result<(), StoreError> {
    let mut list = list.to_vec();
    // In one order, so that two servers never wait for each other.
    list.sort_by_key(|scan| (scan.token, scan.day));
    let transaction = store.write().await?;
    for chunk in list.chunks(CHUNK) {
        let rows = chunk.iter().map(|scan| scans::ActiveModel {
            token: Set(scan.token.plain().to_owned()),
            day: Set(scan.day),
            count: Set(scan.count),
        });
        let add = OnConflict::columns([scans::Column::Token, scans::Column::Day])
            .value(scans::Column::Count, Expr::cust("code_scans.count + excluded.count"))
            .to_owned();
        scans::Entity::insert_many(rows).on_conflict(add).exec_without_returning(&transaction).await?;
    }
    Ok(transaction.commit().await?)
}

/// How often each code was scanned since a day; those that were not are not named. For staff who keep points.
pub async fn totals(store: &Store, by: &By, from: Date) -> Result<HashMap<Token, i64>, Failure<()>> {
    by.actor.may_somewhere(Action::EditPoint)?;
    let rows = scans::Entity::find().filter(scans::Column::Day.gte(from)).all(&store.database).await?;
    let mut totals = HashMap::new();
    for row in rows {
        *totals.entry(read_token(row.token)?).or_default() += row.count;
    }
    Ok(totals)
}

/// The scans of a code since a day, by day; days without one are not named. For staff who keep points.
pub async fn by_day(store: &Store, by: &By, token: Token, from: Date) -> Result<Vec<(Date, i64)>, Failure<()>> {
    by.actor.may_somewhere(Action::EditPoint)?;
    let rows = scans::Entity::find()
        .select_only()
        .columns([scans::Column::Day, scans::Column::Count])
        .filter(scans::Column::Token.eq(token.plain()))
        .filter(scans::Column::Day.gte(from))
        .order_by_asc(scans::Column::Day);
    Ok(rows.into_tuple().all(&store.database).await?)
}
