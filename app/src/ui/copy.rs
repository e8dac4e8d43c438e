//! A button that copies a text.

use domain::locale::Locale;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{Icon, device_has};

/// Copies `text` and says that it did. Without JavaScript it is not shown; the text itself stands beside it.
#[island]
pub fn CopyText(
    /// The language.
    locale: Locale,
    /// What is copied.
    text: String,
) -> impl IntoView {
    let (copied, set_copied) = signal(None);
    let copy = move |_| {
        if !device_has(&window().navigator(), "clipboard") {
            return set_copied.set(Some(false));
        }
        let written = window().navigator().clipboard().write_text(&text);
        spawn_local(async move { set_copied.set(Some(JsFuture::from(written).await.is_ok())) });
    };
    let word = move || match copied.get() {
        Some(true) => locale.pick("已复制", "Copied"),
        Some(false) => locale.pick("没复制成,请按住地址自己复制", "Not copied: hold the address to copy it"),
        None => locale.pick("复制地址", "Copy address"),
    };
    view! {
        <button class="p-button p-button--quiet p-needs-script" type="button" on:click=copy>
            <Icon name="copy" />
            <span aria-live="polite">{word}</span>
        </button>
    }
}
