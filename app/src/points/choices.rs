//! What the filters offer for a query, with how many points each choice would give. Made by the server for the page and by the
//! browser after every keystroke.

use super::text;
use domain::{
    divisions::DivisionLevel,
    finder::{Atlas, Found, PointQuery, Sort},
    locale::Locale,
    points::{Facility, Level},
};

/// One choice of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its value in an address; empty means no filter.
    pub value: String,
    /// Its name, with the number of points.
    pub label: String,
}

/// The choices of all filters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Orders of the list; by distance only from a place.
    pub orders: Vec<Choice>,
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
        let kinds = atlas.kinds.iter().zip(&facets.kinds).filter_map(|(kind, many)| {
            choice(kind.code.into(), kind.label(locale), *many, query.kind.map(String::from))
        });
        let levels = Level::ALL.iter().zip(&facets.levels).filter_map(|(level, many)| {
            let current = query.level.map(|it| it.code().into());
            choice(level.code().into(), text::level(*level, locale), *many, current)
        });
        let services = atlas.services.iter().zip(&facets.services).filter_map(|(service, many)| {
            choice(service.code.into(), service.name(locale), *many, query.service.map(String::from))
        });
        let facilities = Facility::ALL.iter().zip(&facets.facilities).filter_map(|(facility, many)| {
            let current = query.facility.map(|it| it.code().into());
            choice(facility.code().into(), text::facility(*facility, locale).0, *many, current)
        });
        Self {
            kinds: kinds.collect(),
            levels: levels.collect(),
            divisions: divisions(atlas, found, query, locale),
            services: services.collect(),
            facilities: facilities.collect(),
            orders: orders(query.near.is_some(), locale),
            open: facets.open,
            total: found.hits.len(),
        }
    }
}

fn orders(near: bool, locale: Locale) -> Vec<Choice> {
    let choice = |sort: Sort, label: &str| Choice { value: sort.code().to_owned(), label: label.to_owned() };
    let distance = near.then(|| choice(Sort::Distance, locale.pick("由近到远", "Nearest first")));
    distance.into_iter().chain([choice(Sort::Name, locale.pick("按名称", "By name"))]).collect()
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
            let count = found.facets.in_division(&atlas.divisions, division.code);
            let shown = count > 0 || query.division == Some(division.code);
            let label = format!("{}{} ({count})", "\u{3000}".repeat(depth), division.name(locale));
            shown.then(|| Choice { value: division.code.into(), label })
        })
        .collect()
}
