//! What a single cell means.

use time::{Date, macros::format_description};

use crate::{
    geo::Position,
    hours::HolidayRule,
    points::{Facility, Level},
    width::{listed, narrow},
};

/// The cell says: as in the line above.
pub(super) fn is_ditto(cell: &str) -> bool {
    matches!(cell, "同上" | "〃" | "″" | "\"" | "''" | "同前" | "ditto")
}

/// A text in one line, letters and digits narrow, without blanks around.
pub(super) fn line(text: &str) -> String {
    let letter = |c: char| if narrow(c).is_ascii_alphanumeric() { narrow(c) } else { c };
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { letter(c) }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name to look something up by: narrow, small letters, no blanks.
pub(super) fn key(text: &str) -> String {
    text.chars().map(narrow).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The words of a cell that lists several.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    listed(text).flat_map(|word| word.split('|')).map(str::trim).filter(|word| !word.is_empty())
}

/// Degrees, decimal or in minutes and seconds: 104.0657, 104.0657°, 104°03′56.5″E.
pub(super) fn degrees(text: &str) -> Option<f64> {
    let text: String = text.chars().map(narrow).collect();
    let text = text.trim_matches(|c: char| matches!(c, 'E' | 'N' | 'e' | 'n' | '东' | '北' | '经' | '纬' | ':' | ' '));
    let parts = text.split(['°', '度', '′', '\'', '分', '″', '"', '秒']);
    let mut parts = parts.map(str::trim).filter(|part| !part.is_empty());
    let whole: f64 = parts.next()?.parse().ok()?;
    let mut value = whole.abs();
    for (part, unit) in parts.by_ref().take(2).zip([60.0, 3600.0]) {
        value += part.parse::<f64>().ok().filter(|it| (0.0..60.0).contains(it))? / unit;
    }
    (parts.next().is_none() && value.is_finite()).then(|| value.copysign(whole))
}

/// Both degrees of one cell.
pub(super) fn pair(text: &str) -> Option<(f64, f64)> {
    let (lon, lat) = text.split_once([',', '，', ' ', ';', '；', '、', '/'])?;
    Some((degrees(lon)?, degrees(lat)?))
}

/// A pair as a position of the world, swapped or not.
pub(super) fn position((lon, lat): (f64, f64), swapped: bool) -> Option<Position> {
    let (lon, lat) = if swapped { (lat, lon) } else { (lon, lat) };
    Position::new(lon, lat).ok()
}

/// Telephones, one way to write them, and whether a zero had to be put before an area code that a spreadsheet took for a number.
pub fn telephones(text: &str) -> (Vec<String>, bool) {
    let mut mended = false;
    let text: String = text.chars().map(narrow).collect();
    let parts = text.split(['、', ',', ';', '\n', '\r', '|', '/', '或']).map(str::trim).filter(|it| !it.is_empty());
    let read = |part: &str| {
        let sign = |c: char| match c {
            '—' | '–' | '－' | '转' | ')' => '-',
            c => c,
        };
        let part: String = part.chars().filter(|c| !matches!(c, '(') && !c.is_whitespace()).map(sign).collect();
        let part = part.split('-').filter(|it| !it.is_empty()).collect::<Vec<_>>().join("-");
        // 2886512345: the zero of the area code is lost. Numbers of 400 and 800, and mobiles, have none.
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        if digits && part.len() == 10 && matches!(part.as_bytes()[0], b'2' | b'3' | b'5'..=b'7' | b'9') {
            mended = true;
            return format!("0{part}");
        }
        part
    };
    let list = parts.map(read).collect();
    (list, mended)
}

/// A day: 2026-12-01, 2026/12/1, 2026.12.1, 2026年12月1日, with or without a time behind it.
pub(super) fn day(text: &str) -> Option<Date> {
    let text: String = text.chars().map(narrow).collect();
    let text = text.split([' ', 'T']).next()?.replace(['/', '.', '年', '月'], "-").replace('日', "");
    Date::parse(text.trim_matches('-'), format_description!("[year]-[month padding:none]-[day padding:none]")).ok()
}

pub(super) fn level(text: &str) -> Option<Level> {
    let key = key(text);
    Level::from_code(&key).or_else(|| match key.trim_end_matches('级') {
        "市" | "市本" => Some(Level::City),
        "区县" | "区" | "县" | "区市县" | "区(市)县" => Some(Level::District),
        "镇街" | "街道" | "镇" | "乡镇" | "镇街道" | "镇(街道)" | "乡" => Some(Level::Township),
        "村社区" | "社区" | "村" | "村(社区)" => Some(Level::Village),
        _ => None,
    })
}

pub(super) fn holidays(text: &str) -> Option<HolidayRule> {
    let key = key(text);
    HolidayRule::from_code(&key).or(match key.as_str() {
        "节假日休息" | "休息" | "节假日除外" | "法定节假日休息" | "节假日休息,调休日上班" => {
            Some(HolidayRule::Statutory)
        }
        "节假日休息,调休日不上班" => Some(HolidayRule::ClosedOnHolidays),
        "照常" | "节假日照常" | "不休" | "全年无休" | "无休" => Some(HolidayRule::EveryDay),
        _ => None,
    })
}

pub(super) fn facility(text: &str) -> Option<Facility> {
    let key = key(text);
    Facility::from_code(&key).or_else(|| {
        let said: [(&str, Facility); 9] = [
            ("无障碍", Facility::Ramp),
            ("坡道", Facility::Ramp),
            ("轮椅", Facility::Ramp),
            ("手语", Facility::SignLanguage),
            ("母婴", Facility::NursingRoom),
            ("哺乳", Facility::NursingRoom),
            ("自助", Facility::SelfService),
            ("停车", Facility::Parking),
            ("车位", Facility::Parking),
        ];
        said.iter().find(|(word, _)| key.contains(word)).map(|(_, facility)| *facility)
    })
}

/// Yes or no.
pub(super) fn truth(text: &str) -> Option<bool> {
    match key(text).as_str() {
        "true" | "是" | "1" | "yes" | "示例" => Some(true),
        "false" | "否" | "0" | "no" | "不是" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_read_in_any_notation() {
        for (text, value) in [
            ("104.0657", 104.0657),
            ("１０４．５", 104.5),
            ("104°30′", 104.5),
            ("东经104.5°", 104.5),
            ("104°30'36\"E", 104.51),
        ] {
            assert!((degrees(text).unwrap() - value).abs() < 1e-9, "{text}");
        }
        for text in ["", "abc", "104°75′", "1e400", "104 30 36 5"] {
            assert_eq!(degrees(text), None, "{text}");
        }
        assert_eq!(pair("104.06,30.65"), Some((104.06, 30.65)));
    }

    #[test]
    fn telephones_have_one_way_to_be_written() {
        for (text, list, mended) in [
            ("(028)86512345", vec!["028-86512345"], false),
            ("０２８－８６５１２３４５、028-86512346", vec!["028-86512345", "028-86512346"], false),
            ("2886512345", vec!["02886512345"], true),
            ("4008001234", vec!["4008001234"], false),
            ("028-86512345转801", vec!["028-86512345-801"], false),
            ("12345", vec!["12345"], false),
        ] {
            assert_eq!(telephones(text), (list.into_iter().map(str::to_owned).collect(), mended), "{text}");
        }
    }

    #[test]
    fn days_are_read_in_any_notation() {
        for text in ["2026-12-01", "2026/12/1", "2026.12.1", "2026年12月1日", "2026-12-01 00:00:00"] {
            assert_eq!(day(text), Some(time::macros::date!(2026 - 12 - 01)), "{text}");
        }
        assert_eq!(day("2026-02-30"), None);
    }
}
