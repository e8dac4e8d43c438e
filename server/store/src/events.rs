//! Events as kept: told within the write they are about, read by whoever follows, forgotten after two days.

use domain::{
    audit::By,
    events::{Audience, Event},
    identity::Action,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, TransactionTrait, entity::prelude::*};
use time::{Duration, OffsetDateTime};

use crate::{Store, StoreError, revision, unreadable};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) actor: String,
    pub(crate) action: Option<String>,
    pub(crate) division: Option<String>,
    pub(crate) organisation: Option<String>,
    pub(crate) revision: i64,
    pub(crate) at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}

/// How long an event is kept: longer than any session lasts.
const KEPT: Duration = Duration::days(2);
/// How many events somebody who was away is told one by one.
pub const MOST: u64 = 500;

/// Writes down that something happened. It holds the row that counts until the commit, so it stands near the end of a
/// transaction, beside the line of the audit log.
pub(crate) async fn tell(
    db: &impl ConnectionTrait,
    by: &By,
    kind: &str,
    subject: &str,
    audience: Audience,
) -> Result<(), StoreError> {
    let counted = revision::count_event(db).await?;
    let (action, place) = match audience {
        Audience::Everyone => (None, None),
        Audience::Staff(action) => (Some(action), None),
        Audience::StaffOf(action, division, office) => (Some(action), Some((division, office))),
    };
    let row = ActiveModel {
        id: Set(counted.events),
        kind: Set(kind.to_owned()),
        subject: Set(subject.to_owned()),
        actor: Set(by.actor.code()),
        action: Set(action.map(|it| it.code().to_owned())),
        division: Set(place.map(|it| it.0.to_string())),
        organisation: Set(place.map(|it| it.1.to_string())),
        revision: Set(counted.number),
        at: Set(by.at),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// All events after this number, in order; none when there are too many to tell, some are forgotten, or the number is not one of
/// this database: then one has to look at everything anew.
pub async fn since(store: &Store, after: i64) -> Result<Option<Vec<Event>>, StoreError> {
    let transaction = store.database.begin().await?;
    let last = revision::current(&transaction).await?.events;
    let rows = Entity::find().filter(Column::Id.gt(after)).filter(Column::Id.lte(last));
    let rows = rows.order_by_asc(Column::Id).limit(MOST + 1).all(&transaction).await?;
    transaction.commit().await?;
    // Numbers have no gaps, so counting tells whether all are there.
    let complete = last - after == i64::try_from(rows.len()).unwrap_or(i64::MAX) && rows.len() as u64 <= MOST;
    if complete { rows.into_iter().map(event).collect::<Result<_, _>>().map(Some) } else { Ok(None) }
}

/// Removes what nobody will ask for any more.
pub async fn forget(store: &Store, now: OffsetDateTime) -> Result<u64, StoreError> {
    Ok(Entity::delete_many().filter(Column::At.lt(now - KEPT)).exec(&store.database).await?.rows_affected)
}

fn event(row: Model) -> Result<Event, StoreError> {
    let code = |column, text: String| text.parse().map_err(|_| unreadable(column, text));
    let action = match row.action {
        Some(action) => Some(Action::from_code(&action).ok_or_else(|| unreadable("events.action", action))?),
        None => None,
    };
    let audience = match (action, row.division.zip(row.organisation)) {
        (None, _) => Audience::Everyone,
        (Some(action), None) => Audience::Staff(action),
        (Some(action), Some((division, office))) => {
            Audience::StaffOf(action, code("events.division", division)?, code("events.organisation", office)?)
        }
    };
    let Model { id, kind, subject, actor, revision, .. } = row;
    Ok(Event { id, kind, subject, actor, revision, audience })
}

#[cfg(test)]
mod tests;
