//! Styles: which of them make a heading, number their paragraphs or hide their text.

use std::collections::HashMap;

use crate::{
    Unreadable,
    package::{Step, Steps, attribute, is_on},
};

/// How many styles may stand on one another; a circle ends here.
const MOST_BASES: usize = 20;

/// What a style says, as far as it matters here.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    /// The list and the level in it.
    pub(super) list: Option<String>,
    pub(super) depth: Option<usize>,
    hidden: Option<bool>,
}

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// A style and those it stands on.
    fn lineage<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Style> {
        let next = |style: &&'a Style| style.based_on.as_ref().and_then(|id| self.0.get(id));
        std::iter::successors(self.0.get(id), next).take(MOST_BASES)
    }

    /// The level of the heading a style makes, 0 for a title.
    pub(super) fn level(&self, id: &str) -> Option<u8> {
        let styled =
            self.lineage(id).find_map(|style| style.outline.map(heading).or_else(|| named(&style.name).map(Some)));
        styled.unwrap_or_else(|| self.0.is_empty().then(|| named(id)).flatten())
    }

    /// The list a style puts its paragraphs in, with the level in it if it says so.
    pub(super) fn list(&self, id: &str) -> Option<(String, Option<usize>)> {
        self.lineage(id).find_map(|style| Some((style.list.clone()?, style.depth)))
    }

    /// Whether a style hides its text.
    pub(super) fn hides(&self, id: &str) -> bool {
        self.lineage(id).find_map(|style| style.hidden).unwrap_or_default()
    }
}

/// The level of a heading by its outline level; 9 is the body.
pub(super) fn heading(outline: u8) -> Option<u8> {
    (outline < 9).then_some(outline + 1)
}

fn named(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if matches!(name.as_str(), "title" | "标题") {
        return Some(0);
    }
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    number.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

pub(super) fn read(xml: &str) -> Result<Styles, Unreadable> {
    let mut steps = Steps::new(xml);
    let mut styles = HashMap::new();
    let mut current: Option<(String, Style)> = None;
    while let Some(step) = steps.next()? {
        match step {
            Step::Open(element) => match (element.local_name().as_ref(), &mut current) {
                ("style", _) => current = attribute(&element, "styleId").map(|id| (id, Style::default())),
                (name, Some((_, style))) => set(style, name, &element),
                _ => {}
            },
            Step::Close(name) if name == "style" => styles.extend(current.take()),
            _ => {}
        }
    }
    Ok(Styles(styles))
}

fn set(style: &mut Style, name: &str, element: &quick_xml::events::BytesStart<'_>) {
    let value = || attribute(element, "val");
    match name {
        "name" => style.name = value().unwrap_or_default(),
        "basedOn" => style.based_on = value(),
        "outlineLvl" => style.outline = value().and_then(|it| it.parse().ok()),
        "numId" => style.list = value(),
        "ilvl" => style.depth = value().and_then(|it| it.parse().ok()),
        "vanish" => style.hidden = Some(is_on(element)),
        _ => {}
    }
}
