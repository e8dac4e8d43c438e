//! The language of the page for islands, which get no properties: those would bring a reader of JSON into the browser.

use domain::locale::Locale;
use leptos::prelude::*;

/// The language: the server's pages say it, in the browser the address does.
pub fn locale() -> Locale {
    use_context().unwrap_or_else(|| {
        let path = window().location().pathname().unwrap_or_default();
        Locale::split(&path).0
    })
}
