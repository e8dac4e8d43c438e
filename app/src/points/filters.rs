//! The filters of 一张图: a plain form that works by itself. With islands, `finder` listens to it; the form stays the query.

use domain::{finder::PointQuery, locale::Locale};
use leptos::prelude::*;

use super::{
    choices::{Choice, Choices},
    text,
};
use crate::ui::Icon;

/// The form of filters, filled in with a query.
#[component]
pub(super) fn Filters(query: PointQuery, choices: Choices, locale: Locale) -> impl IntoView {
    let more = query.level.is_some() || query.service.is_some() || query.facility.is_some() || query.sort.is_some();
    let (near, open) = (query.near.map(|near| near.to_string()), query.open);
    let pairs = query.pairs();
    let pick = |name: &'static str, label: &'static str, any: &'static str, choices: Vec<Choice>| {
        let value = pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap_or_default();
        view! { <Pick name label any choices value /> }
    };
    view! {
        <form class="p-filters" method="get" action=locale.href("/points") role="search">
            <div class="p-filters__words">
                <label class="p-field">
                    <span class="p-field__label">{locale.pick("办什么事、去哪里", "What or where")}</span>
                    <input
                        class="p-input"
                        type="search"
                        name="q"
                        maxlength="100"
                        autocomplete="off"
                        enterkeyhint="search"
                        placeholder=locale.pick("如:社保、户口、桂溪街道", "e.g. pension, Wuhou")
                        value=query.words.clone()
                    />
                </label>
                <button class="p-button p-button--main" type="submit">
                    <Icon name="search" />
                    {locale.pick("找", "Find")}
                </button>
            </div>
            <div class="p-filters__quick">
                <label class="p-check">
                    <input type="checkbox" name="open" value="now" checked=open />
                    <span class="p-filters__open">{text::open_now(choices.open, locale)}</span>
                </label>
                <button class="p-button p-button--quiet p-filters__near p-needs-script" type="button" aria-pressed=near.is_some().to_string()>
                    <Icon name="locate" />
                    {locale.pick("离我近的", "Near me")}
                </button>
            </div>
            <p class="p-notice p-filters__lost" role="alert" hidden>{text::lost(locale)}</p>
            <p class="p-notice p-filters__failed" role="alert" hidden>{text::failed(locale)}</p>
            <div class="p-filters__row">
                {pick("kind", locale.pick("类别", "Kind"), locale.pick("全部类别", "All kinds"), choices.kinds)}
                {pick("division", locale.pick("地区", "Area"), locale.pick("全市", "Whole city"), choices.divisions)}
            </div>
            <details class="p-filters__more" open=more>
                <summary>{locale.pick("更多条件", "More filters")}</summary>
                <div class="p-filters__row">
                    {pick("service", locale.pick("事项", "Service"), locale.pick("不限事项", "Any service"), choices.services)}
                    {pick("level", locale.pick("层级", "Level"), locale.pick("不限层级", "Any level"), choices.levels)}
                    {pick("facility", locale.pick("设施", "Facility"), locale.pick("不限设施", "Any facility"), choices.facilities)}
                    {pick("sort", locale.pick("排序", "Order"), locale.pick("最合适的在前", "Best first"), choices.orders)}
                </div>
            </details>
            <input type="hidden" name="near" disabled=near.is_none() value=near.unwrap_or_default() />
        </form>
    }
}

/// A list to choose one of, with how many points each choice would give.
#[component]
fn Pick(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    choices: Vec<Choice>,
    value: String,
) -> impl IntoView {
    let options = choices.into_iter().map(|choice| {
        let chosen = choice.value == value;
        view! { <option value=choice.value selected=chosen>{choice.label}</option> }
    });
    view! {
        <label class="p-field">
            <span class="p-field__label">{label}</span>
            <select class="p-input" name=name>
                <option value="">{any}</option>
                {options.collect_view()}
            </select>
        </label>
    }
}
