//! A field for one photo.

use leptos::prelude::*;

use super::wrong_of;
use crate::photos::TAKEN;

/// One photo to send along. A browser never gives a file back, so what came with a refused form has to be kept by its page.
#[component]
pub(crate) fn PhotoField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let wrong = wrong_of(name);
    let is_wrong = wrong.is_some();
    let (hint_id, wrong_id) = (format!("{name}-hint"), format!("{name}-wrong"));
    let described = [(!hint.is_empty()).then(|| hint_id.clone()), is_wrong.then(|| wrong_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
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
                accept=TAKEN
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=(!described.is_empty()).then_some(described)
            />
        </div>
    }
}
