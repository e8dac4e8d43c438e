//! The form of filters as the browser has it. The form is the query: what is chosen is remembered nowhere else.

use domain::{finder::PointQuery, locale::Locale};
use js_sys::Reflect;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FormData, HtmlFormElement, HtmlOptionElement, HtmlSelectElement};

use super::super::{
    choices::{Choice, Choices},
    text,
};

const FIELDS: [&str; 9] = ["q", "kind", "level", "division", "service", "facility", "open", "near", "sort"];

/// The form of the page.
pub(super) struct Form(HtmlFormElement);

impl Form {
    pub(super) fn of_page() -> Option<Self> {
        find("form.p-filters")?.dyn_into().ok().map(Self)
    }

    pub(super) fn has(&self, element: &Element) -> bool {
        self.0.contains(Some(element))
    }

    /// The query it stands for.
    pub(super) fn query(&self) -> PointQuery {
        let data = FormData::new_with_form(&self.0).ok();
        let value = |name| data.as_ref()?.get(name).as_string();
        let values = FIELDS.map(|name| (name, value(name).unwrap_or_default()));
        PointQuery::read(values.iter().map(|(name, value)| (*name, value.as_str()))).0
    }

    /// The query the server filled it in with.
    pub(super) fn served(&self) -> PointQuery {
        let copy = self.0.clone_node_with_deep(true).ok().and_then(|copy| copy.dyn_into::<HtmlFormElement>().ok());
        copy.map_or_else(PointQuery::default, |copy| {
            copy.reset();
            Self(copy).query()
        })
    }

    /// Puts a query into it that did not come out of it; the lists follow with [`Self::offer`].
    pub(super) fn fill(&self, query: &PointQuery) {
        let near = query.near.map(|near| near.to_string());
        self.set("q", "value", &query.words.as_str().into());
        self.set("open", "checked", &query.open.into());
        self.set("near", "disabled", &near.is_none().into());
        self.set("near", "value", &near.unwrap_or_default().into());
    }

    /// Puts what there is to choose into its lists, with the choices of the query, and says what was found. Lists that are folded
    /// away are left as they are while their choice is right, unless `all` are wanted.
    pub(super) fn offer(&self, choices: &Choices, query: &PointQuery, locale: Locale, all: bool) {
        let pairs = query.pairs();
        let lists = [
            ("kind", &choices.kinds),
            ("division", &choices.divisions),
            ("service", &choices.services),
            ("level", &choices.levels),
            ("facility", &choices.facilities),
            ("sort", &choices.orders),
        ];
        for (name, list) in lists {
            let chosen = pairs.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value.as_str());
            let Some(select) = self.field(name).and_then(|field| field.dyn_into::<HtmlSelectElement>().ok()) else {
                continue;
            };
            let folded = matches!(select.closest("details:not([open])"), Ok(Some(_)));
            if all || !folded || select.value() != chosen {
                fill(&select, list, chosen);
            }
        }
        say(".p-filters__open", &text::open_now(choices.open, locale));
        say(".p-finder__found", &text::found(choices.total, choices.open, locale));
        mark(".p-filters__near", "aria-pressed", Some(if query.near.is_some() { "true" } else { "false" }));
    }

    fn field(&self, name: &str) -> Option<Element> {
        self.0.query_selector(&format!("[name={name}]")).ok().flatten()
    }

    fn set(&self, name: &str, property: &str, value: &JsValue) {
        if let Some(field) = self.field(name) {
            drop(Reflect::set(&field, &property.into(), value));
        }
    }
}

/// Shows or hides a notice of the page.
pub(super) fn notice(selector: &str, shown: bool) {
    mark(selector, "hidden", (!shown).then_some(""));
}

/// Gives the options behind the first, which means any, the values and labels of a list; only what differs is touched. A choice
/// the list does not have stays: the browser's divisions stop above villages.
fn fill(select: &HtmlSelectElement, list: &[Choice], chosen: &str) {
    let option = |place: usize| select.get(u32::try_from(place).ok()?)?.dyn_into::<HtmlOptionElement>().ok();
    let current = (1..select.length() as usize).filter_map(option).find(|it| it.value() == chosen);
    let missing = list.iter().all(|choice| choice.value != chosen) && !chosen.is_empty();
    let kept = current.filter(|_| missing).map(|it| Choice { value: it.value(), label: it.text() });
    let mut length = 1;
    for Choice { value, label } in list.iter().chain(&kept) {
        match option(length) {
            Some(option) => {
                if option.value() != *value {
                    option.set_value(value);
                }
                if option.text() != *label {
                    option.set_text(label);
                }
            }
            None => {
                if let Ok(option) = HtmlOptionElement::new_with_text_and_value(label, value) {
                    drop(select.append_child(&option));
                }
            }
        }
        length += 1;
    }
    select.set_length(u32::try_from(length).unwrap_or(u32::MAX));
    select.set_value(chosen);
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn say(selector: &str, words: &str) {
    if let Some(element) = find(selector) {
        element.set_text_content(Some(words));
    }
}

fn mark(selector: &str, attribute: &str, value: Option<&str>) {
    let Some(element) = find(selector) else { return };
    drop(match value {
        Some(value) => element.set_attribute(attribute, value),
        None => element.remove_attribute(attribute),
    });
}
