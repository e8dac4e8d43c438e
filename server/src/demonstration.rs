//! The demonstration: Chengdu, with real divisions and a real calendar, and made-up points (示例数据) for all the rest.
//!
//! Pure and the same on every machine; `today` only moves the days of checks and the dated exceptions. The readers of its seed
//! files read the files of a clerk as well.

mod calendar;
mod chance;
mod divisions;
mod facts;
mod ground;
mod manual;
mod offers;
mod offices;
mod outlines;
mod points;
mod policies;
mod seats;
mod seed;
mod towns;
mod vocabulary;

use domain::{
    calendar::{Calendar, Special},
    divisions::{DivisionCode, Divisions},
    finder::Vocabulary,
    interpreters::Interpreter,
    manual::Part,
    points::{NewPoint, Organisation},
    policies::{Facts, clauses::Text},
};
use time::Date;

pub use calendar::read_calendar;
pub use divisions::{Zone, lay_zones, read_divisions, read_zones};
pub use outlines::read_outlines;
pub use seed::{BadSeed, Why};
pub use vocabulary::{read_kinds, read_services};

/// A whole city, ready to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// Kinds, services, and all divisions with villages and zones; those that ended are flagged.
    pub vocabulary: Vocabulary,
    /// Outlines of districts: the code and a GeoJSON geometry in WGS-84.
    pub outlines: Vec<(DivisionCode, String)>,
    /// The special days of the statutory calendar.
    pub calendar: Vec<(Date, Special)>,
    /// The offices that keep the points.
    pub organisations: Vec<Organisation>,
    /// The points, the higher levels first.
    pub points: Vec<NewPoint>,
    /// What divisions say in their manuals.
    pub manual: Vec<(DivisionCode, Part)>,
    /// Who interprets policies.
    pub interpreters: Vec<Interpreter>,
    /// Policies with their texts.
    pub policies: Vec<(Facts, Text)>,
}

/// Builds the demonstration as it looks on a day.
pub fn city(today: Date) -> Result<City, BadSeed> {
    let kinds = read_kinds(include_str!("../seed/kinds.csv"))?;
    let services = read_services(include_str!("../seed/services.csv"))?;
    let mut divisions = read_divisions(include_str!("../seed/divisions.csv"))?;
    lay_zones(&mut divisions, &read_zones(include_str!("../seed/zones.csv"))?)?;
    let outlines = read_outlines(include_str!("../seed/districts.geojson"))?;
    let calendar = read_calendar(include_str!("../seed/calendar.csv"))?;

    let ground = ground::Ground::new(&outlines)?;
    let towns = towns::towns(&ground, &divisions)?;
    let arranged = Divisions::new(divisions.clone());
    let menu = offers::Menu::new(&kinds, &services);
    let writer = facts::Writer { menu, calendar: Calendar::new(calendar.iter().cloned()), today };
    let mut builder =
        points::Builder { writer, ground, divisions: &arranged, towns, organisations: Vec::new(), points: Vec::new() };
    builder.build()?;
    let (organisations, points) = (builder.organisations, builder.points);
    let manual = manual::manual(today)?;
    Ok(City {
        vocabulary: Vocabulary { kinds, services, divisions },
        outlines,
        calendar,
        organisations,
        points,
        manual,
        interpreters: policies::interpreters()?,
        policies: policies::policies()?,
    })
}

#[cfg(test)]
mod tests;
