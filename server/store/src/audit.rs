//! The audit log: rows are added, never changed. The last statement of every writing use case.

use domain::{audit::By, hours::CHINA, identity::Action};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};
use time::{Date, Duration, OffsetDateTime};

use crate::{Failure, Store, StoreError};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) at: TimeDateTimeWithTimeZone,
    pub(crate) actor: String,
    pub(crate) action: String,
    pub(crate) subject: String,
    pub(crate) outcome: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) detail: Json,
    pub(crate) origin: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// How many lines a page has.
pub const PAGE: u64 = 50;
/// How many an export has at most.
const MOST: u64 = 100_000;

/// What an auditor looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The name of an account, or empty.
    pub actor: String,
    /// The beginning of an action, or empty.
    pub action: String,
    /// Not before this day in China.
    pub from: Option<Date>,
    /// Not after this day in China.
    pub to: Option<Date>,
    /// The page, from 1.
    pub page: u32,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub actor: String,
    /// What they did.
    pub action: String,
    /// To what.
    pub subject: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// From where.
    pub origin: String,
    /// Before and after, as JSON; empty for nothing.
    pub detail: String,
}

/// A page of lines, the latest first, and how many there are. That somebody looked is a line itself.
pub async fn search(store: &Store, by: &By, search: &Search) -> Result<(Vec<Line>, u64), Failure<()>> {
    by.actor.may_somewhere(Action::ReadAudit)?;
    let pages = query(search).paginate(&store.database, PAGE);
    let total = pages.num_items().await?;
    let rows = pages.fetch_page(u64::from(search.page.max(1)) - 1).await?;
    looked(store, by, "audit.read", search).await?;
    Ok((rows.into_iter().map(line).collect(), total))
}

/// All lines, for a file.
pub async fn export(store: &Store, by: &By, search: &Search) -> Result<Vec<Line>, Failure<()>> {
    by.actor.may_somewhere(Action::ReadAudit)?;
    let rows = query(search).limit(MOST).all(&store.database).await?;
    looked(store, by, "audit.export", search).await?;
    Ok(rows.into_iter().map(line).collect())
}

/// Removes lines older than this many months, which are at least six.
pub async fn forget(store: &Store, now: OffsetDateTime, months: u32) -> Result<u64, StoreError> {
    let oldest = now - Duration::days(i64::from(months.max(6)) * 31);
    Ok(Entity::delete_many().filter(Column::At.lt(oldest)).exec(&store.database).await?.rows_affected)
}

/// Writes down that somebody wanted what they may not.
pub async fn forbidden(store: &Store, by: &By, what: &str) -> Result<(), StoreError> {
    let what: String = what.chars().take(200).collect();
    record(&store.database, by, "forbidden", &what, Outcome::Refused, Json::Null).await
}

async fn looked(store: &Store, by: &By, action: &str, search: &Search) -> Result<(), StoreError> {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let detail = serde_json::json!({
        "actor": search.actor, "action": search.action, "from": day(search.from), "to": day(search.to), "page": search.page,
    });
    record(&store.database, by, action, "audit log", Outcome::Done, detail).await
}

fn query(search: &Search) -> Select<Entity> {
    let midnight = |date: Date| date.midnight().assume_offset(CHINA);
    let mut query = Entity::find().order_by_desc(Column::Id);
    if !search.actor.is_empty() {
        query = query.filter(Column::Actor.is_in([search.actor.clone(), format!("staff:{}", search.actor)]));
    }
    if !search.action.is_empty() {
        query = query.filter(Column::Action.starts_with(&search.action));
    }
    if let Some(from) = search.from {
        query = query.filter(Column::At.gte(midnight(from)));
    }
    if let Some(after) = search.to.and_then(Date::next_day) {
        query = query.filter(Column::At.lt(midnight(after)));
    }
    query
}

fn line(row: Model) -> Line {
    Line {
        at: row.at,
        actor: row.actor,
        action: row.action,
        subject: row.subject,
        outcome: row.outcome,
        origin: row.origin,
        detail: if row.detail.is_null() { String::new() } else { row.detail.to_string() },
    }
}

/// How a deed ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Refused,
}

/// Writes the line and raises the content revision with it: whatever is audited here is published content.
pub(crate) async fn publish(
    db: &impl ConnectionTrait,
    by: &By,
    action: &str,
    subject: &str,
    detail: Json,
) -> Result<(), StoreError> {
    crate::revision::raise(db).await?;
    record(db, by, action, subject, Outcome::Done, detail).await
}

/// The same where nothing but points has changed, each with a revision of its own: every server then reads only those.
pub(crate) async fn publish_points(
    db: &impl ConnectionTrait,
    by: &By,
    action: &str,
    subject: &str,
    detail: Json,
) -> Result<(), StoreError> {
    crate::revision::raise_points(db).await?;
    record(db, by, action, subject, Outcome::Done, detail).await
}

/// Writes the line of a deed that publishes nothing.
pub(crate) async fn record(
    db: &impl ConnectionTrait,
    by: &By,
    action: &str,
    subject: &str,
    outcome: Outcome,
    detail: Json,
) -> Result<(), StoreError> {
    let outcome = match outcome {
        Outcome::Done => "done",
        Outcome::Refused => "refused",
    };
    let line = ActiveModel {
        at: Set(by.at),
        actor: Set(by.actor.code()),
        action: Set(action.to_owned()),
        subject: Set(subject.to_owned()),
        outcome: Set(outcome.to_owned()),
        detail: Set(detail),
        origin: Set(by.origin.clone()),
        ..Default::default()
    };
    line.insert(db).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::testing::TestStore;

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "the database looks at its own clock")]
    async fn the_database_itself_keeps_the_log_as_it_was_written() {
        for test in TestStore::each().await {
            let db = &test.store.database;
            let now = OffsetDateTime::now_utc();
            for at in [now, now - Duration::days(100), now - Duration::days(200), datetime!(2024-02-29 10:00 +8)] {
                record(db, &By::console(at), "a", "b", Outcome::Done, Json::Null).await.expect("a line");
            }
            assert!(db.execute_unprepared("UPDATE audit_log SET actor = 'somebody else'").await.is_err());
            assert!(db.execute_unprepared("DELETE FROM audit_log").await.is_err());
            assert_eq!(Entity::find().count(db).await.expect("a count"), 4);
            Entity::delete_many().filter(Column::At.lt(now - Duration::days(190))).exec(db).await.expect("old lines");
            assert_eq!(Entity::find().count(db).await.expect("a count"), 2);
        }
    }
}
