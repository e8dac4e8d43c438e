//! What makes a page of the desk follow what others do. `frontend/public/desk-live.js` listens, asks for the page again and puts in
//! place what differs, in every element with `data-live`: by rows where those have an `id`. Without JavaScript a reload shows it.

use leptos::prelude::*;

use crate::portal::{portal, visit};

/// The script, with where it begins and the words it says.
#[component]
pub(crate) fn LiveScript() -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    view! {
        <script
            type="module"
            id="desk-live"
            src=portal.asset("/desk-live.js")
            data-after=visit.told.to_string()
            data-said=locale.pick("刚刚有人更新了:{}", "Just updated by somebody: {}")
            data-more=locale.pick("等 {} 项", " and others, {} in all")
        ></script>
    }
}

/// Stands hidden until somebody else changes the subject of the page, and then disturbs no typing.
#[component]
pub(crate) fn LiveNotice(
    /// As in events: `point 12`.
    subject: String,
    /// What is said.
    words: &'static str,
) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let here = visit.here(locale);
    view! {
        <div role="status">
            <p class="p-notice" hidden data-live-notice=subject>
                {words}
                " "
                <a href=here target="_blank">{locale.pick("在新窗口看现在的内容", "See it as it is now in a new window")}</a>
            </p>
        </div>
    }
}
