//! Finding points: one query, read from an address, run by the same code in the server and in the browser.

mod query;
mod text;

use std::{cmp::Reverse, collections::HashMap};

use serde::{Deserialize, Serialize};
use text::{Match, Text, fold};

pub use query::{BadParameter, MAX_WORDS, PointQuery, Sort};

use crate::{
    divisions::{Division, DivisionCode, DivisionLevel, Divisions},
    points::{Facility, KindCode, Level, PointId, PointKind, PointSummary, Service},
};

/// How many points one page of a list shows.
pub const PAGE: usize = 24;

/// The open lists that points refer to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Kinds of point, in order.
    pub kinds: Vec<PointKind>,
    /// Services, in order.
    pub services: Vec<Service>,
    /// Divisions; the browser's copy stops at townships.
    pub divisions: Vec<Division>,
}

/// Points ready to be searched.
#[derive(Debug, Default)]
pub struct Atlas {
    points: Vec<PointSummary>,
    /// What each point is counted under, in the order of the points.
    entries: Vec<Entry>,
    text: Text,
    /// Kinds of point, in order.
    pub kinds: Vec<PointKind>,
    /// Services, in order.
    pub services: Vec<Service>,
    /// Divisions, arranged.
    pub divisions: Divisions,
}

/// A point's codes as places in the open lists: counting 4,000 points at every keystroke has no time to compare codes.
#[derive(Debug)]
struct Entry {
    kind: Option<usize>,
    within: Box<[u32]>,
    services: Box<[u32]>,
}

/// A point that was found: its place in [`Atlas::points`], and its distance in metres where the query is near a place.
pub type Hit = (usize, Option<f64>);

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The points, best first.
    pub hits: Vec<Hit>,
    /// How many points each choice would give.
    pub facets: Facets,
}

/// For every filter, how many points each of its choices would give, the other filters staying as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    /// In the order of [`Atlas::kinds`].
    pub kinds: Vec<usize>,
    /// In the order of [`Level::ALL`].
    pub levels: Vec<usize>,
    /// In the order of [`Atlas::divisions`], at every level.
    pub divisions: Vec<usize>,
    /// In the order of [`Atlas::services`].
    pub services: Vec<usize>,
    /// In the order of [`Facility::ALL`].
    pub facilities: Vec<usize>,
    /// Open now.
    pub open: usize,
}

/// The filters a point may fail; a facet counts the points that fail no filter but its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    Kind,
    Level,
    Division,
    Service,
    Facility,
    Open,
}

impl Atlas {
    /// Prepares points for finding.
    pub fn new(points: Vec<PointSummary>, vocabulary: Vocabulary) -> Self {
        let Vocabulary { kinds, services, divisions } = vocabulary;
        let divisions = Divisions::new(divisions);
        let service_places: HashMap<_, _> = (0..).zip(&services).map(|(i, service)| (service.code, i)).collect();
        let entries = points.iter().map(|point| Entry {
            kind: kinds.iter().position(|kind| kind.code == point.kind),
            within: point.within.iter().filter_map(|code| u32::try_from(divisions.index(*code)?).ok()).collect(),
            services: point.services.iter().filter_map(|code| service_places.get(code).copied()).collect(),
        });
        let (entries, text) = (entries.collect(), Text::new(&points, &kinds, &services));
        Self { points, entries, text, kinds, services, divisions }
    }

    /// The open lists, without the divisions below townships: what a browser needs.
    pub fn vocabulary(&self) -> Vocabulary {
        let divisions = self.divisions.iter().filter(|division| division.level != DivisionLevel::Village);
        Vocabulary {
            kinds: self.kinds.clone(),
            services: self.services.clone(),
            divisions: divisions.cloned().collect(),
        }
    }

    /// All points.
    pub fn points(&self) -> &[PointSummary] {
        &self.points
    }

    /// The point with this number.
    pub fn get(&self, id: PointId) -> Option<&PointSummary> {
        self.points.iter().find(|p| p.id == id)
    }

    /// The kind of a point.
    pub fn kind(&self, code: KindCode) -> Option<&PointKind> {
        self.kinds.iter().find(|kind| kind.code == code)
    }

    /// Takes out of a query what is well formed but does not exist here, and names it.
    pub fn take_unknown(&self, query: &mut PointQuery) -> Vec<BadParameter> {
        let mut unknown = Vec::new();
        if query.kind.take_if(|code| self.kind(*code).is_none()).is_some() {
            unknown.push(BadParameter("kind"));
        }
        if query.division.take_if(|code| self.divisions.get(*code).is_none()).is_some() {
            unknown.push(BadParameter("division"));
        }
        if query.service.take_if(|code| !self.services.iter().any(|it| it.code == *code)).is_some() {
            unknown.push(BadParameter("service"));
        }
        unknown
    }

    /// Runs a query.
    pub fn find(&self, query: &PointQuery) -> Found {
        let matches = self.matches(&query.words);
        let mut hits = Vec::new();
        let mut facets = Facets {
            kinds: vec![0; self.kinds.len()],
            levels: vec![0; Level::ALL.len()],
            divisions: vec![0; self.divisions.iter().len()],
            services: vec![0; self.services.len()],
            facilities: vec![0; Facility::ALL.len()],
            open: 0,
        };
        for (i, (point, entry)) in self.points.iter().zip(&self.entries).enumerate() {
            if matches[i] == Match::None {
                continue;
            }
            let mut failed = query.failed(point);
            match (failed.next(), failed.next()) {
                (None, _) => {
                    hits.push((i, query.near.and_then(|near| Some(near.distance(point.position?)))));
                    facets.count(point, entry, None);
                }
                (Some(only), None) => facets.count(point, entry, Some(only)),
                _ => {}
            }
        }
        self.order(&mut hits, query.sort(), &matches);
        Found { hits, facets }
    }

    /// How far each point has all the words: of several, the weakest match counts.
    fn matches(&self, words: &str) -> Vec<Match> {
        let mut all = vec![Match::Name; self.points.len()];
        for word in words.split_whitespace() {
            let word = self.text.look_for(&fold(word));
            for (i, entry) in self.entries.iter().enumerate() {
                all[i] = all[i].min(word.in_point(i, entry));
            }
        }
        all
    }

    fn order(&self, hits: &mut [Hit], sort: Sort, matches: &[Match]) {
        let far = |distance: Option<f64>| distance.unwrap_or(f64::INFINITY);
        match sort {
            Sort::Distance => hits.sort_by(|a, b| far(a.1).total_cmp(&far(b.1))),
            Sort::Name => hits.sort_by(|a, b| self.points[a.0].name.cmp(&self.points[b.0].name)),
            Sort::Best => hits.sort_by_cached_key(|(i, _)| {
                let point = &self.points[*i];
                // Where ten things can be done counts as much as where fifty can.
                let most = Reverse(point.services.len().min(10));
                (Reverse(matches[*i]), point.level, most, !point.opening.state.is_open(), point.id)
            }),
        }
    }
}

impl PointQuery {
    fn failed(&self, point: &PointSummary) -> impl Iterator<Item = Filter> {
        [
            (Filter::Kind, self.kind.is_none_or(|kind| kind == point.kind)),
            (Filter::Level, self.level.is_none_or(|level| level == point.level)),
            (Filter::Division, self.division.is_none_or(|division| point.within.contains(&division))),
            (Filter::Service, self.service.is_none_or(|service| point.services.contains(&service))),
            (Filter::Facility, self.facility.is_none_or(|facility| point.facilities.contains(&facility))),
            (Filter::Open, !self.open || point.opening.state.is_open()),
        ]
        .into_iter()
        .filter_map(|(filter, passed)| (!passed).then_some(filter))
    }
}

impl Facets {
    /// How many points lie in a division.
    pub fn in_division(&self, divisions: &Divisions, code: DivisionCode) -> usize {
        divisions.index(code).and_then(|place| self.divisions.get(place)).copied().unwrap_or(0)
    }

    /// Counts a point that fails no filter (`None`), or only this one.
    fn count(&mut self, point: &PointSummary, entry: &Entry, failed: Option<Filter>) {
        let counts = |filter| failed.is_none_or(|only| only == filter);
        let add = |counted: &mut [usize], place: usize| counted[place] += 1;
        if counts(Filter::Kind) {
            entry.kind.into_iter().for_each(|place| add(&mut self.kinds, place));
        }
        if counts(Filter::Level) {
            add(&mut self.levels, point.level as usize);
        }
        if counts(Filter::Division) {
            entry.within.iter().for_each(|place| add(&mut self.divisions, *place as usize));
        }
        if counts(Filter::Service) {
            entry.services.iter().for_each(|place| add(&mut self.services, *place as usize));
        }
        if counts(Filter::Facility) {
            point.facilities.iter().for_each(|facility| add(&mut self.facilities, *facility as usize));
        }
        if counts(Filter::Open) && point.opening.state.is_open() {
            self.open += 1;
        }
    }
}

#[cfg(test)]
mod tests;
