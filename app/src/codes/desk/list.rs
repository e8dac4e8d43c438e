//! `/desk/codes`: the codes of one's area, found by name or token, the most scanned first.

use std::{cmp::Reverse, collections::HashMap};

use domain::{
    codes::{Thing, Token},
    finder::PAGE,
    identity::Action,
};
use leptos::prelude::*;
use store::codes;

use super::{super::text, may, since};
use crate::{
    forms::Answer,
    points::percent,
    portal::{Portal, Visit, portal, visit},
    ui::{DeskWay, Icon, PageHead, Pages, lang_of},
};

/// The list.
pub(crate) async fn list_page(portal: &Portal, visit: &Visit) -> Answer {
    match codes::totals(portal.store(), &visit.by(), since(visit.snapshot.today())).await {
        Ok(totals) => Answer::Page(Box::new(move || view! { <List totals /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

/// A row of the list.
struct Row {
    token: Token,
    thing: Thing,
    name: String,
    scans: i64,
}

/// The codes somebody may see and asked for.
fn rows(portal: &Portal, visit: &Visit, totals: &HashMap<Token, i64>, asked: &str) -> Vec<Row> {
    let snapshot = &visit.snapshot;
    let signs: String = asked.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let words = asked.to_lowercase();
    let matches = |token: Token, name: &str| {
        asked.is_empty() || name.to_lowercase().contains(&words) || (signs.len() > 2 && token.plain().contains(&signs))
    };
    let all = snapshot.content.codes.iter().filter(|(_, thing)| may(visit, Action::EditPoint, *thing));
    let mut rows: Vec<_> = all
        .filter_map(|(token, thing)| {
            let name = text::name(portal, snapshot, thing, visit.locale)?;
            matches(token, &name).then(|| {
                let scans = totals.get(&token).copied().unwrap_or_default();
                Row { token, thing, name, scans }
            })
        })
        .collect();
    rows.sort_by_key(|row| (Reverse(row.scans), row.thing));
    rows
}

#[component]
fn List(totals: HashMap<Token, i64>) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let title = locale.pick("一个码:扫码次数", "Codes and their scans");
    let asked: String = visit.parameter("q").unwrap_or_default().trim().chars().take(100).collect();
    let found = rows(&portal, &visit, &totals, &asked);
    let (total, scans): (usize, i64) = (found.len(), found.iter().map(|row| row.scans).sum());
    let last = u32::try_from(total.div_ceil(PAGE)).unwrap_or(u32::MAX).max(1);
    let page = visit.parameter("page").and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, last);
    let table = found.into_iter().skip((page as usize - 1) * PAGE).take(PAGE).map(|row| {
        let href = locale.href(&format!("/desk/codes/{}", row.token.plain()));
        let lang = lang_of(&row.name, locale);
        view! {
            <tr>
                <th scope="row" class="p-table__long"><a href=href lang=lang>{row.name}</a></th>
                <td data-label=locale.pick("种类", "Kind")>{text::kind(row.thing, locale)}</td>
                <td data-label=locale.pick("码", "Code")>{row.token.to_string()}</td>
                <td data-label=locale.pick("近30天", "30 days")>{row.scans}</td>
            </tr>
        }
    });
    let table = table.collect_view();
    let words = locale.pick(
        format!("{total} 个码,近 30 天共扫 {scans} 次"),
        format!("{total} codes, scanned {scans} times in the last 30 days"),
    );
    let query = percent(&asked);
    let to_page = Callback::new(move |page: u32| locale.href(&format!("/desk/codes?q={query}&page={page}")));
    let body = match total {
        0 => view! {
            <div class="p-empty">
                <p>{locale.pick("没有这样的码。", "No code matches.")}</p>
                <a class="p-button" href=locale.href("/desk/codes")>{locale.pick("看全部", "Show all")}</a>
            </div>
        }
        .into_any(),
        _ => view! {
            <div class="p-table-frame" tabindex="0" role="region" aria-label=title>
                <table class="p-table p-table--compared">
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("指向", "Leads to")}</th>
                            <th scope="col">{locale.pick("种类", "Kind")}</th>
                            <th scope="col">{locale.pick("码", "Code")}</th>
                            <th scope="col">{locale.pick("近30天", "30 days")}</th>
                        </tr>
                    </thead>
                    <tbody>{table}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <form class="p-ask" method="get" action=locale.href("/desk/codes") role="search">
            <label class="p-ask__label" for="q">{locale.pick("名称或码", "Name or code")}</label>
            <div class="p-ask__row">
                <input class="p-input" id="q" type="search" name="q" maxlength="100" value=asked />
                <button class="p-button p-button--main" type="submit"><Icon name="search" />{locale.pick("找", "Find")}</button>
            </div>
        </form>
        <p class="p-code__sum">{words}" "<a href=locale.href("/desk/points/map?by=scans")>{locale.pick("在地图上看", "On the map")}</a></p>
        {body}
        <Pages page last address=to_page />
    }
}
