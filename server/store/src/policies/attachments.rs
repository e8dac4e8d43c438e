//! Files that come with policies: kept in the database, because several servers share it, under the SHA-256 of what they hold. A file
//! is never changed, so its address may be cached for ever; one that no draft and no version names goes after a week.

use data_encoding::HEXLOWER;
use domain::{audit::By, identity::Action, policies::Attachment};
use sea_orm::{
    ActiveValue::Set,
    QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    unused,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attachments")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) hash: String,
    pub(crate) kind: String,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub(crate) bytes: Vec<u8>,
    pub(crate) kept_at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}

/// Keeps a file for a policy that somebody writes. `kind` is what its content says it is.
pub async fn keep(store: &Store, by: &By, name: &str, kind: &str, bytes: &[u8]) -> Result<Attachment, Failure<()>> {
    by.actor.may_somewhere(Action::EditPolicy)?;
    let hash = HEXLOWER.encode(&Sha256::digest(bytes));
    let transaction = store.write().await?;
    let row = ActiveModel {
        hash: Set(hash.clone()),
        kind: Set(kind.to_owned()),
        bytes: Set(bytes.to_vec()),
        kept_at: Set(by.at),
    };
    let again = OnConflict::column(Column::Hash).update_column(Column::KeptAt).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(&transaction).await?;
    let detail = serde_json::json!({ "bytes": bytes.len(), "kind": kind });
    audit::record(&transaction, by, "policies.attach", &format!("attachment {hash}"), Outcome::Done, detail).await?;
    transaction.commit().await?;
    Ok(Attachment { hash, name: name.to_owned(), kind: kind.to_owned(), bytes: bytes.len() as u64 })
}

/// What is kept under a hash, by a name: what it is and how large, from what it holds and not from what a form says.
pub async fn find(store: &Store, hash: &str, name: &str) -> Result<Option<Attachment>, StoreError> {
    let size = Expr::cust("CAST(LENGTH(bytes) AS BIGINT)");
    let row = Entity::find_by_id(hash).select_only().column(Column::Kind).expr_as(size, "size");
    let row = row.into_tuple::<(String, i64)>().one(&store.database).await?;
    let (hash, name) = (hash.to_owned(), name.to_owned());
    Ok(row.map(|(kind, size)| Attachment { hash, name, kind, bytes: size.unsigned_abs() }))
}

/// What the file of a hash holds. Whether it is published is asked of the content before; what is not, only who writes policies sees.
pub async fn bytes(store: &Store, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let bytes = Entity::find_by_id(hash).select_only().column(Column::Bytes);
    Ok(bytes.into_tuple().one(&store.database).await?)
}

/// Every place where a file may be named, as text.
const MENTIONS: &str = "
    SELECT CAST(facts AS text) AS words FROM policies
    UNION ALL SELECT CAST(facts AS text) FROM policy_versions
    UNION ALL SELECT CAST(facts AS text) FROM policy_drafts";

/// Removes files that no policy, version or draft has named for a week; how many there were.
pub async fn forget(store: &Store, by: &By) -> Result<u64, StoreError> {
    let transaction = store.write().await?;
    let gone = unused::remove::<Entity>(&transaction, (Column::Hash, Column::KeptAt), MENTIONS, by.at).await?;
    if gone > 0 {
        let detail = serde_json::json!({ "attachments": gone });
        audit::record(&transaction, by, "policies.forget", "attachments", Outcome::Done, detail).await?;
    }
    transaction.commit().await?;
    Ok(gone)
}
