//! `/desk/prints`: posters for a division, and what was printed lately.

use domain::{
    Slug,
    divisions::{Division, DivisionLevel},
    identity::{Action, Belongs},
    prints::{Sheet, Things, What},
};
use leptos::prelude::*;
use store::{
    Failure,
    prints::{self, Print},
};

use super::text;
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong},
    points::stamp,
    portal::{Portal, Visit, visit},
    ui::{DeskWay, ErrorSummary, PageHead, SelectField},
};

/// The form and the list.
pub(crate) async fn list_page(portal: &Portal, visit: &Visit) -> Answer {
    match prints::list(portal.store(), &visit.by()).await {
        Ok(list) => Answer::Page(Box::new(move || view! { <List list /> }.into_any())),
        Err(Failure::Store(error)) => Answer::Failed(error),
        Err(_) => Answer::Status(403),
    }
}

/// Asks for posters.
pub(crate) async fn ask(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let locale = visit.locale;
    let division = form.get("division").parse::<Slug>().ok();
    let division = division.filter(|code| visit.snapshot.atlas.divisions.get(*code).is_some());
    let mut wrong = Vec::new();
    let mut missing = |field, zh: &str, en: &str| wrong.push(Wrong { field, words: locale.pick(zh, en).to_owned() });
    if division.is_none() {
        missing("division", "请选地区。", "Choose an area.");
    }
    let (things, sheet) = (Things::from_code(form.get("things")), Sheet::from_code(form.get("sheet")));
    if things.is_none() {
        missing("things", "请选打印什么。", "Choose what to print.");
    }
    if sheet.is_none() {
        missing("sheet", "请选大小。", "Choose a size.");
    }
    let (Some(division), Some(things), Some(sheet)) = (division, things, sheet) else {
        return Submitted::Again(wrong);
    };
    let revision = visit.snapshot.content.revision;
    let what = What::Posters { division, sheet, things, revision };
    match prints::ask(portal.store(), &visit.by(), &what, portal.random()).await {
        Ok(id) => Submitted::Go(format!("/prints/{id}"), Cookie::Keep),
        Err(failure) => refused(failure),
    }
}

/// Ends a print.
pub(crate) async fn cancel(portal: &Portal, visit: &Visit, id: &str) -> Submitted {
    match prints::cancel(portal.store(), &visit.by(), id).await {
        Ok(()) => Submitted::Go("/desk/prints".into(), Cookie::Keep),
        Err(failure) => refused(failure),
    }
}

fn refused(failure: Failure<()>) -> Submitted {
    match failure {
        Failure::Store(error) => Submitted::Failed(error),
        _ => Submitted::Status(403),
    }
}

/// The divisions whose points somebody may edit: the city, its districts, and below each its townships.
fn divisions(visit: &Visit) -> Vec<(String, String)> {
    let (all, by) = (&visit.snapshot.atlas.divisions, visit.by());
    let may = |code| by.actor.may(Action::EditPoint, &Belongs { within: all.within(code), organisation: None }).is_ok();
    let large = |level| matches!(level, DivisionLevel::City | DivisionLevel::District);
    let named = |it: &Division, before| (it.code.to_string(), format!("{before}{}", it.name(visit.locale)));
    let with_townships = |it| {
        let townships = all.children(it).filter(|it| it.level == DivisionLevel::Township && !it.ended);
        townships.map(|it| named(it, "\u{3000}")).collect::<Vec<_>>()
    };
    let mine = all.iter().filter(|it| large(it.level) && !it.ended && may(it.code));
    mine.flat_map(|it| [vec![named(it, "")], with_townships(it.code)].concat()).collect()
}

#[component]
fn List(list: Vec<Print>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("打印海报", "Print posters");
    let things = Things::ALL.map(|it| (it.code().to_owned(), text::things(it, locale).to_owned())).to_vec();
    let sheets = Sheet::ALL.map(|it| (it.code().to_owned(), text::sheet(it, locale).to_owned())).to_vec();
    let body = match list.is_empty() {
        true => view! { <p class="p-empty">{locale.pick("最近一周没有打印过。", "Nothing was printed in the last week.")}</p> }.into_any(),
        false => view! { <Table list /> }.into_any(),
    };
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p>{locale.pick("每个点位一页:名称、二维码、可以输入的码、能得到什么。贴在门口、柜台上。", "A page for each place: its name, its code to scan and to type, and what one gets. For doors and counters.")}</p>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href("/desk/prints")>
            <SelectField name="division" label=locale.pick("地区", "Area") options=divisions(&visit) />
            <SelectField name="things" label=locale.pick("打印什么", "What") options=things />
            <SelectField name="sheet" label=locale.pick("大小", "Size") options=sheets />
            <button class="p-button p-button--main" type="submit">{locale.pick("打印成 PDF", "Print to PDF")}</button>
        </form>
        <section class="p-section">
            <h2>{locale.pick("最近一周", "The last week")}</h2>
            {body}
        </section>
    }
}

#[component]
fn Table(list: Vec<Print>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let rows = list.into_iter().map(|print| {
        let href = locale.href(&format!("/prints/{}", print.id));
        let cancel = locale.href(&format!("/desk/prints/{}/cancel", print.id));
        let name = text::title(&visit.snapshot, &print.what, locale);
        let label = locale.pick(format!("取消:{name}"), format!("Cancel: {name}"));
        let act = print.state.is_open().then(|| view! {
            <form method="post" action=cancel>
                <button class="p-button p-button--quiet" type="submit" aria-label=label>{locale.pick("取消", "Cancel")}</button>
            </form>
        });
        view! {
            <tr>
                <th scope="row" class="p-table__long"><a href=href>{name.clone()}</a></th>
                <td data-label=locale.pick("状态", "State")>{text::state(print.state, locale)}</td>
                <td data-label=locale.pick("时间", "Asked for")>{stamp(print.asked_at)}</td>
                <td>{act}</td>
            </tr>
        }
    });
    view! {
        <div class="p-table-frame" tabindex="0" role="region" aria-label=locale.pick("最近的打印", "Recent prints")>
            <table class="p-table p-table--compared">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("内容", "What")}</th>
                        <th scope="col">{locale.pick("状态", "State")}</th>
                        <th scope="col">{locale.pick("时间", "Asked for")}</th>
                        <th scope="col">{locale.pick("操作", "Act")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
