//! What the hours that stand in the form mean: for a resident who looks now, and on holidays.

use domain::{
    calendar::{Calendar, Stretch},
    hours::{HolidayRule, Schedule, Span},
    locale::Locale,
};
use leptos::prelude::*;
use time::Date;

use super::super::words;
use crate::{points::text, portal::Visit};

/// What a resident would read at this minute, and what the next holiday changes; or that it cannot be read.
pub(super) fn reading(schedule: Option<&Schedule>, visit: &Visit) -> String {
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let calendar = &visit.snapshot.content.calendar;
    let Some(schedule) = schedule else {
        return locale
            .pick(
                "这样写还看不懂,请照 9:00-12:00,13:30-17:00 的样子写。",
                "This cannot be read yet; write 9:00-12:00,13:30-17:00.",
            )
            .to_owned();
    };
    let opening = schedule.opening(visit.now, calendar);
    let mut said = locale.pick("按这样填,居民现在看到:", "As filled in, residents now read: ").to_owned();
    said.push_str(&text::opening(&opening, today, locale));
    said.push_str(locale.pick("。", ". "));
    said.extend(text::reason(&opening, today, locale));
    let next = calendar.holidays().into_iter().find(|it| it.from > today);
    if let Some((holiday, hours)) = next.and_then(|it| Some((it, schedule.on(it.from, calendar)?))) {
        let (name, days) = named(holiday, today, locale);
        said.push_str(&match hours {
            [] => locale.pick(
                format!("下一个节假日{name}({days})休息。"),
                format!(" The next holiday, {name} ({days}), is off."),
            ),
            hours => {
                let hours = hours.iter().map(Span::to_string).collect::<Vec<_>>().join(locale.pick("、", ", "));
                locale.pick(
                    format!("下一个节假日{name}({days})照常:{}开放 {hours}。", text::day(holiday.from, today, locale)),
                    format!(" The next holiday, {name} ({days}), is open: {hours} on the first day."),
                )
            }
        });
    }
    said
}

/// What each rule means, by a holiday of the calendar: the next one, or the last that is known.
#[component]
pub(super) fn RuleExamples(calendar: Calendar, today: Date, locale: Locale) -> impl IntoView {
    let holidays = calendar.holidays();
    let holiday = holidays.iter().find(|it| it.to >= today).or(holidays.last()).copied();
    let lines = holiday.into_iter().flat_map(|holiday| {
        let (name, days) = named(holiday, today, locale);
        let worked = calendar.make_up_workday(holiday.from).map(|day| {
            let weekday = text::weekday(day.weekday(), locale);
            format!("{}({weekday})", text::day(day, today, locale))
        });
        HolidayRule::ALL.map(|rule| {
            let example = match (rule, &worked) {
                (HolidayRule::Statutory, Some(worked)) => locale.pick(
                    format!("例如{name}({days})休息,调休的 {worked}照工作日开"),
                    format!("for instance closed for {name} ({days}), open on {worked}"),
                ),
                (HolidayRule::ClosedOnHolidays, Some(worked)) => locale.pick(
                    format!("例如{name}({days})休息,调休的 {worked}也不开"),
                    format!("for instance closed for {name} ({days}), and on {worked} as on any weekend"),
                ),
                (HolidayRule::EveryDay, _) => locale.pick(
                    format!("例如{name}({days})也按每周的时间开"),
                    format!("for instance open for {name} ({days}) as in any week"),
                ),
                (_, None) => {
                    locale.pick(format!("例如{name}({days})休息"), format!("for instance closed for {name} ({days})"))
                }
            };
            let rule = words::holidays(rule, locale);
            view! { <li>{rule}{locale.pick(":", ": ")}{example}</li> }
        })
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| view! { <ul class="p-list p-field__hint">{lines}</ul> })
}

/// A holiday's name, and its days.
fn named(Stretch { name, from, to }: Stretch<'_>, today: Date, locale: Locale) -> (String, String) {
    let (first, last) = (text::day(from, today, locale), text::day(to, today, locale));
    let days = if from == to { first } else { locale.pick(format!("{first}至{last}"), format!("{first} to {last}")) };
    (locale.pick(&name.zh, &name.en).clone(), days)
}
