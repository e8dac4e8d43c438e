//! A section on a page: its text, where it is from, who keeps it, and behind a guide all places where it is done.

use domain::{
    divisions::DivisionCode,
    finder::PointQuery,
    locale::Locale,
    manual::{Template, document::Section},
};
use leptos::prelude::*;

use super::{
    super::{body, text},
    Reading,
};
use crate::{
    points::address,
    portal::{Visit, visit},
    ui::{Icon, lang_of},
};

/// The place of a section on a page: its own name, with the division's before it where it is another's. Nothing else on a page begins so.
pub(in crate::manual) fn anchor(section: &Section, owner: DivisionCode, reading: &Reading) -> String {
    if owner == reading.division.code { format!("s-{}", section.key) } else { format!("s-{owner}-{}", section.key) }
}

/// A section with what stands below it.
pub(in crate::manual) fn section(
    section: Section,
    owner: DivisionCode,
    reading: &Reading,
    template: Option<Template>,
    locale: Locale,
) -> AnyView {
    let visit = visit();
    let id = anchor(&section, owner, reading);
    let level = if section.title.is_empty() { 1 } else { 2 };
    let from = visit.snapshot.atlas.divisions.get(owner).filter(|_| owner != reading.division.code);
    let from = from.map(|it| locale.pick(format!("来自{}", it.name), format!("From {}", it.name(locale))));
    let (keeper, verified) = (text::keeper(&section, locale), text::verified(&section, locale));
    let foot: Vec<String> = from.into_iter().chain(keeper).chain(verified).collect();
    let foot = foot.into_iter().map(|words| view! { <span lang=lang_of(&words, locale)>{words.clone()}</span> });
    let foot: Vec<_> = foot.collect();
    let lang = lang_of(&section.title, locale);
    let here =
        (template == Some(Template::Services)).then(|| services_here(&section, reading, &visit, locale)).flatten();
    let title = (!section.title.is_empty()).then(|| view! { <h2 lang=lang>{section.title.clone()}</h2> });
    let foot = (!foot.is_empty()).then(|| view! { <p class="p-manual__foot">{foot}</p> });
    view! {
        <section class="p-manual__section" id=id>
            {title}
            {body::blocks(section.blocks, level, locale)}
            {here}
            {foot}
        </section>
    }
    .into_any()
}

/// Behind a guide: all places of this division where it is done.
fn services_here(section: &Section, reading: &Reading, visit: &Visit, locale: Locale) -> Option<AnyView> {
    let service =
        section.key.parse().ok().filter(|code| visit.snapshot.content.services().iter().any(|it| it.code == *code))?;
    let query =
        PointQuery { division: Some(reading.division.code), service: Some(service), page: 1, ..Default::default() };
    let found = visit.snapshot.atlas.find(&query).hits.len();
    let name = reading.division.name(locale);
    let words = locale.pick(format!("在{name}能办的地方:{found} 处"), format!("All {found} places in {name}"));
    let href = locale.href(&address(&query));
    (found > 0).then(|| {
        view! { <p><a class="p-button p-button--quiet" href=href><Icon name="map-pin" />{words}</a></p> }.into_any()
    })
}
