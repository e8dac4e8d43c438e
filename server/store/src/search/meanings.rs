//! The vectors of texts, kept for all servers and for the next start: made from what is published alone, they are no write of
//! anybody and stand in no audit log.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*, sea_query::OnConflict};

use crate::{Store, StoreError};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meanings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) model: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) text: i64,
    pub(crate) vector: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

/// So many are asked for, kept or forgotten at once.
const AT_ONCE: usize = 500;

/// The vectors a model gave for some of these texts, each known by its fingerprint.
pub async fn meanings(store: &Store, model: &str, texts: &[u64]) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
    let mut all = Vec::new();
    for chunk in texts.chunks(AT_ONCE) {
        let these = Column::Text.is_in(chunk.iter().map(|text| text.cast_signed()));
        let found = Entity::find().filter(Column::Model.eq(model)).filter(these).all(&store.database).await?;
        all.extend(found.into_iter().map(|row| (row.text.cast_unsigned(), row.vector)));
    }
    Ok(all)
}

/// Keeps vectors; what another server kept meanwhile stays.
pub async fn keep_meanings(store: &Store, model: &str, vectors: &[(u64, Vec<u8>)]) -> Result<(), StoreError> {
    let transaction = store.write().await?;
    for chunk in vectors.chunks(AT_ONCE) {
        let row = |(text, vector): &(u64, Vec<u8>)| ActiveModel {
            model: Set(model.to_owned()),
            text: Set(text.cast_signed()),
            vector: Set(vector.clone()),
        };
        let known = OnConflict::columns([Column::Model, Column::Text]).do_nothing().to_owned();
        Entity::insert_many(chunk.iter().map(row)).on_conflict(known).exec_without_returning(&transaction).await?;
    }
    Ok(transaction.commit().await?)
}

/// Forgets the vectors of other models and of all but these texts; how many.
pub async fn forget_meanings(store: &Store, model: &str, living: &HashSet<u64>) -> Result<u64, StoreError> {
    let transaction = store.write().await?;
    let mut gone = Entity::delete_many().filter(Column::Model.ne(model)).exec(&transaction).await?.rows_affected;
    let known: Vec<i64> = Entity::find().select_only().column(Column::Text).into_tuple().all(&transaction).await?;
    let dead: Vec<i64> = known.into_iter().filter(|text| !living.contains(&text.cast_unsigned())).collect();
    for chunk in dead.chunks(AT_ONCE) {
        let these = Column::Text.is_in(chunk.iter().copied());
        gone += Entity::delete_many().filter(these).exec(&transaction).await?.rows_affected;
    }
    transaction.commit().await?;
    Ok(gone)
}
