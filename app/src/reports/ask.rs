//! `/reports`: what came of a report, for whoever has its code. The code is posted, so that it stands in no address, history or
//! log.

use domain::reports::{ReportState, code::QueryCode, due};
use leptos::prelude::*;
use store::reports::{self, Report};

use super::{form::name, text};
use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    points::{stamp, text as points},
    portal::{Portal, Visit, visit},
    ui::{Column, ErrorSummary, PageHead, TextField, lang_of},
};

const COLUMN: Column = Column {
    name: "报错结果",
    description: "居民凭查询码看点位报错的答复",
    keywords: "报错,答复,查询码",
    kind: "咨询投诉",
};

/// The page that asks for the code.
#[component]
pub(crate) fn AskPage() -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("报错结果", "Answers to reports");
    view! {
        <PageHead title description=locale.pick("凭查询码看报错的答复。", "See the answer to your report by its code.") column=COLUMN />
        <h1>{title}</h1>
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href("/reports")>
            <TextField
                name="code"
                label=locale.pick("查询码", "Code")
                hint=locale.pick("报错后给您的 15 个字符,大小写都行", "The 15 signs you were given; capitals do not matter")
                maxlength=40
            />
            <button class="p-button p-button--main" type="submit">{locale.pick("看结果", "See the answer")}</button>
        </form>
        <p class="p-report__ask">
            {locale.pick("要报错,请先在一张图里找到那个点位。", "To report an error, first find the place on the map.")}
            " "
            <a href=locale.href("/points")>{locale.pick("去一张图", "To the map")}</a>
        </p>
    }
}

/// Shows what came of a report.
pub(crate) async fn ask(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    let say = |zh: &str, en: &str| {
        Submitted::Again(vec![Wrong { field: "code", words: visit.locale.pick(zh, en).to_owned() }])
    };
    let Ok(code) = form.get("code").parse::<QueryCode>() else {
        return say(
            "查询码不对:可能抄错了一个字符,请对照再输一遍。",
            "This is no code: perhaps one sign is wrong. Please compare it and try again.",
        );
    };
    match reports::ask(portal.store(), &code).await {
        Ok(Some(report)) => Submitted::Page(Box::new(move || view! { <Status report /> }.into_any()), Cookie::Keep),
        Ok(None) => say("没有这个查询码的报错。", "There is no report with this code."),
        Err(error) => Submitted::Failed(error),
    }
}

#[component]
fn Status(report: Report) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let title = locale.pick("报错结果", "Answers to reports");
    let point = snapshot.content.point(report.point).map(|point| {
        let (name, href) = (name(point, locale), locale.href(&format!("/points/{}", point.id.0)));
        view! { <a href=href lang=lang_of(&name, locale)>{name.clone()}</a> }
    });
    let last = points::day(due(report.received_at, &snapshot.content.calendar), snapshot.today(), locale);
    let (state, more) = match report.state {
        ReportState::Received => (
            locale.pick("正在核实", "Being looked into"),
            view! {
                <dt>{locale.pick("最晚答复", "Answer by")}</dt>
                <dd>{last}</dd>
            }
            .into_any(),
        ),
        ReportState::Answered { outcome, words, at } => (
            text::outcome(outcome, locale),
            view! {
                <dt>{locale.pick("答复", "Answer")}</dt>
                <dd lang="zh-CN" class="p-report__said">{words}</dd>
                <dt>{locale.pick("答复时间", "Answered")}</dt>
                <dd>{stamp(at)}</dd>
            }
            .into_any(),
        ),
    };
    view! {
        <PageHead title description=title />
        <h1>{title}</h1>
        <p><span class="p-tag">{state}</span></p>
        <dl class="p-facts">
            <dt>{locale.pick("点位", "Place")}</dt>
            <dd>{point}</dd>
            <dt>{locale.pick("哪里不对", "What is wrong")}</dt>
            <dd>{text::fault(report.fault, locale)}</dd>
            <dt>{locale.pick("收到时间", "Received")}</dt>
            <dd>{stamp(report.received_at)}</dd>
            {more}
        </dl>
        <p class="p-acts">
            <a class="p-button" href=locale.href("/reports")>{locale.pick("查另一个", "Ask about another")}</a>
        </p>
    }
}
