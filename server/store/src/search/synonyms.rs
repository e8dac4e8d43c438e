//! The list of synonyms as kept: published content, written at once by who may keep the words of the site.

use domain::{audit::By, identity::Action, search::Synonym};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*, sea_query::OnConflict};

use crate::{Failure, Store, StoreError, audit};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "synonyms")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) said: String,
    pub(crate) means: String,
    pub(crate) changed_at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}

/// Why a synonym is not taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is none.
    Gone,
}

fn row(by: &By, synonym: Synonym) -> ActiveModel {
    ActiveModel { means: Set(synonym.meaning()), said: Set(synonym.said), changed_at: Set(by.at) }
}

/// Whether anybody has kept a word; who begins with a list asks before reading it.
pub async fn has_words(store: &Store) -> Result<bool, StoreError> {
    Ok(Entity::find().count(&store.database).await? > 0)
}

/// The list a new portal begins with, into an empty one; whether it was empty.
pub async fn ship(store: &Store, by: &By, list: Vec<Synonym>) -> Result<bool, StoreError> {
    let transaction = store.write().await?;
    if list.is_empty() || Entity::find().count(&transaction).await? > 0 {
        return Ok(false);
    }
    let count = list.len();
    let rows: Vec<_> = list.into_iter().map(|it| row(by, it)).collect();
    for chunk in rows.chunks(300) {
        // Two servers may start at once.
        let known = OnConflict::column(Column::Said).do_nothing().to_owned();
        Entity::insert_many(chunk.to_vec()).on_conflict(known).exec_without_returning(&transaction).await?;
    }
    audit::publish(&transaction, by, "search.ship", "synonyms", serde_json::json!({ "synonyms": count })).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Keeps a synonym, new or in place of what the word stood for.
pub async fn put(store: &Store, by: &By, synonym: Synonym) -> Result<(), Failure<Refused>> {
    by.actor.may_somewhere(Action::KeepWords)?;
    let transaction = store.write().await?;
    let detail = serde_json::json!({ "means": synonym.meaning() });
    let subject = format!("synonym {}", synonym.said);
    let again = OnConflict::column(Column::Said).update_columns([Column::Means, Column::ChangedAt]).to_owned();
    Entity::insert(row(by, synonym)).on_conflict(again).exec_without_returning(&transaction).await?;
    audit::publish(&transaction, by, "search.put", &subject, detail).await?;
    Ok(transaction.commit().await?)
}

/// Takes a synonym out.
pub async fn remove(store: &Store, by: &By, said: &str) -> Result<(), Failure<Refused>> {
    by.actor.may_somewhere(Action::KeepWords)?;
    let transaction = store.write().await?;
    if Entity::delete_by_id(said).exec(&transaction).await?.rows_affected == 0 {
        return Err(Failure::Refused(Refused::Gone));
    }
    let subject = format!("synonym {said}");
    audit::publish(&transaction, by, "search.remove", &subject, serde_json::Value::Null).await?;
    Ok(transaction.commit().await?)
}

/// The whole list for who keeps it, in order, as it is this moment.
pub async fn list(store: &Store, by: &By) -> Result<Vec<Synonym>, Failure<()>> {
    by.actor.may_somewhere(Action::KeepWords)?;
    Ok(load(&store.database).await?)
}

/// The whole list, in order.
pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Vec<Synonym>, StoreError> {
    let rows = Entity::find().order_by_asc(Column::Said).all(db).await?;
    // What was kept was read once; a row that somebody spoilt by hand is no reason for no list at all.
    Ok(rows.iter().filter_map(|row| Synonym::read(&row.said, &row.means).ok()).collect())
}
