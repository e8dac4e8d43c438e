//! `/desk/codes/{token}`: one code: how often it was scanned day by day, where it leads and led, the codes of a point's counters.

use std::collections::HashMap;

use domain::{
    codes::{Lead, Thing, Token},
    identity::Action,
};
use leptos::prelude::*;
use store::codes::{self, Move};
use time::{Date, Duration};

use super::{
    super::{show::Windows, text},
    DAYS, may, since,
};
use crate::{
    forms::Answer,
    points::{stamp, text as points},
    portal::{Portal, Visit, portal, visit},
    ui::{Breadcrumbs, DayBars, ErrorSummary, PageHead, TextField},
};

/// The page of a code, for whoever may edit what it was issued for.
pub(crate) async fn code_page(portal: &Portal, visit: &Visit, token: &str) -> Answer {
    let token = token.parse().ok().filter(|it: &Token| it.plain() == token);
    let known = &visit.snapshot.content.codes;
    let Some((token, thing)) = token.and_then(|token| Some((token, known.issued_for(token)?))) else {
        return Answer::Status(404);
    };
    if !may(visit, Action::EditPoint, thing) {
        return Answer::Status(403);
    }
    let from = since(visit.snapshot.today());
    let counted = match codes::by_day(portal.store(), &visit.by(), token, from).await {
        Ok(counted) => counted,
        Err(failure) => return failure.into(),
    };
    match codes::moves(portal.store(), token).await {
        Ok(moves) => Answer::Page(Box::new(move || view! { <One token thing counted moves /> }.into_any())),
        Err(error) => Answer::Failed(error),
    }
}

#[component]
fn One(token: Token, thing: Thing, counted: Vec<(Date, i64)>, moves: Vec<Move>) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let name = |thing| text::name(&portal, snapshot, thing, locale).unwrap_or_else(|| thing.to_string());
    let title = name(thing);
    let now = moves.first().map_or(thing, |last| last.to);
    let leads = match snapshot.content.lead(now, snapshot.today()) {
        Lead::To(to) => view! { <a href=locale.href(&to.address())>{name(to)}</a> }.into_any(),
        Lead::Ended(ended) => {
            locale.pick(format!("{}(已经停用)", name(ended)), format!("{} (ended)", name(ended))).into_any()
        }
    };
    let public = locale.href(&format!("/codes/{}", token.plain()));
    let way = vec![
        (locale.pick("工作台", "Desk").to_owned(), "/desk".to_owned()),
        (locale.pick("一个码:扫码次数", "Codes and their scans").to_owned(), "/desk/codes".to_owned()),
    ];
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <ErrorSummary />
        <dl class="p-facts">
            <dt>{locale.pick("码", "Code")}</dt>
            <dd><a href=public>{token.to_string()}</a></dd>
            <dt>{locale.pick("种类", "Kind")}</dt>
            <dd>{text::kind(thing, locale)}</dd>
            <dt>{locale.pick("现在带到", "Leads to")}</dt>
            <dd>{leads}</dd>
        </dl>
        <Scanned counted />
        <Windows thing under="/desk/codes" />
        <Moves moves />
        {may(&visit, Action::ReviewPoint, now).then(|| view! { <MoveForm token /> })}
    }
}

/// The chart of the last 30 days, and the same as a table.
#[component]
fn Scanned(counted: Vec<(Date, i64)>) -> impl IntoView {
    let visit = visit();
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let counted: HashMap<Date, i64> = counted.into_iter().collect();
    let days: Vec<_> = (0..DAYS).map(|i| since(today) + Duration::days(i)).collect();
    let days: Vec<_> = days.into_iter().map(|day| (day, counted.get(&day).copied().unwrap_or_default())).collect();
    let sum: i64 = days.iter().map(|it| it.1).sum();
    let best = days.iter().max_by_key(|it| it.1).filter(|it| it.1 > 0);
    let title = locale.pick("近 30 天每天的扫码次数", "Scans a day in the last 30 days");
    let words = match best {
        None => locale.pick("近 30 天没有人扫过。", "Nobody scanned it in the last 30 days.").to_owned(),
        Some((day, count)) => {
            let day = points::day(*day, today, locale);
            locale.pick(
                format!("一共 {sum} 次,最多的一天是{day},{count} 次。"),
                format!("{sum} in all; most on {day}: {count}."),
            )
        }
    };
    let rows = days.iter().rev().filter(|it| it.1 > 0).map(|(day, count)| {
        view! { <tr><th scope="row">{day.to_string()}</th><td>{*count}</td></tr> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="p-section">
            <h2>{title}</h2>
            <p>{words.clone()}</p>
            {best.is_some().then(|| view! {
                <DayBars days=days.clone() title=title.to_owned() words locale />
                <table class="p-table p-bars-table">
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("日子", "Day")}</th>
                            <th scope="col">{locale.pick("次数", "Scans")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            })}
            <p class="p-field__hint">
                {locale.pick(
                    "只数次数:不记是谁、从哪里扫的。机器人和预先打开的不算。",
                    "Only numbers: neither who nor from where. Robots and prefetching do not count.",
                )}
            </p>
        </section>
    }
}

/// Where it was led, the latest first.
#[component]
fn Moves(moves: Vec<Move>) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let none = moves.is_empty();
    let rows = moves.into_iter().map(|it| {
        let name = text::name(&portal, &visit.snapshot, it.to, locale).unwrap_or_else(|| it.to.to_string());
        view! { <li>{stamp(it.at)}" · "{it.actor}" → "{name}": "{it.reason}</li> }
    });
    let rows = rows.collect_view();
    (!none).then(|| {
        view! {
            <section class="p-section">
                <h2>{locale.pick("改带到哪里的记录", "Where it was led")}</h2>
                <ul class="p-list">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn MoveForm(token: Token) -> impl IntoView {
    let locale = visit().locale;
    view! {
        <section class="p-section">
            <h2>{locale.pick("改带到别处", "Lead it elsewhere")}</h2>
            <p>
                {locale.pick(
                    "点位停用时,在点位的“由哪里接替”里填,码会自己跟过去。只有码贴错了地方,才在这里改;改过的都留着记录。",
                    "When a place ends, say what takes its place there, and its code follows. Use this only for a code that hangs in the wrong place; every change is kept.",
                )}
            </p>
            <form class="p-form" method="post" action=locale.href(&format!("/desk/codes/{}/move", token.plain()))>
                <TextField
                    name="to"
                    label=locale.pick("带到哪里", "Where to")
                    hint=locale.pick("点位的编号或名称,或者本站页面的地址,如 /divisions/510107", "The number or name of a place, or the address of a page, such as /divisions/510107")
                />
                <TextField name="reason" label=locale.pick("为什么", "Why") />
                <button class="p-button" type="submit">{locale.pick("改带到那里", "Lead it there")}</button>
            </form>
        </section>
    }
}
