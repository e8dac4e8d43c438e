//! What is on its way, and what has been published.

use super::*;

/// The change with this number, for whoever may edit or review what it is about.
pub async fn change(store: &Store, by: &By, id: ChangeId) -> Result<Change> {
    seen(&store.database, by, id).await
}

/// The changes that wait for somebody: their own open ones, and those they may review or that wait for their day; the oldest
/// first.
pub async fn waiting(store: &Store, by: &By) -> Result<(Vec<Change>, Vec<Change>)> {
    let me = by.actor.account()?;
    let db = &store.database;
    let divisions = divisions::arranged(db).await?;
    let open = [ChangeState::Draft, ChangeState::Returned].map(ChangeState::code);
    let mine = rows::Entity::find()
        .filter(rows::Column::Author.eq(me.0))
        .filter(rows::Column::Batch.is_null())
        .filter(rows::Column::State.is_in(open))
        .order_by_asc(rows::Column::ChangedAt)
        .limit(MOST);
    let submitted = rows::Entity::find()
        .filter(rows::Column::State.is_in([ChangeState::Submitted, ChangeState::Scheduled].map(ChangeState::code)))
        .filter(rows::Column::Batch.is_null())
        .order_by_asc(rows::Column::ChangedAt)
        .limit(MOST);
    let mut own = Vec::new();
    for row in mine.all(db).await? {
        own.push(of_row(db, row).await?);
    }
    let mut reviews = Vec::new();
    for row in submitted.all(db).await? {
        let change = of_row(db, row).await?;
        if change.author.0 == me || review(&divisions, by, &change).is_ok() {
            reviews.push(change);
        }
    }
    Ok((own, reviews))
}

/// The change of a point that is under way, if there is one and the actor may see it.
pub async fn of_point(store: &Store, by: &By, point: PointId) -> Result<Option<Change>> {
    let facts = published(&store.database, point).await?.facts;
    permit(&divisions::arranged(&store.database).await?, by, Action::EditPoint, &facts)?;
    under_way(&store.database, Some(point)).await
}

/// Every published version of a point, the latest first; one that never changed has only what it is.
pub async fn history(store: &Store, by: &By, id: PointId) -> Result<Vec<Version>> {
    let db = &store.database;
    let point = published(db, id).await?;
    permit(&divisions::arranged(db).await?, by, Action::EditPoint, &point.facts)?;
    let rows =
        versions::Entity::find().filter(versions::Column::Point.eq(id.0)).order_by_desc(versions::Column::Number);
    let mut list = Vec::new();
    for row in rows.all(db).await? {
        let author = match row.change {
            Some(change) => Some(load(db, ChangeId(change)).await?.author.1),
            None => None,
        };
        list.push(Version { number: row.number, facts: read("point_versions.facts", row.facts)?, at: row.at, author });
    }
    if list.first().is_none_or(|latest| latest.number < point.revision) {
        list.insert(0, Version { number: point.revision, facts: point.facts, at: point.updated_at, author: None });
    }
    Ok(list)
}
