//! A field for some lines of text. leptos does not escape what stands in a `<textarea>`, so no other place writes one.

use leptos::prelude::*;

use crate::portal::visit;

/// Some lines to fill in. What was typed comes back.
#[component]
pub(crate) fn TextArea(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(default = 500)] maxlength: usize,
) -> impl IntoView {
    let filled = visit().filled.unwrap_or_default();
    let wrong = filled.wrong.iter().find(|wrong| wrong.field == name).map(|wrong| wrong.words.clone());
    let is_wrong = wrong.is_some();
    let (hint_id, wrong_id) = (format!("{name}-hint"), format!("{name}-wrong"));
    let described = [(!hint.is_empty()).then(|| hint_id.clone()), is_wrong.then(|| wrong_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <div class="p-field" class:p-field--wrong=is_wrong>
            <label class="p-field__label" for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="p-field__hint" id=hint_id>{hint}</p> })}
            {wrong.map(|words| view! { <p class="p-field__wrong" id=wrong_id>{words}</p> })}
            <textarea
                class="p-input p-input--lines"
                id=name
                name=name
                rows="4"
                maxlength=maxlength
                aria-invalid=is_wrong.then_some("true")
                aria-describedby=(!described.is_empty()).then_some(described)
                inner_html=inside(filled.form.get(name))
            ></textarea>
        </div>
    }
}

/// A text as it stands in a `<textarea>`, whose first line break the browser takes away.
fn inside(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_close_its_field() {
        assert_eq!(inside("</textarea><script>&"), "\n&lt;/textarea>&lt;script>&amp;");
    }
}
