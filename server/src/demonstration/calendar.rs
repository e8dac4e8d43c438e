//! The list of special days: `date,kind,name,name_en`, where kind is `holiday` or `workday` (a weekend day that is worked).

use std::collections::HashSet;

use domain::calendar::{HolidayName, Special};
use time::{Date, macros::format_description};

use super::seed::{BadSeed, Why, rows};

const FILE: &str = "calendar.csv";

/// Reads the special days of the statutory calendar, in the order of the file.
pub fn read_calendar(text: &str) -> Result<Vec<(Date, Special)>, BadSeed> {
    let mut seen = HashSet::new();
    let mut days = Vec::new();
    for row in rows(FILE, text, ["date", "kind", "name", "name_en"])? {
        let day = row.full(0)?;
        let date = Date::parse(&day, format_description!("[year]-[month]-[day]"))
            .map_err(|_| row.value(0, "a date is written 2026-10-01"))?;
        if !seen.insert(date) {
            return Err(row.wrong(Why::Twice(day)));
        }
        let special = match row.full(1)?.as_str() {
            "holiday" => Special::Holiday(HolidayName { zh: row.full(2)?, en: row.full(3)? }),
            "workday" => Special::MakeUpWorkday,
            _ => return Err(row.value(1, "a kind is holiday or workday")),
        };
        days.push((date, special));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_holiday_has_its_names_and_a_workday_needs_none() {
        let text = "date,kind,name,name_en\n2026-10-01,holiday,国庆节,National Day\n2026-10-10,workday,,\n";
        let name = HolidayName { zh: "国庆节".into(), en: "National Day".into() };
        let days = [(date!(2026 - 10 - 01), Special::Holiday(name)), (date!(2026 - 10 - 10), Special::MakeUpWorkday)];
        assert_eq!(read_calendar(text).unwrap(), days);
    }

    #[test]
    fn a_bad_date_a_date_listed_twice_and_an_unknown_kind_are_errors_with_their_line() {
        for (line, why) in [
            ("2026-02-30,holiday,x,x", "date cannot be \"2026-02-30\": a date is written 2026-10-01"),
            ("1.10.2026,holiday,x,x", "date cannot be \"1.10.2026\": a date is written 2026-10-01"),
            (",holiday,x,x", "date is empty"),
            ("2026-10-01,workday,x,x", "2026-10-01 is listed twice"),
            ("2026-10-02,party,x,x", "kind cannot be \"party\": a kind is holiday or workday"),
            ("2026-10-02,holiday,,x", "name is empty"),
            ("2026-10-02,holiday", "cannot be read"),
        ] {
            let text = format!("date,kind,name,name_en\n2026-10-01,holiday,国庆节,National Day\n{line}\n");
            let error = read_calendar(&text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("calendar.csv, line 3: {why}")), "{error}");
        }
    }

    #[test]
    fn the_published_calendar_knows_2026_and_not_2027() {
        let days = read_calendar(include_str!("../../seed/calendar.csv")).unwrap();
        let calendar = domain::calendar::Calendar::new(days);
        assert!((2004..=2026).all(|year| calendar.is_published(year)));
        assert!(!calendar.is_published(2027));
    }
}
