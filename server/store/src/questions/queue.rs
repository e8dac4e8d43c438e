//! What waits on the desk of whoever interprets, in lists.

use domain::{
    audit::By,
    identity::Action,
    interpreters::{Interpreter, Tier},
    policies::PolicyId,
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use super::{MOST, Question, Result, notes, rows, rows::questions as table};
use crate::{Store, offices::Offices};

/// Which questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Those that wait for an answer, the oldest first.
    #[default]
    Open,
    /// Those whose askers are to be called back, the oldest first.
    CallBack,
    /// Those that a colleague asks about and that wait for an answer, the oldest first.
    Asked,
    /// Those that wait for a second person to make them public, the oldest first.
    Publish,
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

/// The questions somebody may answer, or is asked about.
pub async fn queue(store: &Store, by: &By, posts: &[Interpreter], wanted: &Wanted) -> Result<Vec<Question>> {
    by.actor.may_somewhere(Action::Interpret)?;
    let offices = Offices::load(&store.database).await?;
    let mine: Vec<_> = posts.iter().filter(|post| offices.may(by, post)).map(|post| post.id.0).collect();
    let open = table::Column::Open.eq(true);
    let found = table::Entity::find().limit(MOST);
    let found = match wanted.show {
        Show::Asked => {
            let asked = notes::asked_of(&store.database, mine.into_iter()).await?;
            found.filter(table::Column::Id.is_in(asked)).filter(open).order_by_asc(table::Column::AskedAt)
        }
        show => {
            let found = found.filter(table::Column::Interpreter.is_in(mine));
            match show {
                Show::Open | Show::Asked => found.filter(open).order_by_asc(table::Column::AskedAt),
                Show::CallBack => found.filter(table::Column::CallBack.eq(true)).order_by_asc(table::Column::Id),
                Show::Publish => found.filter(table::Column::ToShow.is_not_null()).order_by_asc(table::Column::Id),
                Show::Answered => found.filter(table::Column::Open.eq(false)).order_by_desc(table::Column::Id),
            }
        }
    };
    let found = match &wanted.policies {
        Some(policies) => found.filter(table::Column::Policy.is_in(policies.iter().map(|it| it.0))),
        None => found,
    };
    let found = match wanted.tier {
        Some(tier) => {
            let of_tier = posts.iter().filter(|post| post.tier == tier).map(|post| post.id.0);
            found.filter(table::Column::Interpreter.is_in(of_tier))
        }
        None => found,
    };
    let rows = found.all(&store.database).await?;
    Ok(rows.into_iter().map(rows::listed).collect::<std::result::Result<_, _>>()?)
}
