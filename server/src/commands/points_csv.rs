//! Points as a table: what `/api/points.csv` and `export` write, `import` reads, so that a table comes back as it went out.

use std::{collections::HashMap, fmt::Display, str::FromStr};

use domain::{
    geo::Position,
    hours::{HolidayRule, Schedule},
    points::{Ended, Facility, Level, NewPoint, Point},
};
use serde::{Serialize, de::DeserializeOwned};
use time::{Date, macros::format_description};

const COLUMNS: [&str; 23] = [
    "id",
    "external_id",
    "kind",
    "level",
    "division",
    "organisation",
    "name",
    "name_en",
    "address",
    "lon",
    "lat",
    "telephones",
    "hours",
    "holidays",
    "exceptions",
    "services",
    "facilities",
    "photos",
    "verified_on",
    "ended_on",
    "ended_because",
    "source",
    "demonstration",
];

/// A row that cannot be read, with what to look at.
#[derive(Debug, thiserror::Error)]
pub enum BadRow {
    /// The table itself.
    #[error("the table cannot be read: {0}")]
    Table(#[from] csv::Error),
    /// A column is missing.
    #[error("the table has no column {0}")]
    Column(&'static str),
    /// A value makes no sense.
    #[error("row {row}, column {column}: {value:?} cannot be read")]
    Value {
        /// Row of the table, the heading being 1.
        row: usize,
        /// Its column.
        column: &'static str,
        /// What stands there.
        value: String,
    },
}

/// The table of points, with a byte order mark (spreadsheets then read it as UTF-8), and a `'` before what they would take
/// for a formula.
pub(crate) fn write<'a>(points: impl Iterator<Item = &'a Point>) -> String {
    let mut writer = csv::Writer::from_writer(vec![]);
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    rows.extend(points.map(row));
    for row in rows {
        // Writing to memory does not fail.
        drop(writer.write_record(row.map(guarded)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

fn row(point: &Point) -> [String; 23] {
    let facts = &point.facts;
    let list = |items: Vec<&str>| items.join(" ");
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    [
        point.id.0.to_string(),
        facts.external_id.clone(),
        facts.kind.to_string(),
        facts.level.code().to_owned(),
        facts.division.to_string(),
        facts.organisation.to_string(),
        facts.name.clone(),
        facts.name_en.clone(),
        facts.address.clone(),
        number(facts.position.map(Position::lon)),
        number(facts.position.map(Position::lat)),
        facts.telephones.join(";"),
        facts.schedule.week.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string),
        facts.schedule.holidays.code().to_owned(),
        json(&facts.schedule.exceptions),
        list(facts.services.iter().map(|it| it.as_str()).collect()),
        list(facts.facilities.iter().map(|it| it.code()).collect()),
        json(&facts.photos),
        facts.verified_on.map(|date| date.to_string()).unwrap_or_default(),
        facts.ended.as_ref().map(|ended| ended.on.to_string()).unwrap_or_default(),
        facts.ended.as_ref().map(|ended| ended.reason.clone()).unwrap_or_default(),
        facts.source.clone(),
        facts.demonstration.to_string(),
    ]
}

/// A list as JSON, nothing for an empty one.
fn json<T: Serialize>(list: &[T]) -> String {
    if list.is_empty() { String::new() } else { serde_json::to_string(list).unwrap_or_default() }
}

/// A text that no spreadsheet takes for a formula.
pub(crate) fn guarded(value: String) -> String {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) && value.parse::<f64>().is_err() {
        format!("'{value}")
    } else {
        value
    }
}

/// The points of a table; the columns may stand in any order, `id` and unknown ones are not read.
pub(super) fn read(text: &str) -> Result<Vec<NewPoint>, BadRow> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings: HashMap<String, usize> =
        reader.headers()?.iter().enumerate().map(|(i, name)| (name.trim().to_owned(), i)).collect();
    if let Some(missing) = COLUMNS.iter().skip(1).find(|name| !headings.contains_key(**name)) {
        return Err(BadRow::Column(missing));
    }
    let records = reader.records().collect::<Result<Vec<_>, _>>()?;
    (2..).zip(&records).map(|(number, record)| Row { number, record, headings: &headings }.point()).collect()
}

struct Row<'a> {
    number: usize,
    record: &'a csv::StringRecord,
    headings: &'a HashMap<String, usize>,
}

impl Row<'_> {
    fn point(&self) -> Result<NewPoint, BadRow> {
        let position = match (self.text("lon"), self.text("lat")) {
            ("", "") => None,
            _ => Some(self.check("lon", Position::new(self.parse("lon")?, self.parse("lat")?))?),
        };
        let schedule = Schedule {
            week: if self.text("hours") == "?" { None } else { Some(self.parse("hours")?) },
            holidays: self.known("holidays", HolidayRule::from_code)?,
            exceptions: self.list("exceptions")?,
        };
        Ok(NewPoint {
            external_id: self.text("external_id").to_owned(),
            kind: self.parse("kind")?,
            level: self.known("level", Level::from_code)?,
            division: self.parse("division")?,
            organisation: self.parse("organisation")?,
            name: self.text("name").to_owned(),
            name_en: self.text("name_en").to_owned(),
            address: self.text("address").to_owned(),
            position,
            telephones: self.text("telephones").split(';').filter(|it| !it.is_empty()).map(str::to_owned).collect(),
            schedule,
            services: self.words("services", |word| word.parse().ok())?,
            facilities: self.words("facilities", Facility::from_code)?,
            photos: self.list("photos")?,
            verified_on: self.day("verified_on")?,
            ended: self.day("ended_on")?.map(|on| Ended { on, reason: self.text("ended_because").to_owned() }),
            source: self.text("source").to_owned(),
            demonstration: self.parse("demonstration")?,
        })
    }

    fn text(&self, column: &'static str) -> &str {
        let cell = self.headings.get(column).and_then(|i| self.record.get(*i)).unwrap_or_default().trim();
        match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => cell,
        }
    }

    fn day(&self, column: &'static str) -> Result<Option<Date>, BadRow> {
        let format = format_description!("[year]-[month]-[day]");
        match self.text(column) {
            "" => Ok(None),
            text => self.check(column, Date::parse(text, format)).map(Some),
        }
    }

    fn bad(&self, column: &'static str) -> BadRow {
        BadRow::Value { row: self.number, column, value: self.text(column).to_owned() }
    }

    fn check<T, E: Display>(&self, column: &'static str, value: Result<T, E>) -> Result<T, BadRow> {
        value.map_err(|_| self.bad(column))
    }

    fn parse<T: FromStr>(&self, column: &'static str) -> Result<T, BadRow> {
        self.text(column).parse().map_err(|_| self.bad(column))
    }

    fn known<T>(&self, column: &'static str, read: impl FnOnce(&str) -> Option<T>) -> Result<T, BadRow> {
        read(self.text(column)).ok_or_else(|| self.bad(column))
    }

    fn list<T: DeserializeOwned>(&self, column: &'static str) -> Result<Vec<T>, BadRow> {
        match self.text(column) {
            "" => Ok(vec![]),
            json => self.check(column, serde_json::from_str(json)),
        }
    }

    fn words<T>(&self, column: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, BadRow> {
        self.text(column).split_whitespace().map(|word| read(word).ok_or_else(|| self.bad(column))).collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::points::{Photo, PointId};
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_table_comes_back_as_it_went_out() {
        let city = crate::demonstration::city(date!(2026 - 11 - 22)).unwrap();
        let mut all = city.points;
        all[0].name = "=HYPERLINK(1)".into();
        all[2].ended = Some(Ended { on: date!(2026 - 12 - 01), reason: "并入新址".into() });
        all[1].photos = vec![Photo { url: "/p.jpg".into(), alt: "大门, 朝南".into(), width: 4, height: 3 }];
        let published_at = datetime!(2026-11-22 10:00 +8);
        let points: Vec<_> = (1..)
            .zip(all.iter().cloned())
            .map(|(id, facts)| Point { id: PointId(id), facts, revision: 1, published_at, updated_at: published_at })
            .collect();
        let table = write(points.iter());
        assert!(table.starts_with('\u{feff}') && table.contains("'=HYPERLINK"));
        assert!(read(&table).unwrap() == all, "something was lost");
    }

    #[test]
    fn a_row_that_makes_no_sense_is_named() {
        let heading = COLUMNS.join(",");
        let good = "1,a,hall,city,510100,office,名,,址,104,30,,Mo-Fr 09:00-12:00,statutory,,,,,,,,源,true";
        assert!(read(&format!("{heading}\n{good}")).is_ok());
        for (from, to, column) in [
            ("city", "galaxy", "level"),
            ("104", "NaN", "lon"),
            ("104", "204", "lon"),
            ("Mo-Fr 09:00-12:00", "early", "hours"),
            ("true", "maybe", "demonstration"),
            ("hall", "大厅", "kind"),
            (",,,源", ",soon,,源", "ended_on"),
        ] {
            let table = format!("{heading}\n{good}\n{}", good.replace(from, to));
            match read(&table) {
                Err(BadRow::Value { row: 3, column: named, .. }) => assert_eq!(named, column),
                other => panic!("{column}: {other:?}"),
            }
        }
        assert!(matches!(read("id,name\n1,x"), Err(BadRow::Column("external_id"))));
    }
}
