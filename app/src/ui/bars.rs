//! Charts. Of counts in a table: a bar beside each. Of days: a bar a day, drawn by the server, with its title and what it shows in words. The table beside it says the same.

use domain::locale::Locale;
use leptos::prelude::*;
use time::Date;

/// The drawing, in its own units.
const WIDTH: usize = 600;
const HEIGHT: i64 = 120;
/// Room below for the first and the last day.
const FOOT: i64 = 22;
/// Room above for the highest number.
const HEAD: i64 = 20;

/// A bar for a count in a table, as long as its share of the greatest; the number stands beside it.
#[component]
pub(crate) fn CountBar(count: i64, most: i64, #[prop(optional)] hot: bool) -> impl IntoView {
    // At least a line: one is not none.
    let width = (count * 100 / most.max(1)).max(2);
    view! {
        <svg class="p-heat__bar" class:p-heat__bar--hot=hot viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width=width height="10" rx="2" /></svg>
    }
}

/// The chart.
#[component]
pub(crate) fn DayBars(
    /// Every day in order, those without anything too.
    days: Vec<(Date, i64)>,
    title: String,
    /// What it shows, in a sentence.
    words: String,
    locale: Locale,
) -> impl IntoView {
    let most = days.iter().map(|it| it.1).max().unwrap_or_default();
    let step = WIDTH / days.len().max(1);
    let bars = days.iter().enumerate().filter(|(_, (_, count))| *count > 0).map(|(i, (_, count))| {
        // At least a line: a day with one is not a day with none.
        let height = (count * HEIGHT / most).max(2);
        view! { <rect class="p-bars__bar" x=i * step + 2 y=HEAD + HEIGHT - height width=step - 4 height=height rx="2" /> }
    });
    let bars = bars.collect_view();
    let ends = days.first().zip(days.last()).map(|((first, _), (last, _))| {
        let day = |day: &Date| {
            let (month, number) = (u8::from(day.month()), day.day());
            locale.pick(format!("{month}月{number}日"), format!("{number}/{month}"))
        };
        let foot = HEAD + HEIGHT + FOOT - 5;
        view! {
            <text class="p-bars__text" x="0" y=foot>{day(first)}</text>
            <text class="p-bars__text" x=WIDTH y=foot text-anchor="end">{day(last)}</text>
        }
    });
    let top = (most > 0).then(|| view! { <text class="p-bars__text" x="0" y="14">{most}</text> });
    view! {
        <svg class="p-bars" viewBox=format!("0 0 {WIDTH} {}", HEAD + HEIGHT + FOOT) role="img" aria-labelledby="bars-title bars-words">
            <title id="bars-title">{title}</title>
            <desc id="bars-words">{words}</desc>
            <line class="p-bars__line" x1="0" x2=WIDTH y1=HEAD y2=HEAD />
            <line class="p-bars__line" x1="0" x2=WIDTH y1=HEAD + HEIGHT y2=HEAD + HEIGHT />
            {bars}
            {top}
            {ends}
        </svg>
    }
}
