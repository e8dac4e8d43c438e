//! A week of opening hours and its written form, `Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00`
//! (the part of OpenStreetMap's opening_hours that an office needs).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use time::Weekday;

/// The days of a week in the notation of hours, from Monday.
pub const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MIDNIGHT: u16 = 24 * 60;

/// A minute of a day, from 00:00 to 24:00 (the end of the day).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Minute(u16);

/// The text is not a time, a span of times, or a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadHours(pub String);

impl fmt::Display for BadHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "hours cannot be read: {:?}; write them as Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00", self.0)
    }
}

impl std::error::Error for BadHours {}

impl Minute {
    /// The minute a clock time falls in.
    pub fn of(time: time::Time) -> Self {
        Self(u16::from(time.hour()) * 60 + u16::from(time.minute()))
    }

    /// Minutes since midnight, 0 to 1440.
    pub fn since_midnight(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for Minute {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        let bad = || BadHours(text.to_owned());
        let (hour, minute) = text.trim().split_once(':').ok_or_else(bad)?;
        let digits = |s: &str| matches!(s.len(), 1 | 2) && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(hour) || minute.len() != 2 || !digits(minute) {
            return Err(bad());
        }
        let hour: u16 = hour.parse().map_err(|_| bad())?;
        let minute: u16 = minute.parse().map_err(|_| bad())?;
        let total = hour * 60 + minute;
        if minute > 59 || total > MIDNIGHT { Err(bad()) } else { Ok(Self(total)) }
    }
}

/// From one minute to a later one of the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    from: Minute,
    to: Minute,
}

impl Span {
    /// Opens at.
    pub fn from(&self) -> Minute {
        self.from
    }

    /// Closes at.
    pub fn to(&self) -> Minute {
        self.to
    }

    /// Whether the place is open in this minute; the closing minute is already closed.
    pub fn contains(&self, minute: Minute) -> bool {
        self.from <= minute && minute < self.to
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

impl FromStr for Span {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        let bad = || BadHours(text.to_owned());
        let (from, to) = text.split_once('-').ok_or_else(bad)?;
        let span = Self { from: from.parse()?, to: to.parse()? };
        if span.from < span.to { Ok(span) } else { Err(bad()) }
    }
}

/// The hours of each weekday, in order and without overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Week([Vec<Span>; 7]);

impl Week {
    /// The hours of a weekday; empty means closed.
    pub fn on(&self, day: Weekday) -> &[Span] {
        &self.0[usize::from(day.number_days_from_monday())]
    }

    /// The hours that stand for a working day: those of the first of Monday to Friday that has any.
    pub fn working_day(&self) -> &[Span] {
        self.0[..5].iter().find(|spans| !spans.is_empty()).map_or(&[], Vec::as_slice)
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = 0;
        let mut separator = "";
        while first < 7 {
            let spans = &self.0[first];
            let last = (first..7).take_while(|day| self.0[*day] == *spans).last().unwrap_or(first);
            if !spans.is_empty() {
                write!(f, "{separator}{}", DAYS[first])?;
                if last > first {
                    write!(f, "-{}", DAYS[last])?;
                }
                let times: Vec<String> = spans.iter().map(Span::to_string).collect();
                write!(f, " {}", times.join(","))?;
                separator = "; ";
            }
            first = last + 1;
        }
        Ok(())
    }
}

impl FromStr for Week {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        let mut week = Self::default();
        for rule in text.split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
            let bad = || BadHours(rule.to_owned());
            let (days, times) = rule.split_once(' ').ok_or_else(bad)?;
            let mut spans = times.split(',').map(str::parse).collect::<Result<Vec<Span>, _>>()?;
            spans.sort();
            if spans.windows(2).any(|pair| pair[1].from < pair[0].to) {
                return Err(bad());
            }
            let number = |name: &str| DAYS.iter().position(|day| *day == name).ok_or_else(bad);
            for part in days.split(',') {
                let (first, last) = match part.split_once('-') {
                    Some((first, last)) => (number(first)?, number(last)?),
                    None => (number(part)?, number(part)?),
                };
                if last < first {
                    return Err(bad());
                }
                let range = week.0.get_mut(first..=last).ok_or_else(bad)?;
                range.iter_mut().for_each(|day| day.clone_from(&spans));
            }
        }
        Ok(week)
    }
}

macro_rules! as_text {
    ($($name:ty),*) => {$(
        impl TryFrom<String> for $name {
            type Error = BadHours;

            fn try_from(text: String) -> Result<Self, BadHours> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    )*};
}

as_text!(Minute, Span, Week);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_reads_what_it_writes() {
        for text in [
            "",
            "Mo-Fr 09:00-12:00,13:30-17:00",
            "Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00",
            "Mo-Su 00:00-24:00",
            "Tu 09:00-10:00; Th-Su 10:00-11:00",
        ] {
            assert_eq!(text.parse::<Week>().unwrap().to_string(), text);
        }
        assert_eq!(
            "Mo,We 13:00-14:00,9:00-10:00".parse::<Week>().unwrap().to_string(),
            "Mo 09:00-10:00,13:00-14:00; We 09:00-10:00,13:00-14:00"
        );
    }

    #[test]
    fn hours_that_make_no_sense_are_refused() {
        for bad in [
            "Mo",
            "Mo 9-12",
            "Xx 09:00-12:00",
            "Fr-Mo 09:00-12:00",
            "Tu-Mo 09:00-12:00",
            "Mo 12:00-09:00",
            "Mo 09:00-09:00",
            "Mo 24:01-25:00",
            "Mo 09:60-10:00",
            "Mo 09:00-12:00,11:00-13:00",
            "Mo 9:0-10:00",
            "Mo +9:00-10:00",
        ] {
            assert!(bad.parse::<Week>().is_err(), "{bad}");
        }
    }
}
