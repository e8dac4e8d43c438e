//! A week of hours in one line: 周一至周五 09:00–17:00,周六 09:00–12:00;节假日休息.

use domain::{
    hours::{HolidayRule, Schedule, Span},
    locale::Locale,
};
use time::Weekday;

use super::{desk::WEEK, text::weekday};

/// The ordinary week and what holidays change; dated exceptions are not in it.
pub(crate) fn weekly(schedule: &Schedule, locale: Locale) -> String {
    let Some(week) = &schedule.week else {
        return locale.pick("时间待核,去之前先打电话", "to be checked: please call first").to_owned();
    };
    let mut runs: Vec<(Weekday, Weekday, &[Span])> = Vec::new();
    for day in WEEK {
        let spans = week.on(day);
        match runs.last_mut() {
            Some((_, last, same)) if *same == spans && last.next() == day => *last = day,
            _ => runs.push((day, day, spans)),
        }
    }
    let days = |from: Weekday, to: Weekday| match (from, to) {
        (Weekday::Monday, Weekday::Sunday) => locale.pick("每天", "daily").to_owned(),
        _ if from == to => weekday(from, locale).to_owned(),
        _ => format!("{}{}{}", weekday(from, locale), locale.pick("至", "–"), weekday(to, locale)),
    };
    let open = runs.iter().filter(|(.., spans)| !spans.is_empty()).map(|(from, to, spans)| {
        let spans: Vec<_> = spans.iter().map(Span::to_string).collect();
        format!("{} {}", days(*from, *to), spans.join(locale.pick("、", ", ")))
    });
    let open = open.collect::<Vec<_>>().join(locale.pick(",", "; "));
    let holidays = match schedule.holidays {
        HolidayRule::Statutory | HolidayRule::ClosedOnHolidays => {
            locale.pick(";节假日休息", "; closed on public holidays")
        }
        HolidayRule::EveryDay => "",
    };
    match open.as_str() {
        "" => locale.pick("暂不开放", "closed").to_owned(),
        open => format!("{open}{holidays}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_the_same_hours_stand_together() {
        for (week, holidays, zh, en) in [
            (
                "Mo-Fr 09:00-12:00,13:00-17:00",
                HolidayRule::Statutory,
                "周一至周五 09:00-12:00、13:00-17:00;节假日休息",
                "Mon–Fri 09:00-12:00, 13:00-17:00; closed on public holidays",
            ),
            ("Mo-Su 00:00-24:00", HolidayRule::EveryDay, "每天 00:00-24:00", "daily 00:00-24:00"),
            (
                "Mo 09:00-12:00; We 09:00-12:00",
                HolidayRule::EveryDay,
                "周一 09:00-12:00,周三 09:00-12:00",
                "Mon 09:00-12:00; Wed 09:00-12:00",
            ),
        ] {
            let schedule = Schedule { week: Some(week.parse().unwrap()), holidays, exceptions: vec![] };
            assert_eq!(weekly(&schedule, Locale::Zh), zh);
            assert_eq!(weekly(&schedule, Locale::En), en);
        }
        assert!(weekly(&Schedule::default(), Locale::Zh).contains("待核"));
    }
}
