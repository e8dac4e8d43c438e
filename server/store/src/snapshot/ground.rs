//! Where divisions lie: whether a position is inside one.

use std::collections::HashMap;

use domain::{
    divisions::{DivisionCode, Divisions},
    geo::Position,
};
use geo::{BoundingRect, Contains, MultiPolygon, Point, Rect};
use geojson::FeatureCollection;

/// The outlines of divisions, ready to be asked.
#[derive(Debug, Default)]
pub(super) struct Ground(HashMap<DivisionCode, (Rect, MultiPolygon)>);

impl Ground {
    /// From the collection the sketch map is drawn from; what is no area is left out.
    pub(super) fn new(outlines: &str) -> Self {
        let collection: Option<FeatureCollection> = outlines.parse().ok();
        let area = |feature: geojson::Feature| {
            let code = feature.property("code")?.as_str()?.parse().ok()?;
            let geometry: geo::Geometry = feature.geometry?.try_into().ok()?;
            let area: MultiPolygon = match geometry {
                geo::Geometry::Polygon(area) => area.into(),
                geo::Geometry::MultiPolygon(area) => area,
                _ => return None,
            };
            Some((code, (area.bounding_rect()?, area)))
        };
        Self(collection.into_iter().flat_map(|it| it.features).filter_map(area).collect())
    }

    /// Whether a position lies in a division, or in the nearest one above it that has an outline; none where none has.
    pub(super) fn is_inside(&self, divisions: &Divisions, code: DivisionCode, position: Position) -> Option<bool> {
        let (frame, area) = self.0.get(&self.outlined(divisions, code)?)?;
        let point = Point::new(position.lon(), position.lat());
        Some(frame.contains(&point) && area.contains(&point))
    }

    /// The division itself, or the nearest one above it that has an outline.
    pub(super) fn outlined(&self, divisions: &Divisions, code: DivisionCode) -> Option<DivisionCode> {
        let lineage = divisions.lineage(code);
        lineage.iter().rev().map(|division| division.code).find(|code| self.0.contains_key(code))
    }
}
