//! When a point is open, in its form.

use domain::{hours::HolidayRule, points::NewPoint};
use leptos::prelude::*;

use super::{
    super::{facts, words},
    look::EXCEPTION,
    reading::{RuleExamples, reading},
    typed,
};
use crate::{
    points::text,
    portal::visit,
    ui::{SelectField, TextArea, wrong_of},
};

/// How many changes of hours a form has room for at first.
const EXCEPTIONS: usize = 3;

/// When it is open.
#[component]
pub(super) fn Hours(facts: Option<NewPoint>, action: String) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let filled = typed(&visit);
    let (here, exceptions_here) = (format!("{action}#hours-editor"), format!("{action}#exceptions"));
    let wrong = wrong_of("hours");
    let schedule = facts.map(|it| it.schedule).unwrap_or_default();
    let now = filled.map_or_else(|| Some(schedule.clone()), facts::schedule);
    let now = reading(now.as_ref(), &visit);
    let assumed = filled.is_some_and(|form| form.get("days-assumed") == "on");
    let calendar = visit.snapshot.content.calendar.clone();
    let cell_typed = |name: &str, i: usize, kept: String| {
        filled.map_or(kept, |form| form.all(name).nth(i).unwrap_or_default().to_owned())
    };
    let days = words::WEEK.into_iter().enumerate().map(|(i, day)| {
        let kept = schedule.week.as_ref().map(|week| words::spans(week.on(day))).unwrap_or_default();
        let id = if i == 0 { "hours".to_owned() } else { format!("hours-{i}") };
        view! {
            <div class="p-field">
                <label class="p-field__label" for=id.clone()>{text::weekday(day, locale)}</label>
                <input class="p-input" id=id name="hours" value=cell_typed("hours", i, kept) maxlength="80" autocomplete="off" />
            </div>
        }
    });
    let days = days.collect_view();
    let unchecked = filled.map_or(schedule.week.is_none(), |form| form.get("unchecked") == "on");
    let rules = HolidayRule::ALL.map(|rule| (rule.code().to_owned(), words::holidays(rule, locale).to_owned()));
    let rows = (0..filled.map_or(schedule.exceptions.len(), |form| form.all(EXCEPTION[0]).count()).max(EXCEPTIONS)).map(|i| {
        let kept = schedule.exceptions.get(i);
        let cell = |name: &'static str, zh: &'static str, en: &'static str, kind: &'static str, kept: String| {
            let id = if i == 0 { name.to_owned() } else { format!("{name}-{i}") };
            view! {
                <div class="p-field">
                    <label class="p-field__label" for=id.clone()>{locale.pick(zh, en)}</label>
                    <input class="p-input" id=id name=name type=kind value=cell_typed(name, i, kept) maxlength="80" autocomplete="off" />
                </div>
            }
        };
        let day = |day: Option<time::Date>| day.map(|it| it.to_string()).unwrap_or_default();
        view! {
            <div class="p-filters__row">
                {cell("exception-from", "从哪天", "From", "date", day(kept.map(|it| it.from)))}
                {cell("exception-to", "到哪天", "To", "date", day(kept.map(|it| it.to)))}
                {cell("exception-hours", "时间(停办就空着)", "Hours (empty: closed)", "text", kept.map(|it| words::spans(&it.hours)).unwrap_or_default())}
                {cell("exception-reason", "原因", "Reason", "text", kept.map(|it| it.reason.clone()).unwrap_or_default())}
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <fieldset class="p-fieldset p-fieldset--wide" id="hours-editor">
            <legend>{locale.pick("每周开放时间", "Weekly opening hours")}</legend>
            <TextArea
                name="spoken"
                label=locale.pick("照抄门口的牌子", "As it stands on the door")
                hint=locale.pick("例如:周一至周五 9:00-12:00,13:30-17:00;周六 9:00-12:00;节假日休息", "Such as: Mon-Fri 9:00-12:00,13:30-17:00; Sat 9:00-12:00")
                maxlength=300
            />
            <p class="p-acts">
                <button class="p-button" type="submit" name="act" value="hours" formaction=here.clone()>{locale.pick("填到每天", "Fill in the days")}</button>
            </p>
            {assumed.then(|| view! { <p class="p-notice">{locale.pick("牌子上没有写是哪几天,先按周一至周五填了,请核对。", "It names no days: Monday to Friday was taken; please check.")}</p> })}
            <p class="p-field__hint">{locale.pick("写成 9:00-12:00,13:30-17:00;休息的日子空着", "Such as 9:00-12:00,13:30-17:00; leave days off empty")}</p>
            {wrong.map(|words| view! { <p class="p-field__wrong">{words}</p> })}
            <div class="p-filters__row p-filters__row--hours">{days}</div>
            <p class="p-acts">
                <button class="p-button p-button--quiet" type="submit" name="act" value="copy" formaction=here.clone()>{locale.pick("周一的时间照抄到周二至周五", "Copy Monday to Tuesday–Friday")}</button>
            </p>
            <label class="p-check">
                <input type="checkbox" name="unchecked" value="on" checked=unchecked />
                <span>{locale.pick("时间还没有核实", "Nobody has checked the hours")}</span>
            </label>
            <SelectField name="holidays" label=locale.pick("节假日", "Holidays") options=rules.to_vec() value=schedule.holidays.code() />
            <RuleExamples calendar today=visit.snapshot.today() locale />
            <p class="p-notice p-reading" role="status" id="hours-reading">{now}</p>
            <p class="p-acts">
                <button class="p-button p-button--quiet" type="submit" name="act" value="check" formaction=here>{locale.pick("看看这样填现在开不开门", "See whether it would be open now")}</button>
            </p>
        </fieldset>
        <fieldset class="p-fieldset p-fieldset--wide" id="exceptions">
            <legend>{locale.pick("临时变动", "Changes for some days")}</legend>
            {wrong_of("exception-from").map(|words| view! { <p class="p-field__wrong">{words}</p> })}
            {rows}
            <p class="p-acts">
                <button class="p-button p-button--quiet" type="submit" name="act" value="more" formaction=exceptions_here>{locale.pick("再加一行", "One more line")}</button>
            </p>
        </fieldset>
    }
}
