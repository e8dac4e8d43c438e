//! Divisions: the front of each with its own 三个一, and the way to them.

mod list;
mod show;

pub(crate) use list::DivisionsPage;
pub(crate) use show::DivisionPage;

use domain::{divisions::Division, locale::Locale};
use leptos::prelude::*;

use crate::{points::text, ui::lang_of};

/// A division as a row: its name and how many points it has.
fn row(division: &Division, points: usize, locale: Locale) -> impl IntoView + use<> {
    let href = locale.href(&format!("/divisions/{}", division.code));
    let name = division.name(locale).to_owned();
    view! {
        <li>
            <a class="p-row" href=href>
                <span lang=lang_of(&name, locale)>{name.clone()}</span>
                <span class="p-row__count">{text::count(points, locale)}</span>
            </a>
        </li>
    }
}
