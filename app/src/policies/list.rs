//! `/policies`: the policies under filters that stand in the address. The form is the query: what is asked for most is in sight, the
//! rest is folded away until it is used.

use domain::policies::{Policy, Validity};
use leptos::prelude::*;
use leptos_meta::Link;

use super::{
    filters::{Facet, Filter},
    text,
};
use crate::{
    portal::visit,
    ui::{Column, Icon, PageHead, Pages, lang_of},
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
    let (locale, today) = (visit.locale, visit.snapshot.today());
    let policies = &visit.snapshot.content.policies;
    let filter = Filter::read(|name| visit.parameter(name), policies, today);
    let found = filter.find(policies, today);
    let (total, last) = (found.len(), last_page(found.len(), PAGE));
    let page = visit.parameter("page").and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, last);
    let skipped = (page as usize - 1) * PAGE;
    let rows = found.into_iter().skip(skipped).take(PAGE).map(|it| view! { <Row policy=it.clone() /> }).collect_view();
    let title = locale.pick("政策与解读", "Policies and what they mean");
    let lead = locale.pick(
        "每份政策都有具名的解读人。哪一句不明白,就在那一句提问。",
        "Every policy has a named interpreter. Ask at the very sentence that is unclear.",
    );
    let feed = locale.href(&filter.address("/policies/feed.xml", 1));
    let feed_title = locale.pick("政策与解读", "Policies");
    let pages = filter.clone();
    let address = Callback::new(move |to: u32| locale.href(&pages.address("/policies", to)));
    view! {
        <PageHead title description=lead column=COLUMN />
        <Link rel="alternate" type_="application/atom+xml" title=feed_title href=feed.clone() />
        <h1>{title}</h1>
        <p>{lead}</p>
        <Form filter=filter.clone() />
        <p role="status">{locale.pick(format!("{total} 份政策"), format!("{total} policies"))}</p>
        {(total == 0).then(|| view! { <Nothing filter /> })}
        <ul class="p-policy-list">{rows}</ul>
        <Pages page last address />
        <p class="p-acts">
            <a class="p-button p-button--quiet" href=locale.href("/policies/questions")>
                <Icon name="message-circle" />
                {locale.pick("按主题看问答", "Questions by subject")}
            </a>
            <a class="p-button p-button--quiet" href=feed>{locale.pick("订阅(Atom)", "Feed (Atom)")}</a>
        </p>
    }
}

/// The last page of so many things.
pub(super) fn last_page(total: usize, a_page: usize) -> u32 {
    u32::try_from(total.div_ceil(a_page)).unwrap_or(u32::MAX).max(1)
}

/// The filters.
#[component]
fn Form(filter: Filter) -> impl IntoView {
    let locale = visit().locale;
    let more = [Facet::Subject, Facet::Issuer, Facet::Year, Facet::Kind, Facet::Form];
    let used = more.iter().any(|facet| filter.chosen(*facet).is_some());
    let words = filter.words.clone();
    let fields = more.map(|facet| view! { <Select filter=filter.clone() facet /> }).collect_view();
    view! {
        <form class="p-policies__form" method="get" action=locale.href("/policies") role="search">
            <div class="p-policies__first">
                <div class="p-field p-policies__words">
                    <label class="p-field__label" for="q">{locale.pick("标题、文号或主题", "Title, number or subject")}</label>
                    <input class="p-input" id="q" name="q" type="search" maxlength="100" value=words />
                </div>
                <Select filter facet=Facet::Validity />
                <button class="p-button p-button--main" type="submit"><Icon name="search" />{locale.pick("找", "Find")}</button>
            </div>
            <details class="p-filters__more" open=used>
                <summary>{locale.pick("更多条件", "More filters")}</summary>
                <div class="p-policies__fields">{fields}</div>
            </details>
        </form>
    }
}

/// One of the choices of a facet, each with how many policies it leaves.
#[component]
fn Select(filter: Filter, facet: Facet) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let choices = filter.choices(facet, &visit.snapshot.content.policies, visit.snapshot.today(), locale);
    let options = choices.into_iter().map(|it| {
        let words = format!("{} ({})", it.words, it.count);
        view! { <option value=it.value selected=it.chosen lang=lang_of(&it.words, locale)>{words}</option> }
    });
    let (name, options) = (facet.name(), options.collect_view());
    view! {
        <div class="p-field">
            <label class="p-field__label" for=name>{facet.label(locale)}</label>
            <select class="p-input" id=name name=name>
                <option value="">{locale.pick("全部", "All")}</option>
                {options}
            </select>
        </div>
    }
}

/// Nothing fits: which condition to leave out, and what that would find.
#[component]
fn Nothing(filter: Filter) -> impl IntoView {
    let visit = visit();
    let (locale, policies, today) = (visit.locale, &visit.snapshot.content.policies, visit.snapshot.today());
    if filter.is_empty() {
        let words = locale.pick("还没有发布政策。", "No policy has been published yet.");
        return view! { <p class="p-empty">{words}</p> }.into_any();
    }
    let words = Some((None, filter.words.clone())).filter(|(_, words)| !words.is_empty());
    let chosen = Facet::ALL.into_iter().filter_map(|it| Some((Some(it), it.words(filter.chosen(it)?, locale))));
    let ways = words.into_iter().chain(chosen).filter_map(|(facet, words)| {
        let less = filter.without(facet);
        let count = less.find(policies, today).len();
        let href = locale.href(&less.address("/policies", 1));
        let lang = lang_of(&words, locale);
        (count > 0).then(|| {
            view! {
                <a class="p-chip" href=href>
                    {locale.pick("去掉", "Without")}
                    "“"
                    <span lang=lang>{words}</span>
                    "” · "
                    {locale.pick(format!("{count} 份"), count.to_string())}
                </a>
            }
        })
    });
    let ways = ways.collect_view();
    let words =
        locale.pick("没有符合条件的政策。去掉一个条件再试试:", "No policy fits. Try again with fewer conditions:");
    view! {
        <div class="p-empty">
            <p>{words}</p>
            <p class="p-chips">
                {ways}
                <a class="p-chip" href=locale.href("/policies")>{locale.pick("看全部", "Show all")}</a>
            </p>
        </div>
    }
    .into_any()
}

/// A policy of the list.
#[component]
fn Row(policy: Policy) -> impl IntoView {
    let visit = visit();
    let (locale, facts) = (visit.locale, policy.facts);
    let href = locale.href(&format!("/policies/{}", policy.id.0));
    let holds = facts.validity(visit.snapshot.today());
    let mut forms: Vec<_> = facts.interpretations.iter().map(|it| it.form).collect();
    forms.sort();
    forms.dedup();
    let forms = forms.into_iter().map(|form| view! { <span class="p-tag">{text::form(form, locale)}</span>" " });
    let forms = forms.collect_view();
    let issuer = facts.issuers.first().cloned().unwrap_or_default();
    view! {
        <li class="p-policy-row">
            <a href=href lang="zh-CN">{facts.title}</a>
            <p class="p-quiet p-policy-row__facts">
                <Validity holds />
                " "
                {forms}
                {(!facts.number.is_empty()).then(|| view! { <span lang="zh-CN">{facts.number.clone()}</span> })}
                " "
                <span lang="zh-CN">{issuer}</span>
                " "
                {facts.issued_on.map(|day| day.to_string())}
            </p>
        </li>
    }
}

/// Whether it holds, in a word.
#[component]
pub(crate) fn Validity(holds: Validity) -> impl IntoView {
    let over = matches!(holds, Validity::Expired | Validity::Repealed);
    view! { <span class="p-tag" class:p-tag--late=over>{text::validity(holds, visit().locale)}</span> }
}
