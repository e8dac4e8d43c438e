//! Points as they leave the server: GeoJSON (RFC 7946) for other systems, and all of them at once for the browser's islands.

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::{
    finder::{Atlas, Vocabulary},
    geo::Position,
    points::PointSummary,
};

/// Everything an island needs to search by itself. It travels as postcard: the code that reads it is a third of what JSON takes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Feed {
    /// The day in China that words such as "tomorrow" refer to.
    pub today: Date,
    /// The open lists; divisions down to townships.
    pub vocabulary: Vocabulary,
    /// The points, with their positions.
    pub points: Vec<(PointSummary, Option<Position>)>,
}

impl Feed {
    /// The feed of an atlas.
    pub fn new(today: Date, atlas: &Atlas) -> Self {
        let points = atlas.points().iter().map(|point| (point.clone(), point.position)).collect();
        Self { today, vocabulary: atlas.vocabulary(), points }
    }

    /// The atlas of a feed.
    pub fn into_atlas(self) -> Atlas {
        let points = self.points.into_iter().map(|(point, position)| PointSummary { position, ..point });
        Atlas::new(points.collect(), self.vocabulary)
    }
}

/// A GeoJSON feature collection, with the instant its opening states are of.
#[derive(Clone, Debug, Serialize)]
pub struct FeatureCollection {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(with = "time::serde::rfc3339")]
    as_of: OffsetDateTime,
    total: usize,
    features: Vec<Feature>,
}

#[derive(Clone, Debug, Serialize)]
struct Feature {
    #[serde(rename = "type")]
    kind: &'static str,
    id: i64,
    geometry: Option<Geometry>,
    properties: PointSummary,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: Position,
}

impl FeatureCollection {
    /// Points as of an instant; `total` is how many there are when a limit cut them.
    pub fn new(as_of: OffsetDateTime, total: usize, points: impl IntoIterator<Item = PointSummary>) -> Self {
        let features = points.into_iter().map(|point| Feature {
            kind: "Feature",
            id: point.id.0,
            geometry: point.position.map(|coordinates| Geometry { kind: "Point", coordinates }),
            properties: point,
        });
        Self { kind: "FeatureCollection", as_of, total, features: features.collect() }
    }
}
