//! What posts have to do with questions: how many wait for one, what it has answered, and handing all that are open over.

use std::collections::HashMap;

use domain::{
    audit::By,
    interpreters::InterpreterId,
    questions::{QuestionId, State, Thread},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use time::OffsetDateTime;

use super::{Kept, Result, moved, rows, step, table};
use crate::{StoreError, interpreters, json::read};

/// How many questions wait for each post.
pub(crate) async fn open_counts(
    db: &impl ConnectionTrait,
) -> std::result::Result<HashMap<InterpreterId, u64>, StoreError> {
    let rows = table::Entity::find()
        .select_only()
        .column(table::Column::Interpreter)
        .column_as(table::Column::Id.count(), "open")
        .filter(table::Column::Open.eq(true))
        .group_by(table::Column::Interpreter);
    let rows: Vec<(i64, i64)> = rows.into_tuple().all(db).await?;
    Ok(rows.into_iter().map(|(id, count)| (InterpreterId(id), u64::try_from(count).unwrap_or_default())).collect())
}

/// What happened to the questions in the hands of a post.
pub(crate) async fn threads_of(
    db: &impl ConnectionTrait,
    interpreter: InterpreterId,
) -> std::result::Result<Vec<Thread>, StoreError> {
    let rows = table::Entity::find().select_only().column(table::Column::Events);
    let rows: Vec<Json> = rows.filter(table::Column::Interpreter.eq(interpreter.0)).into_tuple().all(db).await?;
    let thread = |events| Ok(Thread { interpreter, events: read("questions.events", events)? });
    rows.into_iter().map(thread).collect()
}

/// Hands every open question of a post to another, who is told why, and so is whoever asked; with none, nothing changes. Which they are.
pub(crate) async fn hand_all(
    db: &impl ConnectionTrait,
    by: &By,
    from: InterpreterId,
    to: Option<InterpreterId>,
    reason: &str,
) -> Result<Vec<QuestionId>> {
    let open = table::Entity::find()
        .filter(table::Column::Interpreter.eq(from.0))
        .filter(table::Column::Open.eq(true))
        .order_by_asc(table::Column::Id);
    let mut handed = Vec::new();
    for row in open.all(db).await? {
        let id = QuestionId(row.id);
        if let Some(to) = to {
            let next = rows::thread(&row)?.hand_over(to, reason, by.at).map_err(step)?;
            let kept = Kept { same_as: None, ..Kept::of(&row) };
            moved(db, by, &row, &next, kept, "questions.hand-over").await?;
        }
        handed.push(id);
    }
    Ok(handed)
}

/// A question that has come back goes to whoever has the work of its post by now, in the open.
pub(super) async fn to_holder(db: &impl ConnectionTrait, thread: Thread, at: OffsetDateTime) -> Result<Thread> {
    let has_it = interpreters::holder(db, thread.interpreter).await?;
    let Some(has_it) = has_it.filter(|it| it.id != thread.interpreter && thread.state() != State::Answered) else {
        return Ok(thread);
    };
    let ended = interpreters::load(db).await?.into_iter().find(|post| post.id == thread.interpreter);
    let reason = ended.and_then(|post| post.ended).map(|ended| ended.reason).unwrap_or_default();
    thread.hand_over(has_it.id, &reason, at).map_err(step)
}
