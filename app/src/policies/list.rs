//! `/policies`: the policies under filters that stand in the address.

use domain::policies::{Policy, PolicyKind, Validity};
use leptos::prelude::*;

use super::text;
use crate::{
    portal::visit,
    ui::{Column, Icon, PageHead, Pages},
};

pub(crate) const COLUMN: Column = Column {
    name: "政策与解读",
    description: "政策文件、解读、解读人和问答",
    keywords: "政策文件,政策解读,解读人,问答",
    kind: "政策解读",
};

const PAGE: usize = 20;

/// The list.
#[component]
pub(crate) fn PoliciesPage() -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let today = snapshot.today();
    let asked = |name: &str| visit.parameter(name).unwrap_or_default();
    let words: String = asked("q").trim().chars().take(100).collect();
    let kind = PolicyKind::from_code(&asked("kind"));
    let validity = Validity::from_code(&asked("validity"));
    let fits = |policy: &&Policy| {
        let facts = &policy.facts;
        let said = [&facts.title, &facts.number].into_iter().chain(&facts.subjects).chain(&facts.issuers);
        let has = |word: &str| said.clone().any(|it| it.to_lowercase().contains(&word.to_lowercase()));
        words.split_whitespace().all(has)
            && kind.is_none_or(|kind| facts.kind == kind)
            && validity.is_none_or(|validity| facts.validity(today) == validity)
    };
    let mut found: Vec<&Policy> = snapshot.content.policies.iter().filter(fits).collect();
    found.sort_by_key(|policy| std::cmp::Reverse((policy.facts.issued_on, policy.id)));
    let last = u32::try_from(found.len().div_ceil(PAGE)).unwrap_or(u32::MAX).max(1);
    let page = asked("page").parse().unwrap_or(1).clamp(1, last);
    let total = found.len();
    let rows = found.into_iter().skip((page as usize - 1) * PAGE).take(PAGE).map(|policy| {
        let facts = &policy.facts;
        let href = locale.href(&format!("/policies/{}", policy.id.0));
        let holds = facts.validity(today);
        let read = (!facts.interpretations.is_empty())
            .then(|| view! { <span class="p-tag">{locale.pick("有解读", "Interpreted")}</span> });
        view! {
            <li class="p-policy-row">
                <a href=href lang="zh-CN">{facts.title.clone()}</a>
                <p class="p-quiet">
                    <Validity holds />
                    " "
                    {read}
                    " "
                    <span lang="zh-CN">{facts.number.clone()}</span>
                    " "
                    {facts.issued_on.map(|day| day.to_string())}
                </p>
            </li>
        }
    });
    let rows = rows.collect_view();
    let any = (String::new(), locale.pick("全部", "All").to_owned());
    let kinds = PolicyKind::ALL.iter().map(|it| (it.code().to_owned(), text::kind(*it, locale).to_owned()));
    let states = Validity::ALL.iter().map(|it| (it.code().to_owned(), text::validity(*it, locale).to_owned()));
    let select = |name: &'static str, label: &'static str, options: Vec<(String, String)>, chosen: &str| {
        let options = options.into_iter().map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        });
        view! {
            <div class="p-field">
                <label class="p-field__label" for=name>{label}</label>
                <select class="p-input" id=name name=name>{options.collect_view()}</select>
            </div>
        }
    };
    let kinds = std::iter::once(any.clone()).chain(kinds).collect();
    let states = std::iter::once(any).chain(states).collect();
    let title = locale.pick("政策与解读", "Policies and what they mean");
    let lead = locale.pick(
        "每份政策都有具名的解读人。哪一句不明白,就在那一句提问。",
        "Every policy has a named interpreter. Ask at the very sentence that is unclear.",
    );
    let empty = (total == 0).then(|| {
        let words = locale.pick("没有符合条件的政策。去掉一个条件再试试。", "No policy fits. Try again with fewer conditions.");
        view! { <p class="p-empty">{words}" "<a href=locale.href("/policies")>{locale.pick("看全部", "Show all")}</a></p> }
    });
    let (q, k, v) = (words.clone(), asked("kind"), asked("validity"));
    let address = Callback::new(move |to: u32| {
        let query = serde_urlencoded::to_string([("q", &q), ("kind", &k), ("validity", &v), ("page", &to.to_string())]);
        locale.href(&format!("/policies?{}", query.unwrap_or_default()))
    });
    view! {
        <PageHead title description=lead column=COLUMN />
        <h1>{title}</h1>
        <p>{lead}</p>
        <form class="p-form p-policies__form" method="get" action=locale.href("/policies")>
            <div class="p-field">
                <label class="p-field__label" for="q">{locale.pick("标题、文号或主题", "Title, number or subject")}</label>
                <input class="p-input" id="q" name="q" type="search" maxlength="100" value=words />
            </div>
            {select("kind", locale.pick("种类", "Kind"), kinds, &asked("kind"))}
            {select("validity", locale.pick("效力", "Validity"), states, &asked("validity"))}
            <button class="p-button p-button--main" type="submit"><Icon name="search" />{locale.pick("找", "Find")}</button>
        </form>
        <p role="status">{locale.pick(format!("{total} 份政策"), format!("{total} policies"))}</p>
        {empty}
        <ul class="p-policy-list">{rows}</ul>
        <Pages page last address />
    }
}

/// Whether it holds, in a word.
#[component]
pub(crate) fn Validity(holds: Validity) -> impl IntoView {
    let over = matches!(holds, Validity::Expired | Validity::Repealed);
    view! { <span class="p-tag" class:p-tag--late=over>{text::validity(holds, visit().locale)}</span> }
}
