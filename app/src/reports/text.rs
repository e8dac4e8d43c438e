//! The words of reports.

use domain::{
    hours::CHINA,
    locale::Locale,
    reports::{BadReport, Fault, MAX_CONTACT, MAX_WORDS, Outcome},
};
use store::{Failure, reports::Refused};
use time::{OffsetDateTime, macros::format_description};

use crate::{
    forms::{Submitted, Wrong},
    portal::{Portal, Visit},
};

/// What is wrong.
pub(super) fn fault(fault: Fault, locale: Locale) -> &'static str {
    let (zh, en) = match fault {
        Fault::Address => ("地址不对", "The address is wrong"),
        Fault::Telephone => ("电话打不通", "Nobody can be reached by telephone"),
        Fault::Hours => ("时间不对", "The hours are wrong"),
        Fault::Gone => ("已经搬走或停办", "It has moved or closed"),
        Fault::Services => ("能办的事不对", "The services are wrong"),
        Fault::Other => ("其他", "Something else"),
    };
    locale.pick(zh, en)
}

/// What came of it.
pub(super) fn outcome(outcome: Outcome, locale: Locale) -> &'static str {
    let (zh, en) = match outcome {
        Outcome::Corrected => ("已更正", "Corrected"),
        Outcome::NotConfirmed => ("核实过,信息没有错", "Checked: the facts are right"),
        Outcome::PassedOn => ("已转交有关单位", "Passed on to the office concerned"),
        Outcome::Abuse => ("与点位无关,不作处理", "Not about the place"),
    };
    locale.pick(zh, en)
}

/// The minute from which on somebody may send again.
fn minute(instant: OffsetDateTime) -> String {
    instant.to_offset(CHINA).format(format_description!("[hour]:[minute]")).unwrap_or_default()
}

/// Why it is not taken: the field and the words.
pub(super) fn refused(why: &Refused, portal: &Portal, locale: Locale) -> Wrong {
    let telephone = &portal.site().telephone;
    let (field, zh, en) = match why {
        Refused::Report(BadReport::NoWords) => {
            ("words", "请写几个字,说明具体情况。".to_owned(), "Please say in a few words what it is.".to_owned())
        }
        Refused::Report(BadReport::Words) => {
            ("words", format!("最多写 {MAX_WORDS} 个字。"), format!("At most {MAX_WORDS} characters."))
        }
        Refused::Report(BadReport::Contact) => (
            "contact",
            format!("联系方式写在一行里,最多 {MAX_CONTACT} 个字。"),
            format!("How to reach you: one line of at most {MAX_CONTACT} characters."),
        ),
        Refused::Report(BadReport::Answered) => {
            ("", "这条报错刚才已经有人答复了。".to_owned(), "Somebody has just answered this report.".to_owned())
        }
        Refused::Photo => (
            "photo-file",
            "照片放得太久,已经删了,请再传一次。".to_owned(),
            "The photo was kept too long and is gone; please send it again.".to_owned(),
        ),
        Refused::Point => ("", "没有这个点位。".to_owned(), "There is no such place.".to_owned()),
        Refused::TooMany(from) => (
            "",
            format!("从您这个网络来的报错太多了,请 {} 以后再发;着急请打 {telephone}。写的内容都还在。", minute(*from)),
            format!(
                "Too many reports came from your network. Please send it after {}, or call {telephone}. What you wrote is still here.",
                minute(*from)
            ),
        ),
    };
    Wrong { field, words: locale.pick(zh, en) }
}

/// What a refused answer of staff is answered with.
pub(super) fn again(failure: Failure<Refused>, portal: &Portal, visit: &Visit) -> Submitted {
    match failure {
        Failure::Store(error) => Submitted::Failed(error),
        Failure::Forbidden => Submitted::Status(403),
        Failure::Refused(why) => Submitted::Again(vec![refused(&why, portal, visit.locale)]),
    }
}
