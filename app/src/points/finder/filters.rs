//! The filters: a plain form that works by itself, and that follows every change when the island is alive.

use domain::{
    finder::Sort,
    locale::Locale,
    points::{Facility, Level},
};
use leptos::prelude::*;

use super::{super::choices::Choice, Finder, browser};
use crate::ui::Icon;

/// The form of filters.
#[component]
pub(super) fn Filters(finder: Finder) -> impl IntoView {
    let Finder { locale, query, choices, .. } = finder;
    let words = move || query.with(|query| query.words.clone());
    let open = move || query.with(|query| query.open);
    let more =
        query.with_untracked(|q| q.level.is_some() || q.service.is_some() || q.facility.is_some() || q.sort.is_some());
    let near = query.with_untracked(|query| query.near.map(|near| near.to_string()));
    view! {
        <form
            class="p-filters"
            method="get"
            action=locale.href("/points")
            role="search"
            on:submit=move |event| {
                event.prevent_default();
                finder.change(true, |_| ());
            }
            on:focusin=move |_| finder.load()
        >
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
                        value=words()
                        prop:value=words
                        on:input:target=move |event| {
                            // Pinyin under way is no word yet; the last input event comes when it is done.
                            if !browser::is_composing(&event) {
                                finder.change(false, |query| query.words = event.target().value());
                            }
                        }
                        on:compositionend:target=move |event| {
                            finder.change(false, |query| query.words = event.target().value());
                        }
                    />
                </label>
                <button class="p-button p-button--main" type="submit">
                    <Icon name="search" />
                    {locale.pick("找", "Find")}
                </button>
            </div>
            <div class="p-filters__quick">
                <label class="p-check">
                    <input
                        type="checkbox"
                        name="open"
                        value="now"
                        checked=open()
                        prop:checked=open
                        on:change:target=move |event| finder.change(true, |query| query.open = event.target().checked())
                    />
                    <span>{move || format!("{} ({})", locale.pick("现在开门", "Open now"), choices.with(|it| it.open))}</span>
                </label>
                <button class="p-button p-button--quiet p-needs-script" type="button" on:click=move |_| finder.locate()>
                    <Icon name="locate" />
                    {locale.pick("离我近的", "Near me")}
                </button>
            </div>
            <div class="p-filters__row">
                <Pick
                    name="kind"
                    label=locale.pick("类别", "Kind")
                    any=locale.pick("全部类别", "All kinds")
                    choices=Signal::derive(move || choices.with(|it| it.kinds.clone()))
                    value=Signal::derive(move || query.with(|query| query.kind.map(String::from).unwrap_or_default()))
                    change=Callback::new(move |value: String| finder.change(true, |query| query.kind = value.parse().ok()))
                />
                <Pick
                    name="division"
                    label=locale.pick("地区", "Area")
                    any=locale.pick("全市", "Whole city")
                    choices=Signal::derive(move || choices.with(|it| it.divisions.clone()))
                    value=Signal::derive(move || query.with(|query| query.division.map(String::from).unwrap_or_default()))
                    change=Callback::new(move |value: String| finder.change(true, |query| query.division = value.parse().ok()))
                />
            </div>
            <details class="p-filters__more" open=more>
                <summary>{locale.pick("更多条件", "More filters")}</summary>
                <div class="p-filters__row">
                    <Pick
                        name="service"
                        label=locale.pick("事项", "Service")
                        any=locale.pick("不限事项", "Any service")
                        choices=Signal::derive(move || choices.with(|it| it.services.clone()))
                        value=Signal::derive(move || query.with(|query| query.service.map(String::from).unwrap_or_default()))
                        change=Callback::new(move |value: String| finder.change(true, |query| query.service = value.parse().ok()))
                    />
                    <Pick
                        name="level"
                        label=locale.pick("层级", "Level")
                        any=locale.pick("不限层级", "Any level")
                        choices=Signal::derive(move || choices.with(|it| it.levels.clone()))
                        value=Signal::derive(move || query.with(|query| query.level.map(|it| it.code().to_owned()).unwrap_or_default()))
                        change=Callback::new(move |value: String| finder.change(true, |query| query.level = Level::from_code(&value)))
                    />
                    <Pick
                        name="facility"
                        label=locale.pick("设施", "Facility")
                        any=locale.pick("不限设施", "Any facility")
                        choices=Signal::derive(move || choices.with(|it| it.facilities.clone()))
                        value=Signal::derive(move || query.with(|query| query.facility.map(|it| it.code().to_owned()).unwrap_or_default()))
                        change=Callback::new(move |value: String| finder.change(true, |query| query.facility = Facility::from_code(&value)))
                    />
                    <Pick
                        name="sort"
                        label=locale.pick("排序", "Order")
                        any=locale.pick("最合适的在前", "Best first")
                        choices=Signal::derive(move || orders(query.with(|query| query.near.is_some()), locale))
                        value=Signal::derive(move || query.with(|query| match query.sort() {
                                Sort::Best => String::new(),
                                sort => sort.code().to_owned(),
                            }))
                        change=Callback::new(move |value: String| finder.change(true, |query| query.sort = Sort::from_code(&value)))
                    />
                </div>
            </details>
            {near.map(|near| view! { <input type="hidden" name="near" value=near /> })}
        </form>
    }
}

/// The orders a list can have; by distance only from a place.
fn orders(near: bool, locale: Locale) -> Vec<Choice> {
    let choice = |sort: Sort, label: &str| Choice { value: sort.code().to_owned(), label: label.to_owned() };
    let distance = near.then(|| choice(Sort::Distance, locale.pick("由近到远", "Nearest first")));
    distance.into_iter().chain([choice(Sort::Name, locale.pick("按名称", "By name"))]).collect()
}

/// A list to choose one of, with how many points each choice would give.
#[component]
fn Pick(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    choices: Signal<Vec<Choice>>,
    value: Signal<String>,
    change: Callback<String>,
) -> impl IntoView {
    let options = move || {
        let value = value.get();
        let first = Choice { value: String::new(), label: any.to_owned() };
        std::iter::once(first)
            .chain(choices.get())
            .map(|choice| {
                let chosen = choice.value == value;
                view! { <option value=choice.value selected=chosen prop:selected=chosen>{choice.label}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="p-field">
            <span class="p-field__label">{label}</span>
            <select class="p-input" name=name on:change:target=move |event| change.run(event.target().value())>
                {options}
            </select>
        </label>
    }
}
