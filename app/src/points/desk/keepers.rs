//! `/desk/keepers`: who keeps how many points, what nobody keeps, and handing all of somebody's over in one step.

use std::collections::BTreeMap;

use domain::{
    divisions::{Division, DivisionCode, DivisionLevel},
    identity::{AccountId, Action, Belongs, Staff},
    points::{Freshness, Point},
};
use leptos::prelude::*;
use store::points::keepers::{self, Roster};

use super::{
    super::text,
    keeper::{again, chosen, person},
    kept::{Share, Tally, in_scope},
    words,
};
use crate::{
    forms::{Answer, Cookie, Form, Submitted},
    portal::{Portal, Visit, portal, visit},
    ui::{Breadcrumbs, DeskWay, ErrorSummary, PageHead, SelectField},
};

/// The list of keepers.
pub(crate) async fn keepers_page(portal: &Portal, visit: &Visit) -> Answer {
    match keepers::roster(portal.store(), &visit.by()).await {
        Ok(roster) => Answer::Page(Box::new(move || view! { <Keepers roster /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn Keepers(roster: Roster) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let title = locale.pick("负责人", "Keepers");
    let mut tallies: BTreeMap<Option<AccountId>, Tally> = BTreeMap::new();
    for (_, point, thing) in in_scope(&visit, Action::AssignKeeper) {
        let keeper = roster.keeper(point.id, &thing).map(|it| it.staff.id);
        tallies.entry(keeper).or_default().add(portal.freshness(today, point.facts.verified_on));
    }
    let empty = tallies.is_empty().then(|| {
        view! { <p class="p-empty">{locale.pick("您管的范围里没有点位。", "There is no place in your area.")}</p> }
    });
    let rows = tallies.into_iter().map(|(keeper, tally)| {
        let staff = keeper.and_then(|id| roster.person(id)).map(|it| &it.staff);
        let name = staff.map_or_else(|| locale.pick("没有负责人", "Nobody").to_owned(), person);
        let path = keeper.map_or_else(|| "/desk/keepers/none".to_owned(), |id| format!("/desk/keepers/{}", id.0));
        let figures = Freshness::ALL.iter().map(|fresh| {
            let class = format!("p-fresh p-fresh--{}", fresh.code());
            view! { <td data-label=words::freshness(*fresh, locale)><span class=class>{tally.of(*fresh)}</span></td> }
        });
        view! {
            <tr>
                <th scope="row" class="p-table__long"><a href=locale.href(&path)>{name}</a><Share tally /></th>
                <td data-label=locale.pick("点位", "Places")>{tally.total()}</td>
                {figures.collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = Freshness::ALL.iter().map(|fresh| view! { <th scope="col">{words::freshness(*fresh, locale)}</th> });
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{locale.pick("每个点位都有一个人按期到现场核实。人要走了,先把点位交给别人。", "Somebody goes to every place and checks it. Who leaves hands their places over first.")}</p>
        {empty.is_none().then(|| view! {
            <div class="p-table-frame" tabindex="0" role="region" aria-label=title>
                <table class="p-table p-table--compared p-keepers">
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("负责人", "Keeper")}</th>
                            <th scope="col">{locale.pick("点位", "Places")}</th>
                            {columns.collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        })}
        {empty}
    }
}

/// Whose points an address is about: somebody's, or with none nobody's.
fn read(id: &str) -> Result<Option<AccountId>, ()> {
    match id {
        "none" => Ok(None),
        id => id.parse().map(|id| Some(AccountId(id))).map_err(drop),
    }
}

/// What somebody keeps, and to whom it can go.
pub(crate) async fn hand_over_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(from) = read(id) else { return Answer::Status(404) };
    let roster = match keepers::roster(portal.store(), &visit.by()).await {
        Ok(roster) => roster,
        Err(failure) => return failure.into(),
    };
    let theirs = in_scope(visit, Action::AssignKeeper);
    let any = theirs.iter().any(|(_, point, thing)| roster.is_from(from, point.id, thing));
    // Of somebody who keeps nothing here, nothing is said; but what has just been handed over was something.
    if !any && from.is_some() {
        return Answer::Go("/desk/keepers".into());
    }
    Answer::Page(Box::new(move || view! { <HandOver from roster /> }.into_any()))
}

#[component]
fn HandOver(from: Option<AccountId>, roster: Roster) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let theirs: Vec<_> = in_scope(&visit, Action::AssignKeeper)
        .into_iter()
        .filter(|(_, point, thing)| roster.is_from(from, point.id, thing))
        .map(|(_, point, thing)| (point, thing))
        .collect();
    let total = theirs.len();
    let tally = theirs.iter().map(|(point, _)| portal.freshness(snapshot.today(), point.facts.verified_on)).collect();
    let staff = from.and_then(|id| roster.person(id)).map(|it| it.staff.clone());
    let title =
        staff.as_ref().map_or_else(|| locale.pick("没有负责人的点位", "Places nobody keeps").to_owned(), person);
    let candidates = candidates(&roster, &theirs, staff.as_ref());
    let choose = (String::new(), locale.pick("(请选)", "(choose)").to_owned());
    let people = candidates.iter().map(|(staff, able)| {
        let words = match *able == total {
            true => {
                locale.pick(format!("{} · {able} 处都能接", person(staff)), format!("{} · all {able}", person(staff)))
            }
            false => locale
                .pick(format!("{} · 能接其中 {able} 处", person(staff)), format!("{} · {able} of them", person(staff))),
        };
        (staff.id.0.to_string(), words)
    });
    let people: Vec<_> = std::iter::once(choose).chain(people).collect();
    let everywhere = (String::new(), locale.pick(format!("全部 {total} 处"), format!("All {total}")));
    let areas = areas(&visit, &theirs).into_iter().map(|(area, count)| {
        let indent = if area.level == DivisionLevel::Township { "\u{3000}" } else { "" };
        let places = text::count(count, locale);
        (area.code.to_string(), format!("{indent}{} · {places}", area.name(locale)))
    });
    let areas = std::iter::once(everywhere).chain(areas).collect();
    let path = from.map_or_else(|| "/desk/keepers/none".to_owned(), |id| format!("/desk/keepers/{}", id.0));
    let way = [("工作台", "Desk", "/desk"), ("负责人", "Keepers", "/desk/keepers")];
    let way = way.map(|(zh, en, path)| (locale.pick(zh, en).to_owned(), path.to_owned())).to_vec();
    let form = (total > 0).then(|| {
        view! {
            <form class="p-form" method="post" action=locale.href(&path)>
                <SelectField name="division" label=locale.pick("哪些点位", "Which places") options=areas />
                <SelectField name="keeper" label=locale.pick("交给谁", "To whom") options=people />
                <button class="p-button p-button--main" type="submit">{locale.pick("交接", "Hand them over")}</button>
            </form>
        }
    });
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <p>{text::count(total, locale)}" · "{locale.pick(format!("{} 处该核实了", count_overdue(tally)), format!("{} due", count_overdue(tally)))}</p>
        <div class="p-share-frame"><Share tally /></div>
        <ErrorSummary />
        {form}
    }
}

fn count_overdue(tally: Tally) -> usize {
    tally.of(Freshness::Overdue)
}

/// Who else may keep how many of these, the most first.
fn candidates(roster: &Roster, theirs: &[(&Point, Belongs)], but: Option<&Staff>) -> Vec<(Staff, usize)> {
    let mut able: BTreeMap<AccountId, (Staff, usize)> = BTreeMap::new();
    for (_, thing) in theirs {
        for person in roster.able(thing).filter(|it| but.is_none_or(|but| but.id != it.staff.id)) {
            able.entry(person.staff.id).or_insert_with(|| (person.staff.clone(), 0)).1 += 1;
        }
    }
    let mut able: Vec<_> = able.into_values().collect();
    able.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    able
}

/// The districts and townships these lie in, with how many.
fn areas<'a>(visit: &'a Visit, theirs: &[(&Point, Belongs)]) -> Vec<(&'a Division, usize)> {
    let divisions = &visit.snapshot.atlas.divisions;
    let mut counts: BTreeMap<DivisionCode, usize> = BTreeMap::new();
    for code in theirs.iter().flat_map(|(_, thing)| &thing.within) {
        *counts.entry(*code).or_default() += 1;
    }
    let shown = |area: &&Division| matches!(area.level, DivisionLevel::District | DivisionLevel::Township);
    divisions.iter().filter(shown).filter_map(|area| Some((area, *counts.get(&area.code)?))).collect()
}

/// Hands points over.
pub(crate) async fn hand_over(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Ok(from) = read(id) else { return Submitted::Status(404) };
    if visit.by().actor.may_somewhere(Action::AssignKeeper).is_err() {
        return Submitted::Status(403);
    }
    let to = match chosen(form, visit) {
        Ok(to) => to,
        Err(again) => return again,
    };
    let within = form.get("division").parse().ok();
    match keepers::hand_over(portal.store(), &visit.by(), from, within, to).await {
        Ok(_) => Submitted::Go(format!("/desk/keepers/{id}"), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}
