//! What a table can refer to: everything published, by number, by name and by place.

use std::collections::HashMap;

use super::{
    Cells, Column, Evidence, Headings, Settings,
    cells::{self, key},
    names::Names,
};
use crate::{
    divisions::{DivisionCode, Divisions},
    geo::Position,
    points::{KindCode, NewPoint, Organisation, Point, PointId, PointKind, Service, ServiceCode, near::Grid},
};

/// Points of one kind nearer than this, in metres, may be the same.
const NEAR: f64 = 50.0;

/// What a table can refer to.
pub struct Known<'a> {
    pub(super) divisions: &'a Divisions,
    pub(super) names: Names,
    pub(super) kinds: HashMap<String, KindCode>,
    pub(super) services: HashMap<String, ServiceCode>,
    pub(super) by_number: HashMap<&'a str, &'a Point>,
    points: &'a [Point],
    pub(super) by_name: HashMap<(DivisionCode, String), &'a Point>,
    grid: Grid<'a>,
    inside: &'a dyn Fn(DivisionCode, Position) -> Option<bool>,
}

impl<'a> Known<'a> {
    /// Everything published. `inside` says whether a position lies in a division, where that has an outline.
    pub fn new(
        points: &'a [Point],
        (kinds, services): (&[PointKind], &[Service]),
        organisations: impl Iterator<Item = &'a Organisation>,
        divisions: &'a Divisions,
        inside: &'a dyn Fn(DivisionCode, Position) -> Option<bool>,
    ) -> Self {
        let mut known = Self {
            divisions,
            names: Names::new(divisions, organisations),
            kinds: HashMap::new(),
            services: HashMap::new(),
            by_number: points.iter().map(|point| (point.facts.external_id.as_str(), point)).collect(),
            by_name: points.iter().map(|point| ((point.facts.division, key(&point.facts.name)), point)).collect(),
            grid: Grid::new(points),
            points,
            inside,
        };
        for kind in kinds {
            for name in [kind.code.as_str(), &kind.label, &kind.label_en] {
                known.kinds.insert(key(name), kind.code);
            }
        }
        for service in services {
            let names = [service.code.as_str(), &service.name, &service.name_en].into_iter();
            for name in names.chain(service.synonyms.iter().map(String::as_str)) {
                known.services.entry(key(name)).or_insert(service.code);
            }
        }
        known
    }

    /// What the coordinates of a table look like.
    pub fn evidence(&self, rows: &[Cells<'_>], settings: &Settings, headings: &Headings) -> Evidence {
        super::evidence::look(rows, &settings.columns, headings.datum, self)
    }

    /// The point of a number here, or else in the source.
    pub(super) fn point(&self, number: &str) -> Option<PointId> {
        let id = number.parse().ok().filter(|id| self.points.iter().any(|point| point.id == *id));
        id.or_else(|| self.by_number.get(number).map(|point| point.id))
    }

    pub(super) fn is_inside(&self, division: DivisionCode, position: Position) -> Option<bool> {
        (self.inside)(division, position)
    }

    pub(super) fn division_of(&self, row: &Cells<'_>, columns: &[Column]) -> Option<DivisionCode> {
        match self.names.divisions(&joined(row, columns, Column::Division)) {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// Where the point of this row is, as published.
    pub(super) fn published(&self, row: &Cells<'_>, columns: &[Column]) -> Option<Position> {
        let number = joined(row, columns, Column::ExternalId);
        let point = self.by_number.get(number.trim()).or_else(|| {
            let name = key(&joined(row, columns, Column::Name));
            self.by_name.get(&(self.division_of(row, columns)?, name))
        });
        point?.facts.position
    }

    pub(super) fn neighbour(&self, facts: &NewPoint, position: Position) -> Option<(&Point, f64)> {
        let others = self.grid.around(position, NEAR);
        let others = others.filter(|(it, _)| it.facts.kind == facts.kind && it.facts.external_id != facts.external_id);
        others.min_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// The cells of a column, which may be spread over several.
pub(super) fn joined(row: &Cells<'_>, columns: &[Column], column: Column) -> String {
    let parts = columns.iter().zip(row.cells).filter(|(it, _)| **it == column).map(|(_, cell)| cell.trim());
    parts.collect()
}

/// The coordinates of a row as they stand there.
pub(super) fn degrees(row: &Cells<'_>, columns: &[Column]) -> Option<(f64, f64)> {
    let both = joined(row, columns, Column::LonLat);
    if !both.is_empty() {
        return cells::pair(&both);
    }
    let one = |column| cells::degrees(&joined(row, columns, column));
    Some((one(Column::Lon)?, one(Column::Lat)?))
}
