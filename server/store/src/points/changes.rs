//! Changes of points on their way: proposed by one, published or returned by another.

pub mod batches;
mod publishing;
mod reading;
mod restore;
mod tables;

use domain::{
    audit::By,
    divisions::Divisions,
    events::Audience,
    hours::CHINA,
    identity::{AccountId, Action, Belongs},
    points::{
        NewPoint, Point, PointId, Sighting,
        change::{BatchId, ChangeId, ChangeState, Field, NoStep, differences, merge},
    },
};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    Condition, QueryOrder, QuerySelect,
    entity::prelude::*,
};
use time::{Date, OffsetDateTime};

use super::{Known, entity};
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    divisions, events, identity,
    json::{json, read},
    unreadable,
};
use publishing::version;
pub use publishing::{apply_due, publish, verify};
pub use reading::{change, history, of_point, waiting};
pub use restore::restore;
use tables::{rows, versions};

/// How many changes a list shows at most.
const MOST: u64 = 200;

/// A change on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its number.
    pub id: ChangeId,
    /// The point; none for a new one that is not published yet.
    pub point: Option<PointId>,
    /// Whose it is, and their name.
    pub author: (AccountId, String),
    /// Where it is.
    pub state: ChangeState,
    /// What was published when it was begun.
    pub base: Option<NewPoint>,
    /// What it proposes.
    pub facts: NewPoint,
    /// The day it takes effect; none for the moment it is approved.
    pub effective_on: Option<Date>,
    /// Why, from its author.
    pub note: String,
    /// What the reviewer said.
    pub comment: String,
    /// When it was last touched.
    pub changed_at: OffsetDateTime,
    /// Goes up with every step.
    pub revision: i32,
    /// The batch it belongs to; it then takes no step of its own.
    pub batch: Option<BatchId>,
}

impl Change {
    /// The fields it changes.
    pub fn fields(&self) -> Vec<Field> {
        self.base.as_ref().map_or_else(|| Field::ALL.to_vec(), |base| differences(base, &self.facts))
    }
}

/// One version of a point that was published.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// What it was.
    pub facts: NewPoint,
    /// Since when.
    pub at: OffsetDateTime,
    /// Who proposed it; none for an import.
    pub author: Option<String>,
}

/// Why a change goes no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The step.
    Step(NoStep),
    /// The facts.
    Facts(domain::points::BadPoint),
    /// Something it refers to does not exist.
    Missing(&'static str),
    /// Somebody else has touched the change meanwhile.
    Outdated,
    /// Somebody else's change of this point is under way.
    UnderWay(String),
    /// It belongs to a batch, which takes its steps as a whole.
    InBatch,
    /// Another point has this number in the source.
    Taken(String),
    /// The point of this name: others changed the same fields meanwhile.
    Conflict(String, Vec<Field>),
}

pub(super) type Result<T> = std::result::Result<T, Failure<Refused>>;

fn refuse<T>(why: Refused) -> Result<T> {
    Err(Failure::Refused(why))
}

fn step<T>(result: std::result::Result<T, NoStep>) -> Result<T> {
    result.map_err(|why| Failure::Refused(Refused::Step(why)))
}

fn permit(divisions: &Divisions, by: &By, action: Action, facts: &NewPoint) -> Result<()> {
    let within = divisions.within(facts.division);
    Ok(by.actor.may(action, &Belongs { within, organisation: Some(facts.organisation) })?)
}

/// What an author proposes.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The facts as they should be.
    pub facts: NewPoint,
    /// From this day; none for the moment it is approved.
    pub effective_on: Option<Date>,
    /// Why.
    pub note: String,
}

/// Writes a change down: a new one of a point (or of none yet), or one's own open change again. `submit` hands it to review.
pub async fn save(
    store: &Store,
    by: &By,
    point: Option<PointId>,
    change: Option<(ChangeId, i32)>,
    proposal: Proposal,
    submit: bool,
) -> Result<ChangeId> {
    let transaction = store.write().await?;
    let id = written(&transaction, by, point, change, proposal, submit).await?;
    transaction.commit().await?;
    Ok(id)
}

/// The same within a transaction.
async fn written(
    transaction: &impl ConnectionTrait,
    by: &By,
    point: Option<PointId>,
    change: Option<(ChangeId, i32)>,
    proposal: Proposal,
    submit: bool,
) -> Result<ChangeId> {
    let Proposal { facts, effective_on, note } = proposal;
    let author = by.actor.account()?;
    let divisions = divisions::arranged(transaction).await?;
    let base = match point {
        Some(id) => Some(published(transaction, id).await?.facts),
        None => None,
    };
    for facts in base.iter().chain([&facts]) {
        permit(&divisions, by, Action::EditPoint, facts)?;
    }
    let facts = match point {
        Some(id) => facts.validate_for(id).map_err(|why| Failure::Refused(Refused::Facts(why)))?,
        None => facts,
    };
    let facts = json(&checked(transaction, facts).await?)?;
    let id = match change {
        Some((id, revision)) => {
            let old = load(transaction, id).await?;
            if old.author.0 != author {
                return refuse(Refused::Step(NoStep::NotAuthor));
            }
            if !old.state.is_open() {
                return refuse(Refused::Step(NoStep::State(old.state)));
            }
            touch(transaction, by, &old, revision, |row| {
                row.facts = Set(facts);
                row.note = Set(note.trim().to_owned());
                row.effective_on = Set(effective_on);
            })
            .await?;
            id
        }
        None => {
            if let Some(other) = under_way(transaction, point).await? {
                return refuse(Refused::UnderWay(other.author.1));
            }
            let row = rows::ActiveModel {
                id: NotSet,
                point: Set(point.map(|id| id.0)),
                author: Set(author.0),
                state: Set(ChangeState::Draft.code().to_owned()),
                base: Set(base.as_ref().map(json).transpose()?),
                facts: Set(facts),
                note: Set(note.trim().to_owned()),
                comment: Set(String::new()),
                reviewer: Set(None),
                begun_at: Set(by.at),
                changed_at: Set(by.at),
                decided_at: Set(None),
                revision: Set(1),
                effective_on: Set(effective_on),
                batch: Set(None),
            };
            ChangeId(row.insert(transaction).await?.id)
        }
    };
    let change = load(transaction, id).await?;
    if change.base.as_ref().is_some_and(|base| differences(base, &change.facts).is_empty()) {
        return refuse(Refused::Step(NoStep::Nothing));
    }
    if submit {
        let state = step(change.state.submit())?;
        touch(transaction, by, &change, change.revision, |row| row.state = Set(state.code().to_owned())).await?;
    }
    let action = if submit { "points.submit" } else { "points.draft" };
    note_down(transaction, by, action, &change).await?;
    Ok(id)
}

/// Takes one's own change back.
pub async fn withdraw(store: &Store, by: &By, id: ChangeId, revision: i32) -> Result<()> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let change = seen(&transaction, by, id).await?;
    if change.author.0 != author {
        return refuse(Refused::Step(NoStep::NotAuthor));
    }
    let state = step(change.state.withdraw())?;
    touch(&transaction, by, &change, revision, |row| row.state = Set(state.code().to_owned())).await?;
    note_down(&transaction, by, "points.withdraw", &change).await?;
    Ok(transaction.commit().await?)
}

/// Returns a change to its author, saying why.
pub async fn give_back(store: &Store, by: &By, id: ChangeId, revision: i32, comment: &str) -> Result<()> {
    let transaction = store.write().await?;
    let change = load(&transaction, id).await?;
    review(&divisions::arranged(&transaction).await?, by, &change)?;
    let state = step(change.state.give_back(comment))?;
    decide(&transaction, by, &change, revision, state, comment).await?;
    note_down(&transaction, by, "points.return", &change).await?;
    Ok(transaction.commit().await?)
}

async fn published(db: &impl ConnectionTrait, id: PointId) -> Result<Point> {
    let row = entity::Entity::find_by_id(id.0).one(db).await?;
    // Whether it exists is not said.
    Ok(entity::point(row.ok_or(Failure::Forbidden)?)?)
}

async fn checked(db: &impl ConnectionTrait, facts: NewPoint) -> Result<NewPoint> {
    checked_by(&Known::load(db).await?, facts)
}

fn checked_by(known: &Known, facts: NewPoint) -> Result<NewPoint> {
    let facts = facts.validate().map_err(|why| Failure::Refused(Refused::Facts(why)))?;
    match known.check(facts) {
        Ok(facts) => Ok(facts),
        Err(StoreError::Missing { what, .. }) => refuse(Refused::Missing(what)),
        Err(error) => Err(error.into()),
    }
}

fn review(divisions: &Divisions, by: &By, change: &Change) -> Result<()> {
    let mut facts = change.base.iter().chain([&change.facts]);
    facts.try_for_each(|facts| permit(divisions, by, Action::ReviewPoint, facts))
}

async fn seen(db: &impl ConnectionTrait, by: &By, id: ChangeId) -> Result<Change> {
    let change = load(db, id).await?;
    permit(&divisions::arranged(db).await?, by, Action::EditPoint, &change.facts)?;
    Ok(change)
}

async fn load(db: &impl ConnectionTrait, id: ChangeId) -> Result<Change> {
    let row = rows::Entity::find_by_id(id.0).one(db).await?;
    of_row(db, row.ok_or(Failure::Forbidden)?).await
}

async fn under_way(db: &impl ConnectionTrait, point: Option<PointId>) -> Result<Option<Change>> {
    let Some(point) = point else { return Ok(None) };
    let states = [ChangeState::Draft, ChangeState::Submitted, ChangeState::Returned].map(ChangeState::code);
    let of = Condition::all().add(rows::Column::Point.eq(point.0)).add(rows::Column::State.is_in(states));
    match rows::Entity::find().filter(of).one(db).await? {
        Some(row) => Ok(Some(of_row(db, row).await?)),
        None => Ok(None),
    }
}

async fn of_row(db: &impl ConnectionTrait, row: rows::Model) -> Result<Change> {
    let name = identity::display_name(db, AccountId(row.author)).await?;
    of_model(row, name)
}

fn of_model(row: rows::Model, author: String) -> Result<Change> {
    Ok(Change {
        id: ChangeId(row.id),
        point: row.point.map(PointId),
        author: (AccountId(row.author), author),
        state: ChangeState::from_code(&row.state).ok_or_else(|| unreadable("point_changes.state", row.state))?,
        base: row.base.map(|base| read("point_changes.base", base)).transpose()?,
        facts: read("point_changes.facts", row.facts)?,
        effective_on: row.effective_on,
        note: row.note,
        comment: row.comment,
        changed_at: row.changed_at,
        revision: row.revision,
        batch: row.batch.map(BatchId),
    })
}

/// Takes the next revision of a change, unless somebody else has taken it.
async fn touch(
    db: &impl ConnectionTrait,
    by: &By,
    change: &Change,
    revision: i32,
    set: impl FnOnce(&mut rows::ActiveModel),
) -> Result<()> {
    if change.revision != revision {
        return refuse(Refused::Outdated);
    }
    if change.batch.is_some() {
        return refuse(Refused::InBatch);
    }
    let mut row = rows::ActiveModel {
        id: Unchanged(change.id.0),
        changed_at: Set(by.at),
        revision: Set(revision + 1),
        ..Default::default()
    };
    set(&mut row);
    let guarded = rows::Entity::update_many().set(row).filter(rows::Column::Id.eq(change.id.0));
    let done = guarded.filter(rows::Column::Revision.eq(revision)).exec(db).await?;
    if done.rows_affected == 1 { Ok(()) } else { refuse(Refused::Outdated) }
}

/// What a reviewer has decided, and what they say.
async fn decide(
    db: &impl ConnectionTrait,
    by: &By,
    change: &Change,
    revision: i32,
    state: ChangeState,
    comment: &str,
) -> Result<()> {
    let reviewer = by.actor.account()?;
    touch(db, by, change, revision, |row| {
        row.state = Set(state.code().to_owned());
        row.comment = Set(comment.trim().to_owned());
        row.reviewer = Set(Some(reviewer.0));
        row.decided_at = Set(Some(by.at));
    })
    .await
}

async fn note_down(db: &impl ConnectionTrait, by: &By, action: &str, change: &Change) -> Result<()> {
    let fields: Vec<_> = change.fields().iter().map(|field| field.code()).collect();
    let detail = serde_json::json!({ "point": change.point, "fields": fields });
    let subject = change.id.subject();
    audit::record(db, by, action, &subject, Outcome::Done, detail).await?;
    let subjects: Vec<_> = [subject].into_iter().chain(change.point.map(PointId::subject)).collect();
    let facts: Vec<_> = change.base.iter().chain([&change.facts]).collect();
    tell(db, by, action, &subjects, &facts).await
}

/// Tells whoever may edit what lies where it was or where it is.
async fn tell(db: &impl ConnectionTrait, by: &By, kind: &str, subjects: &[String], facts: &[&NewPoint]) -> Result<()> {
    let mut places: Vec<_> = facts.iter().map(|it| (it.division, it.organisation)).collect();
    places.dedup();
    for (division, office) in places {
        for subject in subjects {
            let audience = Audience::StaffOf(Action::EditPoint, division, office);
            events::tell(db, by, kind, subject, audience).await?;
        }
    }
    Ok(())
}
