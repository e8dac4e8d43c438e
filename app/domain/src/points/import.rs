//! Points out of a table somebody kept by hand: which column is what, what is meant, what cannot be. Nothing is written here;
//! a plan says line by line what an import would do, and why a line cannot be taken.

mod cells;
mod evidence;
mod headings;
mod known;
mod names;
mod plan;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{KindCode, NewPoint, PointId, change::Field};
use crate::{Slug, divisions::DivisionCode, geo::Datum};

pub use cells::telephones;
pub use evidence::{DatumEvidence, Evidence};
pub use headings::{Headings, find as find_headings};
pub use known::Known;
pub use names::Names;
pub use plan::plan;

choices! {
    /// What a column of a table is.
    Column {
        /// The number in the source.
        ExternalId = "external-id",
        /// In Chinese.
        Name = "name",
        /// In English.
        NameEn = "name-en",
        /// The kind, by code or label.
        Kind = "kind",
        /// The level of government.
        Level = "level",
        /// The division, by code or name; may be spread over several columns (区县, 街道, 社区).
        Division = "division",
        /// The office that keeps it, by code or name.
        Organisation = "organisation",
        /// The address.
        Address = "address",
        /// East of Greenwich.
        Lon = "lon",
        /// North of the equator.
        Lat = "lat",
        /// Both in one cell.
        LonLat = "lon-lat",
        /// Telephones.
        Telephones = "telephones",
        /// The week, as [`crate::hours::Spoken`] reads it.
        Hours = "hours",
        /// What holidays change.
        Holidays = "holidays",
        /// Dated changes of hours, as [`super::table`] writes them.
        Exceptions = "exceptions",
        /// What can be done there, by code, name or everyday word.
        Services = "services",
        /// What it offers.
        Facilities = "facilities",
        /// Pictures, as [`super::table`] writes them.
        Photos = "photos",
        /// The last check on the spot.
        VerifiedOn = "verified-on",
        /// Its end.
        EndedOn = "ended-on",
        /// Why it ended.
        EndedBecause = "ended-because",
        /// What takes its place, by its number here or in the source.
        EndedSuccessor = "ended-successor",
        /// Where the facts come from.
        Source = "source",
        /// Whether it is sample data.
        Demonstration = "demonstration",
        /// Not read.
        Skip = "skip",
    }
}

/// What a cell with a formula begins with.
pub const FORMULA: char = '\u{1}';

/// A row of a table: the number people see, and its cells.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    /// From 1.
    pub number: usize,
    /// What stands in it; a formula begins with [`FORMULA`].
    pub cells: &'a [String],
}

/// What the clerk has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What each column is.
    pub columns: Vec<Column>,
    /// What the coordinates are measured from.
    pub datum: Datum,
    /// Longitude and latitude stand in each other's columns.
    pub swapped: bool,
    /// The division of lines that name none.
    pub division: Option<DivisionCode>,
    /// The office of lines that name none.
    pub organisation: Option<Slug>,
    /// The kind of lines that name none.
    pub kind: Option<KindCode>,
}

impl Settings {
    /// What the headings say, before anybody has chosen.
    pub fn of(headings: &Headings) -> Self {
        Self {
            columns: headings.columns.clone(),
            datum: headings.datum.unwrap_or(Datum::Wgs84),
            swapped: false,
            division: None,
            organisation: None,
            kind: None,
        }
    }

    /// As the evidence suggests.
    #[must_use]
    pub fn seeing(self, evidence: &Evidence) -> Self {
        Self { datum: evidence.datum(), swapped: evidence.looks_swapped(), ..self }
    }
}

/// Why a line cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The cell holds a formula; only values are read.
    Formula(Column),
    /// The cell is empty, and has to say something.
    Missing(Column),
    /// Nothing is called like this.
    Unknown(Column, String),
    /// Several are called like this; which is not said.
    Ambiguous(Column, String),
    /// It cannot be read.
    Unreadable(Column, String),
    /// Longitude and latitude seem to stand in each other's place.
    Swapped,
    /// The facts as a whole.
    Facts(super::BadPoint),
    /// The same point stands in an earlier line.
    Twice(usize),
    /// Outside of what the clerk may edit.
    Forbidden,
    /// Somebody's change of this point is under way.
    UnderWay(String),
}

/// What is worth a look, though the line can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Not inside its division.
    Outside,
    /// Another point of its kind is there already, so many metres away.
    Near(PointId, u32),
    /// It has no number of its own; the point of this name in this division is meant.
    ByName(PointId),
    /// The hours name no days; Monday to Friday is meant.
    DaysAssumed,
    /// A zero was put before an area code.
    Telephone,
}

/// What an import would do with a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A new point.
    New(Box<NewPoint>),
    /// A point that is published changes in these fields.
    Changed(PointId, Vec<Field>, Box<NewPoint>),
    /// A point that is as it is.
    Same(PointId),
    /// It cannot be taken.
    Bad(Vec<Problem>),
}

/// A line of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The row people see.
    pub number: usize,
    /// What it calls itself.
    pub name: String,
    /// What would become of it.
    pub outcome: Outcome,
    /// What is worth a look.
    pub notices: Vec<Notice>,
}

/// Lines whose point somebody is changing cannot be taken now.
pub fn hold(lines: &mut [Line], busy: &HashMap<PointId, String>) {
    for line in lines {
        if let Outcome::Changed(id, ..) = &line.outcome
            && let Some(who) = busy.get(id)
        {
            line.outcome = Outcome::Bad(vec![Problem::UnderWay(who.clone())]);
        }
    }
}

/// How many lines there are of each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// New points.
    pub new: usize,
    /// Changed points.
    pub changed: usize,
    /// Points that stay as they are.
    pub same: usize,
    /// Lines that cannot be taken.
    pub bad: usize,
    /// Lines with something worth a look.
    pub noticed: usize,
}

impl Counts {
    /// Counts the lines of a plan.
    pub fn of(lines: &[Line]) -> Self {
        let mut counts = Self::default();
        for line in lines {
            let count = match line.outcome {
                Outcome::New(_) => &mut counts.new,
                Outcome::Changed(..) => &mut counts.changed,
                Outcome::Same(_) => &mut counts.same,
                Outcome::Bad(_) => &mut counts.bad,
            };
            *count += 1;
            counts.noticed += usize::from(!line.notices.is_empty());
        }
        counts
    }
}
