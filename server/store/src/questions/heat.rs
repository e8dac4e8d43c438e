//! Which clauses are asked about, and how often: for those who drafted them.

use domain::{
    audit::By,
    identity::Action,
    interpreters::Interpreter,
    policies::{Policy, PolicyId, clauses::Anchor},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*, sea_query::Alias};

use super::{Result, rows::questions as table};
use crate::{Store, offices::Offices, unreadable};

/// No list is longer.
const MOST: u64 = 100;

/// The clauses of the policies somebody interprets, with how many questions came at each; the most first.
pub async fn heat(
    store: &Store,
    by: &By,
    posts: &[Interpreter],
    policies: &[Policy],
) -> Result<Vec<(PolicyId, Anchor, i64)>> {
    by.actor.may_somewhere(Action::Interpret)?;
    let offices = Offices::load(&store.database).await?;
    let mine: Vec<_> = posts.iter().filter(|post| offices.may(by, post)).map(|post| post.id).collect();
    let theirs = policies.iter().filter(|it| it.facts.interpreters.iter().any(|post| mine.contains(post)));
    let count = Alias::new("asked");
    let rows = table::Entity::find()
        .select_only()
        .columns([table::Column::Policy, table::Column::Anchor])
        .column_as(table::Column::Id.count(), "asked")
        .filter(table::Column::Policy.is_in(theirs.map(|it| it.id.0)))
        .filter(table::Column::Anchor.is_not_null())
        .group_by(table::Column::Policy)
        .group_by(table::Column::Anchor)
        .order_by_desc(Expr::col(count))
        .order_by_asc(table::Column::Policy)
        .order_by_asc(table::Column::Anchor)
        .limit(MOST);
    let rows = rows.into_tuple::<(i64, String, i64)>().all(&store.database).await?;
    let read = |(policy, anchor, asked): (i64, String, i64)| {
        let at = anchor.parse().map_err(|_| unreadable("questions.anchor", anchor))?;
        Ok((PolicyId(policy), at, asked))
    };
    rows.into_iter().map(read).collect()
}
