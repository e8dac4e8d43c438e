//! Fields for what has a code: kinds to choose from, areas and offices with suggestions.

use domain::{Slug, divisions::DivisionLevel};
use leptos::prelude::*;

use crate::{
    portal::{Visit, visit},
    ui::TextField,
};

/// The kinds as choices, after a first one that stands for none.
pub(super) fn kinds(none: &str, visit: &Visit) -> Vec<(String, String)> {
    let kinds = visit.snapshot.atlas.kinds.iter();
    let kinds = kinds.map(|it| (it.code.to_string(), it.label(visit.locale).to_owned()));
    std::iter::once((String::new(), none.to_owned())).chain(kinds).collect()
}

/// A code as it stands in a field.
pub(super) fn text(code: Option<Slug>) -> String {
    code.map(|it| it.to_string()).unwrap_or_default()
}

/// The code of an area.
#[component]
pub(super) fn DivisionField(label: &'static str, #[prop(optional_no_strip)] value: Option<Slug>) -> impl IntoView {
    let visit = visit();
    let divisions = visit.snapshot.atlas.divisions.iter();
    let divisions = divisions.filter(|it| it.level != DivisionLevel::Village && !it.ended).map(|it| {
        view! { <option value=it.code.to_string()>{it.name(visit.locale).to_owned()}</option> }
    });
    view! {
        <TextField name="division" label value=text(value) list="divisions" maxlength=23 />
        <datalist id="divisions">{divisions.collect_view()}</datalist>
    }
}

/// The code of an office.
#[component]
pub(super) fn OfficeField(label: &'static str, #[prop(optional_no_strip)] value: Option<Slug>) -> impl IntoView {
    let visit = visit();
    let mut offices: Vec<_> = visit.snapshot.content.organisations().collect();
    offices.sort_by_key(|it| it.code);
    let offices = offices.into_iter().map(|it| view! { <option value=it.code.to_string()>{it.name.clone()}</option> });
    view! {
        <TextField name="organisation" label value=text(value) list="offices" maxlength=23 />
        <datalist id="offices">{offices.collect_view()}</datalist>
    }
}
