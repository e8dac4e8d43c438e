//! Questions about policies: from anybody, answered by whoever interprets for the office that has them, shown to everybody once what
//! could tell who asked is masked. The words as they came and the way to reach somebody are sealed (个人信息保护法 第25、51条).

mod drafts;
mod forget;
mod found;
mod heat;
mod joins;
mod notes;
mod posts;
mod publishing;
mod queue;
mod repeats;
mod rows;

use data_encoding::HEXLOWER;
use domain::{
    audit::By,
    events::Audience,
    identity::{AccountId, Action},
    interpreters::{Interpreter, InterpreterId},
    policies::{PolicyId, clauses::Anchor},
    questions::{self, MAX_CONTACT, MAX_WORDS, QuestionId, Rating, Refused as Step, Thread},
    reports::code::QueryCode,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::OnConflict,
};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    events, interpreters,
    json::json,
    limits::{self, Allowance},
    offices::Offices,
    once, unreadable,
    vault::Vault,
};
pub use drafts::{WRITING, draft, write_draft};
pub use forget::forget;
pub use found::{found, found_one, still_found};
pub use heat::heat;
pub use joins::{join, joinable};
pub use notes::{Note, notes, write_note};
pub(crate) use posts::{hand_all, open_counts, threads_of};
pub use publishing::publish;
pub use queue::{Show, Wanted, queue};
pub use repeats::repeated;
use rows::questions as table;

/// No list is longer.
const MOST: u64 = 500;

/// A question that comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuestion {
    /// About which policy.
    pub policy: PolicyId,
    /// At which clause; none where it is about all of it.
    pub anchor: Option<Anchor>,
    /// In their words.
    pub words: String,
    /// Whether question and answer are for whoever asked alone.
    pub private: bool,
    /// How to reach them, if they want that.
    pub contact: String,
    /// Whether it has sensitive words: somebody else than who answers it has to make it public.
    pub flagged: bool,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its number.
    pub id: QuestionId,
    /// About which policy.
    pub policy: PolicyId,
    /// At which clause.
    pub anchor: Option<Anchor>,
    /// The words as they came; for everybody else the words as they are shown.
    pub words: String,
    /// Whether it is for whoever asked alone.
    pub private: bool,
    /// What everybody sees of it, where that was decided.
    pub shown: Option<String>,
    /// Whether there is a way to reach whoever asked.
    pub has_contact: bool,
    /// Whether whoever asked is to be called back.
    pub call_back: bool,
    /// Whether it has sensitive words.
    pub flagged: bool,
    /// What is to be shown to everybody once a second person has said so.
    pub to_show: Option<String>,
    /// Who gave the answer that waits for that.
    pub answered_by: Option<AccountId>,
    /// Whether whoever reads it may answer it too, or was only asked what they know.
    pub may_answer: bool,
    /// With which other one it is answered.
    pub same_as: Option<QuestionId>,
    /// Those that ask the same (同问): for whoever may answer, all that wait for its answer; for everybody, all that were answered with
    /// it and are not private. Looked up where one question, or the public ones of a policy, are read.
    pub same: Vec<QuestionId>,
    /// What happened to it.
    pub thread: Thread,
    /// When it came.
    pub asked_at: OffsetDateTime,
    /// How often something happened to it.
    pub revision: i32,
    /// Whether somebody is writing its answer; only looked up for whoever asked.
    pub writing: bool,
}

/// Why a step with a question is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no step from where it is, or its words cannot be taken.
    Step(Step),
    /// There is no such policy or interpreter.
    Unknown,
    /// Somebody did something else with it meanwhile.
    Changed,
    /// The two cannot be answered as one: another policy, another post, a private one, or one that waits for a third.
    NotSame,
    /// Whoever answered may not make it public themselves.
    Own,
    /// This network has sent enough until then.
    TooMany(OffsetDateTime),
}

type Result<T> = std::result::Result<T, Failure<Refused>>;

fn refuse<T>(why: Refused) -> Result<T> {
    Err(Failure::Refused(why))
}

fn step(why: Step) -> Failure<Refused> {
    Failure::Refused(Refused::Step(why))
}

/// The code of a question whose form has a key of its own, so that one that comes twice is one question; none where the text is no key.
pub fn code_of(key: &str, policy: PolicyId) -> Option<QueryCode> {
    once::code(&format!("question {}", policy.0), key)
}

/// By what a question is followed: made from its code, it tells nothing of it and opens nothing.
pub fn digest(code: &QueryCode) -> String {
    HEXLOWER.encode(&Sha256::digest(format!("question {}", code.plain())))
}

/// Takes a question in for an interpreter. Its code is all that leads back to it; one that comes again with the same code is the
/// same question.
pub async fn ask(
    store: &Store,
    vault: &Vault,
    by: &By,
    new: NewQuestion,
    to: &Interpreter,
    (code, nonces): (&QueryCode, [[u8; 24]; 2]),
    allowance: &Allowance,
) -> Result<QuestionId> {
    let words = questions::words(&new.words, MAX_WORDS).map_err(step)?;
    let contact = new.contact.trim();
    if contact.chars().count() > MAX_CONTACT || contact.chars().any(char::is_control) {
        return Err(step(Step::Contact));
    }
    let (words, contact) = (
        seal(vault, &words, nonces[0])?,
        match contact {
            "" => None,
            contact => Some(seal(vault, contact, nonces[1])?),
        },
    );
    let transaction = store.write().await?;
    if let Some(until) = limits::over(&transaction, by, "question", allowance).await? {
        return refuse(Refused::TooMany(until));
    }
    // Whoever has the work of the post by now, however old the page of the form is.
    let to = &interpreters::holder(&transaction, to.id).await?.ok_or(Failure::Refused(Refused::Unknown))?;
    if crate::policies::Entity::find_by_id(new.policy.0).count(&transaction).await? == 0 {
        return refuse(Refused::Unknown);
    }
    let row = table::ActiveModel {
        id: NotSet,
        policy: Set(new.policy.0),
        anchor: Set(new.anchor.as_ref().map(ToString::to_string)),
        interpreter: Set(to.id.0),
        code: Set(digest(code)),
        words: Set(words),
        private: Set(new.private),
        shown: Set(None),
        contact: Set(contact),
        open: Set(true),
        same_as: Set(None),
        call_back: Set(false),
        flagged: Set(new.flagged),
        to_show: Set(None),
        answered_by: Set(None),
        events: Set(json(&Thread::asked(to.id, by.at).events)?),
        revision: Set(1),
        asked_at: Set(by.at),
    };
    let unless_known = OnConflict::column(table::Column::Code).do_nothing().to_owned();
    let written = table::Entity::insert(row).on_conflict(unless_known).exec_without_returning(&transaction).await?;
    let known = table::Entity::find().filter(table::Column::Code.eq(digest(code))).one(&transaction).await?;
    let id = QuestionId(known.ok_or_else(|| unreadable("questions.code", "none"))?.id);
    if written == 0 {
        transaction.rollback().await?;
        return Ok(id);
    }
    let detail = serde_json::json!({ "policy": new.policy, "anchor": new.anchor });
    audit::record(&transaction, by, "questions.ask", &id.subject(), Outcome::Done, detail).await?;
    let audience = Offices::load(&transaction).await?.audience(Action::Interpret, to);
    events::tell(&transaction, by, "questions.ask", &id.subject(), audience).await?;
    transaction.commit().await?;
    Ok(id)
}

fn seal(vault: &Vault, text: &str, nonce: [u8; 24]) -> std::result::Result<String, StoreError> {
    vault.seal(text.as_bytes(), nonce).map_err(|shut| unreadable("questions", shut))
}

/// The question of a code, with its words as they came, and whether somebody is writing its answer at an instant.
pub async fn find(store: &Store, vault: &Vault, code: &QueryCode, now: OffsetDateTime) -> Result<Option<Question>> {
    let row = table::Entity::find().filter(table::Column::Code.eq(digest(code))).one(&store.database).await?;
    let Some(row) = row else { return Ok(None) };
    let writing = row.open && drafts::is_written(&store.database, QuestionId(row.id), now).await?;
    Ok(Some(Question { writing, ..rows::own(row, vault)? }))
}

/// The question of a digest, and how often something happened to it; none where there is no such question.
pub async fn followed(store: &Store, digest: &str) -> std::result::Result<Option<(QuestionId, i32)>, StoreError> {
    let row = table::Entity::find().filter(table::Column::Code.eq(digest));
    let row = row.select_only().columns([table::Column::Id, table::Column::Revision]).into_tuple::<(i64, i32)>();
    Ok(row.one(&store.database).await?.map(|(id, revision)| (QuestionId(id), revision)))
}

/// What everybody may read of a policy's questions: what was answered and is shown, the latest first.
pub async fn public(store: &Store, policy: PolicyId) -> std::result::Result<Vec<Question>, StoreError> {
    let rows = table::Entity::find()
        .filter(table::Column::Policy.eq(policy.0))
        .filter(table::Column::Shown.is_not_null())
        .order_by_desc(table::Column::Id)
        .limit(MOST);
    let list = rows
        .all(&store.database)
        .await?
        .into_iter()
        .map(rows::shown)
        .collect::<std::result::Result<Vec<_>, StoreError>>()?;
    joins::counted(&store.database, list).await
}

/// What everybody may read of several policies' questions.
fn shown(of: &[PolicyId], at: Option<&Anchor>) -> Select<table::Entity> {
    let found = table::Entity::find()
        .filter(table::Column::Policy.is_in(of.iter().map(|id| id.0)))
        .filter(table::Column::Shown.is_not_null());
    match at {
        Some(at) => found.filter(table::Column::Anchor.eq(at.as_str())),
        None => found,
    }
}

/// How many questions stand before one on the pages of [`public_page`].
pub async fn public_before(
    store: &Store,
    of: &[PolicyId],
    at: Option<&Anchor>,
    id: QuestionId,
) -> std::result::Result<u64, StoreError> {
    Ok(shown(of, at).filter(table::Column::Id.gt(id.0)).count(&store.database).await?)
}

/// A page of what everybody may read of several policies' questions, the latest first, only at one clause where that is given; and
/// how many there are in all.
pub async fn public_page(
    store: &Store,
    of: &[PolicyId],
    at: Option<&Anchor>,
    (skip, take): (u64, u64),
) -> std::result::Result<(Vec<Question>, u64), StoreError> {
    let found = shown(of, at);
    let total = found.clone().count(&store.database).await?;
    let rows = found.order_by_desc(table::Column::Id).offset(skip).limit(take).all(&store.database).await?;
    let list = rows.into_iter().map(rows::shown).collect::<std::result::Result<Vec<_>, StoreError>>()?;
    Ok((joins::counted(&store.database, list).await?, total))
}

/// One question, for whoever may answer it or was asked about it, with its words as they came; that they were read is a line of the log.
pub async fn one(store: &Store, vault: &Vault, by: &By, posts: &[Interpreter], id: QuestionId) -> Result<Question> {
    let transaction = store.write().await?;
    let (row, may_answer) = notes::readable(&transaction, by, posts, id).await?;
    let same = joins::waiting(&transaction, id).await?.into_iter().map(|it| QuestionId(it.id)).collect();
    let question = Question { same, may_answer, ..rows::own(row, vault)? };
    audit::record(&transaction, by, "questions.read", &id.subject(), Outcome::Done, Json::Null).await?;
    transaction.commit().await?;
    Ok(question)
}

/// How to reach whoever asked, for whoever may answer. That it was looked at is a line of the log.
pub async fn contact(
    store: &Store,
    vault: &Vault,
    by: &By,
    posts: &[Interpreter],
    id: QuestionId,
) -> Result<Option<String>> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, posts, id).await?;
    let open = |sealed: &String| vault.open(sealed).map_err(|shut| unreadable("questions.contact", shut));
    let contact = row.contact.as_ref().map(open).transpose()?;
    audit::record(&transaction, by, "questions.contact", &id.subject(), Outcome::Done, Json::Null).await?;
    transaction.commit().await?;
    Ok(contact.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// What an interpreter does with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Begins to work on it.
    Take,
    /// Hands it on.
    HandOver {
        /// To this post.
        to: InterpreterId,
        /// And says why.
        reason: String,
    },
    /// Answers it.
    Answer {
        /// In these words.
        words: String,
        /// Resting on these clauses.
        cites: Vec<Anchor>,
        /// With the question shown to everybody like this; none where it is not shown.
        shown: Option<String>,
    },
    /// Has called back whoever was not satisfied.
    CallBack {
        /// And says what came of it.
        words: String,
    },
}

/// Does something with a question that is in somebody's hands. What is done with one that waits for another is done with it alone.
pub async fn act(store: &Store, by: &By, posts: &[Interpreter], id: QuestionId, act: Act) -> Result<()> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, posts, id).await?;
    let thread = rows::thread(&row)?;
    let mut kept = Kept::of(&row);
    let (next, what) = match &act {
        Act::Take => (thread.take(by.at), "questions.take"),
        Act::HandOver { to, reason } => {
            let to = interpreters::holder(&transaction, *to).await?.ok_or(Failure::Refused(Refused::Unknown))?;
            kept.same_as = None;
            (thread.hand_over(to.id, reason, by.at), "questions.hand-over")
        }
        Act::Answer { words, cites, shown } => {
            // What was asked in private stays so, whatever a form says.
            let shown = shown.clone().filter(|_| !row.private);
            (kept.shown, kept.to_show) = if row.flagged { (None, shown) } else { (shown, None) };
            kept.answered_by = by.actor.account().ok().map(|it| it.0);
            kept.same_as = None;
            (thread.reply(words, cites.clone(), by.at), "questions.answer")
        }
        // Where nobody can be reached there is nobody to call.
        Act::CallBack { .. } if !row.call_back => return Err(step(Step::NoCall)),
        Act::CallBack { words } => (thread.call_back(words, by.at), "questions.call-back"),
    };
    let next = next.map_err(step)?;
    moved(&transaction, by, &row, &next, kept, what).await?;
    tell(&transaction, by, posts, id, &next, what).await?;
    joins::follow(&transaction, by, posts, id, &act, what).await?;
    Ok(transaction.commit().await?)
}

/// What whoever asked does with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Rates it.
    Rate(Rating),
    /// Has one more question about it.
    AskBack(String),
    /// Is not helped yet, and says why.
    Reopen(String),
}

/// Whoever has the code rates the answer, or says that it does not settle the matter.
pub async fn reply(
    store: &Store,
    (vault, nonce): (&Vault, [u8; 24]),
    by: &By,
    posts: &[Interpreter],
    code: &QueryCode,
    reply: Reply,
) -> Result<()> {
    let transaction = store.write().await?;
    let row = table::Entity::find().filter(table::Column::Code.eq(digest(code))).one(&transaction).await?;
    let row = row.ok_or(Failure::Refused(Refused::Unknown))?;
    let (id, thread, mut kept) = (QuestionId(row.id), rows::thread(&row)?, Kept::of(&row));
    if !matches!(reply, Reply::Rate(_)) {
        // It was answered like another, and that was not enough: it stands alone again.
        kept.same_as = None;
        kept.to_show = None;
    }
    let (next, what) = match reply {
        Reply::Rate(rating) => (thread.rate(rating, by.at), "questions.rate"),
        Reply::AskBack(words) => (thread.ask_back(&words, by.at), "questions.ask_back"),
        Reply::Reopen(words) => (thread.reopen(&words, by.at), "questions.reopen"),
    };
    let mut next = next.map_err(step)?;
    // The words of whoever asked are sealed like the question itself.
    if let Some(words) = next.events.last_mut().and_then(|event| event.step.said()) {
        *words = seal(vault, words, nonce)?;
    }
    let next = posts::to_holder(&transaction, next, by.at).await?;
    moved(&transaction, by, &row, &next, kept, what).await?;
    tell(&transaction, by, posts, id, &next, what).await?;
    Ok(transaction.commit().await?)
}

/// What stands in a question beside what happened to it.
struct Kept {
    shown: Option<String>,
    to_show: Option<String>,
    answered_by: Option<i64>,
    same_as: Option<i64>,
}

impl Kept {
    /// As it was.
    fn of(row: &table::Model) -> Self {
        let (shown, to_show) = (row.shown.clone(), row.to_show.clone());
        Self { shown, to_show, answered_by: row.answered_by, same_as: row.same_as }
    }
}

/// Tells those who may answer it, and whoever asked, that something happened.
async fn tell(
    db: &impl ConnectionTrait,
    by: &By,
    posts: &[Interpreter],
    id: QuestionId,
    next: &Thread,
    what: &str,
) -> Result<()> {
    let has_it = posts.iter().find(|post| post.id == next.interpreter);
    let offices = Offices::load(db).await?;
    let audience = has_it.map_or(Audience::Staff(Action::Interpret), |post| offices.audience(Action::Interpret, post));
    Ok(events::tell(db, by, what, &id.subject(), audience).await?)
}

/// Writes what became of a question, unless something else did meanwhile.
async fn moved(
    db: &impl ConnectionTrait,
    by: &By,
    row: &table::Model,
    next: &Thread,
    kept: Kept,
    what: &str,
) -> Result<()> {
    let id = QuestionId(row.id);
    let open = next.state() != questions::State::Answered;
    let set = table::ActiveModel {
        interpreter: Set(next.interpreter.0),
        open: Set(open),
        call_back: Set(row.contact.is_some() && next.call_owed().is_some()),
        events: Set(json(&next.events)?),
        shown: Set(kept.shown),
        to_show: Set(kept.to_show),
        answered_by: Set(kept.answered_by),
        same_as: Set(kept.same_as),
        revision: Set(row.revision + 1),
        ..Default::default()
    };
    let same = table::Entity::update_many()
        .set(set)
        .filter(table::Column::Id.eq(id.0))
        .filter(table::Column::Revision.eq(row.revision));
    if same.exec(db).await?.rows_affected != 1 {
        return refuse(Refused::Changed);
    }
    if !open {
        drafts::forget(db, id).await?;
    }
    // No words: what people wrote stands in the question alone.
    let detail = match next.events.last().map(|event| &event.step) {
        Some(questions::Step::HandedOver { from, to, .. }) => serde_json::json!({ "from": from, "to": to }),
        _ => Json::Null,
    };
    Ok(audit::record(db, by, what, &id.subject(), Outcome::Done, detail).await?)
}

async fn permitted(db: &impl ConnectionTrait, by: &By, posts: &[Interpreter], id: QuestionId) -> Result<table::Model> {
    // Whether it exists is not said.
    let row = table::Entity::find_by_id(id.0).one(db).await?.ok_or(Failure::Forbidden)?;
    let post = posts.iter().find(|post| post.id.0 == row.interpreter).ok_or(Failure::Forbidden)?;
    if Offices::load(db).await?.may(by, post) { Ok(row) } else { Err(Failure::Forbidden) }
}
