//! A button that passes the page on: by what the device has for it, else by copying the address (`frontend/public/reading.js`).

use leptos::prelude::*;

use super::Icon;
use crate::portal::visit;

/// Shown by the script, and only where one of the two ways is there.
#[component]
pub(crate) fn SharePage() -> impl IntoView {
    let locale = visit().locale;
    view! {
        <button
            class="p-button p-button--quiet"
            type="button"
            hidden
            data-share=""
            data-copied=locale.pick("网址已复制", "Address copied")
            data-failed=locale.pick("没有复制成,请从地址栏复制", "Not copied; please copy it from the address bar")
        >
            <Icon name="share-2" />
            <span aria-live="polite">{locale.pick("分享", "Share")}</span>
        </button>
    }
}
