//! Whether somebody has checked a point lately: what a map says is only worth as much as its last check.

use serde::{Deserialize, Serialize};
use time::{Date, Duration};

/// The last tenth of the period is the time to go there.
const SOON: i64 = 10;

choices! {
    /// How fresh the facts about a point are.
    Freshness {
        /// 绿: checked within the period.
        Fresh = "fresh",
        /// 黄: the period ends soon.
        Soon = "soon",
        /// 红: the period is over, or nobody ever checked.
        Overdue = "overdue",
    }
}

impl Freshness {
    /// On a day, for what was last checked on another and has to be checked again after so many days.
    pub fn on(today: Date, verified_on: Option<Date>, days: u16) -> Self {
        let days = i64::from(days);
        match verified_on {
            None => Self::Overdue,
            Some(day) if day + Duration::days(days) < today => Self::Overdue,
            Some(day) if day + Duration::days(days - days / SOON) < today => Self::Soon,
            Some(_) => Self::Fresh,
        }
    }

    /// The last day of the period of `days` that began with a check.
    pub fn due(verified_on: Date, days: u16) -> Date {
        verified_on + Duration::days(i64::from(days))
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_point_turns_amber_before_its_period_ends_and_red_after() {
        let today = date!(2026 - 11 - 22);
        for (verified_on, expected) in [
            (None, Freshness::Overdue),
            (Some(today), Freshness::Fresh),
            (Some(today - Duration::days(162)), Freshness::Fresh),
            (Some(today - Duration::days(163)), Freshness::Soon),
            (Some(today - Duration::days(180)), Freshness::Soon),
            (Some(today - Duration::days(181)), Freshness::Overdue),
        ] {
            assert_eq!(Freshness::on(today, verified_on, 180), expected, "{verified_on:?}");
            let is_over = verified_on.is_none_or(|day| Freshness::due(day, 180) < today);
            assert_eq!(is_over, expected == Freshness::Overdue, "{verified_on:?}");
        }
    }
}
