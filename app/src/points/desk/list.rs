//! `/desk/points`: the points somebody may edit, as a table.

use domain::{
    finder::{PAGE, PointQuery},
    identity::{Action, Belongs},
    points::Point,
};
use leptos::prelude::*;
use store::identity::Session;
use time::{Date, Duration};

use super::super::{list::address, text};
use crate::{
    forms::Answer,
    portal::{Visit, visit},
    ui::{DeskWay, PageHead, Pages, TextField},
};

/// After so long the facts of a point have to be verified again.
pub(crate) const PERIOD: Duration = Duration::days(180);

/// The table, for whoever may edit something.
pub(crate) fn list_page(visit: &Visit, session: &Session) -> Answer {
    match session.staff.may_somewhere(Action::EditPoint) {
        Ok(()) => {
            let session = session.clone();
            let words = visit.parameter("q").unwrap_or_default();
            let page = visit.parameter("page").and_then(|page| page.parse().ok()).unwrap_or(1_u32);
            Answer::Page(Box::new(move || view! { <Table session words page /> }.into_any()))
        }
        Err(_) => Answer::Status(403),
    }
}

#[component]
fn Table(session: Session, words: String, page: u32) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let title = locale.pick("点位", "Places");
    let (query, _) = PointQuery::read([("q", words.as_str())]);
    let found = snapshot.atlas.find(&query).hits;
    let mine: Vec<_> = found
        .into_iter()
        .map(|(i, _)| &snapshot.atlas.points()[i])
        .filter_map(|summary| {
            let point = snapshot.content.point(summary.id)?;
            let thing = Belongs { within: summary.within.clone(), organisation: Some(point.facts.organisation) };
            session.staff.may(Action::EditPoint, &thing).ok().map(|()| (summary, point))
        })
        .collect();
    let last = u32::try_from(mine.len().div_ceil(PAGE)).unwrap_or(u32::MAX).max(1);
    let page = page.clamp(1, last);
    let today = snapshot.today();
    let rows = mine.iter().skip((page as usize - 1) * PAGE).take(PAGE).map(|(summary, point)| {
        let href = locale.href(&format!("/desk/points/{}", point.id.0));
        let kind = snapshot.atlas.kind(summary.kind).map(|it| it.label(locale).to_owned()).unwrap_or_default();
        view! {
            <tr id=format!("point-{}", point.id.0)>
                <th scope="row" class="p-table__long"><a href=href>{summary.name(locale).to_owned()}</a></th>
                <td>{kind}</td>
                <td>{summary.place.clone()}</td>
                <td>{summary.telephone.clone()}</td>
                <td>{freshness(point, today, locale)}</td>
            </tr>
        }
    });
    let total = mine.len();
    let query = words.clone();
    let to_page = Callback::new(move |page: u32| {
        let query = PointQuery { words: query.clone(), page, ..PointQuery::default() };
        locale.href(&format!("/desk{}", address(&query)))
    });
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p class="p-acts">
            <a class="p-button p-button--main" href=locale.href("/desk/points/new")>{locale.pick("新设一个点位", "Add a place")}</a>
            <a class="p-button" href=locale.href("/desk/changes")>{locale.pick("草稿与复核", "Drafts and reviews")}</a>
        </p>
        <form class="p-form" method="get" action=locale.href("/desk/points") role="search">
            <TextField name="q" label=locale.pick("名称、地址、电话", "Name, address, telephone") kind="search" value=words maxlength=100 />
            <button class="p-button" type="submit">{locale.pick("找", "Find")}</button>
        </form>
        <p role="status" id="points-count" data-live="point">{text::count(total, locale)}</p>
        <div class="p-table-frame" tabindex="0" role="region" aria-label=title>
            <table class="p-table" id="points" data-live="point">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("名称", "Name")}</th>
                        <th scope="col">{locale.pick("类别", "Kind")}</th>
                        <th scope="col">{locale.pick("地区", "Area")}</th>
                        <th scope="col">{locale.pick("电话", "Telephone")}</th>
                        <th scope="col">{locale.pick("核实", "Verified")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <Pages page last address=to_page />
    }
}

/// When it was last verified, and whether that is too long ago.
fn freshness(point: &Point, today: Date, locale: domain::locale::Locale) -> impl IntoView + use<> {
    let overdue = point.facts.verified_on.is_none_or(|date| date + PERIOD < today);
    let words = match point.facts.verified_on {
        Some(date) => date.to_string(),
        None => locale.pick("从未", "never").to_owned(),
    };
    let mark = overdue.then(|| view! { <span class="p-tag p-tag--late">{locale.pick("该核实了", "due")}</span> });
    view! { {words}" "{mark} }
}
