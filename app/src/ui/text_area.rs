//! A field for some lines of text. leptos does not escape what stands in a `<textarea>`, so no other place writes one.

use leptos::prelude::*;

use super::form::{Frame, Said};
use crate::portal::visit;

/// Some lines to fill in. What was typed comes back.
#[component]
pub(crate) fn TextArea(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(default = 500)] maxlength: usize,
    #[prop(default = 4)] rows: usize,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    let typed = visit().filled.and_then(|filled| filled.form.all(name).next().map(str::to_owned));
    let text = inside(&typed.unwrap_or(value));
    let control = move |said: Said| {
        view! {
            <textarea
                class="p-input p-input--lines"
                id=name
                name=name
                rows=rows
                maxlength=maxlength
                aria-invalid=said.invalid
                aria-describedby=said.described
                inner_html=text
            ></textarea>
        }
    };
    view! { <Frame name label hint control /> }
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
