//! 报错: a resident says what is wrong with a point; staff look into it and answer within five working days. No account is asked
//! for, only what is needed to mend it; the answer is had by a code (个人信息保护法 第6条: as little as possible).

pub mod code;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::{calendar::Calendar, hours::CHINA, points::PointId};

/// The number of a report, for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReportId(pub i64);

choices! {
    /// What is wrong with a point.
    Fault {
        /// 地址不对.
        Address = "address",
        /// 电话打不通.
        Telephone = "telephone",
        /// 时间不对.
        Hours = "hours",
        /// 已经搬走或停办.
        Gone = "gone",
        /// 事项不对.
        Services = "services",
        /// 其他, said in words.
        Other = "other",
    }
}

choices! {
    /// What came of a report.
    Outcome {
        /// 已更正.
        Corrected = "corrected",
        /// 核实无误.
        NotConfirmed = "not-confirmed",
        /// 已转交 whoever is responsible.
        PassedOn = "passed-on",
        /// Not about the point: advertising, insults.
        Abuse = "abuse",
    }
}

/// How many working days staff have.
pub const WORKING_DAYS: u32 = 5;
/// The most characters of what is said, by residents and by staff.
pub const MAX_WORDS: usize = 500;
/// The most characters of a way to reach somebody.
pub const MAX_CONTACT: usize = 60;

/// What a resident sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// The point.
    pub point: PointId,
    /// What is wrong with it.
    pub fault: Fault,
    /// In their words; may be empty where the fault says it all.
    pub words: String,
    /// The hash of a photo.
    pub photo: Option<String>,
    /// A telephone or another way to reach them.
    pub contact: Option<String>,
}

/// Why a report or an answer cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadReport {
    /// Something else is wrong, and what is not said.
    NoWords,
    /// More than [`MAX_WORDS`] characters.
    Words,
    /// More than [`MAX_CONTACT`] characters, or on several lines.
    Contact,
    /// It has been answered already.
    Answered,
}

impl NewReport {
    /// Checks what can be checked without looking anything up.
    pub fn validate(self) -> Result<Self, BadReport> {
        let words = self.words.trim().to_owned();
        let contact = self.contact.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        let long = |contact: &String| contact.chars().count() > MAX_CONTACT || contact.chars().any(char::is_control);
        if self.fault == Fault::Other && words.is_empty() {
            Err(BadReport::NoWords)
        } else if words.chars().count() > MAX_WORDS {
            Err(BadReport::Words)
        } else if contact.as_ref().is_some_and(long) {
            Err(BadReport::Contact)
        } else {
            Ok(Self { words, contact, ..self })
        }
    }
}

/// Where a report is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportState {
    /// Somebody has to look into it.
    Received,
    /// It is answered.
    Answered {
        /// What came of it.
        outcome: Outcome,
        /// What the reporter is told.
        words: String,
        /// When.
        at: OffsetDateTime,
    },
}

impl ReportState {
    /// Staff answer it. Whoever reported reads the words, so there are some.
    pub fn answer(self, outcome: Outcome, words: &str, at: OffsetDateTime) -> Result<Self, BadReport> {
        let words = words.trim();
        match self {
            Self::Answered { .. } => Err(BadReport::Answered),
            Self::Received if words.is_empty() => Err(BadReport::NoWords),
            Self::Received if words.chars().count() > MAX_WORDS => Err(BadReport::Words),
            Self::Received => Ok(Self::Answered { outcome, words: words.to_owned(), at }),
        }
    }
}

/// The last day to answer. The day it came does not count (民法典 第201条).
pub fn due(received: OffsetDateTime, calendar: &Calendar) -> Date {
    calendar.after_working_days(received.to_offset(CHINA).date(), WORKING_DAYS)
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::calendar::{HolidayName, Special};

    fn report(fault: Fault, words: &str, contact: &str) -> NewReport {
        NewReport { point: PointId(1), fault, words: words.into(), photo: None, contact: Some(contact.into()) }
    }

    #[test]
    fn the_day_it_came_does_not_count_and_holidays_do_not_either() {
        let name = HolidayName { zh: "国庆节".into(), en: "National Day".into() };
        let holidays = (1..=7).map(|day| date!(2026 - 10 - 01).replace_day(day).unwrap());
        let days = holidays.map(|day| (day, Special::Holiday(name.clone())));
        let calendar = Calendar::new(days.chain([(date!(2026 - 10 - 10), Special::MakeUpWorkday)]));
        for (received, last) in [
            (datetime!(2026-11-23 10:00 +8), date!(2026 - 11 - 30)), // Monday: Tuesday is the first day
            (datetime!(2026-11-22 10:00 +8), date!(2026 - 11 - 27)), // Sunday
            (datetime!(2026-11-22 18:00 +0), date!(2026 - 11 - 30)), // by now Monday in China
            (datetime!(2026-09-30 10:00 +8), date!(2026 - 10 - 13)), // 8, 9, 10 (调休), 12, 13
        ] {
            assert_eq!(due(received, &calendar), last, "{received}");
        }
    }

    #[test]
    fn other_faults_need_words_and_nothing_is_endless() {
        let long = "长".repeat(MAX_WORDS + 1);
        for (fault, words, contact, why) in [
            (Fault::Address, "", "", None),
            (Fault::Other, " \n", "", Some(BadReport::NoWords)),
            (Fault::Other, "门牌掉了", " 13800000000 ", None),
            (Fault::Hours, long.as_str(), "", Some(BadReport::Words)),
            (Fault::Hours, "", &long[..183], Some(BadReport::Contact)),
            (Fault::Hours, "", "a\nb", Some(BadReport::Contact)),
        ] {
            assert_eq!(report(fault, words, contact).validate().err(), why, "{fault:?} {words} {contact}");
        }
        let kept = report(Fault::Other, " 门牌掉了 ", "  ").validate().unwrap();
        assert_eq!((kept.words.as_str(), kept.contact), ("门牌掉了", None));
    }

    #[test]
    fn a_report_is_answered_once_and_with_words() {
        let at = datetime!(2026-11-24 10:00 +8);
        let received = || ReportState::Received;
        assert_eq!(received().answer(Outcome::Corrected, " ", at), Err(BadReport::NoWords));
        assert_eq!(received().answer(Outcome::Abuse, &"长".repeat(501), at), Err(BadReport::Words));
        let answered = received().answer(Outcome::Corrected, " 已改 ", at).unwrap();
        assert_eq!(answered, ReportState::Answered { outcome: Outcome::Corrected, words: "已改".into(), at });
        assert_eq!(answered.answer(Outcome::PassedOn, "再改", at), Err(BadReport::Answered));
    }
}
