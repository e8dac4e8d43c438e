//! Points near a position: neighbours, and those that may be the same place under two numbers.

use std::collections::HashMap;

use time::Date;

use super::{KindCode, Point, PointId};
use crate::{geo::Position, width::narrow};

/// The side of a square of the grid, in degrees: some 200 m, and more than [`LEAST`] metres wherever a position may be.
const SQUARE: f64 = 0.002;
const LEAST: f64 = 120.0;

/// Points of one kind nearer than this, in metres, may be one.
pub const SAME_KIND: f64 = 100.0;
/// So may points with like names nearer than this, in metres.
pub const LIKE_NAME: f64 = 500.0;
/// Names are like when so much of their pairs of characters is common (Dice's coefficient).
const LIKE: f64 = 0.75;

/// Points by where they are.
#[derive(Debug, Default)]
pub struct Grid<'a>(HashMap<(i64, i64), Vec<&'a Point>>);

impl<'a> Grid<'a> {
    /// Those of the points that have a position.
    pub fn new(points: &'a [Point]) -> Self {
        let mut squares: HashMap<_, Vec<_>> = HashMap::new();
        for point in points {
            if let Some(position) = point.facts.position {
                squares.entry(square(position)).or_default().push(point);
            }
        }
        Self(squares)
    }

    /// The points nearer than so many metres, with how far they are, in no order.
    pub fn around(&self, position: Position, metres: f64) -> impl Iterator<Item = (&'a Point, f64)> {
        let (x, y) = square(position);
        #[expect(clippy::cast_possible_truncation, reason = "some hundreds of metres")]
        let reach = (metres / LEAST).ceil() as i64;
        let squares = (x - reach..=x + reach).flat_map(move |x| (y - reach..=y + reach).map(move |y| (x, y)));
        let points = squares.filter_map(|square| self.0.get(&square)).flatten();
        let distances = points.filter_map(move |it| Some((*it, it.facts.position?.distance(position))));
        distances.filter(move |(_, distance)| *distance < metres)
    }

    /// The points that may be the one of this name and kind at this position, with how far they are, the nearest first: of the same
    /// kind within [`SAME_KIND`], or of a like name within [`LIKE_NAME`]. `but` is the point itself; those that have ended do not count.
    pub fn alike(
        &self,
        but: Option<PointId>,
        (name, kind): (&str, Option<KindCode>),
        position: Position,
        today: Date,
    ) -> Vec<(&'a Point, f64)> {
        let others = self.around(position, LIKE_NAME).filter(|(it, _)| Some(it.id) != but && it.ended(today).is_none());
        let alike = |(it, metres): &(&Point, f64)| {
            let same_kind = *metres < SAME_KIND && Some(it.facts.kind) == kind;
            same_kind || is_like(name, &it.facts.name)
        };
        let mut alike: Vec<_> = others.filter(alike).collect();
        alike.sort_by(|a, b| a.1.total_cmp(&b.1));
        alike
    }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
fn square(position: Position) -> (i64, i64) {
    ((position.lon() / SQUARE).floor() as i64, (position.lat() / SQUARE).floor() as i64)
}

/// Whether two names say nearly the same.
fn is_like(a: &str, b: &str) -> bool {
    let (a, mut b) = (pairs(a), pairs(b));
    let all = a.len() + b.len();
    let common =
        a.iter().filter(|pair| b.iter().position(|it| it == *pair).map(|i| b.swap_remove(i)).is_some()).count();
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let share = 2.0 * common as f64 / all.max(1) as f64;
    share >= LIKE
}

fn pairs(name: &str) -> Vec<(char, char)> {
    let letters: Vec<char> = name.chars().map(narrow).filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_like_when_they_say_nearly_the_same() {
        for (a, b, like) in [
            ("桂溪街道便民服务中心", "武侯区桂溪街道便民服务中心", true),
            ("桂溪街道便民服务中心", "桂溪街道便民服务中心(新址)", true),
            ("三瓦窑社区便民服务站", "双楠社区便民服务站", false),
            ("图书馆", "档案馆", false),
            ("", "", false),
        ] {
            assert_eq!(is_like(a, b), like, "{a} {b}");
        }
    }
}
