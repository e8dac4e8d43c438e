//! Policies on their way to being published: written by one, passed by three (`domain::policies::review`), and every version kept. A policy
//! has one draft under way at a time.

use domain::{
    audit::By,
    identity::{AccountId, Action},
    policies::{
        BadPolicy, Facts, PolicyId,
        clauses::Text,
        review::{Dossier, Event, Hand, Level, NoStep, Stage},
    },
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    QueryOrder, QuerySelect,
    entity::prelude::*,
};
use time::OffsetDateTime;

use super::{put, rows::drafts as table};
use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    identity, interpreters,
    json::{json, read},
    offices::Offices,
};

/// No list is longer.
const MOST: u64 = 200;

/// The number of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftId(pub i64);

/// A policy on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its number.
    pub id: DraftId,
    /// The policy it changes; none for a new one.
    pub policy: Option<PolicyId>,
    /// What is said of it.
    pub facts: Facts,
    /// Its text.
    pub text: Text,
    /// Whose it is and what happened.
    pub dossier: Dossier,
    /// The name of its author.
    pub author: String,
    /// Goes up with every step.
    pub revision: i32,
    /// When it was last touched.
    pub changed_at: OffsetDateTime,
    /// The version of the policy it was begun from.
    base: i32,
}

/// Why a draft goes no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The step.
    Step(NoStep),
    /// What keeps it from being published.
    Bad(Vec<BadPolicy>),
    /// Somebody has touched it meanwhile.
    Outdated,
    /// Another version of the policy was published meanwhile.
    Overtaken,
    /// There is a draft of this policy under way, with this number.
    UnderWay(DraftId),
    /// There is no such office.
    NoOffice,
}

type Result<T> = std::result::Result<T, Failure<Refused>>;

fn refuse<T>(why: Refused) -> Result<T> {
    Err(Failure::Refused(why))
}

fn step<T>(result: std::result::Result<T, NoStep>) -> Result<T> {
    result.map_err(|why| Failure::Refused(Refused::Step(why)))
}

/// Whoever writes or reviews for the office that answers for it; what no office answers for, at the root.
fn permit(offices: &Offices, by: &By, action: Action, facts: &Facts) -> Result<()> {
    let belongs = match facts.organisation {
        Some(office) => offices.belongs(office).ok_or(Failure::Refused(Refused::NoOffice))?,
        None => offices.root(),
    };
    Ok(by.actor.may(action, &belongs)?)
}

async fn hand(db: &impl ConnectionTrait, by: &By) -> Result<Hand> {
    let account = by.actor.account()?;
    Ok(Hand { by: account, name: identity::display_name(db, account).await?, at: by.at })
}

/// Begins a draft of a published policy, from what is published.
pub async fn revise(store: &Store, by: &By, policy: PolicyId) -> Result<DraftId> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let row = super::Entity::find_by_id(policy.0).one(&transaction).await?.ok_or(Failure::Forbidden)?;
    let facts: Facts = read("policies.facts", row.facts)?;
    permit(&Offices::load(&transaction).await?, by, Action::EditPolicy, &facts)?;
    let open = table::Entity::find().filter(table::Column::Policy.eq(policy.0)).filter(table::Column::Open.eq(true));
    if let Some(open) = open.one(&transaction).await? {
        return refuse(Refused::UnderWay(DraftId(open.id)));
    }
    let text = read("policies.text", row.text)?;
    let id = insert(&transaction, by, author, (Some(policy), row.revision), &facts, &text).await?;
    note_down(&transaction, by, "policies.draft", id, None).await?;
    transaction.commit().await?;
    Ok(id)
}

async fn insert(
    db: &impl ConnectionTrait,
    by: &By,
    author: AccountId,
    (policy, base): (Option<PolicyId>, i32),
    facts: &Facts,
    text: &Text,
) -> Result<DraftId> {
    let row = table::ActiveModel {
        id: NotSet,
        policy: Set(policy.map(|it| it.0)),
        base: Set(base),
        author: Set(author.0),
        open: Set(true),
        facts: Set(json(facts)?),
        text: Set(json(text)?),
        events: Set(json(&Vec::<Event>::new())?),
        revision: Set(1),
        changed_at: Set(by.at),
    };
    Ok(DraftId(row.insert(db).await?.id))
}

/// Keeps what somebody has written: a new policy, or their open draft as they saw it. It need not be complete.
pub async fn save(store: &Store, by: &By, seen: Option<(DraftId, i32)>, facts: Facts, text: &Text) -> Result<DraftId> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let offices = Offices::load(&transaction).await?;
    permit(&offices, by, Action::EditPolicy, &facts)?;
    let id = match seen {
        None => insert(&transaction, by, author, (None, 0), &facts, text).await?,
        Some((id, revision)) => {
            let draft = load(&transaction, id).await?;
            permit(&offices, by, Action::EditPolicy, &draft.facts)?;
            if draft.dossier.author != author {
                return refuse(Refused::Step(NoStep::NotAuthor));
            }
            if !draft.dossier.stage().is_open() {
                return refuse(Refused::Step(NoStep::Stage));
            }
            // What it is called elsewhere and where it came from is not for the form to say.
            let facts = Facts {
                external_id: draft.facts.external_id,
                source: draft.facts.source,
                demonstration: draft.facts.demonstration,
                ..facts
            };
            let (facts, text) = (json(&facts)?, json(text)?);
            touch(&transaction, by, id, revision, |row| {
                row.facts = Set(facts);
                row.text = Set(text);
            })
            .await?;
            id
        }
    };
    note_down(&transaction, by, "policies.draft", id, None).await?;
    transaction.commit().await?;
    Ok(id)
}

/// What somebody does with a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Its author hands it in.
    Submit,
    /// Its author gives it up.
    Withdraw,
    /// A reviewer passes the next review; with the last one it is published.
    Pass,
    /// A reviewer records the 保密审查 with its basis.
    Clear(String),
    /// A reviewer returns it, saying why.
    GiveBack(String),
}

/// Does something with a draft as somebody saw it; gives the policy when it was published. `alone` is whether one person may do it all.
pub async fn act(
    store: &Store,
    by: &By,
    (id, revision): (DraftId, i32),
    act: Act,
    alone: bool,
) -> Result<Option<PolicyId>> {
    let transaction = store.write().await?;
    let draft = load(&transaction, id).await?;
    let action = match act {
        Act::Submit | Act::Withdraw => Action::EditPolicy,
        Act::Pass | Act::Clear(_) | Act::GiveBack(_) => Action::ReviewPolicy,
    };
    permit(&Offices::load(&transaction).await?, by, action, &draft.facts)?;
    let hand = hand(&transaction, by).await?;
    let dossier = draft.dossier.clone();
    let (next, what) = match act {
        Act::Submit => {
            let bad = super::bad(&draft.facts, &draft.text, &interpreters::load(&transaction).await?);
            if !bad.is_empty() {
                return refuse(Refused::Bad(bad));
            }
            (step(dossier.submit(hand))?, "policies.submit")
        }
        Act::Withdraw => (step(dossier.withdraw(hand))?, "policies.withdraw"),
        Act::Clear(basis) => (step(dossier.clear(hand, &basis, alone))?, "policies.clear"),
        Act::GiveBack(comment) => (step(dossier.give_back(hand, &comment))?, "policies.return"),
        Act::Pass => match step(dossier.pass(hand.clone(), alone))? {
            (next, Level::Final) => {
                let policy = apply(&transaction, by, &draft).await?;
                let next = next.published(hand, policy);
                moved(&transaction, by, (id, revision), &next).await?;
                let detail = serde_json::json!({ "draft": id.0 });
                audit::publish(&transaction, by, "policies.publish", &policy.subject(), detail).await?;
                transaction.commit().await?;
                return Ok(Some(policy));
            }
            (next, _) => (next, "policies.pass"),
        },
    };
    moved(&transaction, by, (id, revision), &next).await?;
    note_down(&transaction, by, what, id, draft.policy).await?;
    transaction.commit().await?;
    Ok(None)
}

/// Makes it the policy, if it may be published and nothing else was meanwhile.
async fn apply(db: &impl ConnectionTrait, by: &By, draft: &Draft) -> Result<PolicyId> {
    // Nobody of them ends meanwhile.
    let bad = super::bad(&draft.facts, &draft.text, &interpreters::hold(db).await?);
    if !bad.is_empty() {
        return refuse(Refused::Bad(bad));
    }
    let known = match draft.policy {
        Some(policy) => {
            let row = super::Entity::find_by_id(policy.0).one(db).await?;
            Some(row.filter(|row| row.revision == draft.base).ok_or(Failure::Refused(Refused::Overtaken))?)
        }
        None => None,
    };
    let mut facts = draft.facts.clone();
    if facts.external_id.is_empty() {
        facts.external_id = format!("desk-{}", draft.id.0);
    }
    Ok(put(db, by, known.as_ref(), &facts, &draft.text).await?)
}

async fn moved(db: &impl ConnectionTrait, by: &By, (id, revision): (DraftId, i32), next: &Dossier) -> Result<()> {
    let events = json(&next.events)?;
    touch(db, by, id, revision, |row| {
        row.events = Set(events);
        row.open = Set(!next.stage().is_over());
    })
    .await
}

async fn touch(
    db: &impl ConnectionTrait,
    by: &By,
    id: DraftId,
    revision: i32,
    set: impl FnOnce(&mut table::ActiveModel),
) -> Result<()> {
    let mut row = table::ActiveModel { changed_at: Set(by.at), revision: Set(revision + 1), ..Default::default() };
    set(&mut row);
    let guarded = table::Entity::update_many().set(row).filter(table::Column::Id.eq(id.0));
    let done = guarded.filter(table::Column::Revision.eq(revision)).exec(db).await?;
    if done.rows_affected == 1 { Ok(()) } else { refuse(Refused::Outdated) }
}

async fn note_down(
    db: &impl ConnectionTrait,
    by: &By,
    action: &str,
    id: DraftId,
    policy: Option<PolicyId>,
) -> Result<()> {
    let detail = serde_json::json!({ "policy": policy });
    Ok(audit::record(db, by, action, &format!("policy draft {}", id.0), Outcome::Done, detail).await?)
}

/// A draft, for whoever writes or reviews for its office.
pub async fn find(store: &Store, by: &By, id: DraftId) -> Result<Draft> {
    let draft = load(&store.database, id).await?;
    permit(&Offices::load(&store.database).await?, by, Action::EditPolicy, &draft.facts)?;
    Ok(draft)
}

/// The drafts somebody may see that are under way, those touched longest ago first.
pub async fn waiting(store: &Store, by: &By) -> Result<Vec<Draft>> {
    by.actor.may_somewhere(Action::EditPolicy)?;
    let open = table::Entity::find().filter(table::Column::Open.eq(true)).order_by_asc(table::Column::ChangedAt);
    let offices = Offices::load(&store.database).await?;
    let mut list = vec![];
    for row in open.limit(MOST).all(&store.database).await? {
        let draft = of_row(&store.database, row).await?;
        if permit(&offices, by, Action::EditPolicy, &draft.facts).is_ok() {
            list.push(draft);
        }
    }
    Ok(list)
}

/// The published versions of a policy, the latest first: their numbers and when.
pub async fn versions(store: &Store, policy: PolicyId) -> std::result::Result<Vec<(i32, OffsetDateTime)>, StoreError> {
    use super::rows::versions::{Column, Entity};
    let all = Entity::find().select_only().columns([Column::Revision, Column::PublishedAt]);
    let all = all.filter(Column::Policy.eq(policy.0)).order_by_desc(Column::Revision);
    Ok(all.into_tuple().all(&store.database).await?)
}

/// A published version of a policy.
pub async fn version(
    store: &Store,
    policy: PolicyId,
    revision: i32,
) -> std::result::Result<Option<(Facts, Text)>, StoreError> {
    use super::rows::versions::Entity;
    let row = Entity::find_by_id((policy.0, revision)).one(&store.database).await?;
    let both = |row: super::rows::versions::Model| {
        Ok((read("policy_versions.facts", row.facts)?, read("policy_versions.text", row.text)?))
    };
    row.map(both).transpose()
}

async fn load(db: &impl ConnectionTrait, id: DraftId) -> Result<Draft> {
    let row = table::Entity::find_by_id(id.0).one(db).await?;
    // Whether it exists is not said.
    of_row(db, row.ok_or(Failure::Forbidden)?).await
}

async fn of_row(db: &impl ConnectionTrait, row: table::Model) -> Result<Draft> {
    let author = AccountId(row.author);
    Ok(Draft {
        id: DraftId(row.id),
        policy: row.policy.map(PolicyId),
        facts: read("policy_drafts.facts", row.facts)?,
        text: read("policy_drafts.text", row.text)?,
        dossier: Dossier { author, events: read("policy_drafts.events", row.events)? },
        author: identity::display_name(db, author).await?,
        revision: row.revision,
        changed_at: row.changed_at,
        base: row.base,
    })
}

impl Draft {
    /// Where it is.
    pub fn stage(&self) -> Stage {
        self.dossier.stage()
    }
}
