//! The statutory calendar: public holidays and the weekend days worked in their place.
//!
//! 全国年节及纪念日放假办法 (国务院令第795号) sets the holidays; the State Council's yearly notice moves the weekends around them.
//! A year whose notice is not loaded is *not published*: what is computed for it is provisional.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::{Date, Weekday};

/// What the notice says of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Special {
    /// A day off, with the holiday's name.
    Holiday(HolidayName),
    /// A Saturday or Sunday worked in place of another day.
    MakeUpWorkday,
}

/// The name of a public holiday in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayName {
    /// For instance 国庆节.
    pub zh: String,
    /// For instance National Day.
    pub en: String,
}

/// What a day is for an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day<'a> {
    /// Monday to Friday and no holiday.
    Workday,
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday.
    Holiday(&'a HolidayName),
    /// A weekend day that is worked (调休).
    MakeUpWorkday,
}

/// A public holiday of one year: its days in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// What it is called.
    pub name: &'a HolidayName,
    /// First day off.
    pub from: Date,
    /// Last day off.
    pub to: Date,
}

/// The special days of all published years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Date, Special>,
}

impl Calendar {
    /// A calendar of these special days; a year counts as published when it has at least one.
    pub fn new(days: impl IntoIterator<Item = (Date, Special)>) -> Self {
        Self { days: days.into_iter().collect() }
    }

    /// Whether the notice for this year is known.
    pub fn is_published(&self, year: i32) -> bool {
        let first = Date::from_ordinal_date(year, 1);
        let last = Date::from_calendar_date(year, time::Month::December, 31);
        match (first, last) {
            (Ok(first), Ok(last)) => self.days.range(first..=last).next().is_some(),
            _ => false,
        }
    }

    /// What this day is. For a year that is not published, weekdays are workdays.
    pub fn day(&self, date: Date) -> Day<'_> {
        match self.days.get(&date) {
            Some(Special::Holiday(name)) => Day::Holiday(name),
            Some(Special::MakeUpWorkday) => Day::MakeUpWorkday,
            None if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) => Day::Weekend,
            None => Day::Workday,
        }
    }

    /// Whether offices work on this day.
    pub fn is_worked(&self, date: Date) -> bool {
        matches!(self.day(date), Day::Workday | Day::MakeUpWorkday)
    }

    /// Every public holiday of the published years, in order.
    pub fn holidays(&self) -> Vec<Stretch<'_>> {
        let mut list: Vec<Stretch<'_>> = Vec::new();
        for (date, special) in &self.days {
            let Special::Holiday(name) = special else { continue };
            match list.last_mut() {
                Some(last) if last.name == name && last.to.next_day() == Some(*date) => last.to = *date,
                _ => list.push(Stretch { name, from: *date, to: *date }),
            }
        }
        list
    }

    /// The weekend day that is worked nearest to a day.
    pub fn make_up_workday(&self, near: Date) -> Option<Date> {
        let worked = self.days.iter().filter(|(_, special)| **special == Special::MakeUpWorkday).map(|(date, _)| *date);
        worked.min_by_key(|date| (*date - near).whole_days().abs())
    }

    /// The last of so many working days after this one.
    pub fn after_working_days(&self, date: Date, days: u32) -> Date {
        let later = std::iter::successors(date.next_day(), |day| day.next_day());
        later.filter(|day| self.is_worked(*day)).take(days as usize).last().unwrap_or(date)
    }

    /// How many working days it took from one day to another: the first does not count, the last does.
    pub fn working_days(&self, from: Date, to: Date) -> u32 {
        let later = std::iter::successors(from.next_day(), |day| day.next_day()).take_while(|day| *day <= to);
        u32::try_from(later.filter(|day| self.is_worked(*day)).count()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_day_is_what_the_notice_says_and_else_what_the_week_says() {
        let name = HolidayName { zh: "国庆节".into(), en: "National Day".into() };
        let calendar = Calendar::new([
            (date!(2026 - 10 - 01), Special::Holiday(name.clone())),
            (date!(2026 - 10 - 10), Special::MakeUpWorkday),
        ]);
        for (date, day) in [
            (date!(2026 - 10 - 01), Day::Holiday(&name)),
            (date!(2026 - 10 - 10), Day::MakeUpWorkday),
            (date!(2026 - 10 - 11), Day::Weekend),
            (date!(2026 - 10 - 12), Day::Workday),
        ] {
            assert_eq!(calendar.day(date), day, "{date}");
        }
        let stretch = Stretch { name: &name, from: date!(2026 - 10 - 01), to: date!(2026 - 10 - 01) };
        assert_eq!(calendar.holidays(), [stretch]);
        assert_eq!(calendar.make_up_workday(date!(2026 - 10 - 01)), Some(date!(2026 - 10 - 10)));
        assert!(calendar.is_published(2026));
        assert!(!calendar.is_published(2027));
    }

    #[test]
    fn working_days_between_two_days_are_those_of_a_deadline() {
        let name = HolidayName { zh: "国庆节".into(), en: "National Day".into() };
        let calendar = Calendar::new([
            (date!(2026 - 10 - 01), Special::Holiday(name)),
            (date!(2026 - 10 - 10), Special::MakeUpWorkday),
        ]);
        for (from, to, days) in [
            (date!(2026 - 09 - 30), date!(2026 - 09 - 30), 0),
            (date!(2026 - 09 - 30), date!(2026 - 10 - 01), 0),
            (date!(2026 - 09 - 30), date!(2026 - 10 - 02), 1),
            (date!(2026 - 10 - 09), date!(2026 - 10 - 12), 2),
            (date!(2026 - 10 - 12), date!(2026 - 10 - 09), 0),
        ] {
            assert_eq!(calendar.working_days(from, to), days, "{from} {to}");
        }
        let from = date!(2026 - 09 - 28);
        assert_eq!(calendar.working_days(from, calendar.after_working_days(from, 5)), 5);
    }
}
