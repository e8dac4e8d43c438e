//! `/desk/points`: the points somebody may edit, as a table. It can be filtered and ordered, its simple fields changed in place, and
//! many of them changed at once.

use domain::{
    divisions::DivisionLevel,
    finder::PAGE,
    identity::Action,
    locale::Locale,
    points::{Freshness, Point, PointSummary},
};
use leptos::prelude::*;
use store::{
    Failure,
    points::changes::batches::{self, Batch},
};

use super::{
    super::text,
    asked::{Asked, Order},
    batch::origin,
    bulk, codes, words,
};
use crate::{
    forms::Answer,
    portal::{Portal, Visit, portal, visit},
    ui::{DeskWay, ErrorSummary, PageHead, Pages, SelectField, TextField},
};

/// The table, for whoever may edit something.
pub(crate) async fn list_page(portal: &Portal, visit: &Visit) -> Answer {
    let may = visit.session.as_ref().is_some_and(|it| it.staff.may_somewhere(Action::EditPoint).is_ok());
    if !may {
        return Answer::Status(403);
    }
    match batches::latest(portal.store(), &visit.by()).await {
        Ok(last) => Answer::Page(Box::new(move || view! { <Table last /> }.into_any())),
        Err(Failure::Store(error)) => Answer::Failed(error),
        Err(_) => Answer::Status(403),
    }
}

#[component]
fn Table(last: Option<Batch>) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let title = locale.pick("点位", "Places");
    // A form that was refused brings along what was asked for.
    let query = visit.filled.as_ref().map_or(visit.query.clone(), |it| it.form.get("query").to_owned());
    let asked = Asked::read(&query);
    let found = asked.select(&portal, &visit);
    let total = found.len();
    let picked: Vec<String> =
        visit.filled.as_ref().map(|it| it.form.all("point").map(str::to_owned).collect()).unwrap_or_default();
    let pages = u32::try_from(total.div_ceil(PAGE)).unwrap_or(u32::MAX).max(1);
    let page = asked.query.page.clamp(1, pages);
    let rows = found.into_iter().skip((page as usize - 1) * PAGE).take(PAGE).enumerate().map(|(i, (summary, point))| {
        let kind = snapshot.atlas.kind(summary.kind).map(|it| it.label(locale).to_owned()).unwrap_or_default();
        let id = point.id.0;
        let cells = if asked.editing { editable(i, point, locale).into_any() } else { plain(summary, point, locale).into_any() };
        let mark = (!asked.editing).then(|| view! {
            <td><input type="checkbox" class="p-table__pick" name="point" value=id checked=picked.contains(&id.to_string()) aria-label=locale.pick(format!("选中 {}", summary.name), format!("Select {}", summary.name)) /></td>
        });
        view! {
            <tr id=format!("point-{id}")>
                {mark}
                {cells}
                <td>{kind}</td>
                <td>{summary.place.clone()}</td>
                <td>{freshness(point, &portal, snapshot.today(), locale)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let heading = |order: Order, words: &'static str| {
        let chosen = asked.order == order;
        let href = asked.address(|it| {
            it.backwards = chosen && !it.backwards;
            it.order = order;
            it.query.page = 1;
        });
        let (sort, arrow) = match (chosen, asked.backwards) {
            (true, false) => (Some("ascending"), "↑"),
            (true, true) => (Some("descending"), "↓"),
            _ => (None, ""),
        };
        view! { <th scope="col" aria-sort=sort><a href=locale.href(&href)>{words}</a>" "<span aria-hidden="true">{arrow}</span></th> }
    };
    let plain_heading = |words: &'static str| view! { <th scope="col">{words}</th> };
    let to_page = {
        let asked = asked.clone();
        Callback::new(move |page: u32| locale.href(&asked.address(|it| it.query.page = page)))
    };
    let export = asked.address(|it| it.query.page = 1);
    let export = export.strip_prefix("/desk/points").unwrap_or_default().to_owned();
    let mode = asked.address(|it| it.editing = !it.editing);
    let toggle = if asked.editing {
        locale.pick("不改了", "Stop editing")
    } else {
        locale.pick("直接在表里改", "Edit in the table")
    };
    let action = if asked.editing { "/desk/points/edit" } else { "/desk/points/bulk" };
    let after = if asked.editing {
        view! {
            <div class="p-acts">
                <button class="p-button p-button--main" type="submit">{locale.pick("把改了的提交复核", "Hand in what is changed")}</button>
            </div>
        }
        .into_any()
    } else {
        view! { <bulk::Choose total /> }.into_any()
    };
    let empty = (total == 0).then(|| {
        view! {
            <div class="p-empty">
                <p>{locale.pick("没有符合条件的点位。", "No place matches.")}</p>
                <a class="p-button" href=locale.href("/desk/points")>{locale.pick("看全部", "Show all")}</a>
            </div>
        }
    });
    let table = (total > 0).then(|| {
        view! {
            <form method="post" action=locale.href(action) class="p-table-form">
                <input type="hidden" name="query" value=query />
                <div class="p-table-frame" tabindex="0" role="region" aria-label=title>
                    <table class="p-table" id="points" data-live=(!asked.editing).then_some("point batch") class:p-table--edited=asked.editing>
                        <thead>
                            <tr>
                                {(!asked.editing).then(|| view! { <th scope="col">{locale.pick("选", "Pick")}</th> })}
                                {heading(Order::Name, locale.pick("名称", "Name"))}
                                {asked.editing.then(|| plain_heading(locale.pick("地址", "Address")))}
                                {plain_heading(locale.pick("电话", "Telephone"))}
                                {heading(Order::Kind, locale.pick("类别", "Kind"))}
                                {heading(Order::Area, locale.pick("地区", "Area"))}
                                {heading(Order::Verified, locale.pick("核实", "Verified"))}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <Pages page last=pages address=to_page />
                {after}
            </form>
        }
    });
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p class="p-acts">
            <a class="p-button p-button--main" href=locale.href("/desk/points/new")>{locale.pick("新设一个点位", "Add a place")}</a>
            <a class="p-button" href=locale.href("/desk/points/import")>{locale.pick("导入", "Import")}</a>
            <a class="p-button" href=locale.href("/desk/changes")>{locale.pick("草稿与复核", "Drafts and reviews")}</a>
        </p>
        {last.map(|batch| view! { <LastStep batch /> })}
        <ErrorSummary />
        <Filters asked=asked.clone() />
        <div class="p-acts">
            <p role="status" id="points-count" data-live="point batch">{text::count(total, locale)}</p>
            <a class="p-button p-button--quiet" href=locale.href(&mode)>{toggle}</a>
            <a class="p-button p-button--quiet" href=format!("/desk/points/export.xlsx{export}") download>{locale.pick("导出 Excel", "Export (Excel)")}</a>
        </div>
        {empty}
        {table}
    }
}

fn plain(summary: &PointSummary, point: &Point, locale: Locale) -> impl IntoView + use<> {
    let href = locale.href(&format!("/desk/points/{}", point.id.0));
    view! {
        <th scope="row" class="p-table__long"><a href=href>{summary.name(locale).to_owned()}</a></th>
        <td>{summary.telephone.clone()}</td>
    }
}

/// The simple fields as inputs; what was typed in a form that was refused stands there again.
fn editable(i: usize, point: &Point, locale: Locale) -> impl IntoView + use<> {
    let filled = visit().filled;
    let cell = |name: &'static str, label: &'static str, kept: String, maxlength: usize| {
        let typed = filled.as_ref().and_then(|it| it.form.all(name).nth(i).map(str::to_owned));
        let label = format!("{label}:{}", point.facts.name);
        view! { <input class="p-input" name=name value=typed.unwrap_or(kept) maxlength=maxlength aria-label=label autocomplete="off" spellcheck="false" /> }
    };
    view! {
        <th scope="row">
            <input type="hidden" name="point" value=point.id.0 />
            <input type="hidden" name="revision" value=point.revision />
            {cell("name", locale.pick("名称", "Name"), point.facts.name.clone(), 80)}
        </th>
        <td>{cell("address", locale.pick("地址", "Address"), point.facts.address.clone(), 200)}</td>
        <td>{cell("telephones", locale.pick("电话", "Telephones"), point.facts.telephones.join(" "), 250)}</td>
    }
}

/// What was done last to many points, and the way to take it back.
#[component]
fn LastStep(batch: Batch) -> impl IntoView {
    let locale = visit().locale;
    let href = locale.href(&format!("/desk/batches/{}", batch.id.0));
    view! {
        <p class="p-notice">
            {locale.pick("上一步:", "Last step: ")}
            {origin(batch.origin, locale)}" · "{batch.title.clone()}" · "{words::state(batch.state, locale)}" "
            <a href=href>{locale.pick("查看或撤销", "See it or undo it")}</a>
        </p>
    }
}

#[component]
fn Filters(asked: Asked) -> impl IntoView {
    let visit = visit();
    let (locale, atlas) = (visit.locale, &visit.snapshot.atlas);
    let any = |words: &str| (String::new(), words.to_owned());
    let kinds = codes::kinds(locale.pick("全部类别", "All kinds"), &visit);
    let areas = atlas
        .divisions
        .iter()
        .filter(|it| !it.ended && !matches!(it.level, DivisionLevel::Village | DivisionLevel::City));
    let areas = areas.map(|it| {
        let indent = if it.level == DivisionLevel::Township { " " } else { "" };
        (it.code.to_string(), format!("{indent}{}", it.name(locale)))
    });
    let areas = std::iter::once(any(locale.pick("全部地区", "All areas"))).chain(areas).collect();
    let states = Freshness::ALL.iter().map(|it| (it.code().to_owned(), words::freshness(*it, locale).to_owned()));
    let states = std::iter::once(any(locale.pick("不限", "Any"))).chain(states).collect();
    view! {
        <form class="p-form p-form--row" method="get" action=locale.href("/desk/points") role="search">
            <TextField name="q" label=locale.pick("名称、地址、电话", "Name, address, telephone") kind="search" value=asked.query.words.clone() maxlength=100 />
            <SelectField name="kind" label=locale.pick("类别", "Kind") options=kinds value=codes::text(asked.query.kind) />
            <SelectField name="division" label=locale.pick("地区", "Area") options=areas value=codes::text(asked.query.division) />
            <SelectField name="verified" label=locale.pick("核实", "Verified") options=states value=asked.freshness.map(|it| it.code().to_owned()).unwrap_or_default() />
            <button class="p-button" type="submit">{locale.pick("找", "Find")}</button>
        </form>
    }
}

/// When it was last verified, and whether that is too long ago.
fn freshness(point: &Point, portal: &Portal, today: time::Date, locale: Locale) -> impl IntoView + use<> {
    let fresh = portal.freshness(today, point.facts.verified_on);
    let day = match point.facts.verified_on {
        Some(date) => date.to_string(),
        None => locale.pick("从未", "never").to_owned(),
    };
    let class = format!("p-fresh p-fresh--{}", fresh.code());
    view! { <span class=class>{day}" "<small>{words::freshness(fresh, locale)}</small></span> }
}
