//! Photos: kept in the database, because several servers share it, under the SHA-256 of what they hold. A photo is never changed,
//! so its address may be cached for ever; one nobody refers to goes after a week.

mod prepare;

use domain::{audit::By, identity::Action, points::Photo};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QuerySelect, entity::prelude::*, sea_query::OnConflict};

use crate::{
    Failure, Store, StoreError,
    audit::{self, Outcome},
    reports, unused,
};

pub use prepare::{BadPhoto, MAX_BYTES, Prepared, prepare};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "photos")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) hash: String,
    pub(crate) width: i32,
    pub(crate) height: i32,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub(crate) bytes: Vec<u8>,
    pub(crate) kept_at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}

/// The address of a photo on this site.
pub fn address(hash: &str) -> String {
    format!("/photos/{hash}.jpg")
}

/// The hash in [`address`].
pub fn hash_of(address: &str) -> Option<&str> {
    let hash = address.strip_prefix("/photos/")?.strip_suffix(".jpg")?;
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (hash.len() == 64 && hash.bytes().all(hex)).then_some(hash)
}

/// Keeps a photo for a point somebody may edit; what it shows is still to be said.
pub async fn keep(store: &Store, by: &By, photo: &Prepared) -> Result<Photo, Failure<()>> {
    by.actor.may_somewhere(Action::EditPoint)?;
    let transaction = store.write().await?;
    let kept = put(&transaction, by, photo).await?;
    transaction.commit().await?;
    Ok(kept)
}

/// Keeps a photo, within a transaction that has asked for the permission. One that was kept before is young again.
pub(crate) async fn put(db: &impl ConnectionTrait, by: &By, photo: &Prepared) -> Result<Photo, StoreError> {
    let side = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
    let row = ActiveModel {
        hash: Set(photo.hash.clone()),
        width: Set(side(photo.width)),
        height: Set(side(photo.height)),
        bytes: Set(photo.bytes.clone()),
        kept_at: Set(by.at),
    };
    let again = OnConflict::column(Column::Hash).update_column(Column::KeptAt).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    let detail = serde_json::json!({ "bytes": photo.bytes.len() });
    audit::record(db, by, "photos.keep", &format!("photo {}", photo.hash), Outcome::Done, detail).await?;
    let Prepared { hash, width, height, .. } = photo;
    Ok(Photo { url: address(hash), alt: String::new(), width: *width, height: *height })
}

/// The photo at an address of this site, without words, if it is kept.
pub async fn find(store: &Store, address: &str) -> Result<Option<Photo>, StoreError> {
    let Some(hash) = hash_of(address) else { return Ok(None) };
    let size = Entity::find_by_id(hash).select_only().columns([Column::Width, Column::Height]);
    let size = size.into_tuple::<(i32, i32)>().one(&store.database).await?;
    let side = |pixels: i32| u32::try_from(pixels).unwrap_or_default();
    Ok(size.map(|(width, height)| Photo {
        url: address.to_owned(),
        alt: String::new(),
        width: side(width),
        height: side(height),
    }))
}

/// Whether the photo of a hash is kept.
pub(crate) async fn is_kept(db: &impl ConnectionTrait, hash: &str) -> Result<bool, StoreError> {
    Ok(Entity::find_by_id(hash).count(db).await? > 0)
}

/// What a photo holds, as JPEG. Whether it is published is asked of the content before: who asks here has to be somebody who
/// keeps points, and with the photo of a report those of its place.
pub async fn unpublished(store: &Store, by: &By, hash: &str) -> Result<Option<Vec<u8>>, Failure<()>> {
    by.actor.may_somewhere(Action::EditPoint)?;
    reports::may_see_photo(store, by, hash).await?;
    Ok(bytes(store, hash).await?)
}

/// What a published photo holds, as JPEG.
pub async fn bytes(store: &Store, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let bytes = Entity::find_by_id(hash).select_only().column(Column::Bytes);
    Ok(bytes.into_tuple().one(&store.database).await?)
}

/// Every place where a photo may be spoken of, as text.
const MENTIONS: &str = "
    SELECT CAST(photos AS text) AS words FROM points WHERE CAST(photos AS text) LIKE '%/photos/%'
    UNION ALL SELECT CAST(base AS text) FROM point_changes WHERE CAST(base AS text) LIKE '%/photos/%'
    UNION ALL SELECT CAST(facts AS text) FROM point_changes WHERE CAST(facts AS text) LIKE '%/photos/%'
    UNION ALL SELECT CAST(facts AS text) FROM point_versions WHERE CAST(facts AS text) LIKE '%/photos/%'
    UNION ALL SELECT '/photos/' || photo || '.jpg' FROM reports WHERE photo IS NOT NULL";

/// Removes photos that no point, change, version or report has spoken of for a week; how many there were.
pub async fn forget(store: &Store, by: &By) -> Result<u64, StoreError> {
    let transaction = store.write().await?;
    let gone = unused::remove::<Entity>(&transaction, (Column::Hash, Column::KeptAt), MENTIONS, by.at).await?;
    if gone > 0 {
        let detail = serde_json::json!({ "photos": gone });
        audit::record(&transaction, by, "photos.forget", "photos", Outcome::Done, detail).await?;
    }
    transaction.commit().await?;
    Ok(gone)
}
