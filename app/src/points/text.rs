//! The words of 一张图 in both languages.

use domain::{
    geo::decimals,
    hours::{Closed, Moment, OpenState, Opening},
    locale::Locale,
    points::{Facility, Level},
};
use time::{Date, Weekday};

/// A day of the week.
pub fn weekday(day: Weekday, locale: Locale) -> &'static str {
    let (zh, en) = match day {
        Weekday::Monday => ("周一", "Mon"),
        Weekday::Tuesday => ("周二", "Tue"),
        Weekday::Wednesday => ("周三", "Wed"),
        Weekday::Thursday => ("周四", "Thu"),
        Weekday::Friday => ("周五", "Fri"),
        Weekday::Saturday => ("周六", "Sat"),
        Weekday::Sunday => ("周日", "Sun"),
    };
    locale.pick(zh, en)
}

/// A date near today: 12月4日, 4 Dec; with the year when it is another one.
pub fn day(date: Date, today: Date, locale: Locale) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let english = MONTHS[usize::from(month - 1)];
    match (date.year() == today.year(), locale) {
        (true, Locale::Zh) => format!("{month}月{day}日"),
        (true, Locale::En) => format!("{day} {english}"),
        (false, Locale::Zh) => format!("{year}年{month}月{day}日"),
        (false, Locale::En) => format!("{day} {english} {year}"),
    }
}

/// A moment as one would say it today: 17:30, 明天 9:00, 周一 9:00, 12月4日 9:00.
pub fn moment(moment: Moment, today: Date, locale: Locale) -> String {
    let time = moment.time;
    match (moment.date - today).whole_days() {
        0 => time.to_string(),
        1 => locale.pick(format!("明天 {time}"), format!("tomorrow {time}")),
        2..=6 => format!("{} {time}", weekday(moment.date.weekday(), locale)),
        _ => format!("{} {time}", day(moment.date, today, locale)),
    }
}

/// The state of a place in a few words: 开门 · 17:30 关.
pub fn opening(opening: &Opening, today: Date, locale: Locale) -> String {
    let at = |when: Option<Moment>| when.map(|when| moment(when, today, locale));
    let (zh, en) = match (opening.state, at(opening.closes), at(opening.opens)) {
        (OpenState::Open, Some(at), _) => (format!("开门 · {at} 关"), format!("Open · until {at}")),
        (OpenState::Open, None, _) => ("全天开放".into(), "Open all hours".into()),
        (OpenState::Soon, at, _) => {
            let at = at.unwrap_or_default();
            (format!("快关门 · {at} 关"), format!("Closing soon · {at}"))
        }
        (OpenState::Suspended, ..) => match &opening.closed {
            Some(Closed::Suspended { until, .. }) => {
                let until = day(*until, today, locale);
                (format!("停办至 {until}"), format!("Suspended to {until}"))
            }
            _ => ("停办".into(), "Suspended".into()),
        },
        (OpenState::Closed, _, Some(at)) => (format!("已关 · {at} 开"), format!("Closed · opens {at}")),
        (OpenState::Closed, _, None) => ("已关".into(), "Closed".into()),
        (OpenState::Unknown, ..) => ("时间待核".into(), "Hours to be checked".into()),
    };
    match opening.provisional {
        true => locale.pick(zh + "(待定)", en + " (to be confirmed)"),
        false => locale.pick(zh, en),
    }
}

/// Why a place is closed, as a sentence; nothing for the ordinary end of the day.
pub fn reason(opening: &Opening, today: Date, locale: Locale) -> Option<String> {
    let (zh, en) = match opening.closed.as_ref()? {
        Closed::OutsideHours => ("现在不是办公时间。".into(), "It is outside the opening hours now.".into()),
        Closed::RestDay => ("今天休息。".into(), "It is closed on this weekday.".into()),
        Closed::Holiday(name) => (format!("今天是{}假期,休息。", name.zh), format!("Closed for {}.", name.en)),
        Closed::Suspended { until, reason } => {
            let until = day(*until, today, locale);
            (format!("因{reason}停办,到 {until}为止。"), format!("Suspended until {until}: {reason}."))
        }
    };
    Some(locale.pick(zh, en))
}

/// The name of the icon that goes with a state, so that it is never told by colour alone.
pub fn state_icon(state: OpenState) -> &'static str {
    match state {
        OpenState::Open => "circle-check",
        OpenState::Soon => "clock",
        OpenState::Closed => "circle-x",
        OpenState::Suspended => "circle-pause",
        OpenState::Unknown => "circle-help",
    }
}

/// A distance one can walk or drive: 350 米, 1.2 公里.
pub fn distance(metres: f64, locale: Locale) -> String {
    if metres < 950.0 {
        let rounded = decimals((metres / 10.0).round() * 10.0, 0);
        locale.pick(format!("{rounded} 米"), format!("{rounded} m"))
    } else {
        let km = decimals(metres / 1000.0, 1);
        locale.pick(format!("{km} 公里"), format!("{km} km"))
    }
}

/// The level of government.
pub fn level(level: Level, locale: Locale) -> &'static str {
    let (zh, en) = match level {
        Level::City => ("市级", "City"),
        Level::District => ("区县级", "District"),
        Level::Township => ("镇街级", "Township"),
        Level::Village => ("村社区级", "Village"),
    };
    locale.pick(zh, en)
}

/// A facility and its icon.
pub fn facility(facility: Facility, locale: Locale) -> (&'static str, &'static str) {
    let (zh, en, icon) = match facility {
        Facility::Ramp => ("无障碍坡道", "Step-free access", "accessibility"),
        Facility::SignLanguage => ("手语服务", "Sign language", "hand"),
        Facility::NursingRoom => ("母婴室", "Nursing room", "baby"),
        Facility::SelfService => ("自助服务", "Self-service", "monitor"),
        Facility::Parking => ("停车", "Parking", "square-parking"),
    };
    (locale.pick(zh, en), icon)
}

/// How many there are.
pub fn count(total: usize, locale: Locale) -> String {
    match (locale, total) {
        (Locale::Zh, _) => format!("{total} 处"),
        (Locale::En, 1) => "1 place".into(),
        (Locale::En, _) => format!("{total} places"),
    }
}

/// How many there are and how many of them are open.
pub fn places(total: usize, open: usize, locale: Locale) -> String {
    let all = count(total, locale);
    locale.pick(format!("现在开门 {open} 处,共 {all}"), format!("{open} open now, of {all}"))
}

/// How many were found and how many of them are open.
pub fn found(total: usize, open: usize, locale: Locale) -> String {
    let all = count(total, locale);
    locale.pick(format!("找到 {all},现在开门 {open} 处"), format!("{all} found, {open} open now"))
}

/// The filter of what is open, with how many that leaves.
pub fn open_now(open: usize, locale: Locale) -> String {
    locale.pick(format!("现在开门 ({open})"), format!("Open now ({open})"))
}

/// Says that the position could not be had, and what to do instead.
pub fn lost(locale: Locale) -> &'static str {
    locale.pick(
        "没有得到位置:可能没有允许,或者手机没有开定位。可以直接写地名来找。",
        "No position: it was not allowed, or the device has none. Type the name of a place instead.",
    )
}

/// Says that the points could not be fetched, and what to do.
pub fn failed(locale: Locale) -> &'static str {
    locale.pick(
        "点位没有取到。请看看网络,再试一次。",
        "The places could not be fetched. Check the network and try again.",
    )
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_moment_is_said_as_one_would_today() {
        let today = date!(2026 - 11 - 22);
        for (date, zh, en) in [
            (date!(2026 - 11 - 22), "09:00", "09:00"),
            (date!(2026 - 11 - 23), "明天 09:00", "tomorrow 09:00"),
            (date!(2026 - 11 - 26), "周四 09:00", "Thu 09:00"),
            (date!(2026 - 12 - 04), "12月4日 09:00", "4 Dec 09:00"),
            (date!(2027 - 01 - 04), "2027年1月4日 09:00", "4 Jan 2027 09:00"),
        ] {
            let nine = Moment { date, time: "09:00".parse().unwrap() };
            assert_eq!(moment(nine, today, Locale::Zh), zh);
            assert_eq!(moment(nine, today, Locale::En), en);
        }
    }

    #[test]
    fn distances_are_rounded_to_what_one_can_feel() {
        for (metres, zh) in [(4.0, "0 米"), (347.0, "350 米"), (951.0, "1.0 公里"), (12_345.0, "12.3 公里")] {
            assert_eq!(distance(metres, Locale::Zh), zh);
        }
    }
}
