//! The live part of asking an interpreter: whoever asks stays on the page they read. The form of `/policies/{id}/ask` opens at its
//! clause, is sent there, and what comes of it is followed there. All of it is a piece (`#panel`) of pages that are there without it:
//! the browser only asks for them and puts the piece in place, so every word and every rule is the server's.

mod browser;
mod talk;

use leptos::prelude::*;

use crate::ui::{self, Icon};
use talk::Talk;

/// What the page of a policy or a question has of its interpreter: `children`, with a place for what is asked here.
#[island]
pub fn ContactPanel(
    /// Who interprets it, the form, or what came of a question.
    children: Children,
) -> impl IntoView {
    let locale = ui::locale();
    let talk = Talk::new(locale);
    Effect::new(move |_| talk.start());
    view! {
        {children()}
        <p class="p-hidden" role="status" id="panel-voice"></p>
        <div class="p-asking" id="asking" hidden>
            <button class="p-button p-button--quiet p-asking__close" type="button">
                <Icon name="x" />
                {locale.pick("收起", "Close")}
            </button>
        </div>
    }
}
