//! What everybody may find of questions: those that were answered and are shown.

use domain::{policies::PolicyId, questions::QuestionId};
use sea_orm::{QuerySelect, entity::prelude::*};

use super::{Question, rows, table};
use crate::{Store, StoreError};

/// Every question that is shown, with its policy and how often something happened to it.
pub async fn found(store: &Store) -> Result<Vec<(QuestionId, PolicyId, i32)>, StoreError> {
    let rows = table::Entity::find()
        .select_only()
        .columns([table::Column::Id, table::Column::Policy])
        .column(table::Column::Revision)
        .filter(table::Column::Shown.is_not_null());
    let rows: Vec<(i64, i64, i32)> = rows.into_tuple().all(&store.database).await?;
    Ok(rows.into_iter().map(|(id, policy, revision)| (QuestionId(id), PolicyId(policy), revision)).collect())
}

/// One of them as everybody sees it; none where it is not shown, or no longer.
pub async fn found_one(store: &Store, id: QuestionId) -> Result<Option<Question>, StoreError> {
    let row = table::Entity::find_by_id(id.0).filter(table::Column::Shown.is_not_null());
    row.one(&store.database).await?.map(rows::shown).transpose()
}

/// Which of these are still shown.
pub async fn still_found(store: &Store, ids: &[QuestionId]) -> Result<Vec<QuestionId>, StoreError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let rows = table::Entity::find()
        .select_only()
        .column(table::Column::Id)
        .filter(table::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(table::Column::Shown.is_not_null());
    Ok(rows.into_tuple::<i64>().all(&store.database).await?.into_iter().map(QuestionId).collect())
}
