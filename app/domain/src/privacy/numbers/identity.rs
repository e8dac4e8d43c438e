//! 居民身份证号码: GB 11643-1999, 18 digits of which the last is a check digit (ISO 7064, MOD 11-2), and the 15 digits of before.
//!
//! A number of that form with another check digit counts too: a slip of the pen does not make it public. So the check digit is not
//! computed; what tells the number from others is its province and its birth date.

use super::{Group, labelled};
use crate::privacy::marks::Marks;

const SAID: &[&str] = &[
    "身份证",
    "身份证号",
    "身份证号码",
    "身份证件",
    "身份证件号",
    "身份号码",
    "证件号",
    "证件号码",
    "身份证明",
    "证号",
];

/// Where an identity number ends that groups of digits are, or all of it but a last X.
pub(super) fn end(marks: &Marks, groups: &[Group], digits: &str) -> Option<usize> {
    let (first, last) = (groups.first()?, groups.last()?);
    let x = matches!(marks.at(last.to), 'x' | 'X' | '×') && !marks.at(last.to + 1).is_ascii_alphanumeric();
    let to = last.to + usize::from(x);
    let apart = !marks.at(to).is_ascii_alphabetic() && !marks.before(first.from).is_ascii_alphabetic();
    // Nobody writes it in more than six groups, but some digit by digit.
    let written = groups.len() <= 6 || groups.iter().all(|group| group.length() == 1);
    let form = match digits.len() + usize::from(x) {
        18 => province(digits) && date(digits.get(6..10)?, digits.get(10..12)?, digits.get(12..14)?),
        15 if !x => {
            province(digits)
                && groups.len() <= 3
                && date(&format!("19{}", digits.get(6..8)?), digits.get(8..10)?, digits.get(10..12)?)
        }
        _ => false,
    };
    // Said to be one, with a digit too few or too many.
    let said = (14..=20).contains(&digits.len()) && groups.len() <= 6 && labelled(marks, first.from, SAID);
    ((form && apart && written) || said).then_some(to)
}

/// GB/T 2260, the first two digits; 83 is for residents of 台湾 in residence permits.
fn province(digits: &str) -> bool {
    let provinces = [11..=15, 21..=23, 31..=37, 41..=46, 50..=54, 61..=65, 71..=71, 81..=83];
    digits
        .get(..2)
        .and_then(|it| it.parse::<u8>().ok())
        .is_some_and(|it| provinces.iter().any(|range| range.contains(&it)))
}

/// Whether somebody alive, or known to somebody alive, may be born on a day.
fn date(year: &str, month: &str, day: &str) -> bool {
    let number = |text: &str| text.parse::<u16>().unwrap_or_default();
    (1880..2100).contains(&number(year)) && (1..=12).contains(&number(month)) && (1..=31).contains(&number(day))
}
