//! Finding points: one query, read from an address, run by the same code in the server and in the browser.

mod query;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use query::{BadParameter, MAX_WORDS, PointQuery, Sort};

use crate::{
    divisions::{Division, DivisionCode, DivisionLevel, Divisions},
    points::{Facility, KindCode, Level, PointId, PointKind, PointSummary, Service, ServiceCode},
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
    /// What the words of a query are looked for in, per point; what its kind and services are called stands once, below.
    haystacks: Vec<String>,
    kind_words: Vec<(KindCode, String)>,
    service_words: Vec<(ServiceCode, String)>,
    /// The vocabulary, with the divisions arranged.
    pub kinds: Vec<PointKind>,
    /// Services, in order.
    pub services: Vec<Service>,
    /// Divisions, arranged.
    pub divisions: Divisions,
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
    /// By kind.
    pub kinds: HashMap<KindCode, usize>,
    /// By level.
    pub levels: HashMap<Level, usize>,
    /// By division, at every level.
    pub divisions: HashMap<DivisionCode, usize>,
    /// By service.
    pub services: HashMap<ServiceCode, usize>,
    /// By facility.
    pub facilities: HashMap<Facility, usize>,
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

/// A word of a query, with the kinds and services it is a name of.
struct Word {
    text: String,
    kinds: Vec<KindCode>,
    services: Vec<ServiceCode>,
}

impl Word {
    fn is_in(&self, point: &PointSummary, haystack: &str) -> bool {
        haystack.contains(&self.text)
            || self.kinds.contains(&point.kind)
            || point.services.iter().any(|service| self.services.contains(service))
    }
}

impl Atlas {
    /// Prepares points for finding.
    pub fn new(points: Vec<PointSummary>, vocabulary: Vocabulary) -> Self {
        let Vocabulary { kinds, services, divisions } = vocabulary;
        let kind_words = kinds.iter().map(|k| (k.code, fold(&format!("{} {}", k.label, k.label_en)))).collect();
        let words = |s: &Service| fold(&format!("{} {} {} {}", s.name, s.name_en, s.tag, s.synonyms.join(" ")));
        let service_words = services.iter().map(|s| (s.code, words(s))).collect();
        let haystack =
            |p: &PointSummary| fold(&format!("{} {} {} {} {}", p.name, p.name_en, p.place, p.address, p.telephone));
        let haystacks = points.iter().map(haystack).collect();
        let divisions = Divisions::new(divisions);
        Self { points, haystacks, kind_words, service_words, kinds, services, divisions }
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
        let words: Vec<Word> = query.words.split_whitespace().map(|word| self.word(&fold(word))).collect();
        let mut found = Found::default();
        for (i, point) in self.points.iter().enumerate() {
            if !words.iter().all(|word| word.is_in(point, &self.haystacks[i])) {
                continue;
            }
            let mut failed = query.failed(point);
            match (failed.next(), failed.next()) {
                (None, _) => {
                    let distance = query.near.and_then(|near| Some(near.distance(point.position?)));
                    found.hits.push((i, distance));
                    found.facets.count(point, None);
                }
                (Some(only), None) => found.facets.count(point, Some(only)),
                _ => {}
            }
        }
        self.order(&mut found.hits, query, &words);
        found
    }

    fn word(&self, text: &str) -> Word {
        let kinds = self.kind_words.iter().filter(|(_, words)| words.contains(text)).map(|(code, _)| *code);
        let services = self.service_words.iter().filter(|(_, words)| words.contains(text)).map(|(code, _)| *code);
        Word { text: text.to_owned(), kinds: kinds.collect(), services: services.collect() }
    }

    fn order(&self, hits: &mut [Hit], query: &PointQuery, words: &[Word]) {
        let named = |i: usize| words.iter().all(|word| fold(&self.points[i].name).contains(&word.text));
        let far = |distance: Option<f64>| distance.unwrap_or(f64::INFINITY);
        match query.sort() {
            Sort::Distance => hits.sort_by(|a, b| far(a.1).total_cmp(&far(b.1))),
            Sort::Name => hits.sort_by(|a, b| self.points[a.0].name.cmp(&self.points[b.0].name)),
            Sort::Best => hits.sort_by_cached_key(|(i, _)| {
                let point = &self.points[*i];
                // Where ten things can be done counts as much as where fifty can.
                let most = std::cmp::Reverse(point.services.len().min(10));
                (!words.is_empty() && !named(*i), point.level, most, !point.opening.state.is_open(), point.id)
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
    /// Counts a point that fails no filter (`None`), or only this one.
    fn count(&mut self, point: &PointSummary, failed: Option<Filter>) {
        let counts = |filter| failed.is_none_or(|only| only == filter);
        if counts(Filter::Kind) {
            *self.kinds.entry(point.kind).or_default() += 1;
        }
        if counts(Filter::Level) {
            *self.levels.entry(point.level).or_default() += 1;
        }
        if counts(Filter::Division) {
            point.within.iter().for_each(|code| *self.divisions.entry(*code).or_default() += 1);
        }
        if counts(Filter::Service) {
            point.services.iter().for_each(|code| *self.services.entry(*code).or_default() += 1);
        }
        if counts(Filter::Facility) {
            point.facilities.iter().for_each(|facility| *self.facilities.entry(*facility).or_default() += 1);
        }
        if counts(Filter::Open) && point.opening.state.is_open() {
            self.open += 1;
        }
    }
}

/// Lower case (of ASCII: Chinese has none) and half width, so that `ＡＢＣ１２` finds `abc12`.
fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().map(|c| narrow(c).to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests;
