//! What residents report about points: received from anybody, seen and answered by those who may edit the point. A way to reach
//! somebody is sealed, shown only on purpose, which is a line of the audit log, and goes 30 days after the answer (个人信息保护法
//! 第19、51条).

mod rows;

use data_encoding::HEXLOWER;
use domain::{
    audit::{Actor, By},
    identity::{Action, Belongs},
    points::{Photo, PointId},
    reports::{BadReport, Fault, NewReport, Outcome, ReportId, ReportState, code::QueryCode, due},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    Condition, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::OnConflict,
};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome as Deed},
    divisions,
    limits::{self, Allowance},
    once,
    photos::{self, Prepared},
    points,
    snapshot::Snapshot,
    unreadable,
    vault::Vault,
};
use rows::{report, reports};

/// How many a list shows at most.
const MOST: u64 = 500;
/// So long after the answer somebody may still have to be reached.
const REACHABLE: Duration = Duration::days(30);
/// So many photos a network may send for each report it may.
const PHOTOS: u32 = 3;

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its number.
    pub id: ReportId,
    /// The point.
    pub point: PointId,
    /// What is wrong with it.
    pub fault: Fault,
    /// In the words of whoever reported it; may be empty.
    pub words: String,
    /// The address of a photo.
    pub photo: Option<String>,
    /// Whether they may be reached; how, [`contact`] says.
    pub has_contact: bool,
    /// When it came.
    pub received_at: OffsetDateTime,
    /// Where it is.
    pub state: ReportState,
}

/// How many wait for an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub open: usize,
    /// Those whose last day is over.
    pub overdue: usize,
}

/// Why a report or an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// What it says.
    Report(BadReport),
    /// The photo is no longer kept.
    Photo,
    /// There is no such point.
    Point,
    /// Too many from this device or its network; again from then on.
    TooMany(OffsetDateTime),
}

type Result<T> = std::result::Result<T, Failure<Refused>>;

fn refuse<T>(why: Refused) -> Result<T> {
    Err(Failure::Refused(why))
}

/// Counts one more of what somebody sends, or refuses it.
async fn room(db: &impl ConnectionTrait, by: &By, what: &str, allowance: &Allowance) -> Result<()> {
    match limits::over(db, by, what, allowance).await? {
        Some(until) => refuse(Refused::TooMany(until)),
        None => Ok(()),
    }
}

fn digest(code: &QueryCode) -> String {
    HEXLOWER.encode(&Sha256::digest(code.plain()))
}

/// The code of a report whose form has a key of its own, so that one that comes twice is one report; none where the text is no key.
pub fn code_of(key: &str, point: PointId) -> Option<QueryCode> {
    once::code(&format!("report {}", point.0), key)
}

fn subject(id: ReportId) -> String {
    format!("report {}", id.0)
}

/// Keeps a photo for a report that is being written. Anybody may; `most` is the number of reports in an hour.
pub async fn keep_photo(store: &Store, by: &By, photo: &Prepared, allowance: &Allowance) -> Result<Photo> {
    let transaction = store.write().await?;
    let allowance = Allowance { most: allowance.most.saturating_mul(PHOTOS), ..allowance.clone() };
    room(&transaction, by, "photo", &allowance).await?;
    let kept = photos::put(&transaction, by, photo).await?;
    transaction.commit().await?;
    Ok(kept)
}

/// Receives a report from anybody, at most so many in an hour from one device. Whoever knows the code may ask for the answer; a second
/// report with the same code is the first one. The nonce seals the contact and has to be random.
pub async fn receive(
    store: &Store,
    vault: &Vault,
    by: &By,
    new: NewReport,
    (code, nonce): (&QueryCode, [u8; 24]),
    allowance: &Allowance,
) -> Result<ReportId> {
    let new = new.validate().map_err(|why| Failure::Refused(Refused::Report(why)))?;
    let transaction = store.write().await?;
    room(&transaction, by, "report", allowance).await?;
    if points::find(&transaction, new.point).await?.is_none() {
        return refuse(Refused::Point);
    }
    if let Some(hash) = &new.photo
        && !photos::is_kept(&transaction, hash).await?
    {
        return refuse(Refused::Photo);
    }
    let contact = new.contact.map(|it| vault.seal(it.as_bytes(), nonce)).transpose();
    let row = reports::ActiveModel {
        id: NotSet,
        point: Set(new.point.0),
        fault: Set(new.fault.code().to_owned()),
        words: Set(new.words),
        photo: Set(new.photo),
        contact: Set(contact.map_err(|shut| unreadable("reports.contact", shut))?),
        code: Set(digest(code)),
        received_at: Set(by.at),
        outcome: Set(None),
        answer: Set(String::new()),
        answered_at: Set(None),
        answered_by: Set(None),
    };
    // Waits for another one with this code that is being written, so both at once are one.
    let unless_known = OnConflict::column(reports::Column::Code).do_nothing().to_owned();
    let written = reports::Entity::insert(row).on_conflict(unless_known).exec_without_returning(&transaction).await?;
    let known = reports::Entity::find().filter(reports::Column::Code.eq(digest(code))).one(&transaction).await?;
    let id = ReportId(known.ok_or_else(|| unreadable("reports.code", "none"))?.id);
    if written == 0 {
        transaction.rollback().await?;
        return Ok(id);
    }
    let detail = serde_json::json!({ "point": new.point, "fault": new.fault });
    audit::record(&transaction, by, "reports.receive", &subject(id), Deed::Done, detail).await?;
    transaction.commit().await?;
    Ok(id)
}

/// The report of a code, for whoever knows it.
pub async fn ask(store: &Store, code: &QueryCode) -> std::result::Result<Option<Report>, StoreError> {
    let row = reports::Entity::find().filter(reports::Column::Code.eq(digest(code))).one(&store.database).await?;
    row.map(report).transpose()
}

/// The reports about points somebody may edit: those that wait, the oldest first, or those that are answered, the latest first.
pub async fn list(store: &Store, snapshot: &Snapshot, by: &By, answered: bool) -> Result<Vec<Report>> {
    by.actor.may_somewhere(Action::EditPoint)?;
    let found = match answered {
        false => {
            reports::Entity::find().filter(reports::Column::Outcome.is_null()).order_by_asc(reports::Column::ReceivedAt)
        }
        true => reports::Entity::find()
            .filter(reports::Column::Outcome.is_not_null())
            .order_by_desc(reports::Column::AnsweredAt)
            .limit(MOST),
    };
    let content = &snapshot.content;
    let mine = |row: &reports::Model| {
        let point = content.point(PointId(row.point));
        point.is_some_and(|point| by.actor.may(Action::EditPoint, &content.belongs(&point.facts)).is_ok())
    };
    let rows = found.all(&store.database).await?.into_iter().filter(mine);
    Ok(rows.take(MOST as usize).map(report).collect::<std::result::Result<_, _>>()?)
}

/// How many reports wait for somebody's answer, and how many of them too long.
pub async fn open_counts(store: &Store, snapshot: &Snapshot, by: &By) -> Result<Counts> {
    let open = list(store, snapshot, by, false).await?;
    let today = snapshot.today();
    let overdue = open.iter().filter(|it| due(it.received_at, &snapshot.content.calendar) < today).count();
    Ok(Counts { open: open.len(), overdue })
}

/// One report, for whoever may edit its point.
pub async fn one(store: &Store, by: &By, id: ReportId) -> Result<Report> {
    Ok(report(permitted(&store.database, by, id).await?)?)
}

/// How to reach whoever reported. That somebody looked is a line of the audit log.
pub async fn contact(store: &Store, vault: &Vault, by: &By, id: ReportId) -> Result<Option<String>> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, id).await?;
    let open = |sealed: &String| vault.open(sealed).map_err(|shut| unreadable("reports.contact", shut));
    let contact = row.contact.as_ref().map(open).transpose()?;
    let detail = serde_json::json!({ "point": row.point });
    audit::record(&transaction, by, "reports.contact", &subject(id), Deed::Done, detail).await?;
    transaction.commit().await?;
    Ok(contact.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Answers a report; once.
pub async fn answer(store: &Store, by: &By, id: ReportId, outcome: Outcome, words: &str) -> Result<()> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, id).await?;
    let Actor::Staff(staff) = &by.actor else { return Err(Failure::Forbidden) };
    let point = row.point;
    let state = report(row)?.state.answer(outcome, words, by.at);
    let ReportState::Answered { outcome, words, at } = state.map_err(|why| Failure::Refused(Refused::Report(why)))?
    else {
        return refuse(Refused::Report(BadReport::Answered));
    };
    let set = reports::ActiveModel {
        outcome: Set(Some(outcome.code().to_owned())),
        answer: Set(words.clone()),
        answered_at: Set(Some(at)),
        answered_by: Set(Some(staff.id.0)),
        ..Default::default()
    };
    let waiting = Condition::all().add(reports::Column::Id.eq(id.0)).add(reports::Column::Outcome.is_null());
    let done = reports::Entity::update_many().set(set).filter(waiting).exec(&transaction).await?;
    if done.rows_affected != 1 {
        return refuse(Refused::Report(BadReport::Answered));
    }
    let detail = serde_json::json!({ "point": point, "outcome": outcome, "words": words });
    audit::record(&transaction, by, "reports.answer", &subject(id), Deed::Done, detail).await?;
    Ok(transaction.commit().await?)
}

/// Whether somebody who keeps points may see a photo: one that came with a report, only who may edit its point.
pub(crate) async fn may_see_photo(store: &Store, by: &By, hash: &str) -> std::result::Result<(), Failure<()>> {
    let with = reports::Entity::find().filter(reports::Column::Photo.eq(hash)).all(&store.database).await?;
    let mut seen = with.is_empty();
    for row in with {
        seen = seen || may(&store.database, by, PointId(row.point)).await?;
    }
    if seen { Ok(()) } else { Err(Failure::Forbidden) }
}

/// Forgets how to reach those who were answered long enough ago, and their photos; how many there were.
pub async fn forget(store: &Store, by: &By) -> std::result::Result<u64, StoreError> {
    let transaction = store.write().await?;
    limits::forget(&transaction, by.at).await?;
    let done = Condition::all()
        .add(reports::Column::AnsweredAt.lt(by.at - REACHABLE))
        .add(Condition::any().add(reports::Column::Contact.is_not_null()).add(reports::Column::Photo.is_not_null()));
    let nothing = reports::ActiveModel { contact: Set(None), photo: Set(None), ..Default::default() };
    let forgotten = reports::Entity::update_many().set(nothing).filter(done).exec(&transaction).await?.rows_affected;
    if forgotten > 0 {
        let detail = serde_json::json!({ "reports": forgotten });
        audit::record(&transaction, by, "reports.forget", "reports", Deed::Done, detail).await?;
    }
    transaction.commit().await?;
    Ok(forgotten)
}

async fn permitted(db: &impl ConnectionTrait, by: &By, id: ReportId) -> Result<reports::Model> {
    let row = reports::Entity::find_by_id(id.0).one(db).await?;
    // Whether it exists is not said.
    let row = row.ok_or(Failure::Forbidden)?;
    if may(db, by, PointId(row.point)).await? { Ok(row) } else { Err(Failure::Forbidden) }
}

async fn may(db: &impl ConnectionTrait, by: &By, point: PointId) -> std::result::Result<bool, StoreError> {
    let Some(point) = points::find(db, point).await? else { return Ok(false) };
    let within = divisions::arranged(db).await?.within(point.facts.division);
    let thing = Belongs { within, organisation: Some(point.facts.organisation) };
    Ok(by.actor.may(Action::EditPoint, &thing).is_ok())
}
