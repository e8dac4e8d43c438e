//! Publishing a batch, all of it or nothing, and taking it back.

use super::*;

/// Publishes every change of a batch, or none: one that meets another change of the same fields is named.
pub async fn publish(
    store: &Store,
    by: &By,
    id: BatchId,
    revision: i32,
    comment: &str,
    own_allowed: bool,
) -> Result<()> {
    let reviewer = by.actor.account()?;
    let transaction = store.write().await?;
    let db = &transaction;
    let batch = load_batch(db, id).await?;
    review_all(db, by, &batch).await?;
    let state = step(batch.state.approve(batch.author.0, reviewer, own_allowed, false))?;
    all_step(db, by, &batch, revision, state, comment).await?;
    let known = Known::load(db).await?;
    let mut told = Vec::new();
    let mut chunks = Chunks::of(id);
    while let Some(changes) = chunks.next(db).await? {
        told.extend(changes.iter().take(200_usize.saturating_sub(told.len())).map(|change| {
            let fields: Vec<_> = change.fields().iter().map(|field| field.code()).collect();
            serde_json::json!({ "point": change.point, "number": change.facts.external_id, "fields": fields })
        }));
        let (new, old): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| change.point.is_none());
        publish_old(db, by, &known, old).await?;
        publish_new(db, by, &known, new).await?;
    }
    let detail = serde_json::json!({ "changes": batch.size, "first": told });
    audit::publish_points(db, by, "points.batch.publish", &id.subject(), detail).await?;
    tell_all(db, by, "points.batch.publish", id).await?;
    Ok(transaction.commit().await?)
}

async fn publish_old(db: &impl ConnectionTrait, by: &By, known: &Known, changes: Vec<Change>) -> Result<()> {
    let ids: Vec<i64> = changes.iter().filter_map(|it| it.point).map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let points = entity::Entity::find().filter(entity::Column::Id.is_in(ids.clone())).all(db).await?;
    let mut points: HashMap<PointId, Point> = points
        .into_iter()
        .map(|row| entity::point(row).map(|point| (point.id, point)))
        .collect::<std::result::Result<_, _>>()?;
    let remembered: Vec<(i64, i32)> = versions::Entity::find()
        .select_only()
        .columns([versions::Column::Point, versions::Column::Number])
        .filter(versions::Column::Point.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    let remembered: HashSet<_> = remembered.into_iter().collect();
    let mut list = Vec::new();
    for change in changes {
        let (Some(id), Some(base)) = (change.point, &change.base) else { continue };
        let before = points.remove(&id).ok_or(Failure::Forbidden)?;
        let facts = match merge(base, &before.facts, change.facts.clone()) {
            Ok(facts) => checked_by(known, facts)?,
            Err(NoStep::Conflict(fields)) => return refuse(Refused::Conflict(before.facts.name, fields)),
            Err(other) => return refuse(Refused::Step(other)),
        };
        if facts == before.facts {
            continue;
        }
        if !remembered.contains(&(id.0, before.revision)) {
            list.push(version(&before, None)?);
        }
        let next = Point { facts, revision: before.revision + 1, updated_at: by.at, ..before };
        entity::Entity::update(entity::changed(&next)?).exec(db).await?;
        list.push(version(&next, Some(change.id))?);
    }
    keep_versions(db, list).await
}

async fn publish_new(db: &impl ConnectionTrait, by: &By, known: &Known, changes: Vec<Change>) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let numbers: Vec<String> = changes.iter().map(|it| it.facts.external_id.clone()).collect();
    let taken = entity::Entity::find().filter(entity::Column::ExternalId.is_in(numbers.clone()));
    if let Some(taken) = taken.one(db).await? {
        return refuse(Refused::Taken(taken.external_id));
    }
    let mut added = Vec::new();
    for change in &changes {
        added.push(entity::added(&checked_by(known, change.facts.clone())?, by.at)?);
    }
    entity::Entity::insert_many(added).exec_without_returning(db).await?;
    let rows = entity::Entity::find().filter(entity::Column::ExternalId.is_in(numbers)).all(db).await?;
    let changes: HashMap<&str, ChangeId> = changes.iter().map(|it| (it.facts.external_id.as_str(), it.id)).collect();
    let mut list = Vec::new();
    for row in rows {
        let point = entity::point(row)?;
        let change = changes.get(point.facts.external_id.as_str()).copied();
        if let Some(change) = change {
            let of = rows::ActiveModel { id: Unchanged(change.0), point: Set(Some(point.id.0)), ..Default::default() };
            rows::Entity::update(of).exec(db).await?;
        }
        list.push(version(&point, change)?);
    }
    keep_versions(db, list).await
}

async fn keep_versions(db: &impl ConnectionTrait, list: Vec<versions::ActiveModel>) -> Result<()> {
    for chunk in list.chunks(CHUNK as usize) {
        versions::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Proposes what takes a published batch back: its points as they were, and an end for those that are new. What others changed
/// since stays.
pub async fn undo(store: &Store, by: &By, id: BatchId, reason: &str) -> Result<BatchId> {
    let author = by.actor.account()?;
    let transaction = store.write().await?;
    let batch = load_batch(&transaction, id).await?;
    if batch.author.0 != author {
        return Err(Failure::Forbidden);
    }
    if batch.state != ChangeState::Published {
        return refuse(Refused::Step(NoStep::State(batch.state)));
    }
    let mut list = Vec::new();
    let mut chunks = Chunks::of(id);
    while let Some(changes) = chunks.next(&transaction).await? {
        list.extend(changes.into_iter().filter_map(|change| {
            let today = by.at.to_offset(CHINA).date();
            let facts = change.base.unwrap_or_else(|| NewPoint {
                ended: Some(Ended { on: today, reason: reason.to_owned(), successor: None }),
                ..change.facts.clone()
            });
            Some(Row { point: Some((change.point?, change.facts)), facts })
        }));
    }
    let id = insert(&transaction, by, author, Origin::Undo, &batch.title, list).await?;
    transaction.commit().await?;
    Ok(id)
}
