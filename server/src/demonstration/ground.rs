//! Where things may stand: inside the outline of their district, apart from their neighbours.
//!
//! Works in kilometres on a plane, exact enough for one city; every place is one that five decimals of a degree can write.

use std::collections::BTreeMap;

use domain::{divisions::DivisionCode, geo::Position};
use geo::{BoundingRect, Contains, Coord, Distance, Euclidean, LineString, MapCoords, MultiPolygon, Point, Rect};

use super::{chance::Chance, outlines::polygons, seed::BadSeed};

/// Kilometres in a degree of longitude, at the latitude of Chengdu; a constant, because a cosine is not the same everywhere.
const EAST: f64 = 95.7;
/// Kilometres in a degree of latitude.
const NORTH: f64 = 111.2;
/// How often a place is drawn anew when it falls outside.
const TRIES: usize = 64;

/// A place on the plane, in kilometres.
pub(super) type Spot = Coord<f64>;

/// The districts of the city on the plane.
pub(super) struct Ground(BTreeMap<DivisionCode, MultiPolygon>);

/// The place on the plane.
pub(super) fn spot(position: Position) -> Spot {
    Coord { x: position.lon() * EAST, y: position.lat() * NORTH }
}

/// The place in degrees. What lies outside the world is nowhere.
pub(super) fn position(spot: Spot) -> Option<Position> {
    let five = |degrees: f64| (degrees * 1e5).round() / 1e5;
    Position::new(five(spot.x / EAST), five(spot.y / NORTH)).ok()
}

/// The distance of two spots, squared.
pub(super) fn square(a: Spot, b: Spot) -> f64 {
    (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
}

/// Moves a spot to the nearest one that five decimals can write, so that what is checked is what is published.
fn snap(at: Spot) -> Spot {
    position(at).map_or(at, spot)
}

/// Of several candidates, each with the squared room it has anyway, the one with most room to those already placed.
fn loneliest(candidates: impl Iterator<Item = (Spot, f64)>, placed: &[Spot]) -> Option<Spot> {
    candidates
        .map(|(spot, room)| (placed.iter().map(|p| square(*p, spot)).fold(room, f64::min), spot))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, spot)| spot)
}

impl Ground {
    /// The ground that these outlines enclose.
    pub(super) fn new(outlines: &[(DivisionCode, String)]) -> Result<Self, BadSeed> {
        let plane = |c: Spot| Coord { x: c.x * EAST, y: c.y * NORTH };
        let shapes = outlines.iter().map(|(code, outline)| Ok((*code, polygons(outline)?.map_coords(plane))));
        Ok(Self(shapes.collect::<Result<_, BadSeed>>()?))
    }

    /// The district a spot lies in.
    pub(super) fn district(&self, at: Spot) -> Option<DivisionCode> {
        self.0.iter().find(|(_, shape)| shape.contains(&at)).map(|(code, _)| *code)
    }

    fn shape(&self, district: DivisionCode) -> Result<(&MultiPolygon, Rect), BadSeed> {
        let shape = self.0.get(&district).and_then(|shape| Some((shape, shape.bounding_rect()?)));
        shape.ok_or_else(|| BadSeed::Missing { file: "districts.geojson", wanted: format!("outline of {district}") })
    }

    /// So many spots all over a district, well inside and well apart: each is the best of 48 candidates (Mitchell 1991).
    pub(super) fn spread(&self, district: DivisionCode, count: usize) -> Result<Vec<Spot>, BadSeed> {
        let (shape, bounds) = self.shape(district)?;
        let rings: Vec<&LineString> =
            shape.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())).collect();
        let mut chance = Chance::of(&format!("spread {district}"));
        let mut placed: Vec<Spot> = Vec::with_capacity(count);
        for _ in 0..count {
            let candidates = (0..TRIES * 48).map(|_| {
                let x = chance.between(bounds.min().x, bounds.max().x);
                snap(Coord { x, y: chance.between(bounds.min().y, bounds.max().y) })
            });
            let candidates = candidates.filter(|spot| shape.contains(spot)).take(48).map(|spot| {
                // Twice as far from the edge as from a sister would be like a cell of its own.
                let edge =
                    rings.iter().map(|ring| Euclidean.distance(&Point(spot), *ring)).fold(f64::INFINITY, f64::min);
                (spot, 4.0 * edge * edge)
            });
            let nowhere = || BadSeed::Missing { file: "districts.geojson", wanted: format!("room in {district}") };
            placed.push(loneliest(candidates, &placed).ok_or_else(nowhere)?);
        }
        Ok(placed)
    }

    /// A spot within `reach` kilometres of a centre that lies in the district, far from those already placed; the centre itself
    /// when there is no room.
    pub(super) fn around(
        &self,
        district: DivisionCode,
        centre: Spot,
        reach: f64,
        placed: &[Spot],
        chance: &mut Chance,
    ) -> Result<Spot, BadSeed> {
        let (shape, _) = self.shape(district)?;
        let candidates = (0..TRIES).map(|_| {
            let (x, y) = (chance.between(-reach, reach), chance.between(-reach, reach));
            snap(Coord { x: centre.x + x, y: centre.y + y })
        });
        let near = candidates.filter(|s| square(*s, centre) <= reach * reach && shape.contains(s));
        Ok(loneliest(near.take(6).map(|spot| (spot, f64::INFINITY)), placed).unwrap_or(centre))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square_of_20_km() -> (DivisionCode, Ground) {
        let outline = r#"{"type":"Polygon","coordinates":[[[104,30],[104.2,30],[104.2,30.2],[104,30.2],[104,30]]]}"#;
        let code = "d".parse().unwrap();
        (code, Ground::new(&[(code, outline.to_owned())]).unwrap())
    }

    #[test]
    fn spots_lie_inside_and_apart() {
        let (code, ground) = square_of_20_km();
        let spots = ground.spread(code, 9).unwrap();
        for (i, a) in spots.iter().enumerate() {
            assert_eq!(ground.district(*a), Some(code));
            assert!(spots[..i].iter().all(|b| square(*a, *b) > 9.0), "{i} is closer than 3 km to another");
        }
    }

    #[test]
    fn a_spot_stays_in_the_district_when_its_centre_is_at_the_edge() {
        let (code, ground) = square_of_20_km();
        let centre = spot("104.0001,30.0001".parse().unwrap());
        let mut chance = Chance::of("edge");
        let mut placed = Vec::new();
        for _ in 0..30 {
            let at = ground.around(code, centre, 2.0, &placed, &mut chance).unwrap();
            assert!(ground.district(at).is_some() && square(at, centre) <= 4.0);
            placed.push(at);
        }
    }

    #[test]
    fn a_district_without_an_outline_is_missed() {
        let error = square_of_20_km().1.spread("x".parse().unwrap(), 1).unwrap_err();
        assert_eq!(error.to_string(), "districts.geojson has no outline of x");
    }
}
