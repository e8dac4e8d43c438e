//! A button that copies a text.

use leptos::{html::Span, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{Icon, device_has};

/// A text with a button that copies it and says that it did. Without JavaScript there is only the text.
#[island]
pub fn CopyText(
    /// What is copied, word for word.
    children: Children,
) -> impl IntoView {
    let locale = super::locale();
    let text = NodeRef::<Span>::new();
    let (copied, set_copied) = signal(None);
    let copy = move |_| {
        if !device_has(&window().navigator(), "clipboard") {
            return set_copied.set(Some(false));
        }
        let text = text.get_untracked().and_then(|text| text.text_content()).unwrap_or_default();
        let written = window().navigator().clipboard().write_text(&text);
        spawn_local(async move { set_copied.set(Some(JsFuture::from(written).await.is_ok())) });
    };
    let word = move || match copied.get() {
        Some(true) => locale.pick("已复制", "Copied"),
        Some(false) => locale.pick("没复制成,请按住文字自己复制", "Not copied: hold the text to copy it"),
        None => locale.pick("复制", "Copy"),
    };
    view! {
        <span class="p-copy__text" node_ref=text>{children()}</span>
        <button class="p-button p-button--quiet p-needs-script" type="button" on:click=copy>
            <Icon name="copy" />
            <span aria-live="polite">{word}</span>
        </button>
    }
}
