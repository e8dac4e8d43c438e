//! Whether a policy holds, what took its place and whose place it took, with the way to both beside each other.

use domain::policies::{Policy, Validity as Holds};
use leptos::prelude::*;

use super::{
    compare::{address, before},
    list::Validity,
};
use crate::{points::text as points, portal::visit};

/// The line below the title.
#[component]
pub(super) fn Banner(policy: Policy) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let holds = policy.facts.validity(snapshot.today());
    let title = |it: &Policy| {
        let href = locale.href(&format!("/policies/{}", it.id.0));
        view! { <a href=href lang="zh-CN">{it.facts.title.clone()}</a> }
    };
    let beside =
        |href: String, word: &'static str| view! { <p><a class="p-button" href=locale.href(&href)>{word}</a></p> };
    let by = policy.facts.fate.as_ref().and_then(|fate| fate.by).and_then(|id| snapshot.content.policy(id));
    let by = by.filter(|by| by.id != policy.id);
    let to_new =
        by.map(|by| beside(address(by.id, policy.id), locale.pick("和新文件逐条对照", "Compare it with the new one")));
    let by = by.map(|by| view! { " "{locale.pick("现在看:", "See now: ")}{title(by)} });
    let older = before(&snapshot.content, policy.id);
    let to_old = older
        .first()
        .map(|old| beside(address(policy.id, old.id), locale.pick("和旧文件逐条对照", "Compare it with the old one")));
    let older = older.first().map(|old| view! { " "{locale.pick("它接替了:", "It took the place of: ")}{title(old)} });
    let since = policy.facts.fate.as_ref().filter(|fate| fate.on <= snapshot.today()).map(|fate| {
        let day = points::day(fate.on, snapshot.today(), locale);
        locale.pick(format!("自{day}起"), format!("since {day}"))
    });
    let class = match holds {
        Holds::InForce => "p-policy__state",
        _ => "p-policy__state p-notice",
    };
    let sample =
        policy.facts.demonstration.then(|| view! { <span class="p-tag">{locale.pick("示例", "Sample")}</span>" " });
    view! {
        <div class=class>
            <p><Validity holds />" "{sample}{since}{by}{older}</p>
            {to_new}
            {to_old}
        </div>
    }
}
