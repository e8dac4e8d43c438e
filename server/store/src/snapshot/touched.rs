//! What the last revisions touched, and what an answer was made from: whether the one concerns the other. A page that is made
//! once too often costs milliseconds; one that stays and is wrong misleads somebody. So in doubt everything is touched.

use std::collections::VecDeque;

use domain::{
    geo::Position,
    points::{Point, PointId},
};

/// How many revisions are remembered. An answer is kept for a minute, so older ones are hardly asked for.
const REMEMBERED: usize = 128;
/// When more points than this change at once, they count as all.
const MANY: usize = 200;

/// What an answer was made from, beside what all answers are made from: open lists, divisions, the calendar.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Reads {
    /// Any point may change it; also where nobody has said anything else.
    #[default]
    Everything,
    /// No point.
    Nothing,
    /// Some points.
    Points {
        /// These.
        these: Vec<PointId>,
        /// And any that comes as near to this position as so many metres: it would be shown in place of another.
        around: Option<(Position, f64)>,
    },
}

/// What a revision touched.
#[derive(Clone, Debug)]
pub(super) enum Touched {
    All,
    /// These points, with where they are now.
    Points(Vec<(PointId, Option<Position>)>),
}

impl Touched {
    pub(super) fn of(points: &[Point]) -> Self {
        if points.len() > MANY {
            return Self::All;
        }
        Self::Points(points.iter().map(|point| (point.id, point.facts.position)).collect())
    }

    fn leaves(&self, reads: &Reads) -> bool {
        match (self, reads) {
            (Self::All, _) => false,
            (Self::Points(_), Reads::Nothing) => true,
            (Self::Points(points), Reads::Everything) => points.is_empty(),
            (Self::Points(points), Reads::Points { these, around }) => points.iter().all(|(id, position)| {
                let near = around.zip(*position).is_some_and(|((here, reach), there)| here.distance(there) <= reach);
                !these.contains(id) && !near
            }),
        }
    }
}

/// What the last revisions touched, without gaps.
#[derive(Clone, Debug)]
pub(super) struct Touches {
    /// From this revision on it is known.
    from: i64,
    /// What led to each revision, in order.
    steps: VecDeque<(i64, Touched)>,
}

impl Touches {
    /// Nothing is known of what was before this revision.
    pub(super) fn from(revision: i64) -> Self {
        Self { from: revision, steps: VecDeque::new() }
    }

    pub(super) fn add(&mut self, revision: i64, touched: Touched) {
        self.steps.push_back((revision, touched));
        if self.steps.len() > REMEMBERED
            && let Some((oldest, _)) = self.steps.pop_front()
        {
            self.from = oldest;
        }
    }

    pub(super) fn leave(&self, reads: &Reads, since: i64) -> bool {
        since >= self.from && self.steps.iter().filter(|(to, _)| *to > since).all(|(_, touched)| touched.leaves(reads))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64) -> Position {
        Position::new(lon, 30.0).unwrap()
    }

    /// A page of point 1, which shows point 2 and reaches a kilometre.
    fn page() -> Reads {
        Reads::Points { these: vec![PointId(1), PointId(2)], around: Some((at(104.0), 1000.0)) }
    }

    #[test]
    fn a_page_is_touched_by_what_it_shows_and_by_what_it_would_show() {
        let far = Some(at(105.0));
        for (id, position, left) in [
            (1, far, false),
            (2, None, false),
            (3, far, true),
            (3, None, true),
            (3, Some(at(104.001)), false),
            (3, Some(at(104.02)), true),
        ] {
            let touched = Touched::Points(vec![(PointId(4), far), (PointId(id), position)]);
            assert_eq!(touched.leaves(&page()), left, "{id} {position:?}");
            assert!(!touched.leaves(&Reads::Everything) && touched.leaves(&Reads::Nothing));
        }
        for reads in [page(), Reads::Everything, Reads::Nothing] {
            assert!(!Touched::All.leaves(&reads) && Touched::Points(vec![]).leaves(&reads), "{reads:?}");
        }
    }

    #[test]
    fn what_is_not_remembered_counts_as_touched() {
        let mut touches = Touches::from(10);
        assert!(touches.leave(&page(), 10) && !touches.leave(&page(), 9));
        touches.add(11, Touched::Points(vec![(PointId(3), None)]));
        // Two revisions that were read at once.
        touches.add(13, Touched::Points(vec![(PointId(1), None)]));
        let left = [9, 10, 11, 12, 13].map(|since| touches.leave(&page(), since));
        assert_eq!(left, [false, false, false, false, true]);
        let last = 14 + i64::try_from(REMEMBERED).unwrap();
        for revision in 14..last {
            touches.add(revision, Touched::Points(vec![]));
        }
        assert!(!touches.leave(&page(), 12) && touches.leave(&page(), 13) && touches.steps.len() == REMEMBERED);
    }
}
