//! Where a code leads on a day: to its thing, to what has taken its place, or to the news that it has ended.

use time::Date;

use super::Thing;
use crate::{
    Slug,
    divisions::{DivisionCode, Divisions},
    points::{Point, PointId},
    policies::PolicyId,
};

/// How many successors of successors are followed.
pub const STEPS: usize = 16;

/// Where a code leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// To the page of this thing.
    To(Thing),
    /// Nowhere any more: this has ended, and nothing has taken its place.
    Ended(Thing),
}

/// Where the code of a thing leads today; `chapter` says whether a manual has a chapter, `policy` whether there is a policy. One that
/// holds no more keeps its page, which says what holds instead.
pub fn lead<'a>(
    thing: Thing,
    today: Date,
    divisions: &Divisions,
    point: impl Fn(PointId) -> Option<&'a Point>,
    chapter: impl Fn(DivisionCode, Slug) -> bool,
    policy: impl Fn(PolicyId) -> bool,
) -> Lead {
    let to = match thing {
        Thing::Portal => Some(thing),
        Thing::Division(code) => divisions.get(code).filter(|it| !it.ended).map(|_| thing),
        Thing::Chapter(code, slug) => divisions.get(code).filter(|it| !it.ended && chapter(code, slug)).map(|_| thing),
        Thing::Policy(id) => policy(id).then_some(thing),
        Thing::Point(id) => living(id, today, point).map(|it| Thing::Point(it.id)),
        Thing::Window(id, service) => living(id, today, point)
            .filter(|it| it.facts.services.contains(&service))
            .map(|it| Thing::Window(it.id, service)),
    };
    to.map_or(Lead::Ended(thing), Lead::To)
}

/// The point itself, or the first of its successors that has not ended. Successors that lead in a circle lead nowhere.
fn living<'a>(id: PointId, today: Date, point: impl Fn(PointId) -> Option<&'a Point>) -> Option<&'a Point> {
    let next = |it: &&'a Point| it.ended(today).and_then(|ended| ended.successor).and_then(&point);
    std::iter::successors(point(id), next).take(STEPS + 1).find(|it| it.ended(today).is_none())
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::{
        divisions::{Division, DivisionLevel},
        hours::Schedule,
        points::{Ended, Level, NewPoint, ServiceCode},
    };

    const TODAY: Date = date!(2026 - 11 - 22);

    /// A point where `pension` is done, unless its number is even.
    fn point(id: i64, ended: Option<(Date, Option<i64>)>) -> Point {
        let pension: ServiceCode = "pension".parse().unwrap();
        let facts = NewPoint {
            external_id: id.to_string(),
            kind: "hall".parse().unwrap(),
            level: Level::District,
            division: "d".parse().unwrap(),
            organisation: "office".parse().unwrap(),
            name: "示例".into(),
            name_en: String::new(),
            address: "示例路".into(),
            position: None,
            telephones: vec![],
            schedule: Schedule::default(),
            services: if id % 2 == 0 { vec![] } else { vec![pension] },
            facilities: vec![],
            photos: vec![],
            verified_on: None,
            ended: ended.map(|(on, to)| Ended { on, reason: "搬迁".into(), successor: to.map(PointId) }),
            source: String::new(),
            demonstration: true,
        };
        let at = datetime!(2026-01-01 0:00 UTC);
        Point { id: PointId(id), facts, revision: 1, published_at: at, updated_at: at }
    }

    fn led(thing: Thing) -> Lead {
        let past = |to| Some((date!(2026 - 11 - 01), to));
        let mut points = vec![
            point(1, None),
            point(2, past(Some(1))),
            point(3, past(None)),
            point(4, past(Some(3))),
            point(5, Some((date!(2026 - 12 - 01), Some(1)))),
            // In a circle, and at something that does not exist.
            point(6, past(Some(7))),
            point(7, past(Some(6))),
            point(8, past(Some(8))),
            point(9, past(Some(999))),
            point(10, None),
            point(11, past(Some(10))),
        ];
        // 100 -> 101 -> … -> 118 -> 1
        points.extend((100..118).map(|id| point(id, past(Some(id + 1)))));
        points.push(point(118, past(Some(1))));
        let division = |code: &str, ended| Division {
            code: code.parse().unwrap(),
            name: code.into(),
            name_en: String::new(),
            level: DivisionLevel::District,
            parent: None,
            zone: None,
            center: None,
            ended,
        };
        let divisions = Divisions::new(vec![division("d", false), division("old", true)]);
        let chapter = |_, slug: Slug| slug.as_str() == "there";
        lead(thing, TODAY, &divisions, |id| points.iter().find(|it| it.id == id), chapter, |id| id == PolicyId(1))
    }

    #[test]
    fn a_code_leads_to_its_point_or_to_the_living_one_that_took_its_place() {
        for (id, to) in [
            (1, Some(1)),
            (2, Some(1)),
            (3, None),
            (4, None),
            (5, Some(5)),
            (6, None),
            (8, None),
            (9, None),
            (103, Some(1)),
            (102, None),
            (998, None),
        ] {
            let thing = Thing::Point(PointId(id));
            let expected = to.map_or(Lead::Ended(thing), |to| Lead::To(Thing::Point(PointId(to))));
            assert_eq!(led(thing), expected, "{id}");
        }
    }

    #[test]
    fn a_window_ends_when_its_service_is_done_there_no_more() {
        let pension = "pension".parse().unwrap();
        for (id, to) in [(1, Some(1)), (2, Some(1)), (10, None), (11, None), (3, None)] {
            let thing = Thing::Window(PointId(id), pension);
            let expected = to.map_or(Lead::Ended(thing), |to| Lead::To(Thing::Window(PointId(to), pension)));
            assert_eq!(led(thing), expected, "{id}");
        }
    }

    #[test]
    fn a_division_ends_and_a_chapter_and_the_portal_does_not() {
        let policy = |id| Thing::Policy(PolicyId(id));
        assert_eq!((led(policy(1)), led(policy(2))), (Lead::To(policy(1)), Lead::Ended(policy(2))));
        let division = |code: &str| Thing::Division(code.parse().unwrap());
        assert_eq!(led(division("d")), Lead::To(division("d")));
        assert_eq!(led(division("old")), Lead::Ended(division("old")));
        assert_eq!(led(division("x")), Lead::Ended(division("x")));
        assert_eq!(led(Thing::Portal), Lead::To(Thing::Portal));
        for (place, chapter, ended) in [("d", "there", false), ("d", "gone", true), ("old", "there", true)] {
            let thing = Thing::Chapter(place.parse().unwrap(), chapter.parse().unwrap());
            assert_eq!(led(thing), if ended { Lead::Ended(thing) } else { Lead::To(thing) });
        }
    }
}
