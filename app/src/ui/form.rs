//! Fields of forms: a label above, a hint, what is wrong in words beside it, and a summary of all that is wrong on top.

use leptos::prelude::*;

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
    let filled = visit().filled.unwrap_or_default();
    let wrong = filled.wrong.iter().find(|wrong| wrong.field == name).map(|wrong| wrong.words.clone());
    let secret = kind == "password" || autocomplete == "one-time-code";
    let typed = filled.form.all(name).next().map(str::to_owned);
    let value = if secret { String::new() } else { typed.unwrap_or(value) };
    let (hint_id, wrong_id, meant_id) = (format!("{name}-hint"), format!("{name}-wrong"), format!("{name}-meant"));
    let meant = (!meant.is_empty()).then_some(meant);
    let described = [
        (!hint.is_empty()).then(|| hint_id.clone()),
        wrong.is_some().then(|| wrong_id.clone()),
        meant.is_some().then(|| meant_id.clone()),
    ];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <div class="p-field" class:p-field--wrong=wrong.is_some()>
            <label class="p-field__label" for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="p-field__hint" id=hint_id>{hint}</p> })}
            {wrong.clone().map(|words| view! { <p class="p-field__wrong" id=wrong_id>{words}</p> })}
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
                aria-invalid=wrong.is_some().then_some("true")
                aria-describedby=(!described.is_empty()).then_some(described)
            />
            {meant.map(|words| view! { <p class="p-field__hint" id=meant_id>{words}</p> })}
        </div>
    }
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
    let filled = visit().filled.unwrap_or_default();
    let wrong = filled.wrong.iter().find(|wrong| wrong.field == name).map(|wrong| wrong.words.clone());
    let value = filled.form.all(name).nth(place).map_or(value, str::to_owned);
    let id = if place == 0 { name.to_owned() } else { format!("{name}-{place}") };
    let options = options.into_iter().map(|(code, words)| {
        let chosen = code == value;
        view! { <option value=code selected=chosen>{words}</option> }
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

/// A file to choose. A browser does not fill it in again.
#[component]
pub(crate) fn FileField(
    name: &'static str,
    label: &'static str,
    accept: &'static str,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let wrong = wrong_of(name);
    let (hint_id, wrong_id) = (format!("{name}-hint"), format!("{name}-wrong"));
    let described = [(!hint.is_empty()).then(|| hint_id.clone()), wrong.is_some().then(|| wrong_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let is_wrong = wrong.is_some();
    view! {
        <div class="p-field" class:p-field--wrong=is_wrong>
            <label class="p-field__label" for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="p-field__hint" id=hint_id>{hint}</p> })}
            {wrong.map(|words| view! { <p class="p-field__wrong" id=wrong_id>{words}</p> })}
            <input
                class="p-input p-input--file"
                id=name
                name=name
                type="file"
                accept=accept
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=(!described.is_empty()).then_some(described)
            />
        </div>
    }
}
