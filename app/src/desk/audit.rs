//! `/desk/audit`: the audit log, for auditors.

use leptos::prelude::*;
use store::{
    Failure,
    audit::{self, Line, Search},
};
use time::{Date, macros::format_description};

use crate::{
    forms::Answer,
    points::stamp,
    portal::{Portal, Visit, visit},
    ui::{DeskWay, PageHead, Pages, TextField},
};

/// The lines that were asked for.
pub(super) async fn audit_page(portal: &Portal, visit: &Visit) -> Answer {
    let search = asked(visit);
    match audit::search(portal.store(), &visit.by(), &search).await {
        Ok((lines, total)) => Answer::Page(Box::new(move || view! { <Log lines total search /> }.into_any())),
        Err(Failure::Store(error)) => Answer::Failed(error),
        Err(Failure::Forbidden | Failure::Refused(())) => Answer::Status(403),
    }
}

/// The search of an address; what makes no sense asks for nothing.
pub fn asked(visit: &Visit) -> Search {
    let day = |name: &str| {
        let format = format_description!("[year]-[month]-[day]");
        visit.parameter(name).and_then(|text| Date::parse(&text, format).ok())
    };
    let text = |name: &str| visit.parameter(name).unwrap_or_default().trim().chars().take(64).collect();
    let page = visit.parameter("page").and_then(|page| page.parse().ok()).filter(|page| (1..=100_000).contains(page));
    Search { actor: text("actor"), action: text("action"), from: day("from"), to: day("to"), page: page.unwrap_or(1) }
}

#[component]
fn Log(lines: Vec<Line>, total: u64, search: Search) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick("审计日志", "Audit log");
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let pairs = [
        ("actor", search.actor.clone()),
        ("action", search.action.clone()),
        ("from", day(search.from)),
        ("to", day(search.to)),
    ];
    let query: String = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}={}&", crate::points::percent(value)))
        .collect();
    let last = u32::try_from(total.div_ceil(audit::PAGE)).unwrap_or(u32::MAX).max(1);
    let address = {
        let query = query.clone();
        Callback::new(move |page: u32| locale.href(&format!("/desk/audit?{query}page={page}")))
    };
    let rows = lines.into_iter().map(|line| {
        let outcome = match line.outcome.as_str() {
            "done" => locale.pick("成功", "done"),
            _ => locale.pick("拒绝", "refused"),
        };
        view! {
            <tr>
                <th scope="row">{stamp(line.at)}</th>
                <td>{line.actor}</td>
                <td>{line.action}</td>
                <td>{line.subject}</td>
                <td>{outcome}</td>
                <td>{line.origin}</td>
                <td class="p-table__long"><code>{line.detail}</code></td>
            </tr>
        }
    });
    let [actor, action, from, to] = pairs.map(|(_, value)| value);
    view! {
        <PageHead title description=title />
        <DeskWay />
        <h1>{title}</h1>
        <form class="p-form" method="get" action=locale.href("/desk/audit") role="search">
            <div class="p-filters__row">
                <TextField name="actor" label=locale.pick("谁(账号名称)", "Who (account)") value=actor maxlength=64 />
                <TextField name="action" label=locale.pick("做了什么", "What") value=action maxlength=64 />
                <TextField name="from" label=locale.pick("从哪天", "From") kind="date" value=from />
                <TextField name="to" label=locale.pick("到哪天", "To") kind="date" value=to />
            </div>
            <button class="p-button p-button--main" type="submit">{locale.pick("查", "Search")}</button>
        </form>
        <p role="status">{locale.pick(format!("共 {total} 行"), format!("{total} lines"))}</p>
        <p><a href=locale.href(&format!("/desk/audit.csv?{query}")) download="audit.csv">{locale.pick("导出表格(CSV)", "Export (CSV)")}</a></p>
        <div class="p-table-frame" tabindex="0" role="region" aria-label=title>
            <table class="p-table">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("时间", "When")}</th>
                        <th scope="col">{locale.pick("谁", "Who")}</th>
                        <th scope="col">{locale.pick("做了什么", "What")}</th>
                        <th scope="col">{locale.pick("对什么", "To what")}</th>
                        <th scope="col">{locale.pick("结果", "Outcome")}</th>
                        <th scope="col">{locale.pick("从哪里", "From where")}</th>
                        <th scope="col">{locale.pick("前后内容", "Before and after")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <Pages page=search.page last address />
    }
}
