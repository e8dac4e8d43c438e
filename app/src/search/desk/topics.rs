//! What residents look for most, week by week, in the whole city or in a part of it; and how much of what they look for is found. The
//! pictures stand in the tables.

use domain::{divisions::DivisionCode, locale::Locale};
use leptos::prelude::*;
use store::search::{Coverage, Topic};
use time::Date;

use crate::{
    points::text as points,
    portal::visit,
    ui::{CountBar, SelectField},
};

/// So many weeks are shown.
pub(super) const WEEKS: u8 = 8;

/// How much of what is looked for is found.
#[component]
pub(super) fn Covered(weeks: Vec<Coverage>) -> impl IntoView {
    let visit = visit();
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let fell = dropped(&weeks).map(|(before, now)| {
        let words = locale.pick(
            format!("有结果的搜索从上一周的 {before}% 降到 {now}%。下面“没有找到的”写着缺什么。"),
            format!("Searches that find something fell from {before}% to {now}%. Below is what is missing."),
        );
        view! { <p class="p-notice" role="status">{words}</p> }
    });
    let rows = weeks.into_iter().rev().map(|week| {
        let share = week.share();
        let bar = share.map(|share| view! { <CountBar count=share most=100 hot={share < 80} /> });
        let share = share.map_or_else(|| "—".to_owned(), |share| format!("{share}%"));
        view! {
            <tr>
                <th scope="row">{points::day(week.week, today, locale)}</th>
                <td data-label=locale.pick("搜索", "Searches")>{week.asked}</td>
                <td class="p-heat" data-label=locale.pick("有结果", "Found something")>{bar}<span>{share}</span></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="p-section">
            <h2>{locale.pick("内容覆盖率", "How much is found")}</h2>
            <p class="p-quiet">{locale.pick("搜索里有结果的占多少,按周(从周一起)。", "The share of searches that find something, by week from Monday.")}</p>
            {fell}
            <table class="p-table p-table--compared" id="coverage">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("周一", "Week of")}</th>
                        <th scope="col">{locale.pick("搜索", "Searches")}</th>
                        <th scope="col">{locale.pick("有结果", "Found something")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

/// The shares of the last two weeks, where less is found than before.
pub(crate) fn dropped(weeks: &[Coverage]) -> Option<(i64, i64)> {
    let [.., before, now] = weeks else { return None };
    now.dropped(before).then(|| before.share().zip(now.share())).flatten()
}

/// What is looked for most.
#[component]
pub(super) fn Topics(topics: Vec<Topic>, weeks: Vec<Date>, division: Option<DivisionCode>) -> impl IntoView {
    let visit = visit();
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let week = weeks.last().copied();
    let this = store::search::weeks(today, WEEKS);
    let choices = this.iter().rev().map(|monday| (monday.to_string(), of_week(*monday, today, locale))).collect();
    let divisions = visit.snapshot.content.divisions();
    let districts = divisions.root().map(|root| divisions.children(root.code)).into_iter().flatten();
    let all = (String::new(), locale.pick("全部地区", "The whole city").to_owned());
    let districts: Vec<_> = districts.map(|it| (it.code.to_string(), it.name(locale).to_owned())).collect();
    let districts = std::iter::once(all).chain(districts).collect::<Vec<_>>();
    let chosen = division.map(|it| it.to_string()).unwrap_or_default();
    let (what, counted) = match division {
        None => (locale.pick("搜了", "Looked for"), locale.pick("搜索的次数。", "How often it was looked for.")),
        Some(_) => (
            locale.pick("点开", "Opened"),
            locale.pick(
                "搜到并点开了这个地区的点位或手册的次数。",
                "How often a place or a page of this area was opened from a search.",
            ),
        ),
    };
    let most = topics.iter().filter_map(|it| it.weeks.last()).copied().max().unwrap_or_default();
    let is_empty = topics.is_empty();
    let rows = topics.into_iter().map(|topic| {
        let (now, before) = match topic.weeks[..] {
            [.., before, now] => (now, before),
            _ => (0, 0),
        };
        view! {
            <tr>
                <th scope="row" class="p-table__long" lang="zh-CN">{topic.words}</th>
                <td class="p-heat" data-label=what><CountBar count=now most /><span>{now}</span></td>
                <td data-label=locale.pick("上一周", "Week before")>{before}</td>
                <td data-label=locale.pick("八周", "Eight weeks")><Trend weeks=topic.weeks /></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let body = match is_empty {
        true => view! { <p class="p-empty">{locale.pick("这一周还没有搜过两次以上的词。", "Nothing was looked for more than once in this week.")}</p> }.into_any(),
        false => view! {
            <table class="p-table p-table--compared" id="topics">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("词", "Words")}</th>
                        <th scope="col">{what}</th>
                        <th scope="col">{locale.pick("上一周", "Week before")}</th>
                        <th scope="col">{locale.pick("八周", "Eight weeks")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    };
    view! {
        <section class="p-section" id="hot">
            <h2>{locale.pick("搜得最多的", "Looked for most")}</h2>
            <form class="p-form p-form--row" method="get" action=locale.href("/desk/search#hot")>
                <SelectField name="week" label=locale.pick("哪一周", "Week") options=choices value=week.map(|it| it.to_string()).unwrap_or_default() />
                <SelectField name="division" label=locale.pick("地区", "Area") options=districts value=chosen />
                <button class="p-button" type="submit">{locale.pick("看", "Show")}</button>
            </form>
            <p class="p-quiet">{counted}</p>
            {body}
        </section>
    }
}

fn of_week(monday: Date, today: Date, locale: Locale) -> String {
    let last = monday + time::Duration::days(6);
    format!("{} – {}", points::day(monday, today, locale), points::day(last, today, locale))
}

/// The weeks as small bars; the numbers stand in the words of the picture.
#[component]
fn Trend(weeks: Vec<i64>) -> impl IntoView {
    const STEP: usize = 9;
    const HEIGHT: i64 = 24;
    let most = weeks.iter().copied().max().unwrap_or_default().max(1);
    let words = weeks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let width = weeks.len() * STEP;
    let bars = weeks.into_iter().enumerate().filter(|(_, count)| *count > 0).map(|(i, count)| {
        let height = (count * HEIGHT / most).max(2);
        view! { <rect x=i * STEP y=HEIGHT - height width=STEP - 2 height=height rx="1" /> }
    });
    let bars = bars.collect_view();
    view! {
        <svg class="p-trend" viewBox=format!("0 0 {width} {HEIGHT}") role="img" aria-label=words>
            <line x1="0" x2=width y1=HEIGHT y2=HEIGHT />
            {bars}
        </svg>
    }
}
