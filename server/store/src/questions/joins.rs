//! Questions that ask the same (同问). One waits for the other and gets its answer, in the same words at the same time; where the other
//! is answered already it gets that answer at once. Nobody is answered out of what was asked in private, and one that others wait for
//! waits for none.

use std::collections::HashMap;

use domain::{
    audit::By,
    interpreters::Interpreter,
    questions::{QuestionId, Thread},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Act, Kept, MOST, Question, Refused, Result, moved, permitted, refuse, rows, rows::questions as table, step, tell,
};
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    vault::Vault,
};

/// With which others a question can be joined: those of its policy that wait on the same desk, with their words as they came, and
/// those that are answered and shown to everybody. That words were read is a line of the log.
pub async fn joinable(
    store: &Store,
    vault: &Vault,
    by: &By,
    posts: &[Interpreter],
    id: QuestionId,
) -> Result<Vec<Question>> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, posts, id).await?;
    let of_policy = || {
        let all = table::Entity::find().filter(table::Column::Policy.eq(row.policy));
        all.filter(table::Column::Id.ne(row.id)).filter(table::Column::Private.eq(false)).limit(MOST)
    };
    let open = of_policy()
        .filter(table::Column::Interpreter.eq(row.interpreter))
        .filter(table::Column::Open.eq(true))
        .filter(table::Column::SameAs.is_null());
    let open = open.order_by_asc(table::Column::AskedAt).all(&transaction).await?;
    let public = of_policy().filter(table::Column::Open.eq(false)).filter(table::Column::Shown.is_not_null());
    let public = public.order_by_desc(table::Column::Id).all(&transaction).await?;
    if !open.is_empty() {
        let read = serde_json::json!({ "read": open.iter().map(|it| it.id).collect::<Vec<_>>() });
        audit::record(&transaction, by, "questions.compare", &id.subject(), Outcome::Done, read).await?;
    }
    transaction.commit().await?;
    let open = open.into_iter().map(|row| rows::own(row, vault));
    Ok(open.chain(public.into_iter().map(rows::shown)).collect::<std::result::Result<_, _>>()?)
}

/// Joins a question, and all that wait for it, with another.
pub async fn join(store: &Store, by: &By, posts: &[Interpreter], id: QuestionId, with: QuestionId) -> Result<()> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, posts, id).await?;
    let main = table::Entity::find_by_id(with.0).one(&transaction).await?.ok_or(Failure::Refused(Refused::NotSame))?;
    let fits = match main.open {
        true => main.interpreter == row.interpreter && main.same_as.is_none(),
        false => main.shown.is_some(),
    };
    if main.id == row.id || main.policy != row.policy || main.private || !fits {
        return refuse(Refused::NotSame);
    }
    let answer = match main.open {
        true => None,
        false => rows::thread(&main)?.answer().map(|(words, cites, _)| (words.to_owned(), cites.to_vec())),
    };
    let others = waiting(&transaction, id).await?;
    for row in std::iter::once(&row).chain(&others) {
        let joined = rows::thread(row)?.join(with, by.at).map_err(step)?;
        let next = match &answer {
            Some((words, cites)) => joined.reply(words, cites.clone(), by.at).map_err(step)?,
            None => joined,
        };
        let kept = Kept { shown: None, to_show: None, same_as: Some(with.0), ..Kept::of(row) };
        moved(&transaction, by, row, &next, kept, "questions.join").await?;
        tell(&transaction, by, posts, QuestionId(row.id), &next, "questions.join").await?;
    }
    // Those that were answered with it count where it counts now.
    let answered = table::Entity::update_many()
        .col_expr(table::Column::SameAs, Expr::value(with.0))
        .filter(table::Column::SameAs.eq(id.0));
    answered.exec(&transaction).await?;
    // Whoever is answering the other at this moment has to look again: this one would be left behind.
    let touched = table::Entity::update_many()
        .col_expr(table::Column::Revision, Expr::value(main.revision + 1))
        .filter(table::Column::Id.eq(main.id))
        .filter(table::Column::Revision.eq(main.revision));
    if touched.exec(&transaction).await?.rows_affected != 1 {
        return refuse(Refused::Changed);
    }
    tell(&transaction, by, posts, with, &rows::thread(&main)?, "questions.join").await?;
    Ok(transaction.commit().await?)
}

/// The questions that wait for the answer to another.
pub(super) async fn waiting(
    db: &impl ConnectionTrait,
    id: QuestionId,
) -> std::result::Result<Vec<table::Model>, StoreError> {
    let rows = table::Entity::find().filter(table::Column::SameAs.eq(id.0)).filter(table::Column::Open.eq(true));
    Ok(rows.order_by_asc(table::Column::Id).all(db).await?)
}

/// Does with those that wait for a question what was done with it.
pub(super) async fn follow(
    db: &impl ConnectionTrait,
    by: &By,
    posts: &[Interpreter],
    id: QuestionId,
    act: &Act,
    what: &str,
) -> Result<()> {
    for row in waiting(db, id).await? {
        let thread = rows::thread(&row)?;
        let before = thread.events.len();
        let next: Thread = match act {
            Act::Take => thread.take(by.at),
            Act::HandOver { to, reason } => thread.hand_over(*to, reason, by.at),
            Act::Answer { words, cites, .. } => thread.reply(words, cites.clone(), by.at),
            Act::CallBack { .. } => return Ok(()),
        }
        .map_err(step)?;
        if next.events.len() != before {
            moved(db, by, &row, &next, Kept { shown: None, to_show: None, ..Kept::of(&row) }, what).await?;
            tell(db, by, posts, QuestionId(row.id), &next, what).await?;
        }
    }
    Ok(())
}

/// The public questions of a policy with those that were answered with each; private ones do not count.
pub(super) async fn counted(
    db: &impl ConnectionTrait,
    mut list: Vec<Question>,
) -> std::result::Result<Vec<Question>, StoreError> {
    let all = table::Entity::find()
        .filter(table::Column::SameAs.is_in(list.iter().map(|it| it.id.0)))
        .filter(table::Column::Open.eq(false))
        .filter(table::Column::Private.eq(false));
    let all = all.select_only().columns([table::Column::SameAs, table::Column::Id]).into_tuple::<(i64, i64)>();
    let mut same: HashMap<i64, Vec<QuestionId>> = HashMap::new();
    for (main, id) in all.all(db).await? {
        same.entry(main).or_default().push(QuestionId(id));
    }
    for question in &mut list {
        question.same = same.remove(&question.id.0).unwrap_or_default();
    }
    Ok(list)
}
