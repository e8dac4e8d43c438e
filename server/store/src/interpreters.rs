//! Interpreters' posts as kept: the register, whose writes are published at once, and what follows when a post ends.

mod entity;
mod hand_over;
mod register;

use std::collections::HashSet;

use domain::{
    audit::By,
    calendar::Calendar,
    identity::AccountId,
    interpreters::{self, BadInterpreter, Figures, Interpreter, InterpreterId},
};
use sea_orm::{
    ActiveValue::Set,
    QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{
    Failure, Store, StoreError, audit,
    json::{json, read},
    questions,
};
use entity::{ActiveModel, Column, Entity, Model};
pub use hand_over::{Moved, give, hand_over};
pub use register::{Registered, people, register, save};

/// Why a post is not written, or not handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It cannot be published like this.
    Bad(Vec<BadInterpreter>),
    /// The account has ended, or may not interpret for the office.
    Account,
    /// There is no reason, or it is too long.
    Reason,
    /// The successor is the post itself, has ended, or is none.
    Successor,
    /// Somebody has to take over what it has.
    NeedsSuccessor {
        /// So many policies.
        policies: usize,
        /// So many open questions.
        questions: usize,
    },
    /// It has ended already.
    Ended,
    /// Somebody has changed it meanwhile.
    Changed,
}

type Result<T> = std::result::Result<T, Failure<Refused>>;

fn refuse<T>(why: Refused) -> Result<T> {
    Err(Failure::Refused(why))
}

/// Puts posts in place without review: the first content of a new portal, from the command line.
pub async fn seed(store: &Store, by: &By, all: Vec<Interpreter>) -> std::result::Result<(), StoreError> {
    let transaction = store.write().await?;
    for post in &all {
        let again = OnConflict::column(Column::Id)
            .update_column(Column::Facts)
            .value(Column::Revision, Expr::col((Entity, Column::Revision)).add(1))
            .to_owned();
        let row = ActiveModel { id: Set(post.id.0), facts: Set(json(post)?), revision: Set(1) };
        Entity::insert(row).on_conflict(again).exec_without_returning(&transaction).await?;
    }
    let detail = serde_json::json!({ "interpreters": all.len() });
    audit::publish(&transaction, by, "interpreters.seed", "interpreters", detail).await?;
    Ok(transaction.commit().await?)
}

/// Every post, those that have ended too, by number.
pub(crate) async fn load(db: &impl ConnectionTrait) -> std::result::Result<Vec<Interpreter>, StoreError> {
    Entity::find().order_by_asc(Column::Id).all(db).await?.into_iter().map(post).collect()
}

/// The same; none of them ends before this transaction does.
pub(crate) async fn hold(db: &impl ConnectionTrait) -> std::result::Result<Vec<Interpreter>, StoreError> {
    Entity::find().order_by_asc(Column::Id).lock_shared().all(db).await?.into_iter().map(post).collect()
}

fn post(row: Model) -> std::result::Result<Interpreter, StoreError> {
    read("interpreters.facts", row.facts)
}

/// Who has the work of a post by now, who does not end before this transaction does; none where nobody has it.
pub(crate) async fn holder(
    db: &impl ConnectionTrait,
    mut id: InterpreterId,
) -> std::result::Result<Option<Interpreter>, StoreError> {
    let mut seen = HashSet::new();
    while seen.insert(id) {
        let row = Entity::find_by_id(id.0).lock_shared().one(db).await?;
        let Some(found) = row.map(post).transpose()? else { return Ok(None) };
        match &found.ended {
            None => return Ok(Some(found)),
            Some(interpreters::Ended { successor: Some(next), .. }) => id = *next,
            Some(_) => return Ok(None),
        }
    }
    Ok(None)
}

/// The posts that have not ended and are in the name of an account.
pub(crate) async fn served_by(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> std::result::Result<Vec<Interpreter>, StoreError> {
    let all = load(db).await?.into_iter();
    Ok(all.filter(|post| post.is_living() && post.account == Some(account)).collect())
}

/// What a post has done, from the questions in its hands.
pub async fn figures(
    store: &Store,
    id: InterpreterId,
    calendar: &Calendar,
) -> std::result::Result<Figures, StoreError> {
    Ok(Figures::of(id, &questions::threads_of(&store.database, id).await?, calendar))
}
