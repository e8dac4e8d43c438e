//! Signing in by a provider of identities (OpenID Connect Core 1.0): who is under way to it and back, and the account of who
//! comes back. An account is known by issuer and subject, never by its name.

use domain::{
    audit::By,
    identity::{AccountId, Grant, check_name, single_sign_on::NotSignedIn},
    locale::Locale,
};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    SqlErr,
    entity::prelude::*,
};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::{
    Refused, Token,
    accounts::{check, put_grants},
    entity::{accounts, grants, under_way},
    sessions, subject,
};
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    divisions, unreadable,
    vault::Vault,
};

/// How long the way to the provider and back may take.
pub const WAY: Duration = Duration::minutes(10);
/// A name takes no more of what the provider calls somebody, so that a number fits behind it.
const NAME: usize = 28;

/// What this portal has to remember of somebody it sent to the provider.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnderWay {
    /// What has to stand in the provider's answer, so that no older answer is taken.
    pub nonce: String,
    /// The secret behind the challenge (PKCE, RFC 7636).
    pub verifier: String,
    /// The language they read.
    pub locale: Locale,
    /// The page they wanted.
    pub back: String,
}

/// Neither nonce nor verifier belong into a log.
impl std::fmt::Debug for UnderWay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnderWay").field("locale", &self.locale).field("back", &self.back).finish_non_exhaustive()
    }
}

/// Somebody as a provider vouches for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who vouches.
    pub issuer: String,
    /// What the issuer calls them, for ever.
    pub subject: String,
    /// What they are called there now; for the name of a new account.
    pub name: String,
    /// How colleagues know them.
    pub display_name: String,
    /// What they may do here, by the settings.
    pub grants: Result<Vec<Grant>, NotSignedIn>,
    /// They have shown a second factor there, and the settings trust that.
    pub passed_second: bool,
}

/// Remembers whom the portal sends to the provider. `nonce` is the vault's, and random.
pub async fn send(
    store: &Store,
    vault: &Vault,
    now: OffsetDateTime,
    (state, browser): (&Token, &Token),
    way: &UnderWay,
    nonce: [u8; 24],
) -> Result<(), StoreError> {
    let db = &store.database;
    under_way::Entity::delete_many().filter(under_way::Column::EndsAt.lt(now)).exec(db).await?;
    let text = serde_json::to_vec(way).map_err(|error| unreadable("sign_ons_under_way", error))?;
    let row = under_way::ActiveModel {
        state: Set(state.digest()),
        browser: Set(browser.digest()),
        sealed: Set(vault.seal(&text, nonce).map_err(|shut| unreadable("sign_ons_under_way", shut))?),
        ends_at: Set(now + WAY),
    };
    under_way::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// What was remembered of who comes back, once: with the same browser and in time.
pub async fn resume(
    store: &Store,
    vault: &Vault,
    now: OffsetDateTime,
    state: &Token,
    browser: &Token,
) -> Result<Option<UnderWay>, StoreError> {
    let db = &store.database;
    let row = under_way::Entity::find_by_id(state.digest()).one(db).await?;
    let Some(row) = row.filter(|row| row.browser == browser.digest()) else { return Ok(None) };
    // Of two answers at once, one removes it.
    let first = under_way::Entity::delete_by_id(&row.state).exec(db).await?.rows_affected == 1;
    if !first || row.ends_at < now {
        return Ok(None);
    }
    let Ok(text) = vault.open(&row.sealed) else { return Ok(None) };
    serde_json::from_slice(&text).map(Some).map_err(|error| unreadable("sign_ons_under_way.sealed", error))
}

/// Begins a session for somebody a provider vouches for, whose account is opened or brought up to date by that.
pub async fn enter(
    store: &Store,
    by: &By,
    person: &Person,
    agent: &str,
    token: &Token,
) -> Result<(), Failure<NotSignedIn>> {
    let mut entered = try_enter(store, by, person, agent, token).await;
    // Two first sign-ins of one person at once: the account is there by now.
    if let Err(Failure::Store(StoreError::Database(error))) = &entered
        && let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err()
    {
        entered = try_enter(store, by, person, agent, token).await;
    }
    if let Err(Failure::Refused(why)) = &entered {
        not_signed_in(store, by, *why, Some(person)).await?;
    }
    entered
}

/// Writes down that somebody was not signed in, and who they are, if the provider has said it.
pub async fn not_signed_in(
    store: &Store,
    by: &By,
    why: NotSignedIn,
    person: Option<&Person>,
) -> Result<(), StoreError> {
    let (subject, name) = person.map(|it| (it.subject.as_str(), it.name.as_str())).unzip();
    let detail = serde_json::json!({ "how": HOW, "why": why.code(), "subject": subject, "name": name });
    audit::record(&store.database, by, "identity.sign-in", "account", Outcome::Refused, detail).await
}

/// How somebody signs in, in the audit log.
const HOW: &str = "single sign-on";

async fn try_enter(
    store: &Store,
    by: &By,
    person: &Person,
    agent: &str,
    token: &Token,
) -> Result<(), Failure<NotSignedIn>> {
    let transaction = store.write().await?;
    let known = accounts::Entity::find()
        .filter(accounts::Column::Issuer.eq(&person.issuer))
        .filter(accounts::Column::Subject.eq(&person.subject));
    let known = known.one(&transaction).await?;
    if known.as_ref().is_some_and(|account| account.ended_at.is_some()) {
        return Err(Failure::Refused(NotSignedIn::Ended));
    }
    let grants = match allowed(&transaction, person).await {
        Err(Failure::Refused(why)) => {
            // Who has lost their roles does not go on with a session of before.
            if let Some(account) = known {
                if why == NotSignedIn::NoRole {
                    take_roles(&transaction, by, &account).await?;
                }
                sessions::others(&transaction, AccountId(account.id), "").await.map_err(plain)?;
                transaction.commit().await?;
            }
            return Err(Failure::Refused(why));
        }
        checked => checked?,
    };
    let id = match known {
        Some(account) => update(&transaction, by, person, account, &grants).await?,
        None => open(&transaction, by, person, &grants).await?,
    };
    sessions::begin(&transaction, by, id.0, token, person.passed_second, agent).await.map_err(plain)?;
    let detail = serde_json::json!({ "how": HOW, "issuer": person.issuer, "subject": person.subject });
    audit::record(&transaction, by, "identity.sign-in", &subject(id), Outcome::Done, detail).await?;
    Ok(transaction.commit().await?)
}

/// Takes what an account may do, because its provider no longer gives it anything. That it keeps points does not stop this: who is on
/// the staff is the provider's to say, and it says so only when somebody signs in. Such points count as without a keeper.
async fn take_roles(db: &impl ConnectionTrait, by: &By, account: &accounts::Model) -> Result<(), Failure<NotSignedIn>> {
    let before = sessions::staff(db, account).await?;
    if before.grants.is_empty() {
        return Ok(());
    }
    grants::Entity::delete_many().filter(grants::Column::Account.eq(account.id)).exec(db).await?;
    let detail = serde_json::json!({ "how": HOW, "before": before.grants, "after": [] });
    audit::record(db, by, "identity.set-grants", &subject(before.id), Outcome::Done, detail).await?;
    Ok(())
}

/// The grants of a person, where all of them are for places there are.
async fn allowed(db: &impl ConnectionTrait, person: &Person) -> Result<Vec<Grant>, Failure<NotSignedIn>> {
    let grants = person.grants.clone().map_err(Failure::Refused)?;
    let divisions = divisions::arranged(db).await?;
    check(db, &divisions, &grants).await.map_err(plain)?;
    Ok(grants)
}

/// A refusal of accounts as one of signing in.
fn plain(failure: Failure<Refused>) -> Failure<NotSignedIn> {
    match failure {
        Failure::Store(error) => Failure::Store(error),
        Failure::Forbidden => Failure::Forbidden,
        Failure::Refused(Refused::NoSuchPlace) => Failure::Refused(NotSignedIn::NoSuchPlace),
        Failure::Refused(_) => Failure::Refused(NotSignedIn::NotApart),
    }
}

async fn open(
    db: &impl ConnectionTrait,
    by: &By,
    person: &Person,
    grants: &[Grant],
) -> Result<AccountId, Failure<NotSignedIn>> {
    let name = free_name(db, &person.name).await?;
    let row = accounts::ActiveModel {
        id: NotSet,
        name: Set(name.clone()),
        display_name: Set(person.display_name.clone()),
        password: Set(None),
        must_change: Set(false),
        second_factor: Set(None),
        second_factor_confirmed: Set(false),
        second_factor_step: Set(None),
        opened_at: Set(by.at),
        ended_at: Set(None),
        revision: Set(1),
        issuer: Set(Some(person.issuer.clone())),
        subject: Set(Some(person.subject.clone())),
    };
    let id = AccountId(row.insert(db).await?.id);
    put_grants(db, id, grants).await.map_err(plain)?;
    let detail = serde_json::json!({ "how": HOW, "name": name, "subject": person.subject, "after": grants });
    audit::record(db, by, "identity.open-account", &subject(id), Outcome::Done, detail).await?;
    Ok(id)
}

async fn update(
    db: &impl ConnectionTrait,
    by: &By,
    person: &Person,
    account: accounts::Model,
    grants: &[Grant],
) -> Result<AccountId, Failure<NotSignedIn>> {
    let before = sessions::staff(db, &account).await?;
    let id = before.id;
    if before.display_name == person.display_name && before.grants == grants {
        return Ok(id);
    }
    let row = accounts::ActiveModel {
        id: Unchanged(id.0),
        display_name: Set(person.display_name.clone()),
        revision: Set(account.revision + 1),
        ..Default::default()
    };
    accounts::Entity::update(row).exec(db).await?;
    if before.grants != grants {
        put_grants(db, id, grants).await.map_err(plain)?;
        let detail = serde_json::json!({ "how": HOW, "before": before.grants, "after": grants });
        audit::record(db, by, "identity.set-grants", &subject(id), Outcome::Done, detail).await?;
    }
    Ok(id)
}

/// A name nobody has: what the provider calls them if that can be one, with a number where somebody has it already.
async fn free_name(db: &impl ConnectionTrait, preferred: &str) -> Result<String, StoreError> {
    let plain = preferred.split('@').next().unwrap_or_default().trim().to_lowercase();
    let plain: String = plain.chars().take(NAME).collect();
    let plain = if check_name(&plain).is_ok() { plain } else { "sso".to_owned() };
    let mut name = plain.clone();
    for number in 2_u32.. {
        if accounts::Entity::find().filter(accounts::Column::Name.eq(&name)).one(db).await?.is_none() {
            break;
        }
        name = format!("{plain}-{number}");
    }
    Ok(name)
}
