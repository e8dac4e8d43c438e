//! What the results of one kind can be narrowed to: what holds, what is open now, a part of the city. Each stands in the address.

use domain::{divisions::DivisionCode, locale::Locale, points::PointId, search::Kind};
use leptos::prelude::*;
use search::Facets;
use store::snapshot::Content;

use super::look::Wanted;
use crate::{portal::visit, ui::lang_of};

/// So many divisions are offered.
const DIVISIONS: usize = 12;

/// The part of the city right below its root that the page of an address is about.
pub(crate) fn district_of(content: &Content, address: &str) -> Option<DivisionCode> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let (_, path) = Locale::split(path);
    let mut steps = path.split('/').skip(1);
    let division = match (steps.next()?, steps.next()?) {
        ("points", id) => content.point(PointId(id.parse().ok()?))?.facts.division,
        ("divisions" | "manual", code) => code.parse().ok()?,
        _ => return None,
    };
    below_root(content, division)
}

/// The division right below the root above a division, or itself.
pub(super) fn below_root(content: &Content, division: DivisionCode) -> Option<DivisionCode> {
    content.divisions().lineage(division).get(1).map(|district| district.code)
}

/// The choices, as links; one that is chosen leads back.
#[component]
pub(super) fn Narrow(wanted: Wanted, facets: Facets) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let chip = |words: String, count: Option<usize>, is_chosen: bool, to: Wanted| {
        let href = locale.href(&Wanted { page: 1, ..to }.address());
        let lang = lang_of(&words, locale);
        let (class, current) = if is_chosen { ("p-chip p-chip--here", Some("true")) } else { ("p-chip", None) };
        let mark = is_chosen.then(|| view! { <span aria-hidden="true">"✓ "</span> });
        view! { <li><a class=class href=href lang=lang aria-current=current rel="nofollow">{mark}{words}" "{count}</a></li> }
    };
    let count = |count: usize, is_chosen: bool| (!is_chosen).then_some(count);
    let holds = (wanted.holds || facets.holding < facets.all).then(|| {
        let words = locale.pick("只看有效的", "In force").to_owned();
        chip(
            words,
            count(facets.holding, wanted.holds),
            wanted.holds,
            Wanted { holds: !wanted.holds, ..wanted.clone() },
        )
    });
    let open = (wanted.open || wanted.kind == Some(Kind::Point)).then(|| {
        let words = locale.pick("现在开放", "Open now").to_owned();
        chip(words, count(facets.things, wanted.open), wanted.open, Wanted { open: !wanted.open, ..wanted.clone() })
    });
    let name = |code: DivisionCode| {
        let division = visit.snapshot.content.divisions().get(code);
        division.map_or_else(|| code.to_string(), |it| it.name(locale).to_owned())
    };
    let chosen = wanted.division.map(|code| chip(name(code), None, true, Wanted { division: None, ..wanted.clone() }));
    let places = facets.places.into_iter().filter_map(|(code, count)| Some((code.parse().ok()?, count)));
    let mut others: Vec<_> = places.filter(|(code, _)| wanted.division != Some(*code)).take(DIVISIONS).collect();
    if others.len() < 2 && wanted.division.is_none() {
        others.clear();
    }
    let others = others
        .into_iter()
        .map(|(code, count)| chip(name(code), Some(count), false, Wanted { division: Some(code), ..wanted.clone() }));
    let others = others.collect_view();
    view! {
        <ul class="p-chips p-search__kinds" aria-label=locale.pick("缩小范围", "Narrow down")>
            {holds}
            {open}
            {chosen}
            {others}
        </ul>
    }
}
