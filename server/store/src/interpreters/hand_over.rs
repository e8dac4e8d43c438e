//! A post ends: whoever follows gets all of its policies and its open questions, in one transaction and in the open. And a policy
//! that nobody interprets any more gets somebody.

use domain::{
    audit::By,
    hours::CHINA,
    identity::Action,
    interpreters::{Ended, Interpreter, InterpreterId, MAX_REASON},
    policies::PolicyId,
    questions::words,
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Column, Entity, Refused, Result, hold, post, refuse,
    register::{may, put},
};
use crate::{Failure, Store, audit, events, offices::Offices, policies, questions};

/// What a successor got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// So many policies.
    pub policies: usize,
    /// So many open questions.
    pub questions: usize,
}

/// Ends a post. Its policies, its open questions and its place as somebody's deputy go to the successor, whose office whoever does it
/// has to keep as well; without one, it may have neither policies nor open questions. Each question says so, with the reason.
pub async fn hand_over(
    store: &Store,
    by: &By,
    (id, revision): (InterpreterId, i32),
    to: Option<InterpreterId>,
    reason: &str,
) -> Result<Moved> {
    by.actor.may_somewhere(Action::KeepInterpreters)?;
    let transaction = store.write().await?;
    let offices = Offices::load(&transaction).await?;
    // In the order of their numbers, so that two who do this wait for each other and not both for ever.
    let rows = Entity::find().order_by_asc(Column::Id).lock_exclusive().all(&transaction).await?;
    let mut posts = Vec::new();
    for row in rows {
        posts.push((row.revision, post(row)?));
    }
    let find = |id| posts.iter().map(|(_, post)| post).find(|post| post.id == id);
    // Whether it exists is not said.
    let ending = find(id).ok_or(Failure::Forbidden)?;
    may(by, &offices, ending)?;
    if !ending.is_living() {
        return refuse(Refused::Ended);
    }
    let reason = words(reason, MAX_REASON).map_err(|_| Failure::Refused(Refused::Reason))?;
    let successor = match to {
        Some(to) => {
            let living = find(to).filter(|post| post.is_living() && post.id != id);
            let living = living.ok_or(Failure::Refused(Refused::Successor))?;
            may(by, &offices, living)?;
            Some(living)
        }
        None => None,
    };
    let ended = Ended { on: by.at.to_offset(CHINA).date(), successor: to, reason: reason.clone() };
    put(&transaction, &Interpreter { ended: Some(ended), ..ending.clone() }, revision).await?;
    let policies = policies::hand_over(&transaction, by, id, to).await?;
    let questions = questions::hand_all(&transaction, by, id, to, &reason).await.map_err(changed)?;
    if successor.is_none() && !(policies.is_empty() && questions.is_empty()) {
        return refuse(Refused::NeedsSuccessor { policies: policies.len(), questions: questions.len() });
    }
    for (revision, helped) in posts.iter().filter(|(_, post)| post.deputy == Some(id)) {
        let deputy = to.filter(|to| *to != helped.id);
        put(&transaction, &Interpreter { deputy, ..helped.clone() }, *revision).await?;
    }
    let detail = serde_json::json!({ "to": to, "policies": policies, "questions": questions });
    audit::publish(&transaction, by, "interpreters.hand-over", &id.subject(), detail).await?;
    events::tell(
        &transaction,
        by,
        "interpreters.hand-over",
        &id.subject(),
        offices.audience(Action::KeepInterpreters, ending),
    )
    .await?;
    for question in questions.iter().filter(|_| successor.is_some()) {
        let audience = offices.audience(Action::Interpret, successor.unwrap_or(ending));
        events::tell(&transaction, by, "questions.hand-over", &question.subject(), audience).await?;
    }
    transaction.commit().await?;
    Ok(Moved { policies: policies.len(), questions: questions.len() })
}

fn changed(failure: Failure<questions::Refused>) -> Failure<Refused> {
    match failure {
        Failure::Store(error) => Failure::Store(error),
        Failure::Forbidden => Failure::Forbidden,
        // Somebody answered one in this moment.
        Failure::Refused(_) => Failure::Refused(Refused::Changed),
    }
}

/// Gives a policy that nobody interprets any more to a post; one that somebody interprets stays as it is.
pub async fn give(store: &Store, by: &By, policy: PolicyId, to: InterpreterId) -> Result<()> {
    by.actor.may_somewhere(Action::KeepInterpreters)?;
    let transaction = store.write().await?;
    let offices = Offices::load(&transaction).await?;
    let posts = hold(&transaction).await?;
    let living = posts.iter().find(|post| post.id == to && post.is_living());
    let living = living.ok_or(Failure::Refused(Refused::Successor))?;
    may(by, &offices, living)?;
    if !policies::give(&transaction, by, policy, to, &posts).await? {
        return refuse(Refused::Changed);
    }
    let detail = serde_json::json!({ "interpreter": to });
    audit::publish(&transaction, by, "policies.interpreter", &policy.subject(), detail).await?;
    events::tell(
        &transaction,
        by,
        "policies.interpreter",
        &policy.subject(),
        offices.audience(Action::KeepInterpreters, living),
    )
    .await?;
    Ok(transaction.commit().await?)
}
