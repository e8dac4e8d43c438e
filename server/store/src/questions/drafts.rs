//! Answers that are being written, one for each of those who write: kept as they are typed, so that nothing is lost, and a sign to whoever
//! asked that somebody is at it.

use domain::{
    audit::By,
    identity::Action,
    interpreters::Interpreter,
    questions::{MAX_ANSWER, QuestionId, Refused as Step},
};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};
use time::{Duration, OffsetDateTime};

use super::{Result, permitted, rows::drafts as table, step};
use crate::{
    Store, StoreError,
    audit::{self, Outcome},
    events,
    offices::Offices,
};

/// What an event is called that says that somebody is writing: nothing of the question changes by it.
pub const WRITING: &str = "questions.writing";
/// So long somebody counts as writing after the last sign of it.
const SIGN: Duration = Duration::seconds(60);
/// A sign of writing is given no more often.
const PAUSE: Duration = Duration::seconds(20);

/// Keeps what somebody has written of an answer so far; empty words leave nothing. That a draft was begun is a line of the log, and
/// not every letter.
pub async fn write_draft(store: &Store, by: &By, posts: &[Interpreter], id: QuestionId, words: &str) -> Result<()> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, posts, id).await?;
    let account = by.actor.account()?.0;
    if words.chars().count() > MAX_ANSWER {
        return Err(step(Step::TooLong));
    }
    if !row.open {
        return Err(step(Step::Answered));
    }
    let known = table::Entity::find_by_id((id.0, account)).one(&transaction).await?;
    if words.trim().is_empty() {
        table::Entity::delete_by_id((id.0, account)).exec(&transaction).await?;
        return Ok(transaction.commit().await?);
    }
    let tell = known.as_ref().is_none_or(|it| by.at - it.told_at >= PAUSE);
    let told_at = if tell { by.at } else { known.as_ref().map_or(by.at, |it| it.told_at) };
    let draft = table::ActiveModel {
        question: Set(id.0),
        account: Set(account),
        words: Set(words.to_owned()),
        at: Set(by.at),
        told_at: Set(told_at),
    };
    let again = OnConflict::columns([table::Column::Question, table::Column::Account])
        .update_columns([table::Column::Words, table::Column::At, table::Column::ToldAt])
        .to_owned();
    table::Entity::insert(draft).on_conflict(again).exec_without_returning(&transaction).await?;
    if known.is_none() {
        audit::record(&transaction, by, "questions.draft", &id.subject(), Outcome::Done, Json::Null).await?;
    }
    if tell && let Some(post) = posts.iter().find(|post| post.id.0 == row.interpreter) {
        let audience = Offices::load(&transaction).await?.audience(Action::Interpret, post);
        events::tell(&transaction, by, WRITING, &id.subject(), audience).await?;
    }
    Ok(transaction.commit().await?)
}

/// What somebody has written so far; only their own.
pub async fn draft(store: &Store, by: &By, id: QuestionId) -> Result<Option<String>> {
    let account = by.actor.account()?.0;
    Ok(table::Entity::find_by_id((id.0, account)).one(&store.database).await?.map(|draft| draft.words))
}

/// Whether somebody was writing within the last minute.
pub(super) async fn is_written(
    db: &impl ConnectionTrait,
    id: QuestionId,
    now: OffsetDateTime,
) -> std::result::Result<bool, StoreError> {
    let lately =
        table::Entity::find().filter(table::Column::Question.eq(id.0)).filter(table::Column::At.gt(now - SIGN));
    Ok(lately.count(db).await? > 0)
}

/// Removes what was written of an answer that was given.
pub(super) async fn forget(db: &impl ConnectionTrait, id: QuestionId) -> std::result::Result<(), StoreError> {
    table::Entity::delete_many().filter(table::Column::Question.eq(id.0)).exec(db).await?;
    Ok(())
}
