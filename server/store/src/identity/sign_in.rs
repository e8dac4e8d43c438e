//! Signing in: name and password first, then the code of the second factor; each step is a new session.

use domain::audit::By;
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    entity::prelude::*,
};

use super::{
    Refused, Result, Session, Stage, Token, attempts,
    entity::{accounts, sessions as rows},
    passwords, refuse, second_factor, sessions, subject,
};
use crate::{
    Failure, Store,
    audit::{self, Outcome},
    vault::Vault,
};

/// Somebody tries to sign in.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The name of the account as typed.
    pub name: String,
    /// The password.
    pub password: String,
    /// What the browser says it is.
    pub agent: String,
}

/// Begins a session for whoever knows the name and the password of an account.
pub async fn sign_in(store: &Store, by: &By, attempt: Attempt, token: &Token) -> Result<()> {
    let name = attempt.name.trim().to_lowercase();
    let keys = [format!("name:{name}"), format!("from:{}", by.origin)];
    if let Err(why) = attempts::begin(store, by.at, &keys).await {
        return refused(store, by, &name, why).await;
    }
    let found = accounts::Entity::find().filter(accounts::Column::Name.eq(&name)).one(&store.database).await?;
    let account = found.filter(|it| it.ended_at.is_none());
    let kept = account.as_ref().and_then(|it| it.password.as_deref());
    let right = passwords::verify(&attempt.password, kept).await;
    let Some(account) = account.filter(|_| right) else {
        return refused(store, by, &name, Failure::Refused(Refused::Wrong)).await;
    };
    let transaction = store.write().await?;
    attempts::succeeded(&transaction, &keys).await?;
    attempts::forget(&transaction, by.at).await?;
    sessions::begin(&transaction, by, account.id, token, false, &attempt.agent).await?;
    let detail = serde_json::json!({ "name": name });
    let about = subject(domain::identity::AccountId(account.id));
    audit::record(&transaction, by, "identity.sign-in", &about, Outcome::Done, detail).await?;
    Ok(transaction.commit().await?)
}

async fn refused<T>(store: &Store, by: &By, name: &str, why: Failure<Refused>) -> Result<T> {
    if let Failure::Refused(reason) = &why {
        let locked = matches!(reason, Refused::Locked(_));
        // A name may be long or not one at all; it is not needed whole.
        let name: String = name.chars().take(64).collect();
        let detail = serde_json::json!({ "name": name, "locked": locked });
        audit::record(&store.database, by, "identity.sign-in", "account", Outcome::Refused, detail).await?;
    }
    Err(why)
}

/// Lets a session on whose owner types the code of the second factor, or a recovery code. The session gets another token.
pub async fn pass_second(
    store: &Store,
    vault: &Vault,
    by: &By,
    session: &Session,
    code: &str,
    token: &Token,
) -> Result<()> {
    let id = session.staff.id;
    let keys = [format!("code:{}", id.0), format!("from:{}", by.origin)];
    if let Err(why) = attempts::begin(store, by.at, &keys).await {
        return refused(store, by, &session.staff.name, why).await;
    }
    let transaction = store.write().await?;
    let row = rows::Entity::find_by_id(&session.digest).one(&transaction).await?;
    let Some(row) = row else { return refuse(Refused::NoSession) };
    if !second_factor::take(&transaction, vault, by.at, id, code).await? {
        transaction.rollback().await?;
        return refused(store, by, &session.staff.name, Failure::Refused(Refused::Wrong)).await;
    }
    attempts::succeeded(&transaction, &keys).await?;
    rows::Entity::delete_by_id(&session.digest).exec(&transaction).await?;
    sessions::begin(&transaction, by, id.0, token, true, &row.agent).await?;
    audit::record(&transaction, by, "identity.second-factor", &subject(id), Outcome::Done, Json::Null).await?;
    Ok(transaction.commit().await?)
}

/// Replaces one's own password. All other sessions end, and this one gets another token.
pub async fn change_password(
    store: &Store,
    by: &By,
    session: &Session,
    current: &str,
    new: &str,
    salt: [u8; 16],
    token: &Token,
) -> Result<()> {
    let id = session.staff.id;
    if session.stage == Stage::SecondFactor || session.from_provider {
        return Err(Failure::Forbidden);
    }
    let keys = [format!("password:{}", id.0)];
    attempts::begin(store, by.at, &keys).await?;
    let account = accounts::Entity::find_by_id(id.0).one(&store.database).await?;
    let Some(account) = account else { return refuse(Refused::NoSession) };
    if !passwords::verify(current, account.password.as_deref()).await {
        return refused(store, by, &session.staff.name, Failure::Refused(Refused::Wrong)).await;
    }
    attempts::succeeded(&store.database, &keys).await?;
    if current == new {
        return refuse(Refused::Password(domain::identity::BadPassword::Same));
    }
    let hash = passwords::hash(new, &account.name, salt).await?;
    let transaction = store.write().await?;
    let row = rows::Entity::find_by_id(&session.digest).one(&transaction).await?;
    let Some(row) = row else { return refuse(Refused::NoSession) };
    let changed = accounts::ActiveModel {
        id: Unchanged(account.id),
        password: Set(Some(hash)),
        must_change: Set(false),
        revision: Set(account.revision + 1),
        ..Default::default()
    };
    accounts::Entity::update(changed).exec(&transaction).await?;
    sessions::others(&transaction, id, "").await?;
    sessions::begin(&transaction, by, id.0, token, row.passed_second, &row.agent).await?;
    audit::record(&transaction, by, "identity.change-password", &subject(id), Outcome::Done, Json::Null).await?;
    Ok(transaction.commit().await?)
}
