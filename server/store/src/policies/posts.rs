//! Who interprets policies changes: a post ends, or one that has ended gets somebody in its place.

use domain::{
    audit::By,
    interpreters::{Interpreter, InterpreterId},
    policies::{Facts, PolicyId},
};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};

use super::{ActiveModel, Column, Entity, keep_version};
use crate::{
    StoreError,
    json::{json, read},
};

type Row = (i64, Json, i32);

/// Puts a post in the place of another in every policy of that one; with none, nothing changes. Which they are.
pub(crate) async fn hand_over(
    db: &impl ConnectionTrait,
    by: &By,
    from: InterpreterId,
    to: Option<InterpreterId>,
) -> Result<Vec<PolicyId>, StoreError> {
    let mut handed = Vec::new();
    let columns = [Column::Id, Column::Facts, Column::Revision];
    let rows = Entity::find().select_only().columns(columns).order_by_asc(Column::Id).lock_exclusive();
    for (id, facts, revision) in rows.into_tuple::<Row>().all(db).await? {
        let mut facts: Facts = read("policies.facts", facts)?;
        if !facts.interpreters.contains(&from) {
            continue;
        }
        if let Some(to) = to {
            // In the same place among them, and once.
            let named = facts.interpreters.contains(&to);
            facts.interpreters.retain(|it| *it != from || !named);
            facts.interpreters.iter_mut().filter(|it| **it == from).for_each(|it| *it = to);
            reword(db, by, id, &facts, revision).await?;
        }
        handed.push(PolicyId(id));
    }
    Ok(handed)
}

/// Gives a policy that nobody among these posts interprets to one of them; whether there was such a policy.
pub(crate) async fn give(
    db: &impl ConnectionTrait,
    by: &By,
    policy: PolicyId,
    to: InterpreterId,
    posts: &[Interpreter],
) -> Result<bool, StoreError> {
    let columns = [Column::Id, Column::Facts, Column::Revision];
    let row = Entity::find_by_id(policy.0).select_only().columns(columns).lock_exclusive();
    let Some((id, facts, revision)) = row.into_tuple::<Row>().one(db).await? else { return Ok(false) };
    let facts: Facts = read("policies.facts", facts)?;
    if facts.interpreted(posts) {
        return Ok(false);
    }
    reword(db, by, id, &Facts { interpreters: vec![to], ..facts }, revision).await?;
    Ok(true)
}

async fn reword(db: &impl ConnectionTrait, by: &By, id: i64, facts: &Facts, revision: i32) -> Result<(), StoreError> {
    let row = ActiveModel {
        facts: Set(json(facts)?),
        revision: Set(revision + 1),
        updated_at: Set(by.at),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(db).await?;
    keep_version(db, id).await
}
