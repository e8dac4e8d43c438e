//! Drafts of what a division says itself: worked on by one, published or returned by another, as changes of points are. A division has
//! one draft under way at a time.

use domain::{
    audit::By,
    divisions::DivisionCode,
    hours::CHINA,
    identity::{AccountId, Action, Belongs},
    manual::{BadPart, Part, merge},
    points::change::{ChangeState, NoStep},
};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    QueryOrder, QuerySelect,
    entity::prelude::*,
};
use time::{Date, OffsetDateTime};

use super::{json, published, read, replace, tables::drafts as rows};
use crate::{
    Failure, Store,
    audit::{self, Outcome},
    divisions, identity, unreadable,
};

/// How many drafts a list shows at most.
const MOST: u64 = 200;

/// A draft on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its number.
    pub id: i64,
    /// Whose manual it is about.
    pub division: DivisionCode,
    /// Who works on it, and their name.
    pub author: (AccountId, String),
    /// Where it is.
    pub state: ChangeState,
    /// What was published when it was begun.
    pub base: Part,
    /// What it proposes.
    pub part: Part,
    /// Why, from its author.
    pub note: String,
    /// What the reviewer said.
    pub comment: String,
    /// The day it takes effect; none for the moment it is approved.
    pub effective_on: Option<Date>,
    /// Goes up with every step.
    pub revision: i32,
    /// When it was last touched.
    pub changed_at: OffsetDateTime,
}

/// Why a draft goes no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The step.
    Step(NoStep),
    /// What it says.
    Part(BadPart),
    /// Somebody has touched it meanwhile.
    Outdated,
    /// Somebody else's draft of this division is under way.
    UnderWay(String),
    /// Others have published changes of these chapters meanwhile.
    Conflict(Vec<String>),
    /// There is no such division.
    NoDivision,
}

type Result<T> = std::result::Result<T, Failure<Refused>>;

fn refuse<T>(why: Refused) -> Result<T> {
    Err(Failure::Refused(why))
}

fn step<T>(result: std::result::Result<T, NoStep>) -> Result<T> {
    result.map_err(|why| Failure::Refused(Refused::Step(why)))
}

async fn permit(db: &impl ConnectionTrait, by: &By, action: Action, division: DivisionCode) -> Result<()> {
    let divisions = divisions::arranged(db).await?;
    let belongs = Belongs { within: divisions.within(division), organisation: None };
    by.actor.may(action, &belongs)?;
    // Whoever may do it everywhere is told that there is nothing.
    if divisions.get(division).is_none() { refuse(Refused::NoDivision) } else { Ok(()) }
}

/// What somebody writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What the division should say.
    pub part: Part,
    /// From this day; none for the moment it is approved.
    pub effective_on: Option<Date>,
    /// Why.
    pub note: String,
}

/// The draft of a division that is under way, if there is one, and what is published.
pub async fn under_way(store: &Store, by: &By, division: DivisionCode) -> Result<(Option<Draft>, Part)> {
    permit(&store.database, by, Action::EditManual, division).await?;
    let part = published(&store.database, division).await?;
    Ok((open(&store.database, division).await?, part))
}

/// Keeps what somebody has written: their open draft of the division, or a new one. `revision` is that of the draft they saw; 0 for
/// none. Gives the number and the revision it has now.
pub async fn save(
    store: &Store,
    by: &By,
    division: DivisionCode,
    revision: i32,
    proposal: Proposal,
) -> Result<(i64, i32)> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    permit(&transaction, by, Action::EditManual, division).await?;
    let part = proposal.part.validate().map_err(|why| Failure::Refused(Refused::Part(why)))?;
    let draft = open(&transaction, division).await?;
    let id = match draft {
        Some(draft) if draft.author.0 != author => return refuse(Refused::UnderWay(draft.author.1)),
        Some(draft) if !draft.state.is_open() => return refuse(Refused::Step(NoStep::State(draft.state))),
        Some(draft) => {
            let part = json(&part)?;
            touch(&transaction, by, &draft, revision, |row| {
                row.part = Set(part);
                row.note = Set(proposal.note.trim().to_owned());
                row.effective_on = Set(proposal.effective_on);
            })
            .await?;
            (draft.id, revision + 1)
        }
        None if revision != 0 => return refuse(Refused::Outdated),
        None => {
            let base = published(&transaction, division).await?;
            let row = rows::ActiveModel {
                id: NotSet,
                division: Set(division.to_string()),
                author: Set(author.0),
                state: Set(ChangeState::Draft.code().to_owned()),
                base: Set(json(&base)?),
                part: Set(json(&part)?),
                note: Set(proposal.note.trim().to_owned()),
                comment: Set(String::new()),
                reviewer: Set(None),
                effective_on: Set(proposal.effective_on),
                revision: Set(1),
                begun_at: Set(by.at),
                changed_at: Set(by.at),
                decided_at: Set(None),
            };
            (row.insert(&transaction).await?.id, 1)
        }
    };
    note_down(&transaction, by, "manual.draft", id.0, division).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Hands a draft to a reviewer.
pub async fn submit(store: &Store, by: &By, id: i64, revision: i32) -> Result<()> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let draft = load(&transaction, id).await?;
    permit(&transaction, by, Action::EditManual, draft.division).await?;
    if draft.author.0 != author {
        return refuse(Refused::Step(NoStep::NotAuthor));
    }
    let state = step(draft.state.submit())?;
    if draft.part == draft.base {
        return refuse(Refused::Step(NoStep::Nothing));
    }
    touch(&transaction, by, &draft, revision, |row| row.state = Set(state.code().to_owned())).await?;
    note_down(&transaction, by, "manual.submit", id, draft.division).await?;
    Ok(transaction.commit().await?)
}

/// Takes one's own draft back.
pub async fn withdraw(store: &Store, by: &By, id: i64, revision: i32) -> Result<()> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let draft = load(&transaction, id).await?;
    permit(&transaction, by, Action::EditManual, draft.division).await?;
    if draft.author.0 != author {
        return refuse(Refused::Step(NoStep::NotAuthor));
    }
    let state = step(draft.state.withdraw())?;
    touch(&transaction, by, &draft, revision, |row| row.state = Set(state.code().to_owned())).await?;
    note_down(&transaction, by, "manual.withdraw", id, draft.division).await?;
    Ok(transaction.commit().await?)
}

/// Returns a draft to its author, saying why.
pub async fn give_back(store: &Store, by: &By, id: i64, revision: i32, comment: &str) -> Result<()> {
    let reviewer = by.actor.account()?;
    let transaction = store.write().await?;
    let draft = load(&transaction, id).await?;
    permit(&transaction, by, Action::ReviewManual, draft.division).await?;
    let state = step(draft.state.give_back(comment))?;
    decide(&transaction, by, &draft, revision, reviewer, state, comment).await?;
    note_down(&transaction, by, "manual.return", id, draft.division).await?;
    Ok(transaction.commit().await?)
}

/// Approves a draft: it is published at once, chapter by chapter onto what was published meanwhile, or on its day.
pub async fn publish(store: &Store, by: &By, id: i64, revision: i32, own_allowed: bool) -> Result<ChangeState> {
    let reviewer = by.actor.account()?;
    let transaction = store.write().await?;
    let draft = load(&transaction, id).await?;
    permit(&transaction, by, Action::ReviewManual, draft.division).await?;
    let waits = draft.effective_on.is_some_and(|day| day > by.at.to_offset(CHINA).date());
    let state = step(draft.state.approve(draft.author.0, reviewer, own_allowed, waits))?;
    decide(&transaction, by, &draft, revision, reviewer, state, "").await?;
    if state == ChangeState::Published {
        apply(&transaction, by, &draft).await?;
    } else {
        note_down(&transaction, by, "manual.schedule", id, draft.division).await?;
    }
    transaction.commit().await?;
    Ok(state)
}

/// Publishes every approved draft whose day has come; how many. One that meets another change of the same chapters goes back.
pub async fn apply_due(store: &Store, by: &By) -> Result<usize> {
    let today = by.at.to_offset(CHINA).date();
    let due = rows::Entity::find()
        .filter(rows::Column::State.eq(ChangeState::Scheduled.code()))
        .filter(rows::Column::EffectiveOn.lte(today))
        .order_by_asc(rows::Column::EffectiveOn)
        .order_by_asc(rows::Column::Id);
    let mut done = 0;
    for row in due.all(&store.database).await? {
        let transaction = store.write().await?;
        let draft = load(&transaction, row.id).await?;
        // Another server may have been faster.
        let Ok(state) = draft.state.take_effect() else { continue };
        touch(&transaction, by, &draft, draft.revision, |row| row.state = Set(state.code().to_owned())).await?;
        match apply(&transaction, by, &draft).await {
            Ok(()) => {
                transaction.commit().await?;
                done += 1;
            }
            Err(Failure::Refused(why)) => {
                transaction.rollback().await?;
                let transaction = store.write().await?;
                let comment = match why {
                    Refused::Conflict(titles) => format!("生效时发现别人已经改过同样的章节:{}", titles.join("、")),
                    _ => "生效时发现内容已经不合要求".to_owned(),
                };
                touch(&transaction, by, &draft, draft.revision, |row| {
                    row.state = Set(ChangeState::Returned.code().to_owned());
                    row.comment = Set(comment);
                })
                .await?;
                note_down(&transaction, by, "manual.return", draft.id, draft.division).await?;
                transaction.commit().await?;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(done)
}

/// A draft, for whoever may work on that manual.
pub async fn find(store: &Store, by: &By, id: i64) -> Result<Draft> {
    let draft = load(&store.database, id).await?;
    permit(&store.database, by, Action::EditManual, draft.division).await?;
    Ok(draft)
}

/// The drafts somebody may see that are not decided, the oldest first.
pub async fn waiting(store: &Store, by: &By) -> Result<Vec<Draft>> {
    by.actor.may_somewhere(Action::EditManual)?;
    let divisions = divisions::arranged(&store.database).await?;
    let states = [ChangeState::Draft, ChangeState::Returned, ChangeState::Submitted, ChangeState::Scheduled];
    let open = rows::Entity::find()
        .filter(rows::Column::State.is_in(states.map(ChangeState::code)))
        .order_by_asc(rows::Column::ChangedAt)
        .limit(MOST);
    let mut list = Vec::new();
    for row in open.all(&store.database).await? {
        let draft = of_row(&store.database, row).await?;
        let belongs = Belongs { within: divisions.within(draft.division), organisation: None };
        if by.actor.may(Action::EditManual, &belongs).is_ok() {
            list.push(draft);
        }
    }
    Ok(list)
}

async fn apply(db: &impl ConnectionTrait, by: &By, draft: &Draft) -> Result<()> {
    let before = published(db, draft.division).await?;
    let title = |slug| {
        let chapter = draft.part.chapter(slug).or_else(|| draft.base.chapter(slug));
        chapter.map_or_else(|| slug.to_string(), |chapter| chapter.title.clone())
    };
    let conflict = |slugs: Vec<_>| Failure::Refused(Refused::Conflict(slugs.into_iter().map(title).collect()));
    let part = merge(&draft.base, &before, draft.part.clone()).map_err(conflict)?;
    let part = part.validate().map_err(|why| Failure::Refused(Refused::Part(why)))?;
    replace(db, by, draft.division, &part).await?;
    let detail = serde_json::json!({ "draft": draft.id, "before": before, "after": part });
    Ok(audit::publish(db, by, "manual.publish", &subject(draft.division), detail).await?)
}

fn subject(division: DivisionCode) -> String {
    format!("manual {division}")
}

async fn note_down(db: &impl ConnectionTrait, by: &By, action: &str, id: i64, division: DivisionCode) -> Result<()> {
    let detail = serde_json::json!({ "draft": id });
    Ok(audit::record(db, by, action, &subject(division), Outcome::Done, detail).await?)
}

async fn open(db: &impl ConnectionTrait, division: DivisionCode) -> Result<Option<Draft>> {
    let states = [ChangeState::Draft, ChangeState::Returned, ChangeState::Submitted, ChangeState::Scheduled];
    let of = rows::Entity::find()
        .filter(rows::Column::Division.eq(division.as_str()))
        .filter(rows::Column::State.is_in(states.map(ChangeState::code)));
    match of.one(db).await? {
        Some(row) => Ok(Some(of_row(db, row).await?)),
        None => Ok(None),
    }
}

async fn load(db: &impl ConnectionTrait, id: i64) -> Result<Draft> {
    let row = rows::Entity::find_by_id(id).one(db).await?;
    // Whether it exists is not said.
    of_row(db, row.ok_or(Failure::Forbidden)?).await
}

async fn of_row(db: &impl ConnectionTrait, row: rows::Model) -> Result<Draft> {
    let name = identity::display_name(db, AccountId(row.author)).await?;
    Ok(Draft {
        id: row.id,
        division: row.division.parse().map_err(|_| unreadable("manual_drafts.division", row.division))?,
        author: (AccountId(row.author), name),
        state: ChangeState::from_code(&row.state).ok_or_else(|| unreadable("manual_drafts.state", row.state))?,
        base: read("manual_drafts.base", row.base)?,
        part: read("manual_drafts.part", row.part)?,
        note: row.note,
        comment: row.comment,
        effective_on: row.effective_on,
        revision: row.revision,
        changed_at: row.changed_at,
    })
}

/// Takes the next revision of a draft, unless somebody else has taken it.
async fn touch(
    db: &impl ConnectionTrait,
    by: &By,
    draft: &Draft,
    revision: i32,
    set: impl FnOnce(&mut rows::ActiveModel),
) -> Result<()> {
    let mut row = rows::ActiveModel {
        id: Unchanged(draft.id),
        changed_at: Set(by.at),
        revision: Set(revision + 1),
        ..Default::default()
    };
    set(&mut row);
    let guarded = rows::Entity::update_many().set(row).filter(rows::Column::Id.eq(draft.id));
    let done = guarded.filter(rows::Column::Revision.eq(revision)).exec(db).await?;
    if done.rows_affected == 1 { Ok(()) } else { refuse(Refused::Outdated) }
}

async fn decide(
    db: &impl ConnectionTrait,
    by: &By,
    draft: &Draft,
    revision: i32,
    reviewer: AccountId,
    state: ChangeState,
    comment: &str,
) -> Result<()> {
    touch(db, by, draft, revision, |row| {
        row.state = Set(state.code().to_owned());
        row.comment = Set(comment.trim().to_owned());
        row.reviewer = Set(Some(reviewer.0));
        row.decided_at = Set(Some(by.at));
    })
    .await
}
