//! What becomes of an approved change: it is merged with what was published meanwhile, and every version is kept.

use super::*;

/// Approves a change. It is published at once, merged with what was published since it was begun; or, where it has a day of its
/// own, on that day.
pub async fn publish(
    store: &Store,
    by: &By,
    id: ChangeId,
    revision: i32,
    comment: &str,
    own_allowed: bool,
) -> Result<ChangeState> {
    let reviewer = by.actor.account()?;
    let transaction = store.write().await?;
    let change = load(&transaction, id).await?;
    review(&divisions::arranged(&transaction).await?, by, &change)?;
    let waits = change.effective_on.is_some_and(|day| day > by.at.to_offset(CHINA).date());
    let state = step(change.state.approve(change.author.0, reviewer, own_allowed, waits))?;
    decide(&transaction, by, &change, revision, state, comment).await?;
    if state == ChangeState::Published {
        apply(&transaction, by, &change).await?;
    } else {
        note_down(&transaction, by, "points.schedule", &change).await?;
    }
    transaction.commit().await?;
    Ok(state)
}

/// Publishes every approved change whose day has come, also one that came while no server ran; how many there were. One that
/// meets another change of the same fields goes back to its author.
pub async fn apply_due(store: &Store, by: &By) -> Result<usize> {
    let today = by.at.to_offset(CHINA).date();
    let due = rows::Entity::find()
        .filter(rows::Column::State.eq(ChangeState::Scheduled.code()))
        .filter(rows::Column::EffectiveOn.lte(today))
        .order_by_asc(rows::Column::EffectiveOn)
        .order_by_asc(rows::Column::Id);
    let mut done = 0;
    for row in due.all(&store.database).await? {
        let transaction = store.write().await?;
        let change = load(&transaction, ChangeId(row.id)).await?;
        // Another server may have been faster.
        let Ok(state) = change.state.take_effect() else { continue };
        let set = |row: &mut rows::ActiveModel| row.state = Set(state.code().to_owned());
        touch(&transaction, by, &change, change.revision, set).await?;
        match apply(&transaction, by, &change).await {
            Ok(()) => {
                transaction.commit().await?;
                done += 1;
            }
            Err(Failure::Refused(why)) => {
                transaction.rollback().await?;
                send_back(store, by, &change, &why).await?;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(done)
}

/// Returns a change whose day has come but which no longer fits.
async fn send_back(store: &Store, by: &By, change: &Change, why: &Refused) -> Result<()> {
    let transaction = store.write().await?;
    let comment = match why {
        Refused::Step(NoStep::Conflict(fields)) => {
            let fields: Vec<_> = fields.iter().map(|field| field.code()).collect();
            format!("生效时发现别人已经改过同样的内容:{}", fields.join("、"))
        }
        _ => "生效时发现内容已经不合要求".to_owned(),
    };
    touch(&transaction, by, change, change.revision, |row| {
        row.state = Set(ChangeState::Returned.code().to_owned());
        row.comment = Set(comment);
    })
    .await?;
    note_down(&transaction, by, "points.return", change).await?;
    Ok(transaction.commit().await?)
}

/// Puts a change onto what is published by now.
async fn apply(db: &impl ConnectionTrait, by: &By, change: &Change) -> Result<()> {
    let (before, after) = match (change.point, &change.base) {
        (Some(id), Some(base)) => {
            let before = published(db, id).await?;
            let facts = checked(db, step(merge(base, &before.facts, change.facts.clone()))?).await?;
            let next = succeed(db, by, before.clone(), facts).await?;
            (Some(before.facts), next)
        }
        _ => {
            let facts = checked(db, change.facts.clone()).await?;
            (None, entity::point(entity::added(&facts, by.at)?.insert(db).await?)?)
        }
    };
    remember(db, &after, Some(change.id)).await?;
    let of = rows::ActiveModel { id: Unchanged(change.id.0), point: Set(Some(after.id.0)), ..Default::default() };
    rows::Entity::update(of).exec(db).await?;
    let detail = serde_json::json!({ "change": change.id, "before": before, "after": after.facts });
    audit::publish_points(db, by, "points.publish", &after.id.subject(), detail).await?;
    let facts: Vec<_> = before.iter().chain([&after.facts]).collect();
    tell(db, by, "points.publish", &[change.id.subject(), after.id.subject()], &facts).await
}

/// Says that somebody was there and found everything as it is published. Nothing but the day changes, so nobody reviews it. How far
/// from the point they were stands in the audit log, if they said.
pub async fn verify(store: &Store, by: &By, id: PointId, revision: i32, seen: Option<Sighting>) -> Result<()> {
    by.actor.account()?;
    let transaction = store.write().await?;
    let before = published(&transaction, id).await?;
    permit(&divisions::arranged(&transaction).await?, by, Action::EditPoint, &before.facts)?;
    if before.revision != revision {
        return refuse(Refused::Outdated);
    }
    let facts = NewPoint { verified_on: Some(by.at.to_offset(CHINA).date()), ..before.facts.clone() };
    let next = succeed(&transaction, by, before.clone(), facts).await?;
    remember(&transaction, &next, None).await?;
    let detail = serde_json::json!({ "before": before.facts.verified_on.map(|it| it.to_string()), "seen": seen });
    audit::publish_points(&transaction, by, "points.verify", &id.subject(), detail).await?;
    tell(&transaction, by, "points.verify", &[id.subject()], &[&before.facts]).await?;
    Ok(transaction.commit().await?)
}

/// The next version of a point; the first one is remembered before it is gone.
async fn succeed(db: &impl ConnectionTrait, by: &By, before: Point, facts: NewPoint) -> Result<Point> {
    remember_first(db, &before).await?;
    let next = Point { facts, revision: before.revision + 1, updated_at: by.at, ..before };
    entity::Entity::update(entity::changed(&next)?).exec(db).await?;
    Ok(next)
}

/// What an imported point was before its first change.
async fn remember_first(db: &impl ConnectionTrait, point: &Point) -> Result<()> {
    let known = versions::Entity::find()
        .filter(versions::Column::Point.eq(point.id.0))
        .filter(versions::Column::Number.eq(point.revision));
    if known.count(db).await? == 0 {
        remember(db, point, None).await?;
    }
    Ok(())
}

async fn remember(db: &impl ConnectionTrait, point: &Point, change: Option<ChangeId>) -> Result<()> {
    version(point, change)?.insert(db).await?;
    Ok(())
}

pub(super) fn version(point: &Point, change: Option<ChangeId>) -> Result<versions::ActiveModel> {
    Ok(versions::ActiveModel {
        id: NotSet,
        point: Set(point.id.0),
        number: Set(point.revision),
        facts: Set(json(&point.facts)?),
        change: Set(change.map(|id| id.0)),
        at: Set(point.updated_at),
    })
}
