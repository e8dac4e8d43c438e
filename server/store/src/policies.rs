//! Policies as kept: what is said of one is in the content in memory, its text is read when it is shown.

pub mod attachments;
pub mod drafts;
mod posts;
mod rows;

use domain::{
    audit::By,
    interpreters::Interpreter,
    policies::{BadPolicy, Facts, Policy, PolicyId, clauses::Text},
};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use serde::Serialize;
use time::OffsetDateTime;

use crate::{
    Store, StoreError, audit, interpreters,
    json::{json, read},
};
pub(crate) use posts::{give, hand_over};

use rows::versions;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "policies")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) external_id: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) facts: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) text: Json,
    pub(crate) revision: i32,
    pub(crate) published_at: TimeDateTimeWithTimeZone,
    pub(crate) updated_at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Policies that were not there.
    pub added: usize,
    /// Policies that are different now.
    pub changed: usize,
    /// Policies that were the same.
    pub same: usize,
}

/// Why an import was refused, as a whole.
#[derive(Debug, thiserror::Error)]
pub enum NotImported {
    /// A policy cannot be published like this.
    #[error("{policy}: {why:?}")]
    Bad {
        /// Which one.
        policy: String,
        /// Everything that is wrong with it.
        why: Vec<BadPolicy>,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Publishes policies from the command line, all or none; one with a known `external_id` takes its place. The day of publication
/// is that of the first time.
pub async fn import(store: &Store, by: &By, all: Vec<(Facts, Text)>) -> Result<Imported, NotImported> {
    let transaction = store.write().await.map_err(StoreError::from)?;
    let posts = interpreters::hold(&transaction).await?;
    let mut imported = Imported::default();
    for (facts, text) in all {
        let why = bad(&facts, &text, &posts);
        if !why.is_empty() {
            return Err(NotImported::Bad { policy: facts.external_id, why });
        }
        let known = Entity::find().filter(Column::ExternalId.eq(&facts.external_id)).one(&transaction).await;
        let known = known.map_err(StoreError::from)?;
        let (new_facts, new_text) = (json(&facts)?, json(&text)?);
        match &known {
            None => imported.added += 1,
            Some(known) if known.facts == new_facts && known.text == new_text => {
                imported.same += 1;
                continue;
            }
            Some(_) => imported.changed += 1,
        }
        put(&transaction, by, known.as_ref(), &facts, &text).await?;
    }
    let detail = serde_json::json!(imported);
    audit::publish(&transaction, by, "policies.import", "policies", detail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(imported)
}

/// What keeps a policy from being published, also whom it names.
fn bad(facts: &Facts, text: &Text, posts: &[Interpreter]) -> Vec<BadPolicy> {
    let mut why = facts.check(&text.clauses);
    if !facts.interpreted(posts) && !why.contains(&BadPolicy::NoInterpreter) {
        why.push(BadPolicy::NoInterpreter);
    }
    why
}

/// Publishes a policy, new or in place of what is known, and keeps the version. The day of publication is that of the first time.
async fn put(
    db: &impl ConnectionTrait,
    by: &By,
    known: Option<&Model>,
    facts: &Facts,
    text: &Text,
) -> Result<PolicyId, StoreError> {
    let (external_id, facts, text) = (facts.external_id.clone(), json(facts)?, json(text)?);
    let revision = known.map_or(0, |known| known.revision) + 1;
    let mut row = ActiveModel {
        external_id: Set(external_id),
        facts: Set(facts),
        text: Set(text),
        revision: Set(revision),
        updated_at: Set(by.at),
        ..Default::default()
    };
    let id = match known {
        Some(known) => {
            row.id = Set(known.id);
            Entity::update(row).exec(db).await?.id
        }
        None => {
            row.published_at = Set(by.at);
            Entity::insert(row).exec_with_returning(db).await?.id
        }
    };
    keep_version(db, id).await?;
    Ok(PolicyId(id))
}

/// Keeps what a policy says by now as one of its versions.
async fn keep_version(db: &impl ConnectionTrait, id: i64) -> Result<(), StoreError> {
    let Some(row) = Entity::find_by_id(id).one(db).await? else { return Ok(()) };
    let version = versions::ActiveModel {
        policy: Set(id),
        revision: Set(row.revision),
        facts: Set(row.facts),
        text: Set(row.text),
        published_at: Set(row.updated_at),
    };
    versions::Entity::insert(version).exec_without_returning(db).await?;
    Ok(())
}

/// The text of a policy; none where there is no such policy.
pub async fn text(store: &Store, id: PolicyId) -> Result<Option<Text>, StoreError> {
    let row = Entity::find_by_id(id.0).select_only().column(Column::Text).into_tuple::<Json>();
    let text = row.one(&store.database).await?;
    text.map(|text| read("policies.text", text)).transpose()
}

/// Every policy without its text, by number.
pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Vec<Policy>, StoreError> {
    type Row = (i64, Json, OffsetDateTime, OffsetDateTime);
    let columns = [Column::Id, Column::Facts, Column::PublishedAt, Column::UpdatedAt];
    let rows = Entity::find().select_only().columns(columns).order_by_asc(Column::Id).into_tuple::<Row>();
    let policy = |(id, facts, published_at, updated_at): Row| {
        Ok(Policy { id: PolicyId(id), facts: read("policies.facts", facts)?, published_at, updated_at })
    };
    rows.all(db).await?.into_iter().map(policy).collect()
}
