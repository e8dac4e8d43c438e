//! `/desk/reports`: what residents report about the points somebody may edit, and the answer to it.

use domain::{
    points::Photo,
    reports::{Outcome, ReportId, ReportState, due},
};
use leptos::prelude::*;
use store::{
    Failure, photos,
    reports::{self, Refused, Report},
};

use super::text;
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong},
    points::{stamp, text as points},
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, Chip, DeskWay, ErrorSummary, PageHead, SelectField, TextArea},
};

/// The list: what waits, or what is answered.
pub(crate) async fn list_page(portal: &Portal, visit: &Visit) -> Answer {
    let answered = visit.parameter("show").as_deref() == Some("answered");
    match reports::list(portal.store(), &visit.snapshot, &visit.by(), answered).await {
        Ok(list) => Answer::Page(Box::new(move || view! { <List list answered /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn List(list: Vec<Report>, answered: bool) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let title = locale.pick("居民报错", "Reports by residents");
    let last = if answered { locale.pick("结果", "Outcome") } else { locale.pick("最晚答复", "Answer by") };
    let empty = list.is_empty();
    let rows = list.into_iter().map(|report| {
        let href = locale.href(&format!("/desk/reports/{}", report.id.0));
        let name = snapshot.content.point(report.point).map(|point| point.facts.name.clone()).unwrap_or_default();
        view! {
            <tr>
                <th scope="row" class="p-table__long"><a href=href>{name}</a></th>
                <td data-label=locale.pick("哪里不对", "What is wrong")>{text::fault(report.fault, locale)}</td>
                <td data-label=locale.pick("收到", "Received")>{stamp(report.received_at)}</td>
                <td data-label=last>{whereabouts(&report, &visit)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let body = match empty {
        true => {
            let words = match answered {
                true => locale.pick("还没有答复过的报错。", "Nothing has been answered yet."),
                false => locale.pick("没有等着答复的报错。", "No report waits for an answer."),
            };
            view! { <p class="p-empty">{words}</p> }.into_any()
        }
        false => view! {
            <div class="p-table-frame" tabindex="0" role="region" aria-label=title>
                <table class="p-table p-table--compared">
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("点位", "Place")}</th>
                            <th scope="col">{locale.pick("哪里不对", "What is wrong")}</th>
                            <th scope="col">{locale.pick("收到", "Received")}</th>
                            <th scope="col">{last}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <p class="p-chips p-report__filter">
            <Chip path="/desk/reports" here=!answered words=locale.pick("待答复", "Waiting") />
            <Chip path="/desk/reports?show=answered" here=answered words=locale.pick("已答复", "Answered") />
        </p>
        {body}
    }
}

/// The last day to answer, marked when it is over; or what came of it.
fn whereabouts(report: &Report, visit: &Visit) -> AnyView {
    let (locale, today) = (visit.locale, visit.snapshot.today());
    match &report.state {
        ReportState::Received => {
            let last = due(report.received_at, &visit.snapshot.content.calendar);
            let late = (last < today)
                .then(|| view! { <span class="p-tag p-tag--late">{locale.pick("超期", "overdue")}</span> });
            view! { {points::day(last, today, locale)}" "{late} }.into_any()
        }
        ReportState::Answered { outcome, .. } => text::outcome(*outcome, locale).into_any(),
    }
}

/// One report.
pub(crate) async fn report_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse().map(ReportId) else { return Answer::Status(404) };
    match load(portal, visit, id).await {
        Ok((report, photo)) => Answer::Page(Box::new(move || view! { <One report photo contact=None /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

async fn load(portal: &Portal, visit: &Visit, id: ReportId) -> Result<(Report, Option<Photo>), Failure<Refused>> {
    let report = reports::one(portal.store(), &visit.by(), id).await?;
    let photo = match &report.photo {
        Some(address) => photos::find(portal.store(), address).await?,
        None => None,
    };
    Ok((report, photo))
}

/// Shows how to reach whoever reported, this once.
pub(crate) async fn contact(portal: &Portal, visit: &Visit, id: ReportId) -> Submitted {
    let shown = async {
        let contact = reports::contact(portal.store(), portal.vault(), &visit.by(), id).await?;
        Ok((load(portal, visit, id).await?, contact))
    };
    match shown.await {
        Ok(((report, photo), contact)) => {
            Submitted::Page(Box::new(move || view! { <One report photo contact /> }.into_any()), Cookie::Keep)
        }
        Err(failure) => text::again(failure, portal, visit),
    }
}

/// Answers a report.
pub(crate) async fn answer(portal: &Portal, visit: &Visit, id: ReportId, form: &Form) -> Submitted {
    let Some(outcome) = Outcome::from_code(form.get("outcome")) else {
        let words = visit.locale.pick("请选结果。", "Choose what came of it.").to_owned();
        return Submitted::Again(vec![Wrong { field: "outcome", words }]);
    };
    match reports::answer(portal.store(), &visit.by(), id, outcome, form.get("words")).await {
        Ok(()) => Submitted::Go("/desk/reports".into(), Cookie::Keep),
        Err(failure) => text::again(failure, portal, visit),
    }
}

#[component]
fn One(report: Report, photo: Option<Photo>, contact: Option<String>) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let point = content.point(report.point);
    let name = point.map(|point| point.facts.name.clone()).unwrap_or_default();
    let title = format!("{} · {name}", text::fault(report.fault, locale));
    let way = [("工作台", "Desk", "/desk"), ("居民报错", "Reports by residents", "/desk/reports")];
    let way = way.map(|(zh, en, path)| (locale.pick(zh, en).to_owned(), path.to_owned())).to_vec();
    let (see, edit) = (format!("/points/{}", report.point.0), format!("/desk/points/{}", report.point.0));
    let place = whereabouts(&report, &visit);
    let words = match report.words.is_empty() {
        true => locale.pick("(没有写)", "(nothing)").to_owned(),
        false => report.words.clone(),
    };
    let photo = photo.map(|photo| {
        let side = |pixels: u32| (pixels > 0).then_some(pixels);
        let alt = locale.pick("居民附的照片", "The photo that came with it");
        view! {
            <dt>{locale.pick("照片", "Photo")}</dt>
            <dd><img class="p-report__photo" src=photo.url alt=alt width=side(photo.width) height=side(photo.height) loading="lazy" /></dd>
        }
    });
    let reach = match (contact, report.has_contact) {
        (Some(contact), _) => view! { <strong class="p-report__said">{contact}</strong> }.into_any(),
        (None, true) => view! {
            <form method="post" action=locale.href(&format!("/desk/reports/{}/contact", report.id.0))>
                <button class="p-button" type="submit">{locale.pick("看联系方式", "Show it")}</button>
                <p class="p-field__hint">{locale.pick("每次查看都会记入审计日志", "Every look is a line of the audit log")}</p>
            </form>
        }
        .into_any(),
        (None, false) => locale.pick("没有留", "not given").into_any(),
    };
    let answered = match report.state {
        ReportState::Received => view! { <AnswerForm id=report.id /> }.into_any(),
        ReportState::Answered { words, at, .. } => view! {
            <section class="p-section">
                <h2>{locale.pick("已经答复", "Answered")}</h2>
                <p class="p-report__said">{words}</p>
                <p class="p-quiet">{stamp(at)}</p>
            </section>
        }
        .into_any(),
    };
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <ErrorSummary />
        <dl class="p-facts">
            <dt>{locale.pick("怎么说的", "In their words")}</dt>
            <dd class="p-report__said">{words}</dd>
            {photo}
            <dt>{locale.pick("收到时间", "Received")}</dt>
            <dd>{stamp(report.received_at)}</dd>
            <dt>{locale.pick("最晚答复或结果", "Answer by, or outcome")}</dt>
            <dd>{place}</dd>
            <dt>{locale.pick("联系方式", "How to reach them")}</dt>
            <dd>{reach}</dd>
        </dl>
        <p class="p-acts">
            <a class="p-button" href=locale.href(&edit)>{locale.pick("改这个点位", "Change this place")}</a>
            <a class="p-button p-button--quiet" href=locale.href(&see)>{locale.pick("看居民看到的页面", "See its public page")}</a>
        </p>
        {answered}
    }
}

#[component]
fn AnswerForm(id: ReportId) -> impl IntoView {
    let locale = visit().locale;
    let choose = (String::new(), locale.pick("(请选)", "(choose)").to_owned());
    let outcomes = Outcome::ALL.iter().map(|it| (it.code().to_owned(), text::outcome(*it, locale).to_owned()));
    let options = std::iter::once(choose).chain(outcomes).collect();
    view! {
        <section class="p-section">
            <h2>{locale.pick("答复", "Answer")}</h2>
            <form class="p-form" method="post" action=locale.href(&format!("/desk/reports/{}/answer", id.0))>
                <SelectField name="outcome" label=locale.pick("结果", "What came of it") options />
                <TextArea
                    name="words"
                    label=locale.pick("告诉报错的人", "What the reporter is told")
                    hint=locale.pick("他们凭查询码看到这句话,如「电话已改成新的,谢谢」", "They read it by their code, such as “The number is corrected, thank you”")
                />
                <button class="p-button p-button--main" type="submit">{locale.pick("答复并办结", "Answer and close")}</button>
            </form>
        </section>
    }
}
