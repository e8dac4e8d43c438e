//! Divisions as kept, with the outlines the sketch map is drawn from.

use std::collections::HashMap;

use domain::{
    audit::By,
    divisions::{Division, DivisionCode, DivisionLevel, Divisions},
    geo::Position,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*, sea_query::OnConflict};

use crate::{Store, StoreError, audit, unreadable};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "divisions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) name_en: String,
    pub(crate) level: String,
    pub(crate) parent: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) lon: Option<f64>,
    pub(crate) lat: Option<f64>,
    pub(crate) ended: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub(crate) outline: Option<String>,
    pub(crate) position: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds divisions and replaces those with the same code; `outlines` are GeoJSON geometries by code. None is ever removed:
/// a division that ended stays, marked.
pub async fn save(
    store: &Store,
    by: &By,
    divisions: Vec<Division>,
    outlines: Vec<(DivisionCode, String)>,
) -> Result<(), StoreError> {
    let mut outlines: HashMap<_, _> = outlines.into_iter().collect();
    let count = divisions.len();
    let rows = (0..).zip(divisions).map(|(position, division)| ActiveModel {
        code: Set(division.code.to_string()),
        name: Set(division.name),
        name_en: Set(division.name_en),
        level: Set(division.level.code().to_owned()),
        parent: Set(division.parent.map(String::from)),
        zone: Set(division.zone.map(String::from)),
        lon: Set(division.center.map(Position::lon)),
        lat: Set(division.center.map(Position::lat)),
        ended: Set(division.ended),
        outline: Set(outlines.remove(&division.code)),
        position: Set(position),
    });
    let rows: Vec<_> = rows.collect();
    let transaction = store.write().await?;
    for chunk in rows.chunks(500) {
        use Column::{Ended, Lat, Level, Lon, Name, NameEn, Parent, Zone};
        let replace = OnConflict::column(Column::Code)
            .update_columns([Name, NameEn, Level, Parent, Lon, Lat, Ended, Column::Position])
            // A table of divisions may say nothing of zones.
            .value(Zone, Expr::cust("COALESCE(excluded.zone, divisions.zone)"))
            .to_owned();
        Entity::insert_many(chunk.to_vec()).on_conflict(replace).exec_without_returning(&transaction).await?;
    }
    for (code, outline) in outlines {
        let changed = Entity::update_many()
            .col_expr(Column::Outline, Expr::value(outline))
            .filter(Column::Code.eq(code.as_str()))
            .exec(&transaction)
            .await?;
        if changed.rows_affected == 0 {
            return Err(StoreError::Missing { what: "division", code: code.to_string(), row: "outline".into() });
        }
    }
    let detail = serde_json::json!({ "divisions": count });
    audit::publish(&transaction, by, "divisions.save", "divisions", detail).await?;
    Ok(transaction.commit().await?)
}

/// All outlines as one GeoJSON feature collection with `code`, `name` and `name_en`.
pub(crate) async fn outlines(db: &impl ConnectionTrait) -> Result<String, StoreError> {
    let rows = Entity::find().filter(Column::Outline.is_not_null()).order_by_asc(Column::Position).all(db).await?;
    let feature = |row: Model| {
        let properties = serde_json::json!({ "code": row.code, "name": row.name, "name_en": row.name_en });
        let outline = row.outline.unwrap_or_default();
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{outline}}}"#)
    };
    let features: Vec<_> = rows.into_iter().map(feature).collect();
    Ok(format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")))
}

pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Vec<Division>, StoreError> {
    type Row = (String, String, String, String, Option<String>, Option<String>, Option<f64>, Option<f64>, bool);
    use Column::{Code, Ended, Lat, Level, Lon, Name, NameEn, Parent, Zone};
    let rows: Vec<Row> = Entity::find()
        .select_only()
        .columns([Code, Name, NameEn, Level, Parent, Zone, Lon, Lat, Ended])
        .order_by_asc(Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    let slug = |text: String| text.parse().map_err(|_| unreadable("divisions.code", text));
    rows.into_iter()
        .map(|(code, name, name_en, level, parent, zone, lon, lat, ended)| {
            Ok(Division {
                code: slug(code)?,
                name,
                name_en,
                level: DivisionLevel::from_code(&level).ok_or_else(|| unreadable("divisions.level", level))?,
                parent: parent.map(slug).transpose()?,
                zone: zone.map(slug).transpose()?,
                center: lon.zip(lat).and_then(|(lon, lat)| Position::new(lon, lat).ok()),
                ended,
            })
        })
        .collect()
}

/// All divisions, arranged: read once a use case, for a permission asks where a thing lies.
pub(crate) async fn arranged(db: &impl ConnectionTrait) -> Result<Divisions, StoreError> {
    Ok(Divisions::new(load(db).await?))
}
