//! The hours of a point as a table of the coming week: what holds on each date, holidays and exceptions included.

use domain::{
    calendar::{Calendar, Day},
    hours::{HolidayRule, Schedule, Span},
    locale::Locale,
};
use leptos::prelude::*;
use time::{Date, Duration};

use super::text;

/// Seven days from today.
#[component]
pub(super) fn HoursTable(schedule: Schedule, calendar: Calendar, today: Date, locale: Locale) -> impl IntoView {
    let rows = (0..7)
        .filter_map(|ahead| {
            let date = today.checked_add(Duration::days(ahead))?;
            let hours = match schedule.on(date, &calendar) {
                None => vec![locale.pick("待核", "to be checked").to_owned()],
                Some([]) => vec![locale.pick("休息", "closed").to_owned()],
                Some(spans) => spans.iter().map(Span::to_string).collect(),
            };
            let hours =
                hours.into_iter().map(|span| view! { <span class="p-hours__span">{span}</span> }).collect_view();
            let current = (ahead == 0).then_some("date");
            Some(view! {
                <tr aria-current=current>
                    <th scope="row">
                        {text::weekday(date.weekday(), locale)}
                        " "
                        <span class="p-hours__date">{text::day(date, today, locale)}</span>
                    </th>
                    <td>{hours}{remark(&schedule, &calendar, date, locale).map(|it| view! { <small>{it}</small> })}</td>
                </tr>
            })
        })
        .collect_view();
    let caption = locale.pick("未来七天的开放时间", "Opening hours of the next seven days");
    view! {
        <table class="p-hours">
            <caption>{caption}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Why a date is not like its weekday.
fn remark(schedule: &Schedule, calendar: &Calendar, date: Date, locale: Locale) -> Option<String> {
    let exception = schedule.exceptions.iter().rev().find(|it| (it.from..=it.to).contains(&date));
    match (exception, calendar.day(date)) {
        (Some(exception), _) => Some(exception.reason.clone()),
        (None, Day::Holiday(name)) => Some(locale.pick(name.zh.clone(), name.en.clone())),
        (None, Day::MakeUpWorkday) => Some(locale.pick("调休上班", "worked in place of a holiday").to_owned()),
        _ if schedule.holidays != HolidayRule::EveryDay && !calendar.is_published(date.year()) => {
            Some(locale.pick("放假安排未公布", "holidays not announced yet").to_owned())
        }
        _ => None,
    }
}

/// The exceptions that are still to come or under way, as sentences.
pub(super) fn announced(schedule: &Schedule, today: Date, locale: Locale) -> Vec<String> {
    let sentence = |it: &domain::hours::Exception| {
        let (from, to) = (text::day(it.from, today, locale), text::day(it.to, today, locale));
        let hours: Vec<_> = it.hours.iter().map(Span::to_string).collect();
        let what = match hours.is_empty() {
            true => locale.pick("停办".to_owned(), "closed".to_owned()),
            false => locale.pick(format!("改为 {}", hours.join("、")), format!("open {}", hours.join(", "))),
        };
        locale.pick(format!("{from}至{to}:{what}({})", it.reason), format!("{from} to {to}: {what} ({})", it.reason))
    };
    schedule.exceptions.iter().filter(|it| it.to >= today).map(sentence).collect()
}
