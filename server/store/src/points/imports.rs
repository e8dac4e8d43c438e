//! Tables somebody has uploaded, until they are handed in or forgotten.

use domain::{
    audit::By,
    identity::{AccountId, Action},
    points::{
        change::{BatchId, Origin},
        import::Settings,
    },
};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    QueryOrder, QuerySelect,
    entity::prelude::*,
};
use time::{Duration, OffsetDateTime};

use super::changes::{
    Result,
    batches::{self, Row},
};
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    unreadable,
};

mod table {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "imports")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) author: i64,
        pub(crate) name: String,
        pub(crate) file: Vec<u8>,
        #[sea_orm(column_type = "JsonBinary", nullable)]
        pub(crate) settings: Option<Json>,
        pub(crate) batch: Option<i64>,
        pub(crate) begun_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// So long an uploaded table is kept.
const KEPT: Duration = Duration::days(30);

/// The number of an uploaded table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportId(pub i64);

/// An uploaded table.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Its number.
    pub id: ImportId,
    /// What the file was called.
    pub name: String,
    /// What it holds.
    pub file: Vec<u8>,
    /// What its owner has chosen; none before.
    pub settings: Option<Settings>,
    /// The batch it became.
    pub batch: Option<BatchId>,
    /// When it came.
    pub begun_at: OffsetDateTime,
}

/// Keeps a table for its dry run.
pub async fn keep(store: &Store, by: &By, name: &str, file: &[u8]) -> Result<ImportId> {
    by.actor.may_somewhere(Action::EditPoint)?;
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let row = table::ActiveModel {
        id: NotSet,
        author: Set(author.0),
        name: Set(name.chars().take(120).collect()),
        file: Set(file.to_vec()),
        settings: Set(None),
        batch: Set(None),
        begun_at: Set(by.at),
    };
    let id = row.insert(&transaction).await?.id;
    let detail = serde_json::json!({ "name": name, "bytes": file.len() });
    audit::record(&transaction, by, "points.import.upload", &format!("import {id}"), Outcome::Done, detail).await?;
    transaction.commit().await?;
    Ok(ImportId(id))
}

/// One's own table.
pub async fn import(store: &Store, by: &By, id: ImportId) -> Result<Import> {
    let me = by.actor.account()?;
    let row = table::Entity::find_by_id(id.0).one(&store.database).await?.ok_or(Failure::Forbidden)?;
    owned(row, me)
}

fn owned(row: table::Model, me: AccountId) -> Result<Import> {
    if row.author != me.0 {
        return Err(Failure::Forbidden);
    }
    let read = |settings| serde_json::from_value(settings).map_err(|error| unreadable("imports.settings", error));
    Ok(Import {
        id: ImportId(row.id),
        name: row.name,
        file: row.file,
        settings: row.settings.map(read).transpose()?,
        batch: row.batch.map(BatchId),
        begun_at: row.begun_at,
    })
}

/// One's own tables, the latest first: number, name, when, and the batch they became.
pub async fn own(store: &Store, by: &By) -> Result<Vec<(ImportId, String, OffsetDateTime, Option<BatchId>)>> {
    let me = by.actor.account()?;
    let rows: Vec<(i64, String, OffsetDateTime, Option<i64>)> = table::Entity::find()
        .select_only()
        .columns([table::Column::Id, table::Column::Name, table::Column::BegunAt, table::Column::Batch])
        .filter(table::Column::Author.eq(me.0))
        .order_by_desc(table::Column::Id)
        .limit(20)
        .into_tuple()
        .all(&store.database)
        .await?;
    Ok(rows.into_iter().map(|(id, name, at, batch)| (ImportId(id), name, at, batch.map(BatchId))).collect())
}

/// Keeps what its owner has chosen for the dry run.
pub async fn choose(store: &Store, by: &By, id: ImportId, settings: &Settings) -> Result<()> {
    import(store, by, id).await?;
    let settings = serde_json::to_value(settings).map_err(|error| unreadable("json", error))?;
    let row = table::ActiveModel { id: Unchanged(id.0), settings: Set(Some(settings)), ..Default::default() };
    table::Entity::update(row).exec(&store.database).await?;
    Ok(())
}

/// Hands the lines of a table to review; it becomes a batch, once.
pub async fn submit(store: &Store, by: &By, id: ImportId, rows: Vec<Row>) -> Result<BatchId> {
    let me = by.actor.account()?;
    let transaction = store.write().await?;
    let row = table::Entity::find_by_id(id.0).one(&transaction).await?.ok_or(Failure::Forbidden)?;
    let import = owned(row, me)?;
    // Pressed twice: it is one.
    if let Some(batch) = import.batch {
        return Ok(batch);
    }
    let batch = batches::insert(&transaction, by, me, Origin::Import, &import.name, rows).await?;
    let row = table::ActiveModel { id: Unchanged(id.0), batch: Set(Some(batch.0)), ..Default::default() };
    table::Entity::update(row).exec(&transaction).await?;
    transaction.commit().await?;
    Ok(batch)
}

/// Removes tables that were uploaded long ago; how many.
pub async fn forget(store: &Store, now: OffsetDateTime) -> std::result::Result<u64, StoreError> {
    Ok(table::Entity::delete_many()
        .filter(table::Column::BegunAt.lt(now - KEPT))
        .exec(&store.database)
        .await?
        .rows_affected)
}
