//! Questions about policies: from anybody, answered by whoever interprets for the office that has them, shown to everybody once what
//! could tell who asked is masked. The words as they came and the way to reach somebody are sealed (个人信息保护法 第25、51条).

mod drafts;
mod rows;

use data_encoding::HEXLOWER;
use domain::{
    audit::By,
    divisions::{DivisionCode, Divisions},
    events::Audience,
    identity::{Action, Belongs},
    interpreters::{Interpreter, InterpreterId},
    points::Organisation,
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
    divisions, events,
    json::json,
    limits, once, points, unreadable,
    vault::Vault,
};
pub use drafts::{WRITING, draft, write_draft};
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
    most: u32,
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
    if let Some(until) = limits::over(&transaction, by, "question", most).await? {
        return refuse(Refused::TooMany(until));
    }
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
    let audience = Offices::load(&transaction).await?.audience(to);
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
    rows.all(&store.database).await?.into_iter().map(rows::shown).collect()
}

/// A page of what everybody may read of several policies' questions, the latest first, only at one clause where that is given; and
/// how many there are in all.
pub async fn public_page(
    store: &Store,
    of: &[PolicyId],
    at: Option<&Anchor>,
    (skip, take): (u64, u64),
) -> std::result::Result<(Vec<Question>, u64), StoreError> {
    let found = table::Entity::find()
        .filter(table::Column::Policy.is_in(of.iter().map(|id| id.0)))
        .filter(table::Column::Shown.is_not_null());
    let found = match at {
        Some(at) => found.filter(table::Column::Anchor.eq(at.as_str())),
        None => found,
    };
    let total = found.clone().count(&store.database).await?;
    let rows = found.order_by_desc(table::Column::Id).offset(skip).limit(take).all(&store.database).await?;
    Ok((rows.into_iter().map(rows::shown).collect::<std::result::Result<_, _>>()?, total))
}

/// The questions somebody may answer: those that wait, the oldest first, or those that are answered, the latest first.
pub async fn queue(store: &Store, by: &By, posts: &[Interpreter], open: bool) -> Result<Vec<Question>> {
    by.actor.may_somewhere(Action::Interpret)?;
    let offices = Offices::load(&store.database).await?;
    let mine = posts.iter().filter(|post| offices.may(by, post)).map(|post| post.id.0);
    let found = table::Entity::find()
        .filter(table::Column::Open.eq(open))
        .filter(table::Column::Interpreter.is_in(mine))
        .limit(MOST);
    let found = match open {
        true => found.order_by_asc(table::Column::AskedAt),
        false => found.order_by_desc(table::Column::Id),
    };
    let rows = found.all(&store.database).await?;
    Ok(rows.into_iter().map(rows::listed).collect::<std::result::Result<_, _>>()?)
}

/// One question, for whoever may answer it, with its words as they came; that they were read is a line of the log.
pub async fn one(store: &Store, vault: &Vault, by: &By, posts: &[Interpreter], id: QuestionId) -> Result<Question> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, posts, id).await?;
    let question = rows::own(row, vault)?;
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
}

/// Does something with a question that is in somebody's hands.
pub async fn act(store: &Store, by: &By, posts: &[Interpreter], id: QuestionId, act: Act) -> Result<()> {
    let transaction = store.write().await?;
    let row = permitted(&transaction, by, posts, id).await?;
    let (thread, revision, private) = (rows::thread(&row)?, row.revision, row.private);
    let (next, what, shown) = match act {
        Act::Take => (thread.take(by.at), "questions.take", row.shown),
        Act::HandOver { to, reason } => {
            if !posts.iter().any(|post| post.id == to) {
                return refuse(Refused::Unknown);
            }
            (thread.hand_over(to, &reason, by.at), "questions.hand-over", row.shown)
        }
        // What was asked in private stays so, whatever a form says.
        Act::Answer { words, cites, shown } => {
            (thread.reply(&words, cites, by.at), "questions.answer", shown.filter(|_| !private))
        }
    };
    let next = next.map_err(step)?;
    if next.state() == questions::State::Answered {
        drafts::forget(&transaction, id).await?;
    }
    moved(&transaction, by, (id, revision), &next, shown, what).await?;
    let has_it = posts.iter().find(|post| post.id == next.interpreter).ok_or(Failure::Refused(Refused::Unknown))?;
    events::tell(&transaction, by, what, &id.subject(), Offices::load(&transaction).await?.audience(has_it)).await?;
    Ok(transaction.commit().await?)
}

/// What whoever asked does with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Rates it.
    Rate(Rating),
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
    let (id, thread, revision) = (QuestionId(row.id), rows::thread(&row)?, row.revision);
    let (next, what) = match reply {
        Reply::Rate(rating) => (thread.rate(rating, by.at), "questions.rate"),
        Reply::Reopen(words) => (thread.reopen(&words, by.at), "questions.reopen"),
    };
    let mut next = next.map_err(step)?;
    // The words of whoever asked are sealed like the question itself.
    if let Some(questions::Step::Reopened { words }) = next.events.last_mut().map(|event| &mut event.step) {
        *words = seal(vault, words, nonce)?;
    }
    moved(&transaction, by, (id, revision), &next, row.shown, what).await?;
    if let Some(has_it) = posts.iter().find(|post| post.id == next.interpreter) {
        events::tell(&transaction, by, what, &id.subject(), Offices::load(&transaction).await?.audience(has_it))
            .await?;
    }
    Ok(transaction.commit().await?)
}

async fn moved(
    db: &impl ConnectionTrait,
    by: &By,
    (id, revision): (QuestionId, i32),
    next: &Thread,
    shown: Option<String>,
    what: &str,
) -> Result<()> {
    let set = table::ActiveModel {
        interpreter: Set(next.interpreter.0),
        open: Set(next.state() != questions::State::Answered),
        events: Set(json(&next.events)?),
        shown: Set(shown),
        revision: Set(revision + 1),
        ..Default::default()
    };
    let same = table::Entity::update_many()
        .set(set)
        .filter(table::Column::Id.eq(id.0))
        .filter(table::Column::Revision.eq(revision));
    if same.exec(db).await?.rows_affected != 1 {
        return refuse(Refused::Changed);
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

/// Who answers what belongs where: posts by their offices, offices by their divisions.
struct Offices {
    offices: Vec<Organisation>,
    divisions: Divisions,
}

impl Offices {
    async fn load(db: &impl ConnectionTrait) -> std::result::Result<Self, StoreError> {
        Ok(Self { offices: points::organisations(db).await?, divisions: divisions::arranged(db).await? })
    }

    fn division(&self, post: &Interpreter) -> Option<DivisionCode> {
        self.offices.iter().find(|office| office.code == post.organisation).map(|office| office.division)
    }

    /// Whether somebody may answer for a post: interpreters of its office, and of the divisions it is in.
    fn may(&self, by: &By, post: &Interpreter) -> bool {
        let thing =
            |division| Belongs { within: self.divisions.within(division), organisation: Some(post.organisation) };
        self.division(post).is_some_and(|division| by.actor.may(Action::Interpret, &thing(division)).is_ok())
    }

    fn audience(&self, post: &Interpreter) -> Audience {
        self.division(post).map_or(Audience::Staff(Action::Interpret), |division| {
            Audience::StaffOf(Action::Interpret, division, post.organisation)
        })
    }
}
