//! What waits on the desk of whoever interprets, in lists.

use domain::{
    audit::By,
    identity::Action,
    interpreters::{Interpreter, Tier},
    policies::PolicyId,
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::{MOST, Offices, Question, Result, rows, rows::questions as table};
use crate::Store;

/// Which questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Those that wait for an answer, the oldest first.
    #[default]
    Open,
    /// Those whose askers are to be called back, the oldest first.
    CallBack,
    /// Those that are answered, the latest first.
    Answered,
}

/// What is wanted of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Which of them.
    pub show: Show,
    /// Only those about these policies.
    pub policies: Option<Vec<PolicyId>>,
    /// Only those that interpreters of this tier have.
    pub tier: Option<Tier>,
}

/// The questions somebody may answer.
pub async fn queue(store: &Store, by: &By, posts: &[Interpreter], wanted: &Wanted) -> Result<Vec<Question>> {
    by.actor.may_somewhere(Action::Interpret)?;
    let offices = Offices::load(&store.database).await?;
    let mine = posts.iter().filter(|post| wanted.tier.is_none_or(|tier| tier == post.tier) && offices.may(by, post));
    let mut found =
        table::Entity::find().filter(table::Column::Interpreter.is_in(mine.map(|post| post.id.0))).limit(MOST);
    if let Some(policies) = &wanted.policies {
        found = found.filter(table::Column::Policy.is_in(policies.iter().map(|it| it.0)));
    }
    let found = match wanted.show {
        Show::Open => found.filter(table::Column::Open.eq(true)).order_by_asc(table::Column::AskedAt),
        Show::CallBack => found.filter(table::Column::CallBack.eq(true)).order_by_asc(table::Column::Id),
        Show::Answered => found.filter(table::Column::Open.eq(false)).order_by_desc(table::Column::Id),
    };
    let rows = found.all(&store.database).await?;
    Ok(rows.into_iter().map(rows::listed).collect::<std::result::Result<_, _>>()?)
}
