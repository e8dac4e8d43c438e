//! Fields of forms: a label above, a hint, what is wrong in words beside it, and a summary of all that is wrong on top.

use leptos::prelude::*;

use super::lang_of;
use crate::portal::visit;

/// What is wrong with the form, each a way to its field. The reader lands here (WCAG 3.3.1).
#[component]
pub(crate) fn ErrorSummary() -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    visit.filled.filter(|filled| !filled.wrong.is_empty()).map(|filled| {
        let items = filled.wrong.into_iter().map(|wrong| match wrong.field {
            "" => view! { <li>{wrong.words}</li> }.into_any(),
            field => view! { <li><a href=format!("#{field}")>{wrong.words}</a></li> }.into_any(),
        });
        view! {
            <div class="p-errors" role="alert" tabindex="-1" id="errors">
                <h2>{locale.pick("还不能提交", "This cannot be sent yet")}</h2>
                <ul class="p-list">{items.collect_view()}</ul>
            </div>
        }
    })
}

/// What is wrong with a field, if the form was refused for it.
pub(crate) fn wrong_of(name: &str) -> Option<String> {
    let filled = visit().filled?;
    filled.wrong.into_iter().find(|wrong| wrong.field == name).map(|wrong| wrong.words)
}

/// What stands around the control of a field: its label, a hint, what is wrong, and below it what was understood.
#[component]
pub(super) fn Frame<C, V>(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] hint: &'static str,
    #[prop(optional, into)] meant: String,
    /// Makes the control; it is told what it says of itself.
    control: C,
) -> impl IntoView
where
    C: FnOnce(Said) -> V,
    V: IntoView,
{
    let wrong = wrong_of(name);
    let is_wrong = wrong.is_some();
    let [hint_id, wrong_id, meant_id] = ["hint", "wrong", "meant"].map(|part| format!("{name}-{part}"));
    let meant = (!meant.is_empty()).then_some(meant);
    let parts = [(!hint.is_empty(), &hint_id), (is_wrong, &wrong_id), (meant.is_some(), &meant_id)];
    let described: Vec<_> = parts.into_iter().filter(|(is_there, _)| *is_there).map(|(_, id)| id.as_str()).collect();
    let said =
        Said { invalid: is_wrong.then_some("true"), described: (!described.is_empty()).then(|| described.join(" ")) };
    view! {
        <div class="p-field" class:p-field--wrong=is_wrong>
            <label class="p-field__label" for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="p-field__hint" id=hint_id.clone()>{hint}</p> })}
            {wrong.map(|words| view! { <p class="p-field__wrong" id=wrong_id.clone()>{words}</p> })}
            {control(said)}
            {meant.map(|words| view! { <p class="p-field__hint" id=meant_id.clone()>{words}</p> })}
        </div>
    }
}

/// What a control says of itself to those who cannot see what stands around it.
pub(super) struct Said {
    /// `aria-invalid`.
    pub(super) invalid: Option<&'static str>,
    /// `aria-describedby`.
    pub(super) described: Option<String>,
}

/// A line of text to fill in. What was typed comes back, except passwords and codes.
#[component]
pub(crate) fn TextField(
    name: &'static str,
    label: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(optional)] hint: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] list: &'static str,
    #[prop(optional)] numeric: bool,
    #[prop(default = 200)] maxlength: usize,
    /// What was understood, below the field.
    #[prop(optional, into)]
    meant: String,
) -> impl IntoView {
    let secret = kind == "password" || autocomplete == "one-time-code";
    let typed = visit().filled.and_then(|filled| filled.form.all(name).next().map(str::to_owned));
    let value = if secret { String::new() } else { typed.unwrap_or(value) };
    let control = move |said: Said| {
        view! {
            <input
                class="p-input"
                id=name
                name=name
                type=kind
                value=value
                maxlength=maxlength
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                inputmode=numeric.then_some("numeric")
                list=(!list.is_empty()).then_some(list)
                aria-invalid=said.invalid
                aria-describedby=said.described
            />
        }
    };
    view! { <Frame name label hint meant control /> }
}

/// One of several. What was chosen comes back.
#[component]
pub(crate) fn SelectField(
    name: &'static str,
    label: &'static str,
    /// Value and words.
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    /// Which of several fields of this name it is.
    #[prop(optional)]
    place: usize,
) -> impl IntoView {
    let (locale, filled) = (visit().locale, visit().filled.unwrap_or_default());
    let wrong = filled.wrong.iter().find(|wrong| wrong.field == name).map(|wrong| wrong.words.clone());
    let value = filled.form.all(name).nth(place).map_or(value, str::to_owned);
    let id = if place == 0 { name.to_owned() } else { format!("{name}-{place}") };
    let options = options.into_iter().map(|(code, words)| {
        let chosen = code == value;
        view! { <option value=code selected=chosen lang=lang_of(&words, locale)>{words.clone()}</option> }
    });
    let is_wrong = wrong.is_some();
    view! {
        <div class="p-field" class:p-field--wrong=is_wrong>
            <label class="p-field__label" for=id.clone()>{label}</label>
            {wrong.filter(|_| place == 0).map(|words| view! { <p class="p-field__wrong">{words}</p> })}
            <select class="p-input" id=id name=name>{options.collect_view()}</select>
        </div>
    }
}

/// A file to choose. A browser never gives one back, so what came with a refused form has to be kept by its page.
#[component]
pub(crate) fn FileField(
    name: &'static str,
    #[prop(into)] label: String,
    accept: &'static str,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let control = move |said: Said| {
        view! {
            <input
                class="p-input p-input--file"
                id=name
                name=name
                type="file"
                accept=accept
                aria-invalid=said.invalid
                aria-describedby=said.described
            />
        }
    };
    view! { <Frame name label hint control /> }
}
