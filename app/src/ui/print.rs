//! A button that prints the page; what stands on paper is decided in `style/print.css`.

use leptos::prelude::*;

use super::Icon;

/// Opens the print dialogue. Without JavaScript it is not shown; the browser's own command does the same.
#[island]
pub fn PrintPage() -> impl IntoView {
    let locale = super::locale();
    let print = move |_| drop(window().print());
    view! {
        <button class="p-button p-button--quiet p-needs-script" type="button" on:click=print>
            <Icon name="printer" />
            {locale.pick("打印这一页", "Print this page")}
        </button>
    }
}
