//! Opening hours: a week, what happens on holidays, dated exceptions; and from them whether a place is open now.
//!
//! "Open now" is computed and never stored. Local time is China standard time, UTC+8 the year round.

mod opening;
mod spoken;
mod week;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, UtcOffset, macros::offset};

pub use opening::{Closed, OpenState, Opening};
pub use spoken::{Spoken, plain};
pub use week::{BadHours, DAYS, Minute, Span, Week};

/// China standard time.
pub const CHINA: UtcOffset = offset!(+8);

/// What a place does with the statutory calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayRule {
    /// Closed on holidays; on make-up workdays open with the hours of its first working weekday.
    #[default]
    Statutory,
    /// Closed on holidays; make-up workdays are the weekend days they are.
    ClosedOnHolidays,
    /// The week's hours whatever the calendar says: libraries, self-service, notice boards.
    EveryDay,
}

impl HolidayRule {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Statutory, Self::ClosedOnHolidays, Self::EveryDay];

    /// The name in tables and forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Statutory => "statutory",
            Self::ClosedOnHolidays => "closed",
            Self::EveryDay => "every-day",
        }
    }

    /// Reads [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

/// A dated change of the hours, both days included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The hours on each of these days; none means closed (临时停办).
    #[serde(default)]
    pub hours: Vec<Span>,
    /// Why, for the resident.
    pub reason: String,
}

impl Exception {
    fn covers(&self, date: Date) -> bool {
        (self.from..=self.to).contains(&date)
    }
}

/// When a place is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The ordinary week; `None` while nobody has checked it (时间待核).
    pub week: Option<Week>,
    /// What holidays change.
    #[serde(default)]
    pub holidays: HolidayRule,
    /// Dated changes; where two cover a day the later in the list holds.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

/// A minute on a local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// The day in China.
    pub date: Date,
    /// The minute of that day.
    pub time: Minute,
}

impl Moment {
    /// The local day and minute of an instant.
    pub fn at(instant: OffsetDateTime) -> Self {
        let local = instant.to_offset(CHINA);
        Self { date: local.date(), time: Minute::of(local.time()) }
    }
}
