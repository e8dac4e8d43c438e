//! The row of a point and the way between it and the domain's [`Point`].

use domain::{
    geo::Position,
    points::{Ended, Level, NewPoint, Point, PointId},
};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    entity::prelude::*,
};
use time::OffsetDateTime;

use crate::{
    StoreError,
    json::{json, read},
    unreadable,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "points")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) external_id: String,
    pub(crate) kind: String,
    pub(crate) level: String,
    pub(crate) division: String,
    pub(crate) organisation: String,
    pub(crate) name: String,
    pub(crate) name_en: String,
    pub(crate) address: String,
    pub(crate) lon: Option<f64>,
    pub(crate) lat: Option<f64>,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) telephones: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) schedule: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) services: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) facilities: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) photos: Json,
    pub(crate) verified_on: Option<TimeDate>,
    pub(crate) ended_on: Option<TimeDate>,
    pub(crate) ended_because: String,
    pub(crate) ended_successor: Option<i64>,
    pub(crate) source: String,
    pub(crate) demonstration: bool,
    pub(crate) revision: i32,
    pub(crate) published_at: TimeDateTimeWithTimeZone,
    pub(crate) updated_at: TimeDateTimeWithTimeZone,
}

impl ActiveModelBehavior for ActiveModel {}

/// Who keeps which point.
pub(super) mod keepers {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "point_keepers")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) point: i64,
        pub(crate) account: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The row of a new point.
pub(super) fn added(facts: &NewPoint, now: OffsetDateTime) -> Result<ActiveModel, StoreError> {
    let row = facts_of(facts)?;
    Ok(ActiveModel { revision: Set(1), published_at: Set(now), updated_at: Set(now), ..row })
}

/// The row of a point that changed; when it was first published stays what it was.
pub(super) fn changed(point: &Point) -> Result<ActiveModel, StoreError> {
    let row = facts_of(&point.facts)?;
    Ok(ActiveModel {
        id: Unchanged(point.id.0),
        revision: Set(point.revision),
        published_at: Unchanged(point.published_at),
        updated_at: Set(point.updated_at),
        ..row
    })
}

fn facts_of(facts: &NewPoint) -> Result<ActiveModel, StoreError> {
    Ok(ActiveModel {
        id: NotSet,
        external_id: Set(facts.external_id.clone()),
        kind: Set(facts.kind.to_string()),
        level: Set(facts.level.code().to_owned()),
        division: Set(facts.division.to_string()),
        organisation: Set(facts.organisation.to_string()),
        name: Set(facts.name.clone()),
        name_en: Set(facts.name_en.clone()),
        address: Set(facts.address.clone()),
        lon: Set(facts.position.map(Position::lon)),
        lat: Set(facts.position.map(Position::lat)),
        telephones: Set(json(&facts.telephones)?),
        schedule: Set(json(&facts.schedule)?),
        services: Set(json(&facts.services)?),
        facilities: Set(json(&facts.facilities)?),
        photos: Set(json(&facts.photos)?),
        verified_on: Set(facts.verified_on),
        ended_on: Set(facts.ended.as_ref().map(|ended| ended.on)),
        ended_because: Set(facts.ended.as_ref().map(|ended| ended.reason.clone()).unwrap_or_default()),
        ended_successor: Set(facts.ended.as_ref().and_then(|ended| ended.successor).map(|id| id.0)),
        source: Set(facts.source.clone()),
        demonstration: Set(facts.demonstration),
        revision: NotSet,
        published_at: NotSet,
        updated_at: NotSet,
    })
}

/// The point of a row.
pub(super) fn point(row: Model) -> Result<Point, StoreError> {
    let slug = |column, text: String| text.parse().map_err(|_| unreadable(column, text));
    let facts = NewPoint {
        external_id: row.external_id,
        kind: slug("points.kind", row.kind)?,
        level: Level::from_code(&row.level).ok_or_else(|| unreadable("points.level", row.level))?,
        division: slug("points.division", row.division)?,
        organisation: slug("points.organisation", row.organisation)?,
        name: row.name,
        name_en: row.name_en,
        address: row.address,
        position: row.lon.zip(row.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok()),
        telephones: read("points.telephones", row.telephones)?,
        schedule: read("points.schedule", row.schedule)?,
        services: read("points.services", row.services)?,
        facilities: read("points.facilities", row.facilities)?,
        photos: read("points.photos", row.photos)?,
        verified_on: row.verified_on,
        ended: row.ended_on.map(|on| Ended {
            on,
            reason: row.ended_because,
            successor: row.ended_successor.map(PointId),
        }),
        source: row.source,
        demonstration: row.demonstration,
    };
    let (revision, published_at, updated_at) = (row.revision, row.published_at, row.updated_at);
    Ok(Point { id: PointId(row.id), facts, revision, published_at, updated_at })
}
