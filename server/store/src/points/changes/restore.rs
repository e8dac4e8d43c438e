//! Going back to an earlier version of a point. It is a change like any other: looked at, handed in, reviewed.

use domain::{
    audit::By,
    identity::Action,
    points::{NewPoint, Photo, PointId, change::ChangeId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Proposal, Refused, Result, permit, published, read, refuse, tables::versions, under_way, written};
use crate::{Failure, Store, StoreError, divisions, photos};

/// Makes a draft of the actor's with the facts of an earlier version. What is no fact of that time stays as it is now: the last
/// check on the spot, the end, the number in the source; photos that are no longer kept are left out.
pub async fn restore(store: &Store, by: &By, point: PointId, number: i32) -> Result<ChangeId> {
    let transaction = store.write().await?;
    let now = published(&transaction, point).await?.facts;
    permit(&divisions::arranged(&transaction).await?, by, Action::EditPoint, &now)?;
    if let Some(other) = under_way(&transaction, Some(point)).await? {
        return refuse(Refused::UnderWay(other.author.1));
    }
    let version = versions::Entity::find()
        .filter(versions::Column::Point.eq(point.0))
        .filter(versions::Column::Number.eq(number))
        .one(&transaction)
        .await?
        .ok_or(Failure::Forbidden)?;
    let then: NewPoint = read("point_versions.facts", version.facts)?;
    let photos = kept(&transaction, &now.photos, then.photos).await?;
    let facts = NewPoint {
        photos,
        verified_on: now.verified_on,
        ended: now.ended,
        external_id: now.external_id,
        demonstration: now.demonstration,
        ..then
    };
    let proposal = Proposal { facts, effective_on: None, note: format!("恢复第 {number} 版") };
    let id = written(&transaction, by, Some(point), None, proposal, false).await?;
    transaction.commit().await?;
    Ok(id)
}

/// The photos that can still be shown: those of today's version, and those that are still kept.
async fn kept(
    db: &impl ConnectionTrait,
    today: &[Photo],
    photos: Vec<Photo>,
) -> std::result::Result<Vec<Photo>, StoreError> {
    let mut list = Vec::new();
    for photo in photos {
        let stays = match photos::hash_of(&photo.url) {
            Some(hash) => photos::is_kept(db, hash).await?,
            None => today.iter().any(|it| it.url == photo.url),
        };
        if stays {
            list.push(photo);
        }
    }
    Ok(list)
}
