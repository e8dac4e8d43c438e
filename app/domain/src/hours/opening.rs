//! Whether a place is open at an instant, until when, or when it opens next and why it is closed.

use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime};

use super::{Exception, HolidayRule, Moment, Schedule, Span};
use crate::calendar::{Calendar, Day, HolidayName};

/// A place that closes within this many minutes is said to close soon.
const SOON: u16 = 30;
/// How far ahead the next opening is looked for, in days.
const HORIZON: i64 = 400;

/// What a resident is told about a place now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The state now.
    pub state: OpenState,
    /// When it closes, if open now; `None` with an open state means it never does.
    pub closes: Option<Moment>,
    /// When it opens next, if closed now and known.
    pub opens: Option<Moment>,
    /// Why it is closed.
    pub closed: Option<Closed>,
    /// The statutory calendar of a year this was computed from is not published yet: holidays may change it.
    pub provisional: bool,
}

/// The state of a place in one word; words and shapes go with it, never colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenState {
    /// Open for at least another half hour.
    Open,
    /// Open, closes within half an hour.
    Soon,
    /// Closed for the hour, the weekend or a holiday.
    Closed,
    /// Closed by a dated exception (停办).
    Suspended,
    /// Nobody has checked the hours.
    Unknown,
}

impl OpenState {
    /// Whether one can go in now.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Soon)
    }

    /// The name in files and feeds.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Soon => "soon",
            Self::Closed => "closed",
            Self::Suspended => "suspended",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a place is closed now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// It opens, or has been open, on this day.
    OutsideHours,
    /// This weekday has no hours.
    RestDay,
    /// A public holiday.
    Holiday(HolidayName),
    /// A dated exception, to its last day.
    Suspended {
        /// The last day of it.
        until: Date,
        /// In the office's words.
        reason: String,
    },
}

impl Schedule {
    /// The hours of a date: exceptions first, then the calendar, then the week. `None` when the week is unknown.
    pub fn on(&self, date: Date, calendar: &Calendar) -> Option<&[Span]> {
        if let Some(exception) = self.exception(date) {
            return Some(&exception.hours);
        }
        let week = self.week.as_ref()?;
        Some(match (self.holidays, calendar.day(date)) {
            (HolidayRule::Statutory | HolidayRule::ClosedOnHolidays, Day::Holiday(_)) => &[],
            (HolidayRule::Statutory, Day::MakeUpWorkday) => week.working_day(),
            _ => week.on(date.weekday()),
        })
    }

    /// What to tell a resident at this instant.
    pub fn opening(&self, instant: OffsetDateTime, calendar: &Calendar) -> Opening {
        let now = Moment::at(instant);
        let depends = |date: Date| self.holidays != HolidayRule::EveryDay && !calendar.is_published(date.year());
        let Some(today) = self.on(now.date, calendar) else {
            return Opening { state: OpenState::Unknown, closes: None, opens: None, closed: None, provisional: false };
        };
        let provisional = self.exception(now.date).is_none() && depends(now.date);
        if let Some(span) = today.iter().find(|span| span.contains(now.time)) {
            let closes = self.closes(Moment { date: now.date, time: span.to() }, calendar);
            let soon = closes.is_some_and(|closes| {
                closes.date == now.date && closes.time.since_midnight() - now.time.since_midnight() <= SOON
            });
            let state = if soon { OpenState::Soon } else { OpenState::Open };
            return Opening { state, closes, opens: None, closed: None, provisional };
        }
        let opens = self.next_opening(now, calendar);
        let closed = self.why(now.date, today, calendar);
        let state = match closed {
            Closed::Suspended { .. } => OpenState::Suspended,
            _ => OpenState::Closed,
        };
        let provisional = provisional || opens.is_some_and(|moment| depends(moment.date));
        Opening { state, closes: None, opens, closed: Some(closed), provisional }
    }

    fn exception(&self, date: Date) -> Option<&Exception> {
        self.exceptions.iter().rev().find(|exception| exception.covers(date))
    }

    /// The end of the span, or of the last of the spans that follow it over midnight; `None` if it never ends.
    fn closes(&self, mut end: Moment, calendar: &Calendar) -> Option<Moment> {
        let first = end.date;
        while end.time.since_midnight() == 24 * 60 {
            let next = end.date.next_day()?;
            let spans = self.on(next, calendar).unwrap_or_default();
            let Some(early) = spans.first().filter(|span| span.from().since_midnight() == 0) else {
                return Some(end);
            };
            if next - first > Duration::days(7) {
                return None;
            }
            end = Moment { date: next, time: early.to() };
        }
        Some(end)
    }

    fn next_opening(&self, now: Moment, calendar: &Calendar) -> Option<Moment> {
        (0..HORIZON).find_map(|ahead| {
            let date = now.date.checked_add(Duration::days(ahead))?;
            let spans = self.on(date, calendar)?;
            let time = spans.iter().map(Span::from).find(|from| ahead > 0 || *from > now.time)?;
            Some(Moment { date, time })
        })
    }

    fn why(&self, date: Date, today: &[Span], calendar: &Calendar) -> Closed {
        match (self.exception(date), calendar.day(date)) {
            (Some(exception), _) if exception.hours.is_empty() => {
                Closed::Suspended { until: exception.to, reason: exception.reason.clone() }
            }
            _ if !today.is_empty() => Closed::OutsideHours,
            (_, Day::Holiday(name)) if self.holidays != HolidayRule::EveryDay => Closed::Holiday(name.clone()),
            _ => Closed::RestDay,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::{calendar::Special, hours::Week};

    /// 2026: National Day 1 to 7 October, worked on Saturday the 10th. 2027 is not published.
    fn calendar() -> Calendar {
        let name = HolidayName { zh: "国庆节".into(), en: "National Day".into() };
        let holidays = (1..=7).map(|d| {
            let date = Date::from_calendar_date(2026, time::Month::October, d).unwrap();
            (date, Special::Holiday(name.clone()))
        });
        Calendar::new(holidays.chain([(date!(2026 - 10 - 10), Special::MakeUpWorkday)]))
    }

    fn office() -> Schedule {
        Schedule { week: Some("Mo-Fr 09:00-12:00,13:30-17:00".parse().unwrap()), ..Schedule::default() }
    }

    fn moment(date: Date, time: &str) -> Moment {
        Moment { date, time: time.parse().unwrap() }
    }

    #[test]
    fn an_office_is_open_in_its_hours_and_closes_soon_before_the_end() {
        for (instant, state, closes) in [
            (datetime!(2026-11-23 09:00 +8), OpenState::Open, "12:00"),
            (datetime!(2026-11-23 11:30 +8), OpenState::Soon, "12:00"),
            (datetime!(2026-11-23 08:29 +0), OpenState::Open, "17:00"),
            (datetime!(2026-11-23 08:30 +0), OpenState::Soon, "17:00"),
        ] {
            let opening = office().opening(instant, &calendar());
            assert_eq!(
                (opening.state, opening.closes),
                (state, Some(moment(date!(2026 - 11 - 23), closes))),
                "{instant}"
            );
        }
    }

    #[test]
    fn a_closed_office_says_why_and_when_it_opens_next() {
        let day = |d, time| moment(Date::from_calendar_date(2026, time::Month::November, d).unwrap(), time);
        for (instant, why, opens) in [
            (datetime!(2026-11-23 08:59 +8), Closed::OutsideHours, day(23, "09:00")),
            (datetime!(2026-11-23 12:00 +8), Closed::OutsideHours, day(23, "13:30")),
            (datetime!(2026-11-23 17:00 +8), Closed::OutsideHours, day(24, "09:00")),
            (datetime!(2026-11-22 10:00 +8), Closed::RestDay, day(23, "09:00")),
        ] {
            let opening = office().opening(instant, &calendar());
            assert_eq!((opening.closed, opening.opens), (Some(why), Some(opens)), "{instant}");
        }
    }

    #[test]
    fn a_point_is_closed_on_a_statutory_holiday_and_open_on_a_make_up_workday() {
        let opening = office().opening(datetime!(2026-10-05 10:00 +8), &calendar());
        assert!(matches!(opening.closed, Some(Closed::Holiday(_))));
        assert_eq!(opening.opens, Some(moment(date!(2026 - 10 - 08), "09:00")));
        assert_eq!(office().opening(datetime!(2026-10-10 10:00 +8), &calendar()).state, OpenState::Open);
    }

    #[test]
    fn the_holiday_rule_decides_what_the_calendar_changes() {
        let saturday = Schedule { holidays: HolidayRule::ClosedOnHolidays, ..office() };
        assert_eq!(saturday.opening(datetime!(2026-10-10 10:00 +8), &calendar()).state, OpenState::Closed);
        let library = Schedule { holidays: HolidayRule::EveryDay, ..office() };
        assert_eq!(library.opening(datetime!(2026-10-05 10:00 +8), &calendar()).state, OpenState::Open);
    }

    #[test]
    fn an_exception_beats_the_week_and_the_calendar() {
        let closed =
            Exception {
                from: date!(2026 - 11 - 23), to: date!(2026 - 12 - 04), hours: vec![], reason: "搬迁".into()
            };
        let duty = Exception {
            from: date!(2026 - 10 - 05),
            to: date!(2026 - 10 - 05),
            hours: vec!["10:00-11:00".parse().unwrap()],
            reason: "值班".into(),
        };
        let office = Schedule { exceptions: vec![closed, duty], ..office() };
        let opening = office.opening(datetime!(2026-11-24 10:00 +8), &calendar());
        assert_eq!(opening.state, OpenState::Suspended);
        assert_eq!(opening.opens, Some(moment(date!(2026 - 12 - 07), "09:00")));
        assert_eq!(office.opening(datetime!(2026-10-05 10:15 +8), &calendar()).state, OpenState::Open);
    }

    #[test]
    fn a_year_without_a_published_calendar_is_provisional() {
        assert!(!office().opening(datetime!(2026-12-31 10:00 +8), &calendar()).provisional);
        assert!(office().opening(datetime!(2026-12-31 18:00 +8), &calendar()).provisional);
        assert!(office().opening(datetime!(2027-01-04 10:00 +8), &calendar()).provisional);
        let library = Schedule { holidays: HolidayRule::EveryDay, ..office() };
        assert!(!library.opening(datetime!(2027-01-04 10:00 +8), &calendar()).provisional);
    }

    #[test]
    fn hours_over_midnight_and_round_the_clock_are_one_stretch() {
        let night =
            Schedule { week: Some("Mo 20:00-24:00; Tu 00:00-06:00".parse::<Week>().unwrap()), ..Schedule::default() };
        let opening = night.opening(datetime!(2026-11-23 22:00 +8), &calendar());
        assert_eq!(opening.closes, Some(moment(date!(2026 - 11 - 24), "06:00")));
        let always = Schedule {
            week: Some("Mo-Su 00:00-24:00".parse().unwrap()),
            holidays: HolidayRule::EveryDay,
            ..Schedule::default()
        };
        let opening = always.opening(datetime!(2026-11-23 23:50 +8), &calendar());
        assert_eq!((opening.state, opening.closes), (OpenState::Open, None));
    }

    #[test]
    fn unchecked_hours_are_unknown_and_a_week_of_none_never_opens() {
        let opening = Schedule::default().opening(datetime!(2026-11-23 10:00 +8), &calendar());
        assert_eq!(opening.state, OpenState::Unknown);
        let never = Schedule { week: Some(Week::default()), ..Schedule::default() };
        let opening = never.opening(datetime!(2026-11-23 10:00 +8), &calendar());
        assert_eq!((opening.state, opening.opens), (OpenState::Closed, None));
    }
}
