//! `/desk/questions/heat`: which clauses residents ask about most, so that those who drafted them see what is not clear.

use domain::{
    policies::{PolicyId, clauses::Anchor},
    questions::UNCLEAR,
};
use leptos::prelude::*;
use store::questions;

use super::DESK;
use crate::{
    forms::Answer,
    policies::text,
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, CountBar, PageHead},
};

/// The page.
pub(crate) async fn heat_page(portal: &Portal, visit: &Visit) -> Answer {
    let content = &visit.snapshot.content;
    match questions::heat(portal.store(), &visit.by(), &content.interpreters, &content.policies).await {
        Ok(list) => Answer::Page(Box::new(move || view! { <Heat list /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

#[component]
fn Heat(list: Vec<(PolicyId, Anchor, i64)>) -> impl IntoView {
    let visit = visit();
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let title = locale.pick("问得多的条款", "Clauses that are asked about");
    let way = [("工作台", "Desk", "/desk"), ("居民提问", "Questions by residents", DESK)];
    let way = way.map(|(zh, en, path)| (locale.pick(zh, en).to_owned(), path.to_owned())).to_vec();
    let most = list.iter().map(|it| it.2).max().unwrap_or_default();
    let empty = list.is_empty();
    let rows = list.into_iter().map(|(policy, anchor, asked)| {
        let href = locale.href(&format!("/policies/{}#{anchor}", policy.0));
        let name = content.policy(policy).map(|it| it.facts.title.clone()).unwrap_or_default();
        let hot = asked >= UNCLEAR;
        let mark = hot.then(|| view! { " "<span class="p-tag p-tag--late">{locale.pick("可能没写清楚", "perhaps unclear")}</span> });
        view! {
            <tr>
                <th scope="row" class="p-table__long"><a href=href><span lang="zh-CN">{name}</span>" · "{text::clause(&anchor, locale)}</a></th>
                <td class="p-heat" data-label=locale.pick("提问", "Questions")>
                    <CountBar count=asked most hot />
                    <span>{asked}{mark}</span>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let body = match empty {
        true => {
            let words = locale.pick(
                "还没有人就哪一条提过问。有人提问后,问得最多的条款排在最前面。",
                "Nobody has asked about a clause yet. Those that are asked about most will stand on top.",
            );
            view! { <p class="p-empty">{words}</p> }.into_any()
        }
        false => view! {
            <table id="heat" class="p-table p-table--compared">
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("条款", "Clause")}</th>
                        <th scope="col">{locale.pick("提问", "Questions")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    };
    view! {
        <PageHead title description=title />
        <Breadcrumbs way />
        <h1>{title}</h1>
        <p>{locale.pick(
            format!("一条有 {UNCLEAR} 个以上的提问,多半是没写清楚:可以补一段解读,或者下次修改时写明白。"),
            format!("A clause with {UNCLEAR} questions or more is probably not clear: add an interpretation, or mend it when the document is next changed."),
        )}</p>
        {body}
    }
}
