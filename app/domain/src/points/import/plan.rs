//! Line by line: which point is meant, what it would become, and why not.

use std::collections::HashMap;

use super::{
    Cells, Column, FORMULA, Line, Notice, Outcome, Problem, Settings,
    cells::{self, key},
    known::{Known, degrees, joined},
};
use crate::{
    divisions::{DivisionCode, DivisionLevel, Divisions},
    geo::{Datum, Position},
    hours::{Schedule, Spoken},
    points::{
        BadPoint, Ended, Level, NewPoint, Point,
        change::differences,
        table::{read_exceptions, read_photos},
    },
};

/// What an import would do with the rows below the headings. `may` says whether the clerk may edit a point like this.
pub fn plan(rows: &[Cells<'_>], settings: &Settings, known: &Known<'_>, may: &dyn Fn(&NewPoint) -> bool) -> Vec<Line> {
    let mut above: Vec<String> = Vec::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let resolved: Vec<String> = (0..settings.columns.len())
            .map(|i| {
                let cell = row.cells.get(i).map(|cell| cell.trim()).unwrap_or_default();
                if cells::is_ditto(cell) { above.get(i).cloned().unwrap_or_default() } else { cell.to_owned() }
            })
            .collect();
        let mut reader = Reader {
            row: Cells { number: row.number, cells: &resolved },
            settings,
            known,
            problems: vec![],
            notices: vec![],
        };
        let facts = reader.facts();
        let name = joined(&reader.row, &settings.columns, Column::Name);
        let (mut problems, notices) = (reader.problems, reader.notices);
        let outcome = match facts {
            Some((base, facts)) if problems.is_empty() => {
                let earlier = first.insert(facts.external_id.clone(), row.number);
                problems.extend(earlier.map(Problem::Twice));
                if !may(&facts) || base.is_some_and(|point| !may(&point.facts)) {
                    problems.push(Problem::Forbidden);
                }
                match (facts.validate(), base) {
                    (Err(why), _) => {
                        problems.push(Problem::Facts(why));
                        None
                    }
                    (Ok(facts), None) => Some(Outcome::New(Box::new(facts))),
                    (Ok(facts), Some(point)) => Some(match differences(&point.facts, &facts) {
                        fields if fields.is_empty() => Outcome::Same(point.id),
                        fields => Outcome::Changed(point.id, fields, Box::new(facts)),
                    }),
                }
            }
            _ => None,
        };
        let outcome = outcome.filter(|_| problems.is_empty()).unwrap_or(Outcome::Bad(problems));
        lines.push(Line { number: row.number, name, outcome, notices });
        above = resolved;
    }
    lines
}

struct Reader<'a> {
    row: Cells<'a>,
    settings: &'a Settings,
    known: &'a Known<'a>,
    problems: Vec<Problem>,
    notices: Vec<Notice>,
}

impl<'a> Reader<'a> {
    /// What stands in a column; none where nothing does. A formula is a problem.
    fn cell(&mut self, column: Column) -> Option<String> {
        let text = joined(&self.row, &self.settings.columns, column);
        if text.starts_with(FORMULA) {
            self.problems.push(Problem::Formula(column));
            return None;
        }
        Some(text).filter(|text| !text.is_empty())
    }

    fn unreadable(&mut self, column: Column, text: &str) {
        self.problems.push(Problem::Unreadable(column, text.to_owned()));
    }

    /// The value of a column; none where it says nothing, or where that is a problem.
    fn read<T>(&mut self, column: Column, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.cell(column)?;
        let value = read(&text);
        if value.is_none() {
            self.unreadable(column, &text);
        }
        value
    }

    fn one_of<T: Copy>(&mut self, column: Column, find: impl FnOnce(&str) -> Vec<T>) -> Option<T> {
        let text = self.cell(column)?;
        match find(&key(&text)).as_slice() {
            [one] => return Some(*one),
            [] => self.problems.push(Problem::Unknown(column, text)),
            _ => self.problems.push(Problem::Ambiguous(column, text)),
        }
        None
    }

    fn several<T>(&mut self, column: Column, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let text = self.cell(column)?;
        let mut list = Vec::new();
        // Codes are written with blanks between, names are not split at them.
        let codes = text.is_ascii().then(|| text.split_whitespace());
        let words: Vec<&str> = codes.map_or_else(|| cells::list(&text).collect(), Iterator::collect);
        for word in words {
            match read(word) {
                Some(value) => list.push(value),
                None => self.problems.push(Problem::Unknown(column, word.to_owned())),
            }
        }
        Some(list)
    }

    /// The point that is meant, and the facts it would have.
    fn facts(&mut self) -> Option<(Option<&'a Point>, NewPoint)> {
        let known = self.known;
        let number = self.cell(Column::ExternalId).map(|text| cells::line(&text));
        let name = self.cell(Column::Name).map(|text| cells::line(&text));
        let division = self.one_of(Column::Division, |text| known.names.divisions(text).to_vec());
        let division = division.or(self.settings.division);
        let base = match (&number, &name, division) {
            (Some(number), ..) => known.by_number.get(number.as_str()).copied(),
            (None, Some(name), Some(division)) => known.by_name.get(&(division, key(name))).copied(),
            _ => None,
        };
        if number.is_none()
            && let Some(point) = base
        {
            self.notices.push(Notice::ByName(point.id));
        }
        let before = base.map(|point| point.facts.clone());
        let kind = self.one_of(Column::Kind, |text| known.kinds.get(text).copied().into_iter().collect());
        let organisation = self.one_of(Column::Organisation, |text| known.names.organisations(text).to_vec());
        let level = self.read(Column::Level, cells::level);
        let address = self.cell(Column::Address).map(|text| cells::line(&text));
        let position = self.position();
        let schedule = self.schedule(before.as_ref().map(|it| it.schedule.clone()).unwrap_or_default());
        let telephones = self.cell(Column::Telephones).map(|text| cells::telephones(&text));
        if telephones.as_ref().is_some_and(|(_, mended)| *mended) {
            self.notices.push(Notice::Telephone);
        }
        let services = self.several(Column::Services, |word| known.services.get(&key(word)).copied());
        let facilities = self.several(Column::Facilities, cells::facility);
        let photos = self.read(Column::Photos, read_photos);
        let verified_on = self.read(Column::VerifiedOn, cells::day);
        let because = self.cell(Column::EndedBecause).unwrap_or_default();
        let last = before.as_ref().and_then(|it| it.ended.clone());
        let successor = self.read(Column::EndedSuccessor, |text| known.point(text));
        if successor.is_some() && successor == base.map(|point| point.id) {
            self.problems.push(Problem::Facts(BadPoint::Successor));
        }
        let successor = successor.or(last.as_ref().and_then(|it| it.successor));
        let ended = match self.read(Column::EndedOn, cells::day) {
            Some(on) => Some(Ended { on, reason: because, successor }),
            None => last.map(|it| Ended { successor, ..it }),
        };
        let source = self.cell(Column::Source);
        let name_en = self.cell(Column::NameEn).map(|text| cells::line(&text));
        let demonstration = self.read(Column::Demonstration, cells::truth);

        // What is not said stays as it is; of a new point some things have to be said.
        let missing = |problems: &mut Vec<Problem>, column| {
            let asked = problems.iter().any(|it| matches!(it, Problem::Unknown(of, _) | Problem::Ambiguous(of, _) | Problem::Formula(of) if *of == column));
            if !asked {
                problems.push(Problem::Missing(column));
            }
        };
        let facts = if let Some(before) = before {
            NewPoint {
                kind: kind.unwrap_or(before.kind),
                level: level.unwrap_or(before.level),
                division: division.filter(|_| self.says(Column::Division)).unwrap_or(before.division),
                organisation: organisation.unwrap_or(before.organisation),
                name: name.unwrap_or(before.name),
                name_en: name_en.unwrap_or(before.name_en),
                address: address.unwrap_or(before.address),
                position: position.or(before.position),
                telephones: telephones.map_or(before.telephones, |it| it.0),
                schedule,
                services: services.unwrap_or(before.services),
                facilities: facilities.unwrap_or(before.facilities),
                photos: photos.unwrap_or(before.photos),
                verified_on: verified_on.or(before.verified_on),
                ended,
                source: source.unwrap_or(before.source),
                demonstration: demonstration.unwrap_or(before.demonstration),
                external_id: before.external_id,
            }
        } else {
            let kind = kind.or(self.settings.kind);
            let organisation = organisation.or(self.settings.organisation);
            let needed = [
                (name.is_none(), Column::Name),
                (address.is_none(), Column::Address),
                (kind.is_none(), Column::Kind),
                (division.is_none(), Column::Division),
                (organisation.is_none(), Column::Organisation),
            ];
            needed
                .into_iter()
                .filter(|(is_missing, _)| *is_missing)
                .for_each(|(_, it)| missing(&mut self.problems, it));
            let (name, address) = (name?, address?);
            let division = division?;
            NewPoint {
                external_id: number.unwrap_or_else(|| number_of(division, &name, &address)),
                kind: kind?,
                level: level.unwrap_or_else(|| level_of(known.divisions, division)),
                division,
                organisation: organisation?,
                name,
                name_en: name_en.unwrap_or_default(),
                address,
                position,
                telephones: telephones.map(|it| it.0).unwrap_or_default(),
                schedule,
                services: services.unwrap_or_default(),
                facilities: facilities.unwrap_or_default(),
                photos: photos.unwrap_or_default(),
                verified_on,
                ended,
                source: source.unwrap_or_default(),
                demonstration: demonstration.unwrap_or_default(),
            }
        };
        if let Some(position) = facts.position.filter(|it| base.is_none_or(|point| point.facts.position != Some(*it))) {
            if known.is_inside(facts.division, position) == Some(false) {
                self.notices.push(Notice::Outside);
            }
            if let Some((point, metres)) = known.neighbour(&facts, position).filter(|_| base.is_none()) {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than 50")]
                self.notices.push(Notice::Near(point.id, metres.round() as u32));
            }
        }
        Some((base, facts))
    }

    fn says(&self, column: Column) -> bool {
        !joined(&self.row, &self.settings.columns, column).is_empty()
    }

    fn position(&mut self) -> Option<Position> {
        let (both, lon, lat) = (self.cell(Column::LonLat), self.cell(Column::Lon), self.cell(Column::Lat));
        let text = both.or_else(|| {
            (lon.is_some() || lat.is_some()).then(|| format!("{},{}", lon.unwrap_or_default(), lat.unwrap_or_default()))
        })?;
        let Some(pair) = degrees(&self.row, &self.settings.columns) else {
            self.unreadable(Column::LonLat, &text);
            return None;
        };
        let read = |swapped| cells::position(pair, swapped).and_then(|it| it.read_as(self.settings.datum));
        match (read(self.settings.swapped), read(!self.settings.swapped)) {
            // Seven decimals are a centimetre: a table that was converted back is then the same again.
            (Some(position), _) if self.settings.datum != Datum::Wgs84 => rounded(position),
            (Some(position), _) => Some(position),
            (None, Some(_)) => {
                self.problems.push(Problem::Swapped);
                None
            }
            (None, None) => {
                self.unreadable(Column::LonLat, &text);
                None
            }
        }
    }

    fn schedule(&mut self, before: Schedule) -> Schedule {
        let mut schedule = before;
        if let Some(spoken) = self.read(Column::Hours, |text| text.parse::<Spoken>().ok()) {
            if spoken.assumed {
                self.notices.push(Notice::DaysAssumed);
            }
            schedule.week = spoken.week;
            schedule.holidays = spoken.holidays.unwrap_or(schedule.holidays);
        }
        if let Some(rule) = self.read(Column::Holidays, cells::holidays) {
            schedule.holidays = rule;
        }
        if let Some(exceptions) = self.read(Column::Exceptions, read_exceptions) {
            schedule.exceptions = exceptions;
        }
        schedule
    }
}

fn rounded(position: Position) -> Option<Position> {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Position::new(round(position.lon()), round(position.lat())).ok()
}

fn level_of(divisions: &Divisions, division: DivisionCode) -> Level {
    match divisions.get(division).map(|it| it.level) {
        Some(DivisionLevel::City) | None => Level::City,
        Some(DivisionLevel::District | DivisionLevel::Zone) => Level::District,
        Some(DivisionLevel::Township) => Level::Township,
        Some(DivisionLevel::Village) => Level::Village,
    }
}

/// The number of a point whose table has none: the same for the same division, name and address, so that the table can come again
/// (FNV-1a, which is the same on every machine).
fn number_of(division: DivisionCode, name: &str, address: &str) -> String {
    let text = format!("{division}\n{}\n{}", key(name), key(address));
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("sheet-{hash:016x}")
}
