//! A line icon out of the one sprite. It stands beside a word, never for one, so it is hidden from screen readers.

use leptos::prelude::*;

/// An icon by its name in the sprite.
#[component]
pub fn Icon(
    /// The lucide name.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <svg class="p-icon" aria-hidden="true" width="20" height="20">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
