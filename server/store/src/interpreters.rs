//! Interpreters' posts as kept.

use domain::{audit::By, interpreters::Interpreter};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};

use crate::{
    Store, StoreError, audit,
    json::{json, read},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "interpreters")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) facts: Json,
}

impl ActiveModelBehavior for ActiveModel {}

/// Puts posts in place without review: the first content of a new portal, from the command line.
pub async fn seed(store: &Store, by: &By, all: Vec<Interpreter>) -> Result<(), StoreError> {
    let transaction = store.write().await?;
    for post in &all {
        let facts = json(post)?;
        let again = OnConflict::column(Column::Id).update_column(Column::Facts).to_owned();
        let row = ActiveModel { id: Set(post.id.0), facts: Set(facts) };
        Entity::insert(row).on_conflict(again).exec_without_returning(&transaction).await?;
    }
    let detail = serde_json::json!({ "interpreters": all.len() });
    audit::publish(&transaction, by, "interpreters.seed", "interpreters", detail).await?;
    Ok(transaction.commit().await?)
}

/// Every post, by number.
pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Vec<Interpreter>, StoreError> {
    let mut rows = Entity::find().all(db).await?;
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(|row| read("interpreters.facts", row.facts)).collect()
}
