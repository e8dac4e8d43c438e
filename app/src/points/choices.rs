//! What the filters offer for a query, with how many points each choice would give. Made by the server for the page and by the
//! browser after every keystroke.

use domain::{
    divisions::DivisionLevel,
    finder::{Atlas, Found, PointQuery},
    locale::Locale,
    points::{Facility, Level},
};
use serde::{Deserialize, Serialize};

use super::text;

/// One choice of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its value in an address; empty means no filter.
    pub value: String,
    /// Its name, with the number of points.
    pub label: String,
}

/// The choices of all filters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Kinds of point.
    pub kinds: Vec<Choice>,
    /// Levels of government.
    pub levels: Vec<Choice>,
    /// The way down to the division of the query, and the divisions below it.
    pub divisions: Vec<Choice>,
    /// Services.
    pub services: Vec<Choice>,
    /// Facilities.
    pub facilities: Vec<Choice>,
    /// How many of the points found are open now.
    pub open: usize,
    /// How many were found.
    pub total: usize,
}

impl Choices {
    /// The choices for what a query found.
    pub fn new(atlas: &Atlas, found: &Found, query: &PointQuery, locale: Locale) -> Self {
        let facets = &found.facets;
        let selected = |value: &str, current: Option<String>| current.as_deref() == Some(value);
        let choice = |value: String, name: &str, count: usize, current: Option<String>| {
            (count > 0 || selected(&value, current)).then(|| Choice { label: format!("{name} ({count})"), value })
        };
        let count = |counted: Option<&usize>| counted.copied().unwrap_or(0);
        let kinds = atlas.kinds.iter().filter_map(|kind| {
            let many = count(facets.kinds.get(&kind.code));
            choice(kind.code.into(), kind.label(locale), many, query.kind.map(String::from))
        });
        let levels = Level::ALL.iter().filter_map(|level| {
            let many = count(facets.levels.get(level));
            choice(level.code().into(), text::level(*level, locale), many, query.level.map(|it| it.code().into()))
        });
        let services = atlas.services.iter().filter_map(|service| {
            let many = count(facets.services.get(&service.code));
            choice(service.code.into(), service.name(locale), many, query.service.map(String::from))
        });
        let facilities = Facility::ALL.iter().filter_map(|facility| {
            let name = text::facility(*facility, locale).0;
            let many = count(facets.facilities.get(facility));
            choice(facility.code().into(), name, many, query.facility.map(|it| it.code().into()))
        });
        Self {
            kinds: kinds.collect(),
            levels: levels.collect(),
            divisions: divisions(atlas, found, query, locale),
            services: services.collect(),
            facilities: facilities.collect(),
            open: facets.open,
            total: found.hits.len(),
        }
    }

    /// Keeps the name of a chosen division that the browser's shorter list does not have (a village).
    pub fn with_division_of(mut self, before: &Self, query: &PointQuery) -> Self {
        let chosen = query.division.map(String::from);
        let is_chosen = |choice: &&Choice| Some(&choice.value) == chosen.as_ref();
        if !self.divisions.iter().any(|choice| is_chosen(&choice)) {
            self.divisions.extend(before.divisions.iter().find(is_chosen).cloned());
        }
        self
    }
}

fn divisions(atlas: &Atlas, found: &Found, query: &PointQuery, locale: Locale) -> Vec<Choice> {
    let Some(current) = query.division.or_else(|| atlas.divisions.root().map(|root| root.code)) else {
        return vec![];
    };
    let line = atlas.divisions.lineage(current);
    let above = line.iter().filter(|division| division.parent.is_some()).map(|division| (0, *division));
    let below = atlas.divisions.children(current).filter(|division| division.level != DivisionLevel::Village);
    let depth = usize::from(query.division.is_some());
    above
        .chain(below.map(|division| (depth, division)))
        .filter_map(|(depth, division)| {
            let count = found.facets.divisions.get(&division.code).copied().unwrap_or(0);
            let shown = count > 0 || query.division == Some(division.code);
            let label = format!("{}{} ({count})", "\u{3000}".repeat(depth), division.name(locale));
            shown.then(|| Choice { value: division.code.into(), label })
        })
        .collect()
}
