//! Hours as people write them: 周一至周五 上午9:00—12:00,下午1:30—5:00;周六9点到12点(节假日除外).

use std::str::FromStr;

use super::{BadHours, DAYS, HolidayRule, Week};
use crate::width::narrow;

/// What a text about hours says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The week; none for "to be checked".
    pub week: Option<Week>,
    /// What it says of holidays, if it does.
    pub holidays: Option<HolidayRule>,
    /// It names no days; Monday to Friday is meant.
    pub assumed: bool,
}

/// Hours with plain signs: full-width ones, other dashes and commas, blanks.
pub fn plain(text: &str) -> String {
    let sign = |c: char| match narrow(c) {
        '—' | '–' | '－' | '~' | '至' | '到' => '-',
        '、' | ';' => ',',
        c => c,
    };
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(sign).collect();
    text.trim_matches(',').to_owned()
}

const SINGLE: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

enum Word {
    /// A day from Monday, 0 to 6.
    Day(usize),
    /// Days with a name of their own.
    Days(&'static [usize]),
    /// Minutes since midnight.
    Time(u16),
    /// What follows is so many minutes later at least: 下午.
    Half(u16),
    Dash,
    Closed,
}

const NAMED: [(&str, &[usize]); 9] = [
    ("工作日", &[0, 1, 2, 3, 4]),
    ("双休日", &[5, 6]),
    ("周末", &[5, 6]),
    ("每天", &[0, 1, 2, 3, 4, 5, 6]),
    ("每日", &[0, 1, 2, 3, 4, 5, 6]),
    ("全周", &[0, 1, 2, 3, 4, 5, 6]),
    ("全年", &[0, 1, 2, 3, 4, 5, 6]),
    ("天天", &[0, 1, 2, 3, 4, 5, 6]),
    ("daily", &[0, 1, 2, 3, 4, 5, 6]),
];

impl FromStr for Spoken {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, BadHours> {
        let bad = || BadHours(text.to_owned());
        let narrowed: String = text.trim().chars().map(narrow).collect();
        if ["?", "待核", "待定", "不详", "未知"].contains(&narrowed.as_str()) {
            return Ok(Self { week: None, holidays: None, assumed: false });
        }
        if narrowed.is_empty() {
            return Err(bad());
        }
        // What the portal itself writes.
        if let Ok(week) = narrowed.parse() {
            return Ok(Self { week: Some(week), holidays: None, assumed: false });
        }
        let (rest, holidays) = without_holidays(&narrowed.to_ascii_lowercase());
        let mut reading = Reading::default();
        let mut rest = rest.as_str();
        while let Some(first) = rest.chars().next() {
            match word(rest, reading.after_day) {
                Some((word, length)) => {
                    reading.take(word).ok_or_else(bad)?;
                    rest = &rest[length..];
                }
                None if first.is_whitespace() || ",;、:。()\n|/和及".contains(first) => {
                    reading.pause();
                    rest = &rest[first.len_utf8()..];
                }
                None => return Err(bad()),
            }
        }
        let assumed = !reading.named;
        let week = reading.written().ok_or_else(bad)?.parse().map_err(|_| bad())?;
        Ok(Self { week: Some(week), holidays, assumed })
    }
}

/// Takes out what is said about holidays.
fn without_holidays(text: &str) -> (String, Option<HolidayRule>) {
    const SAID: [(&str, HolidayRule); 12] = [
        ("法定节假日除外", HolidayRule::Statutory),
        ("法定节假日休息", HolidayRule::Statutory),
        ("国家法定节假日除外", HolidayRule::Statutory),
        ("节假日除外", HolidayRule::Statutory),
        ("节假日休息", HolidayRule::Statutory),
        ("节假日不对外", HolidayRule::Statutory),
        ("节假日照常", HolidayRule::EveryDay),
        ("节假日不休", HolidayRule::EveryDay),
        ("节假日正常开放", HolidayRule::EveryDay),
        ("全年无休", HolidayRule::EveryDay),
        ("无休", HolidayRule::EveryDay),
        ("含节假日", HolidayRule::EveryDay),
    ];
    match SAID.iter().find(|(words, _)| text.contains(words)) {
        Some(("全年无休", rule)) => (text.replace("全年无休", "全年"), Some(*rule)),
        Some((words, rule)) => (text.replace(words, ""), Some(*rule)),
        None => (text.to_owned(), None),
    }
}

/// The word a text begins with, and its length. Right after a day, a single character may be another: 周一、三、五.
fn word(text: &str, after_day: bool) -> Option<(Word, usize)> {
    let named = NAMED.iter().find(|(name, _)| text.starts_with(name));
    if let Some((name, days)) = named {
        return Some((Word::Days(days), name.len()));
    }
    for prefix in ["星期", "礼拜", "周"] {
        if let Some((day, length)) = text.strip_prefix(prefix).and_then(single) {
            return Some((Word::Day(day), prefix.len() + length));
        }
    }
    if after_day && let Some((day, length)) = single(text) {
        return Some((Word::Day(day), length));
    }
    let english = DAYS.iter().position(|day| text.starts_with(&day.to_ascii_lowercase()));
    if let Some(day) = english {
        let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        return Some((Word::Day(day), length));
    }
    for (name, minutes) in [("上午", 0), ("早上", 0), ("中午", 0), ("下午", 720), ("晚上", 720), ("晚", 720)]
    {
        if text.starts_with(name) {
            return Some((Word::Half(minutes), name.len()));
        }
    }
    for name in ["24小时", "全天"] {
        if text.starts_with(name) {
            return Some((Word::Time(u16::MAX), name.len()));
        }
    }
    for name in ["不对外开放", "不开放", "休息", "闭馆", "不上班", "关闭", "off", "closed"] {
        if text.starts_with(name) {
            return Some((Word::Closed, name.len()));
        }
    }
    for dash in ["--", "-", "—", "–", "~", "至", "到", "to"] {
        if text.starts_with(dash) {
            return Some((Word::Dash, dash.len()));
        }
    }
    time(text)
}

fn single(text: &str) -> Option<(usize, usize)> {
    let day = SINGLE.iter().position(|name| text.starts_with(name));
    let day = day.or_else(|| (text.starts_with('天') || text.starts_with('末')).then_some(6))?;
    Some((day, '一'.len_utf8()))
}

/// 9:00, 9:00:00, 9点, 9点半, 9时30分, 17.30.
fn time(text: &str) -> Option<(Word, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(text);
    let hour: u16 = text[..hours].parse().ok().filter(|hour| *hour <= 24)?;
    let rest = &text[hours..];
    let sign = rest.chars().next().filter(|sign| matches!(sign, ':' | '.' | '点' | '时'))?;
    let after = &rest[sign.len_utf8()..];
    let mut length = hours + sign.len_utf8();
    let spoken = matches!(sign, '点' | '时');
    let minute = match digits(after) {
        0 if spoken && after.starts_with('半') => {
            length += '半'.len_utf8();
            30
        }
        0 if spoken => 0,
        2 => {
            length += 2;
            after[..2].parse().ok().filter(|minute| *minute < 60)?
        }
        _ => return None,
    };
    for tail in ["分", ":00"] {
        if text[length..].starts_with(tail) {
            length += tail.len();
        }
    }
    Some((Word::Time(hour * 60 + minute), length))
}

/// Days, from Monday as 0, and their times from minute to minute.
type Rule = (Vec<usize>, Vec<(u16, u16)>);

/// What has been read of a text so far.
#[derive(Default)]
struct Reading {
    days: Vec<usize>,
    rules: Vec<Rule>,
    from: Option<u16>,
    half: u16,
    dash: bool,
    /// The last word was a day.
    after_day: bool,
    /// The text names days.
    named: bool,
}

impl Reading {
    fn pause(&mut self) {
        self.dash = false;
    }

    fn take(&mut self, word: Word) -> Option<()> {
        let is_day = matches!(word, Word::Day(_) | Word::Days(_) | Word::Dash) && self.from.is_none();
        match word {
            Word::Day(day) => {
                self.begin_days();
                match self.days.last() {
                    Some(first) if self.dash && day > *first => self.days.extend(first + 1..=day),
                    _ if self.dash => return None,
                    _ => self.days.push(day),
                }
                self.dash = false;
            }
            Word::Days(days) => {
                self.begin_days();
                self.days.extend(days);
                self.dash = false;
            }
            Word::Half(minutes) => self.half = minutes,
            Word::Closed => {
                let days = self.days();
                self.rules.push((days, vec![]));
                (self.half, self.dash) = (0, false);
            }
            Word::Time(u16::MAX) => self.add(0, 1440)?,
            Word::Time(minute) => {
                let minute = if minute < 720 { minute + self.half } else { minute };
                match self.from.take() {
                    None => self.from = Some(minute),
                    Some(from) if self.dash => {
                        // 下午1:30-5:00 says 下午 once.
                        self.add(from, minute)?;
                        self.dash = false;
                    }
                    Some(_) => return None,
                }
            }
            Word::Dash => self.dash = true,
        }
        self.after_day = is_day;
        Some(())
    }

    fn days(&self) -> Vec<usize> {
        if self.days.is_empty() { vec![0, 1, 2, 3, 4] } else { self.days.clone() }
    }

    /// Days after times are the days of other times.
    fn begin_days(&mut self) {
        let mut days = self.days.clone();
        days.sort_unstable();
        if self.rules.last().is_some_and(|(last, _)| *last == days || *last == self.days) {
            self.days.clear();
        }
        self.half = 0;
        self.named = true;
    }

    fn add(&mut self, from: u16, to: u16) -> Option<()> {
        let days = self.days();
        if from >= to {
            return None;
        }
        match self.rules.last_mut() {
            Some((last, spans)) if *last == days => spans.push((from, to)),
            _ => self.rules.push((days, vec![(from, to)])),
        }
        Some(())
    }

    /// In the notation of a week; none when a day has no end or there is nothing.
    fn written(&self) -> Option<String> {
        if self.from.is_some() || self.rules.is_empty() {
            return None;
        }
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let mut days: [Vec<(u16, u16)>; 7] = Default::default();
        for (named, spans) in &self.rules {
            named.iter().for_each(|day| days[*day].clone_from(spans));
        }
        let days = DAYS.iter().zip(days).filter(|(_, spans)| !spans.is_empty()).map(|(day, mut spans)| {
            spans.sort_unstable();
            let spans: Vec<_> = spans.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to))).collect();
            format!("{day} {}", spans.join(","))
        });
        Some(days.collect::<Vec<_>>().join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, week) in [
            ("周一至周五 9:00-12:00,13:30-17:00", "Mo-Fr 09:00-12:00,13:30-17:00"),
            ("周一到周五上午9:00—12:00,下午1:30—5:00", "Mo-Fr 09:00-12:00,13:30-17:00"),
            ("星期一至星期六 9点-12点半;周日休息", "Mo-Sa 09:00-12:30"),
            ("工作日９：００－１７：００", "Mo-Fr 09:00-17:00"),
            (
                "周一、三、五 9:00-12:00;周二、四 13:00-17:00",
                "Mo 09:00-12:00; Tu 13:00-17:00; We 09:00-12:00; Th 13:00-17:00; Fr 09:00-12:00",
            ),
            ("周一至周日 8:30-20:00", "Mo-Su 08:30-20:00"),
            ("每天 24小时", "Mo-Su 00:00-24:00"),
            ("周一至周五:9:00-17:00(周末休息)", "Mo-Fr 09:00-17:00"),
            ("周一至周五 9:00-12:00 13:00-17:00,周六 9:00-12:00", "Mo-Fr 09:00-12:00,13:00-17:00; Sa 09:00-12:00"),
            ("Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00"),
            ("周一至五 9时-17时30分", "Mo-Fr 09:00-17:30"),
        ] {
            let spoken: Spoken = text.parse().unwrap_or_else(|why| panic!("{text}: {why}"));
            assert_eq!(spoken.week.unwrap().to_string(), week, "{text}");
            assert!(!spoken.assumed, "{text}");
        }
    }

    #[test]
    fn what_is_said_of_holidays_is_heard() {
        let read = |text: &str| text.parse::<Spoken>().unwrap();
        assert_eq!(read("周一至周五9:00-17:00(法定节假日除外)").holidays, Some(HolidayRule::Statutory));
        assert_eq!(read("全年无休 9:00-17:00").holidays, Some(HolidayRule::EveryDay));
        assert_eq!(read("全年无休 9:00-17:00").week.unwrap().to_string(), "Mo-Su 09:00-17:00");
        let plain = read("9:00-12:00,13:30-17:00");
        assert!(plain.assumed && plain.holidays.is_none());
        assert_eq!(plain.week.unwrap().to_string(), "Mo-Fr 09:00-12:00,13:30-17:00");
        assert_eq!(read("待核").week, None);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for text in [
            "",
            "早九晚五",
            "周一至周五",
            "9:00-",
            "17:00-9:00",
            "周五至周一 9:00-12:00",
            "9:00-12:00-15:00",
            "25:00-26:00",
            "周一 9:00-12:00,11:00-13:00",
            "九点到五点",
        ] {
            assert!(text.parse::<Spoken>().is_err(), "{text}");
        }
    }
}
