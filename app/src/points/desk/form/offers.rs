//! What can be done at a point and what it offers, in its form.

use domain::points::{Facility, NewPoint};
use leptos::prelude::*;

use super::typed;
use crate::{points::text, portal::visit};

/// What can be done there and what it offers.
#[component]
pub(super) fn Offers(facts: Option<NewPoint>) -> impl IntoView {
    let visit = visit();
    let (locale, atlas) = (visit.locale, &visit.snapshot.atlas);
    let filled = typed(&visit);
    let check = |name: &'static str, code: String, word: String, kept: bool| {
        let on = filled.map_or(kept, |form| form.all(name).any(|it| it == code));
        view! {
            <label class="p-check">
                <input type="checkbox" name=name value=code checked=on />
                <span>{word}</span>
            </label>
        }
    };
    let has = |code| facts.as_ref().is_some_and(|it| it.services.contains(&code));
    let services = atlas.services.iter();
    let services = services.map(|it| check("service", it.code.to_string(), it.name(locale).to_owned(), has(it.code)));
    let services = services.collect_view();
    let offers = |facility| facts.as_ref().is_some_and(|it| it.facilities.contains(&facility));
    let facilities = Facility::ALL.iter();
    let facilities = facilities
        .map(|it| check("facility", it.code().to_owned(), text::facility(*it, locale).0.to_owned(), offers(*it)));
    let facilities = facilities.collect_view();
    view! {
        <details class="p-filters__more">
            <summary>{locale.pick("能办的事", "Services")}</summary>
            <div class="p-checks">{services}</div>
        </details>
        <fieldset class="p-fieldset p-fieldset--wide">
            <legend>{locale.pick("设施", "Facilities")}</legend>
            <div class="p-checks">{facilities}</div>
        </fieldset>
    }
}
