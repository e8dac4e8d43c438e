//! Points of service as kept, with the open lists they refer to.

pub mod changes;
mod entity;
pub mod imports;
pub mod keepers;
mod vocabulary;

use std::collections::{HashMap, HashSet};

use domain::{
    audit::By,
    events::Audience,
    identity::Action,
    points::{NewPoint, Point, PointId},
};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect, entity::prelude::*};
use serde::Serialize;

use crate::{Store, StoreError, audit, events};

pub use vocabulary::save as save_vocabulary;
pub(crate) use vocabulary::{load as load_vocabulary, organisations};

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// New points.
    pub added: usize,
    /// Points whose facts changed.
    pub changed: usize,
    /// Points that were as they are.
    pub same: usize,
}

/// Adds points and changes those with the same external id, all or none. A second import of the same rows changes nothing.
pub async fn import(store: &Store, by: &By, rows: Vec<NewPoint>) -> Result<Imported, StoreError> {
    let transaction = store.write().await?;
    let known = Known::load(&transaction).await?;
    let mut before: HashMap<String, Point> =
        load(&transaction).await?.into_iter().map(|point| (point.facts.external_id.clone(), point)).collect();
    let mut imported = Imported::default();
    let mut added = Vec::new();
    for row in rows {
        let row = known.check(row)?;
        match before.remove(&row.external_id) {
            Some(point) if point.facts == row => imported.same += 1,
            Some(point) => {
                imported.changed += 1;
                let row = row.validate_for(point.id);
                let row = row.map_err(|why| StoreError::Refused { row: point.facts.external_id.clone(), why })?;
                let next = Point { facts: row, revision: point.revision + 1, updated_at: by.at, ..point };
                entity::Entity::update(entity::changed(&next)?).exec(&transaction).await?;
            }
            None => added.push(entity::added(&row, by.at)?),
        }
    }
    imported.added = added.len();
    for chunk in added.chunks(500) {
        entity::Entity::insert_many(chunk.to_vec()).exec_without_returning(&transaction).await?;
    }
    let detail = serde_json::json!(imported);
    audit::publish_points(&transaction, by, "points.import", "points", detail).await?;
    events::tell(&transaction, by, "points.import", "points", Audience::Staff(Action::EditPoint)).await?;
    transaction.commit().await?;
    Ok(imported)
}

/// How many points there are; none means a new database.
pub async fn count(store: &Store) -> Result<u64, StoreError> {
    Ok(entity::Entity::find().count(&store.database).await?)
}

/// A point with this number.
pub(crate) async fn find(db: &impl ConnectionTrait, id: PointId) -> Result<Option<Point>, StoreError> {
    entity::Entity::find_by_id(id.0).one(db).await?.map(entity::point).transpose()
}

pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Vec<Point>, StoreError> {
    let rows = entity::Entity::find().order_by_asc(entity::Column::Id).all(db).await?;
    rows.into_iter().map(entity::point).collect()
}

/// The points that are not among `known` (in the order of numbers) as they are: what has changed since those were read. Points
/// are never removed.
pub(crate) async fn newer(db: &impl ConnectionTrait, known: &[Point]) -> Result<Vec<Point>, StoreError> {
    let all = entity::Entity::find().select_only().columns([entity::Column::Id, entity::Column::Revision]);
    let all: Vec<(i64, i32)> = all.into_tuple().all(db).await?;
    let known: HashMap<_, _> = known.iter().map(|point| (point.id.0, point.revision)).collect();
    let wanted: Vec<_> =
        all.into_iter().filter(|(id, revision)| known.get(id) != Some(revision)).map(|it| it.0).collect();
    let mut points = Vec::with_capacity(wanted.len());
    for chunk in wanted.chunks(500) {
        let rows = entity::Entity::find().filter(entity::Column::Id.is_in(chunk.iter().copied())).all(db).await?;
        points.extend(rows.into_iter().map(entity::point).collect::<Result<Vec<_>, _>>()?);
    }
    Ok(points)
}

/// What a row may refer to.
struct Known {
    kinds: HashSet<String>,
    services: HashSet<String>,
    divisions: HashSet<String>,
    organisations: HashSet<String>,
    points: HashSet<i64>,
}

impl Known {
    async fn load(db: &impl ConnectionTrait) -> Result<Self, StoreError> {
        let (kinds, services) = vocabulary::load(db).await?;
        Ok(Self {
            kinds: kinds.into_iter().map(|kind| kind.code.into()).collect(),
            services: services.into_iter().map(|service| service.code.into()).collect(),
            divisions: crate::divisions::load(db).await?.into_iter().map(|division| division.code.into()).collect(),
            organisations: vocabulary::organisation_codes(db).await?,
            points: entity::Entity::find()
                .select_only()
                .column(entity::Column::Id)
                .into_tuple::<i64>()
                .all(db)
                .await?
                .into_iter()
                .collect(),
        })
    }

    fn check(&self, row: NewPoint) -> Result<NewPoint, StoreError> {
        let external_id = row.external_id.clone();
        let row = row.validate().map_err(|why| StoreError::Refused { row: external_id, why })?;
        let successor = row.ended.as_ref().and_then(|ended| ended.successor);
        if let Some(PointId(id)) = successor.filter(|id| !self.points.contains(&id.0)) {
            let row = row.external_id;
            return Err(StoreError::Missing { what: "successor", code: id.to_string(), row });
        }
        let mut references = vec![
            ("kind", row.kind, &self.kinds),
            ("division", row.division, &self.divisions),
            ("organisation", row.organisation, &self.organisations),
        ];
        references.extend(row.services.iter().map(|service| ("service", *service, &self.services)));
        match references.into_iter().find(|(_, code, known)| !known.contains(code.as_str())) {
            Some((what, code, _)) => {
                Err(StoreError::Missing { what, code: code.to_string(), row: row.external_id.clone() })
            }
            None => Ok(row),
        }
    }
}
