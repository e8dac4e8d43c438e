//! A point as a row of a table: what an export writes and an import reads again, so that a table comes back as it went out.

use std::fmt::Write;

use time::{Date, macros::format_description};

use super::{Photo, Point};
use crate::{
    geo::Position,
    hours::{Exception, Span},
};

/// The headings of an export; an import knows them all, and others ([`super::import`]).
pub const COLUMNS: [&str; 24] = [
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
    "ended_successor",
    "source",
    "demonstration",
];

/// The cells of a point, in the order of [`COLUMNS`].
pub fn row(point: &Point) -> Vec<String> {
    let facts = &point.facts;
    let list = |items: Vec<&str>| items.join(" ");
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
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
        exceptions(&facts.schedule.exceptions),
        list(facts.services.iter().map(|it| it.as_str()).collect()),
        list(facts.facilities.iter().map(|it| it.code()).collect()),
        photos(&facts.photos),
        facts.verified_on.map(|date| date.to_string()).unwrap_or_default(),
        facts.ended.as_ref().map(|ended| ended.on.to_string()).unwrap_or_default(),
        facts.ended.as_ref().map(|ended| ended.reason.clone()).unwrap_or_default(),
        facts.ended.as_ref().and_then(|ended| ended.successor).map(|id| id.0.to_string()).unwrap_or_default(),
        facts.source.clone(),
        facts.demonstration.to_string(),
    ]
}

/// A line each: `2026-12-01~2026-12-03 09:00-12:00 盘点`, `停办` for closed.
fn exceptions(list: &[Exception]) -> String {
    let mut text = String::new();
    for it in list {
        let spans: Vec<_> = it.hours.iter().map(Span::to_string).collect();
        let hours = if spans.is_empty() { "停办".to_owned() } else { spans.join(",") };
        let reason = it.reason.replace('\n', " ");
        let separator = if text.is_empty() { "" } else { "\n" };
        // Writing to a text does not fail.
        let _ = write!(text, "{separator}{}~{} {hours} {reason}", it.from, it.to);
    }
    text
}

/// Reads what [`row`] writes about changes of hours; one day may stand alone.
pub(super) fn read_exceptions(text: &str) -> Option<Vec<Exception>> {
    let day = |text: &str| Date::parse(text, format_description!("[year]-[month]-[day]")).ok();
    let line = |line: &str| {
        let (days, rest) = line.split_once(' ')?;
        let (hours, reason) = rest.split_once(' ').unwrap_or((rest, ""));
        let (from, to) = days.split_once('~').unwrap_or((days, days));
        let hours = match hours {
            "停办" | "closed" => vec![],
            spans => spans.split(',').map(str::parse).collect::<Result<Vec<Span>, _>>().ok()?,
        };
        Some(Exception { from: day(from)?, to: day(to)?, hours, reason: reason.to_owned() })
    };
    text.lines().filter(|it| !it.trim().is_empty()).map(line).collect()
}

/// A line each: the address, the size and what it shows.
fn photos(list: &[Photo]) -> String {
    let lines: Vec<_> =
        list.iter().map(|it| format!("{} {}x{} {}", it.url, it.width, it.height, it.alt.replace('\n', " "))).collect();
    lines.join("\n")
}

/// Reads what [`row`] writes about pictures; only those of this site.
pub(super) fn read_photos(text: &str) -> Option<Vec<Photo>> {
    let line = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let url = parts.next().filter(|url| url.starts_with('/') && !url.starts_with("//"))?;
        let (width, height) = parts.next()?.split_once('x')?;
        let (width, height) = (width.parse().ok()?, height.parse().ok()?);
        Some(Photo { url: url.to_owned(), alt: parts.next()?.to_owned(), width, height })
    };
    text.lines().filter(|it| !it.trim().is_empty()).map(line).collect()
}
