//! Notes between colleagues (请教同事): on a question, for those who may answer it, and for the post that is asked, whose people may read
//! the question then, and say what they know. Residents never see them.

use domain::{
    audit::By,
    identity::Action,
    interpreters::{Interpreter, InterpreterId},
    questions::{self, MAX_WORDS, QuestionId, Refused as Step},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    QueryOrder, QuerySelect,
    entity::prelude::*,
};
use time::OffsetDateTime;

use super::{Refused, Result, refuse, rows, rows::notes as table, step};
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    events, identity,
    offices::Offices,
};

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Who wrote it, as colleagues know them.
    pub author: String,
    /// The post that is asked; none for everybody who has the question.
    pub to: Option<InterpreterId>,
    /// What it says.
    pub words: String,
    /// When it was written.
    pub at: OffsetDateTime,
}

/// The notes on a question, for whoever may read it, the first one first.
pub async fn notes(store: &Store, by: &By, posts: &[Interpreter], id: QuestionId) -> Result<Vec<Note>> {
    readable(&store.database, by, posts, id).await?;
    let rows = table::Entity::find().filter(table::Column::Question.eq(id.0)).order_by_asc(table::Column::Id);
    let mut list = Vec::new();
    for row in rows.all(&store.database).await? {
        let author = identity::display_name(&store.database, domain::identity::AccountId(row.account)).await?;
        list.push(Note { author, to: row.interpreter.map(InterpreterId), words: row.words, at: row.at });
    }
    Ok(list)
}

/// Writes a note; one that asks a post lets its people read the question.
pub async fn write_note(
    store: &Store,
    by: &By,
    posts: &[Interpreter],
    id: QuestionId,
    words: &str,
    to: Option<InterpreterId>,
) -> Result<()> {
    let transaction = store.write().await?;
    let (row, may_answer) = readable(&transaction, by, posts, id).await?;
    let words = questions::words(words, MAX_WORDS).map_err(step)?;
    // Whoever was asked does not let others read it.
    let to = to.filter(|_| may_answer);
    let asked = match to {
        Some(to) if to.0 == row.interpreter => return Err(step(Step::Same)),
        Some(to) => match posts.iter().find(|post| post.id == to) {
            Some(post) => Some(post),
            None => return refuse(Refused::Unknown),
        },
        None => None,
    };
    let note = table::ActiveModel {
        id: NotSet,
        question: Set(id.0),
        account: Set(by.actor.account()?.0),
        interpreter: Set(to.map(|to| to.0)),
        words: Set(words),
        at: Set(by.at),
    };
    table::Entity::insert(note).exec_without_returning(&transaction).await?;
    let detail = serde_json::json!({ "to": to });
    audit::record(&transaction, by, "questions.note", &id.subject(), Outcome::Done, detail).await?;
    let offices = Offices::load(&transaction).await?;
    let has_it = posts.iter().find(|post| post.id.0 == row.interpreter);
    for post in has_it.into_iter().chain(asked) {
        events::tell(&transaction, by, "questions.note", &id.subject(), offices.audience(Action::Interpret, post))
            .await?;
    }
    Ok(transaction.commit().await?)
}

/// The question, and whether somebody may answer it; those of a post that was asked may only read it.
pub(super) async fn readable(
    db: &impl ConnectionTrait,
    by: &By,
    posts: &[Interpreter],
    id: QuestionId,
) -> Result<(rows::questions::Model, bool)> {
    // Whether it exists is not said.
    let row = rows::questions::Entity::find_by_id(id.0).one(db).await?.ok_or(Failure::Forbidden)?;
    let offices = Offices::load(db).await?;
    let mine = |id: i64| posts.iter().any(|post| post.id.0 == id && offices.may(by, post));
    if mine(row.interpreter) {
        return Ok((row, true));
    }
    let asked = table::Entity::find().filter(table::Column::Question.eq(id.0));
    let asked = asked.select_only().column(table::Column::Interpreter).into_tuple::<Option<i64>>().all(db).await?;
    if asked.into_iter().flatten().any(mine) { Ok((row, false)) } else { Err(Failure::Forbidden) }
}

/// The questions about which these posts are asked.
pub(super) async fn asked_of(
    db: &impl ConnectionTrait,
    posts: impl Iterator<Item = i64>,
) -> std::result::Result<Vec<i64>, StoreError> {
    let notes = table::Entity::find().filter(table::Column::Interpreter.is_in(posts));
    Ok(notes.select_only().column(table::Column::Question).distinct().into_tuple::<i64>().all(db).await?)
}
