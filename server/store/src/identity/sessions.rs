//! Sessions: found by the digest of their token, ended by idleness, by age, by their owner or with their account.

use domain::identity::{AccountId, Grant, Role, Staff};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*};
use time::{Duration, OffsetDateTime};

use super::{
    LONGEST, Result, Session, Stage, Token,
    entity::{accounts, grants, sessions},
    subject,
};
use crate::{
    Store, StoreError,
    audit::{self, Outcome},
    unreadable,
};
use domain::audit::By;

/// How often it is noted that somebody is still there.
const NOTED_EVERY: Duration = Duration::minutes(1);

/// One of somebody's sessions, for their list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// What is kept of its token.
    pub digest: String,
    /// When it began.
    pub began_at: OffsetDateTime,
    /// When it was last used.
    pub seen_at: OffsetDateTime,
    /// From where.
    pub origin: String,
    /// With what.
    pub agent: String,
}

/// The session of a token, if it is alive: used within `idle`, not too old, its account not ended. That it is used is noted.
pub async fn session(
    store: &Store,
    now: OffsetDateTime,
    idle: Duration,
    token: &Token,
) -> std::result::Result<Option<Session>, StoreError> {
    look(store, now, idle, token, true).await
}

/// The same without noting it: for what a page does by itself while nobody may be there.
pub async fn peek(
    store: &Store,
    now: OffsetDateTime,
    idle: Duration,
    token: &Token,
) -> std::result::Result<Option<Session>, StoreError> {
    look(store, now, idle, token, false).await
}

async fn look(
    store: &Store,
    now: OffsetDateTime,
    idle: Duration,
    token: &Token,
    note: bool,
) -> std::result::Result<Option<Session>, StoreError> {
    let db = &store.database;
    let Some(row) = sessions::Entity::find_by_id(token.digest()).one(db).await? else { return Ok(None) };
    if row.seen_at + idle < now || row.began_at + LONGEST < now {
        return Ok(None);
    }
    let Some(account) = accounts::Entity::find_by_id(row.account).one(db).await? else { return Ok(None) };
    if account.ended_at.is_some() {
        return Ok(None);
    }
    if note && row.seen_at + NOTED_EVERY < now {
        let seen = sessions::ActiveModel { digest: Set(row.digest.clone()), seen_at: Set(now), ..Default::default() };
        sessions::Entity::update(seen).exec(db).await?;
    }
    let staff = staff(db, &account).await?;
    let has_second_factor = account.second_factor_confirmed;
    let from_provider = account.issuer.is_some();
    // Whom a provider vouches for is asked for nothing more, but administrators, unless they have shown a second factor there.
    let vouched = from_provider && (row.passed_second || !staff.needs_second_factor());
    let stage = match (has_second_factor && !row.passed_second, account.must_change) {
        _ if vouched => Stage::Ready,
        (true, _) => Stage::SecondFactor,
        (_, true) => Stage::NewPassword,
        _ if staff.needs_second_factor() && !has_second_factor => Stage::Enrolment,
        _ => Stage::Ready,
    };
    Ok(Some(Session { digest: row.digest, staff, stage, began_at: row.began_at, has_second_factor, from_provider }))
}

/// The person of an account with what they may do.
pub(super) async fn staff(
    db: &impl ConnectionTrait,
    account: &accounts::Model,
) -> std::result::Result<Staff, StoreError> {
    let rows = grants::Entity::find().filter(grants::Column::Account.eq(account.id)).order_by_asc(grants::Column::Id);
    let grants = rows.all(db).await?.into_iter().map(grant).collect::<std::result::Result<_, _>>()?;
    Ok(Staff {
        id: AccountId(account.id),
        name: account.name.clone(),
        display_name: account.display_name.clone(),
        grants,
    })
}

pub(super) fn grant(row: grants::Model) -> std::result::Result<Grant, StoreError> {
    let organisation = row.organisation.map(|code| code.parse().map_err(|_| unreadable("grants.organisation", code)));
    Ok(Grant {
        role: Role::from_code(&row.role).ok_or_else(|| unreadable("grants.role", row.role))?,
        division: row.division.parse().map_err(|_| unreadable("grants.division", row.division))?,
        organisation: organisation.transpose()?,
    })
}

/// Begins a session within a transaction.
pub(super) async fn begin(
    db: &impl ConnectionTrait,
    by: &By,
    account: i64,
    token: &Token,
    passed_second: bool,
    agent: &str,
) -> Result<()> {
    let row = sessions::ActiveModel {
        digest: Set(token.digest()),
        account: Set(account),
        passed_second: Set(passed_second),
        began_at: Set(by.at),
        seen_at: Set(by.at),
        origin: Set(by.origin.clone()),
        agent: Set(agent.chars().take(200).collect()),
    };
    sessions::Entity::insert(row).exec_without_returning(db).await?;
    sessions::Entity::delete_many().filter(sessions::Column::BeganAt.lt(by.at - LONGEST)).exec(db).await?;
    Ok(())
}

/// Somebody's living sessions, the latest first.
pub async fn sessions(
    store: &Store,
    now: OffsetDateTime,
    idle: Duration,
    account: AccountId,
) -> std::result::Result<Vec<SessionRow>, StoreError> {
    let rows = sessions::Entity::find()
        .filter(sessions::Column::Account.eq(account.0))
        .filter(sessions::Column::SeenAt.gte(now - idle))
        .filter(sessions::Column::BeganAt.gte(now - LONGEST))
        .order_by_desc(sessions::Column::SeenAt);
    let row = |it: sessions::Model| SessionRow {
        digest: it.digest,
        began_at: it.began_at,
        seen_at: it.seen_at,
        origin: it.origin,
        agent: it.agent,
    };
    Ok(rows.all(&store.database).await?.into_iter().map(row).collect())
}

/// Ends a session.
pub async fn sign_out(store: &Store, by: &By, session: &Session) -> Result<()> {
    let transaction = store.write().await?;
    sessions::Entity::delete_by_id(&session.digest).exec(&transaction).await?;
    let about = subject(session.staff.id);
    audit::record(&transaction, by, "identity.sign-out", &about, Outcome::Done, Json::Null).await?;
    Ok(transaction.commit().await?)
}

/// Ends all of somebody's sessions but this one; how many there were.
pub async fn end_other_sessions(store: &Store, by: &By, session: &Session) -> Result<u64> {
    let transaction = store.write().await?;
    let ended = others(&transaction, session.staff.id, &session.digest).await?;
    let about = subject(session.staff.id);
    let detail = serde_json::json!({ "ended": ended });
    audit::record(&transaction, by, "identity.end-other-sessions", &about, Outcome::Done, detail).await?;
    transaction.commit().await?;
    Ok(ended)
}

/// Ends all sessions of an account but the one of this digest.
pub(super) async fn others(db: &impl ConnectionTrait, account: AccountId, but: &str) -> Result<u64> {
    let theirs = sessions::Entity::delete_many()
        .filter(sessions::Column::Account.eq(account.0))
        .filter(sessions::Column::Digest.ne(but));
    Ok(theirs.exec(db).await?.rows_affected)
}
