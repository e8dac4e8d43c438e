//! The register as those see it who keep it, and writing a post.

use domain::{
    audit::By,
    identity::{AccountId, Action, Belongs, Staff},
    interpreters::{Interpreter, InterpreterId},
};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*, sea_query::OnConflict};

use super::{ActiveModel, Column, Entity, Model, Refused, Result, hold, post, refuse};
use crate::{Failure, Store, audit, events, identity, json::json, offices::Offices, questions};

/// A post in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// What is said of it.
    pub post: Interpreter,
    /// Goes up with every change.
    pub revision: i32,
    /// So many questions wait for its answer.
    pub open: u64,
    /// Whether whoever asked may change it or hand it over.
    pub may_keep: bool,
}

/// Every post, those that have ended too, by number.
pub async fn register(store: &Store, by: &By) -> Result<Vec<Registered>> {
    by.actor.may_somewhere(Action::KeepInterpreters)?;
    let db = &store.database;
    let (offices, open) = (Offices::load(db).await?, questions::open_counts(db).await?);
    let entry = |row: Model| {
        let (revision, post) = (row.revision, post(row)?);
        let open = open.get(&post.id).copied().unwrap_or_default();
        Ok(Registered { open, revision, may_keep: may(by, &offices, &post).is_ok(), post })
    };
    Entity::find().order_by_asc(Column::Id).all(db).await?.into_iter().map(entry).collect()
}

/// Who may serve at the desk for a post, by name: accounts that have not ended and may interpret somewhere.
pub async fn people(store: &Store, by: &By) -> Result<Vec<Staff>> {
    by.actor.may_somewhere(Action::KeepInterpreters)?;
    let all = identity::everybody(&store.database).await?.into_iter();
    let able = all.filter(|(staff, living)| *living && staff.may_somewhere(Action::Interpret).is_ok());
    let mut able: Vec<_> = able.map(|(staff, _)| staff).collect();
    able.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(able)
}

/// Where a post belongs, if whoever asks may keep it there. Whether there is such an office is not said.
pub(super) fn may(by: &By, offices: &Offices, post: &Interpreter) -> Result<Belongs> {
    let thing = offices.belongs(post.organisation).ok_or(Failure::Forbidden)?;
    by.actor.may(Action::KeepInterpreters, &thing)?;
    Ok(thing)
}

/// Adds a post, or with a number and a revision changes one that has not ended. Number and end of what is given do not count.
pub async fn save(
    store: &Store,
    by: &By,
    known: Option<(InterpreterId, i32)>,
    new: Interpreter,
) -> Result<InterpreterId> {
    let transaction = store.write().await?;
    let offices = Offices::load(&transaction).await?;
    let thing = may(by, &offices, &new)?;
    let posts = hold(&transaction).await?;
    let before = match known {
        // Whether it exists is not said.
        Some((id, _)) => Some(posts.iter().find(|post| post.id == id).ok_or(Failure::Forbidden)?),
        None => None,
    };
    if let Some(before) = before {
        may(by, &offices, before)?;
        if !before.is_living() {
            return refuse(Refused::Ended);
        }
    }
    let next = posts.last().map_or(1, |last| last.id.0 + 1);
    let new = Interpreter {
        id: before.map_or(InterpreterId(next), |it| it.id),
        ended: None,
        demonstration: before.is_some_and(|it| it.demonstration),
        ..new
    };
    let bad = new.check(&posts);
    if !bad.is_empty() {
        return refuse(Refused::Bad(bad));
    }
    if let Some(account) = new.account {
        serves(&transaction, account, &thing).await?;
    }
    match known {
        Some((_, revision)) => put(&transaction, &new, revision).await?,
        None => {
            let row = ActiveModel { id: Set(new.id.0), facts: Set(json(&new)?), revision: Set(1) };
            let unless_known = OnConflict::column(Column::Id).do_nothing().to_owned();
            let written = Entity::insert(row).on_conflict(unless_known).exec_without_returning(&transaction).await?;
            if written != 1 {
                return refuse(Refused::Changed);
            }
        }
    }
    let detail = serde_json::json!({ "before": before, "after": new });
    audit::publish(&transaction, by, "interpreters.save", &new.id.subject(), detail).await?;
    events::tell(
        &transaction,
        by,
        "interpreters.save",
        &new.id.subject(),
        offices.audience(Action::KeepInterpreters, &new),
    )
    .await?;
    transaction.commit().await?;
    Ok(new.id)
}

/// Whether an account may serve there; it does not end before this transaction does.
async fn serves(db: &impl ConnectionTrait, account: AccountId, thing: &Belongs) -> Result<()> {
    identity::hold(db, account).await?;
    let able =
        |(staff, living): &(Staff, bool)| *living && staff.id == account && staff.may(Action::Interpret, thing).is_ok();
    if identity::everybody(db).await?.iter().any(able) { Ok(()) } else { refuse(Refused::Account) }
}

/// Writes a post over this revision of it.
pub(super) async fn put(db: &impl ConnectionTrait, post: &Interpreter, revision: i32) -> Result<()> {
    let row = ActiveModel { facts: Set(json(post)?), revision: Set(revision + 1), ..Default::default() };
    let same = Entity::update_many().set(row).filter(Column::Id.eq(post.id.0)).filter(Column::Revision.eq(revision));
    if same.exec(db).await?.rows_affected == 1 { Ok(()) } else { refuse(Refused::Changed) }
}
