//! Accounts: opened, changed and ended by administrators, the first of them from the command line. None is ever removed.

use std::collections::HashMap;

use domain::{
    audit::By,
    divisions::Divisions,
    hours::CHINA,
    identity::{AccountId, Action, Belongs, Grant, Role, Staff, check_grants, check_name},
    interpreters::Interpreter,
};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    QueryOrder, QuerySelect,
    entity::prelude::*,
};
use time::OffsetDateTime;

use super::{
    Refused, Result,
    entity::{accounts, grants},
    passwords, refuse, second_factor, sessions, subject,
};
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    divisions, interpreters,
    points::{self, keepers},
};

/// An account to be opened.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The name to sign in with.
    pub name: String,
    /// How colleagues know them.
    pub display_name: String,
    /// What they may do, and where.
    pub grants: Vec<Grant>,
    /// The first password, which they have to change.
    pub password: String,
}

/// An account as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who, with what they may do.
    pub staff: Staff,
    /// Since when.
    pub opened_at: OffsetDateTime,
    /// Until when.
    pub ended_at: Option<OffsetDateTime>,
    /// They have not signed in with their first password yet.
    pub must_change: bool,
    /// They have a second factor.
    pub has_second_factor: bool,
    /// It comes from a provider of identities, which also says what they may do.
    pub from_provider: bool,
    /// How many points that have not ended are in its name.
    pub keeps: u64,
    /// The interpreters' posts that have not ended and are in its name.
    pub interprets: Vec<Interpreter>,
    /// Goes up with every change.
    pub revision: i32,
}

/// All accounts a person may run, by name.
pub async fn accounts(store: &Store, by: &By) -> Result<Vec<Account>> {
    by.actor.may_somewhere(Action::ManageAccounts)?;
    let divisions = divisions::arranged(&store.database).await?;
    let kept = keepers::counts(&store.database, by.at.to_offset(CHINA).date()).await?;
    let posts = interpreters::load(&store.database).await?;
    let mut list = Vec::new();
    for row in accounts::Entity::find().order_by_asc(accounts::Column::Name).all(&store.database).await? {
        let account = account(&store.database, row).await?;
        let keeps = kept.get(&account.staff.id).copied().unwrap_or_default();
        let serves = |post: &&Interpreter| post.is_living() && post.account == Some(account.staff.id);
        let interprets = posts.iter().filter(serves).cloned().collect();
        let account = Account { keeps, interprets, ..account };
        if may_run(by, &divisions, &account).is_ok() {
            list.push(account);
        }
    }
    Ok(list)
}

async fn account(db: &impl ConnectionTrait, row: accounts::Model) -> std::result::Result<Account, StoreError> {
    Ok(Account {
        staff: sessions::staff(db, &row).await?,
        opened_at: row.opened_at,
        ended_at: row.ended_at,
        must_change: row.must_change,
        has_second_factor: row.second_factor_confirmed,
        from_provider: row.issuer.is_some(),
        keeps: 0,
        interprets: Vec::new(),
        revision: row.revision,
    })
}

/// Whether somebody may run an account with these grants: all of them lie within what they run.
fn may(by: &By, divisions: &Divisions, grants: &[Grant]) -> std::result::Result<(), domain::identity::Forbidden> {
    grants.iter().try_for_each(|grant| {
        let thing = Belongs { within: divisions.within(grant.division), organisation: grant.organisation };
        by.actor.may(Action::ManageAccounts, &thing)
    })
}

/// Whether somebody may run this account. One that has lost its grants is the business of who runs accounts everywhere.
fn may_run(by: &By, divisions: &Divisions, account: &Account) -> std::result::Result<(), domain::identity::Forbidden> {
    match (account.staff.grants.as_slice(), divisions.root()) {
        ([], Some(root)) => {
            let everything = Belongs { within: divisions.within(root.code), organisation: None };
            by.actor.may(Action::ManageAccounts, &everything)
        }
        (grants, _) => may(by, divisions, grants),
    }
}

/// Opens an account.
pub async fn open_account(store: &Store, by: &By, new: NewAccount, salt: [u8; 16]) -> Result<AccountId> {
    let transaction = store.write().await?;
    let divisions = divisions::arranged(&transaction).await?;
    may(by, &divisions, &new.grants)?;
    let refused = |why| Failure::Refused(why);
    check_name(&new.name).map_err(|why| refused(Refused::Name(why)))?;
    check(&transaction, &divisions, &new.grants).await?;
    if accounts::Entity::find().filter(accounts::Column::Name.eq(&new.name)).one(&transaction).await?.is_some() {
        return refuse(Refused::NameTaken);
    }
    let password = passwords::hash(&new.password, &new.name, salt).await?;
    let row = accounts::ActiveModel {
        id: NotSet,
        name: Set(new.name.clone()),
        display_name: Set(new.display_name.trim().to_owned()),
        password: Set(Some(password)),
        must_change: Set(true),
        second_factor: Set(None),
        second_factor_confirmed: Set(false),
        second_factor_step: Set(None),
        opened_at: Set(by.at),
        ended_at: Set(None),
        revision: Set(1),
        issuer: Set(None),
        subject: Set(None),
    };
    let id = AccountId(row.insert(&transaction).await?.id);
    put_grants(&transaction, id, &new.grants).await?;
    let detail = serde_json::json!({ "name": new.name, "after": new.grants });
    audit::record(&transaction, by, "identity.open-account", &subject(id), Outcome::Done, detail).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Replaces what an account may do. Its sessions go on with the new grants at once.
pub async fn set_grants(store: &Store, by: &By, id: AccountId, revision: i32, grants: Vec<Grant>) -> Result<()> {
    let transaction = store.write().await?;
    let divisions = divisions::arranged(&transaction).await?;
    let before = known(&transaction, by, &divisions, id).await?;
    own_business(&before)?;
    may(by, &divisions, &grants)?;
    check(&transaction, &divisions, &grants).await?;
    guard(&transaction, &before, revision).await?;
    if before.staff.is(Role::Administrator) && !grants.iter().any(|grant| grant.role == Role::Administrator) {
        not_the_last(&transaction, id).await?;
    }
    put_grants(&transaction, id, &grants).await?;
    let detail = serde_json::json!({ "before": before.staff.grants, "after": grants });
    audit::record(&transaction, by, "identity.set-grants", &subject(id), Outcome::Done, detail).await?;
    Ok(transaction.commit().await?)
}

/// Gives an account another first password, and takes its second factor away: for who lost either. Its sessions end.
pub async fn reset_password(store: &Store, by: &By, id: AccountId, password: &str, salt: [u8; 16]) -> Result<()> {
    let transaction = store.write().await?;
    let divisions = divisions::arranged(&transaction).await?;
    let account = known(&transaction, by, &divisions, id).await?;
    own_business(&account)?;
    let hash = passwords::hash(password, &account.staff.name, salt).await?;
    let row = accounts::ActiveModel {
        id: Unchanged(id.0),
        password: Set(Some(hash)),
        must_change: Set(true),
        revision: Set(account.revision + 1),
        ..Default::default()
    };
    accounts::Entity::update(row).exec(&transaction).await?;
    second_factor::forget(&transaction, id).await?;
    sessions::others(&transaction, id, "").await?;
    audit::record(&transaction, by, "identity.reset-password", &subject(id), Outcome::Done, Json::Null).await?;
    Ok(transaction.commit().await?)
}

/// Takes the second factor of an account away that has no password here: for who lost their telephone. Its sessions end.
pub async fn reset_second_factor(store: &Store, by: &By, id: AccountId) -> Result<()> {
    let transaction = store.write().await?;
    let divisions = divisions::arranged(&transaction).await?;
    if !known(&transaction, by, &divisions, id).await?.from_provider {
        return Err(Failure::Forbidden);
    }
    second_factor::forget(&transaction, id).await?;
    sessions::others(&transaction, id, "").await?;
    audit::record(&transaction, by, "identity.second-factor.reset", &subject(id), Outcome::Done, Json::Null).await?;
    Ok(transaction.commit().await?)
}

/// Ends an account that keeps no point any more and serves at no interpreter's post. Its sessions end with it; what it did stays its own.
pub async fn end_account(store: &Store, by: &By, id: AccountId, revision: i32) -> Result<()> {
    let transaction = store.write().await?;
    let divisions = divisions::arranged(&transaction).await?;
    let account = known(&transaction, by, &divisions, id).await?;
    guard(&transaction, &account, revision).await?;
    let kept = keepers::counts(&transaction, by.at.to_offset(CHINA).date()).await?;
    if let Some(count) = kept.get(&id) {
        return refuse(Refused::KeepsPoints(*count));
    }
    let posts = interpreters::served_by(&transaction, id).await?;
    if !posts.is_empty() {
        return refuse(Refused::Interprets(posts.into_iter().map(|post| post.post).collect()));
    }
    if account.staff.is(Role::Administrator) {
        not_the_last(&transaction, id).await?;
    }
    let row = accounts::ActiveModel { id: Unchanged(id.0), ended_at: Set(Some(by.at)), ..Default::default() };
    accounts::Entity::update(row).exec(&transaction).await?;
    sessions::others(&transaction, id, "").await?;
    audit::record(&transaction, by, "identity.end-account", &subject(id), Outcome::Done, Json::Null).await?;
    Ok(transaction.commit().await?)
}

/// The account, if the actor may run it; it is not their own.
async fn known(db: &impl ConnectionTrait, by: &By, divisions: &Divisions, id: AccountId) -> Result<Account> {
    by.actor.may_somewhere(Action::ManageAccounts)?;
    let row = accounts::Entity::find_by_id(id.0).one(db).await?.filter(|row| row.ended_at.is_none());
    let account = account(db, row.ok_or(Failure::Forbidden)?).await?;
    may_run(by, divisions, &account)?;
    match &by.actor {
        domain::audit::Actor::Staff(staff) if staff.id == id => refuse(Refused::OwnAccount),
        _ => Ok(account),
    }
}

/// Whether password and roles of an account are given here, and not by a provider at every sign-in.
fn own_business(account: &Account) -> Result<()> {
    if account.from_provider { refuse(Refused::FromProvider) } else { Ok(()) }
}

/// Takes the next revision, unless somebody else has taken it.
async fn guard(db: &impl ConnectionTrait, account: &Account, revision: i32) -> Result<()> {
    let next = accounts::Entity::update_many()
        .col_expr(accounts::Column::Revision, Expr::value(revision + 1))
        .filter(accounts::Column::Id.eq(account.staff.id.0))
        .filter(accounts::Column::Revision.eq(revision));
    if next.exec(db).await?.rows_affected == 1 { Ok(()) } else { refuse(Refused::Outdated) }
}

async fn not_the_last(db: &impl ConnectionTrait, id: AccountId) -> Result<()> {
    let living = accounts::Entity::find().filter(accounts::Column::EndedAt.is_null()).all(db).await?;
    let living: Vec<i64> = living.into_iter().map(|row| row.id).filter(|other| *other != id.0).collect();
    let others = grants::Entity::find()
        .filter(grants::Column::Role.eq(Role::Administrator.code()))
        .filter(grants::Column::Account.is_in(living));
    if others.count(db).await? == 0 { refuse(Refused::LastAdministrator) } else { Ok(()) }
}

pub(super) async fn check(db: &impl ConnectionTrait, divisions: &Divisions, grants: &[Grant]) -> Result<()> {
    check_grants(grants).map_err(|why| Failure::Refused(Refused::Grants(why)))?;
    let offices = points::organisations(db).await?;
    let exists = |grant: &Grant| {
        divisions.get(grant.division).is_some()
            && grant.organisation.is_none_or(|code| offices.iter().any(|office| office.code == code))
    };
    if grants.iter().all(exists) { Ok(()) } else { refuse(Refused::NoSuchPlace) }
}

pub(super) async fn put_grants(db: &impl ConnectionTrait, id: AccountId, list: &[Grant]) -> Result<()> {
    grants::Entity::delete_many().filter(grants::Column::Account.eq(id.0)).exec(db).await?;
    let row = |grant: &Grant| grants::ActiveModel {
        id: NotSet,
        account: Set(id.0),
        role: Set(grant.role.code().to_owned()),
        division: Set(grant.division.to_string()),
        organisation: Set(grant.organisation.map(|code| code.to_string())),
    };
    grants::Entity::insert_many(list.iter().map(row)).exec_without_returning(db).await?;
    Ok(())
}

/// How colleagues know somebody.
pub(crate) async fn display_name(db: &impl ConnectionTrait, id: AccountId) -> std::result::Result<String, StoreError> {
    let row = accounts::Entity::find_by_id(id.0).one(db).await?;
    Ok(row.map(|row| row.display_name).unwrap_or_default())
}

/// Everybody there ever was, with whether their account has not ended.
pub(crate) async fn everybody(db: &impl ConnectionTrait) -> std::result::Result<Vec<(Staff, bool)>, StoreError> {
    let mut given: HashMap<i64, Vec<Grant>> = HashMap::new();
    for row in grants::Entity::find().order_by_asc(grants::Column::Id).all(db).await? {
        given.entry(row.account).or_default().push(sessions::grant(row)?);
    }
    let rows = accounts::Entity::find().order_by_asc(accounts::Column::Id).all(db).await?;
    let person = |row: accounts::Model| {
        let grants = given.remove(&row.id).unwrap_or_default();
        let staff = Staff { id: AccountId(row.id), name: row.name, display_name: row.display_name, grants };
        (staff, row.ended_at.is_none())
    };
    Ok(rows.into_iter().map(person).collect())
}

/// Keeps an account from ending before this transaction does: whoever ends it waits, and then sees what it was given.
pub(crate) async fn hold(db: &impl ConnectionTrait, id: AccountId) -> std::result::Result<(), StoreError> {
    accounts::Entity::find_by_id(id.0).lock_exclusive().one(db).await?;
    Ok(())
}
