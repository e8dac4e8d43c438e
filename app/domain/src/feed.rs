//! Points as they travel from the server to browsers and to other systems: GeoJSON (RFC 7946).

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{geo::Position, points::PointSummary};

/// A feature collection with the instant its opening states are of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FeatureCollection {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The instant.
    #[serde(with = "time::serde::rfc3339")]
    pub as_of: OffsetDateTime,
    /// How many points the query found; more than there are features when a limit cut them.
    pub total: usize,
    /// The points.
    pub features: Vec<Feature>,
}

/// One point.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Feature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The number of the point.
    pub id: i64,
    /// Where it is; null while nobody has measured it.
    pub geometry: Option<Geometry>,
    /// The point.
    pub properties: PointSummary,
}

/// A GeoJSON point, longitude first.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Geometry {
    /// Always `Point`.
    #[serde(rename = "type")]
    pub kind: GeometryKind,
    /// In WGS-84.
    pub coordinates: Position,
}

/// The one geometry points have.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub enum GeometryKind {
    /// A position.
    #[default]
    Point,
}

impl From<PointSummary> for Feature {
    fn from(point: PointSummary) -> Self {
        let geometry = point.position.map(|coordinates| Geometry { kind: GeometryKind::Point, coordinates });
        Self { kind: "Feature".into(), id: point.id.0, geometry, properties: point }
    }
}

impl From<Feature> for PointSummary {
    fn from(feature: Feature) -> Self {
        Self { position: feature.geometry.map(|geometry| geometry.coordinates), ..feature.properties }
    }
}

impl FeatureCollection {
    /// The points of a query as of an instant.
    pub fn new(as_of: OffsetDateTime, total: usize, points: impl IntoIterator<Item = PointSummary>) -> Self {
        Self {
            kind: "FeatureCollection".into(),
            as_of,
            total,
            features: points.into_iter().map(Feature::from).collect(),
        }
    }
}
