//! 一手册 as kept: what each division says itself, drafts of it on their way to review, and every edition.

pub mod drafts;
pub mod editions;
mod tables;

use std::collections::HashMap;

use domain::{audit::By, divisions::DivisionCode, manual::Part};
use sea_orm::{ActiveValue::Set, ExprTrait, entity::prelude::*, sea_query::OnConflict};

use crate::{
    Store, StoreError, audit,
    json::{json, read},
    unreadable,
};
use tables::parts;

/// Puts what divisions say in place without review: the first content of a new portal, from the command line.
pub async fn seed(store: &Store, by: &By, all: Vec<(DivisionCode, Part)>) -> Result<(), StoreError> {
    let transaction = store.write().await?;
    for (division, part) in &all {
        replace(&transaction, by, *division, part).await?;
    }
    let divisions: Vec<_> = all.iter().map(|(division, _)| division).collect();
    audit::publish(&transaction, by, "manual.seed", "manual", serde_json::json!({ "divisions": divisions })).await?;
    Ok(transaction.commit().await?)
}

/// What every division says itself.
pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<HashMap<DivisionCode, Part>, StoreError> {
    let rows = parts::Entity::find().all(db).await?;
    let one = |row: parts::Model| {
        let division = row.division.parse().map_err(|_| unreadable("manual_parts.division", row.division))?;
        Ok((division, read("manual_parts.part", row.part)?))
    };
    rows.into_iter().map(one).collect()
}

async fn published(db: &impl ConnectionTrait, division: DivisionCode) -> Result<Part, StoreError> {
    let row = parts::Entity::find_by_id(division.to_string()).one(db).await?;
    row.map_or_else(|| Ok(Part::default()), |row| read("manual_parts.part", row.part))
}

async fn replace(db: &impl ConnectionTrait, by: &By, division: DivisionCode, part: &Part) -> Result<(), StoreError> {
    use parts::Column::{Division, Part, Revision, UpdatedAt};
    let row = parts::ActiveModel {
        division: Set(division.to_string()),
        part: Set(json(part)?),
        revision: Set(1),
        updated_at: Set(by.at),
    };
    let replace = OnConflict::column(Division)
        .update_columns([Part, UpdatedAt])
        .value(Revision, Expr::col((parts::Entity, Revision)).add(1))
        .to_owned();
    parts::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}
