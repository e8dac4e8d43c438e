//! The second factor: codes by time (RFC 6238: SHA-1, six digits, 30 seconds, one step of skew), and recovery codes for a
//! lost telephone. A code is taken once.

use data_encoding::BASE32_NOPAD;
use domain::{audit::By, identity::AccountId};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    entity::prelude::*,
};
use time::OffsetDateTime;
use totp_rs::{Builder, Totp};

use super::{
    Refused, Result, Session, Stage, digest,
    entity::{accounts, recovery_codes},
    refuse, subject,
};
use crate::{
    Failure, Store,
    audit::{self, Outcome},
    unreadable,
    vault::Vault,
};

/// How many recovery codes there are, and of how many characters.
const RECOVERY_CODES: usize = 8;
const RECOVERY_LENGTH: usize = 10;

/// What somebody needs to set up their telephone.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// To be typed by hand, base32.
    pub secret: String,
    /// To be scanned: `otpauth://totp/…`.
    pub url: String,
}

fn totp(secret: &[u8], name: &str, issuer: &str) -> Result<Totp> {
    // A colon parts issuer and name in the address.
    let issuer = issuer.replace(':', " ");
    let builder = Builder::new().with_secret(secret.to_vec()).with_account_name(name).with_issuer(Some(issuer));
    builder.build().map_err(|error| unreadable("second factor", error).into())
}

fn open(vault: &Vault, account: &accounts::Model) -> Result<Option<Vec<u8>>> {
    let sealed = account.second_factor.as_deref();
    let opened = sealed.map(|sealed| vault.open(sealed)).transpose();
    opened.map_err(|shut| unreadable("accounts.second_factor", shut).into())
}

/// Begins to set up a second factor, or goes on with one that was not confirmed.
pub async fn enrol(
    store: &Store,
    vault: &Vault,
    session: &Session,
    issuer: &str,
    secret: [u8; 20],
    nonce: [u8; 24],
) -> Result<Enrolment> {
    let transaction = store.write().await?;
    let account = owner(&transaction, session).await?;
    if account.second_factor_confirmed {
        return Err(Failure::Forbidden);
    }
    let secret = match open(vault, &account)? {
        Some(begun) => begun,
        None => {
            let sealed = vault.seal(&secret, nonce).map_err(|shut| unreadable("second factor", shut))?;
            let row = accounts::ActiveModel {
                id: Unchanged(account.id),
                second_factor: Set(Some(sealed)),
                ..Default::default()
            };
            accounts::Entity::update(row).exec(&transaction).await?;
            secret.to_vec()
        }
    };
    transaction.commit().await?;
    let url = totp(&secret, &account.name, issuer)?.to_url().map_err(|error| unreadable("second factor", error))?;
    Ok(Enrolment { secret: BASE32_NOPAD.encode(&secret), url })
}

/// Confirms a second factor with its first code; gives the recovery codes, which are shown once.
pub async fn confirm_second_factor(
    store: &Store,
    vault: &Vault,
    by: &By,
    session: &Session,
    code: &str,
    random: [u8; 64],
) -> Result<Vec<String>> {
    let transaction = store.write().await?;
    let account = owner(&transaction, session).await?;
    let Some(secret) = open(vault, &account)?.filter(|_| !account.second_factor_confirmed) else {
        return Err(Failure::Forbidden);
    };
    let Some(step) = step(&totp(&secret, &account.name, "")?, code, by.at, None) else {
        return refuse(Refused::Wrong);
    };
    let row = accounts::ActiveModel {
        id: Unchanged(account.id),
        second_factor_confirmed: Set(true),
        second_factor_step: Set(Some(step)),
        revision: Set(account.revision + 1),
        ..Default::default()
    };
    accounts::Entity::update(row).exec(&transaction).await?;
    // Whoever has just shown a code has passed it.
    let passed = super::entity::sessions::ActiveModel {
        digest: Unchanged(session.digest.clone()),
        passed_second: Set(true),
        ..Default::default()
    };
    super::entity::sessions::Entity::update(passed).exec(&transaction).await?;
    let codes = new_recovery_codes(&transaction, session.staff.id, random).await?;
    let about = subject(session.staff.id);
    audit::record(&transaction, by, "identity.second-factor.confirm", &about, Outcome::Done, Json::Null).await?;
    transaction.commit().await?;
    Ok(codes)
}

/// Gives up one's second factor, where it is not required.
pub async fn drop_second_factor(store: &Store, vault: &Vault, by: &By, session: &Session, code: &str) -> Result<()> {
    if session.stage != Stage::Ready || session.staff.needs_second_factor() {
        return Err(Failure::Forbidden);
    }
    let transaction = store.write().await?;
    if !take(&transaction, vault, by.at, session.staff.id, code).await? {
        return refuse(Refused::Wrong);
    }
    forget(&transaction, session.staff.id).await?;
    let about = subject(session.staff.id);
    audit::record(&transaction, by, "identity.second-factor.drop", &about, Outcome::Done, Json::Null).await?;
    Ok(transaction.commit().await?)
}

/// Takes away an account's second factor with its recovery codes.
pub(super) async fn forget(db: &impl ConnectionTrait, id: AccountId) -> Result<()> {
    let row = accounts::ActiveModel {
        id: Unchanged(id.0),
        second_factor: Set(None),
        second_factor_confirmed: Set(false),
        second_factor_step: Set(None),
        ..Default::default()
    };
    accounts::Entity::update(row).exec(db).await?;
    recovery_codes::Entity::delete_many().filter(recovery_codes::Column::Account.eq(id.0)).exec(db).await?;
    Ok(())
}

/// Whether a code is right; it is used up by that.
pub(super) async fn take(
    db: &impl ConnectionTrait,
    vault: &Vault,
    now: OffsetDateTime,
    id: AccountId,
    code: &str,
) -> Result<bool> {
    let Some(account) = accounts::Entity::find_by_id(id.0).one(db).await? else { return Ok(false) };
    let plain: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_uppercase();
    if plain.len() == RECOVERY_LENGTH {
        let digest = digest(format!("{}:{plain}", id.0).as_bytes());
        return Ok(recovery_codes::Entity::delete_by_id(digest).exec(db).await?.rows_affected == 1);
    }
    let Some(secret) = open(vault, &account)?.filter(|_| account.second_factor_confirmed) else { return Ok(false) };
    let Some(step) = step(&totp(&secret, &account.name, "")?, &plain, now, account.second_factor_step) else {
        return Ok(false);
    };
    let row = accounts::ActiveModel { id: Unchanged(id.0), second_factor_step: Set(Some(step)), ..Default::default() };
    accounts::Entity::update(row).exec(db).await?;
    Ok(true)
}

/// The step a code is of, if it is right and later than the last one taken.
fn step(totp: &Totp, code: &str, now: OffsetDateTime, last: Option<i64>) -> Option<i64> {
    let step = totp.check(code.trim(), u64::try_from(now.unix_timestamp()).ok()?)?;
    i64::try_from(step).ok().filter(|step| last.is_none_or(|last| *step > last))
}

async fn new_recovery_codes(db: &impl ConnectionTrait, id: AccountId, random: [u8; 64]) -> Result<Vec<String>> {
    recovery_codes::Entity::delete_many().filter(recovery_codes::Column::Account.eq(id.0)).exec(db).await?;
    let codes: Vec<String> = random
        .chunks(random.len() / RECOVERY_CODES)
        .map(|bytes| BASE32_NOPAD.encode(bytes).chars().take(RECOVERY_LENGTH).collect())
        .collect();
    let row = |code: &String| recovery_codes::ActiveModel {
        digest: Set(digest(format!("{}:{code}", id.0).as_bytes())),
        account: Set(id.0),
    };
    recovery_codes::Entity::insert_many(codes.iter().map(row)).exec_without_returning(db).await?;
    Ok(codes.into_iter().map(|code| format!("{}-{}", &code[..5], &code[5..])).collect())
}

async fn owner(db: &impl ConnectionTrait, session: &Session) -> Result<accounts::Model> {
    if session.stage == Stage::SecondFactor {
        return Err(Failure::Forbidden);
    }
    let account = accounts::Entity::find_by_id(session.staff.id.0).one(db).await?;
    account.ok_or(Failure::Refused(Refused::NoSession))
}
