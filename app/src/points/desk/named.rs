//! Divisions and offices by the names people write in a form.

use std::collections::HashMap;

use domain::{
    Slug,
    divisions::{DivisionCode, Divisions},
    points::{Organisation, import::Names},
};
use store::snapshot::Snapshot;

/// What is wrong with a name, in both languages.
pub(super) type Unclear = (String, String);

/// The names of everything a point can refer to by name.
pub(super) struct Named<'a> {
    names: Names,
    divisions: &'a Divisions,
    offices: HashMap<Slug, &'a Organisation>,
}

impl<'a> Named<'a> {
    pub(super) fn of(snapshot: &'a Snapshot) -> Self {
        Self::new(&snapshot.atlas.divisions, snapshot.content.organisations().collect())
    }

    pub(super) fn new(divisions: &'a Divisions, offices: Vec<&'a Organisation>) -> Self {
        let names = Names::new(divisions, offices.iter().copied());
        Self { names, divisions, offices: offices.into_iter().map(|it| (it.code, it)).collect() }
    }

    /// The one division that is called like this.
    pub(super) fn division(&self, text: &str) -> Result<DivisionCode, Unclear> {
        let place = |code| self.divisions.place(code);
        one(text, self.names.divisions(text), self.names.divisions_like(text), place, ("地区", "area"))
    }

    /// The one office that is called like this.
    pub(super) fn office(&self, text: &str) -> Result<Slug, Unclear> {
        let name = |code| match self.offices.get(&code) {
            Some(office) => format!("{}({code})", office.name),
            None => code.to_string(),
        };
        one(text, self.names.organisations(text), self.names.organisations_like(text), name, ("单位", "office"))
    }

    /// How a division is written in a form: by its full name, or by its code where the name is not its own.
    pub(super) fn division_text(&self, code: DivisionCode) -> String {
        let place = self.divisions.place(code);
        if self.names.divisions(&place) == [code] { place } else { code.to_string() }
    }

    /// How an office is written in a form.
    pub(super) fn office_text(&self, code: Slug) -> String {
        let name = self.offices.get(&code).map(|it| it.name.clone()).unwrap_or_default();
        if self.names.organisations(&name) == [code] { name } else { code.to_string() }
    }

    /// What was understood, to stand beside what was typed.
    pub(super) fn division_meant(&self, text: &str) -> Option<String> {
        let code = self.division(text).ok()?;
        Some(format!("{} · {code}", self.divisions.place(code)))
    }

    /// The same for an office.
    pub(super) fn office_meant(&self, text: &str) -> Option<String> {
        let code = self.office(text).ok()?;
        Some(format!("{} · {code}", self.offices.get(&code)?.name))
    }
}

fn one(
    text: &str,
    found: &[Slug],
    like: Vec<Slug>,
    name: impl Fn(Slug) -> String,
    (zh, en): (&str, &str),
) -> Result<Slug, Unclear> {
    let text = text.trim();
    let names =
        |codes: &[Slug], between: &str| codes.iter().take(6).map(|code| name(*code)).collect::<Vec<_>>().join(between);
    match found {
        [one] => Ok(*one),
        _ if text.is_empty() => Err((format!("请填{zh}的名称或代码。"), format!("Give the name or code of the {en}."))),
        [] if like.is_empty() => Err((
            format!("没有叫“{text}”的{zh},请写全名或代码。"),
            format!("There is no {en} called “{text}”: write its full name or its code."),
        )),
        [] => Err((
            format!("没有叫“{text}”的{zh}。是不是:{}?", names(&like, "、")),
            format!("There is no {en} called “{text}”. Do you mean: {}?", names(&like, ", ")),
        )),
        several => Err((
            format!("叫“{text}”的{zh}有几个,请写明是哪一个:{}。", names(several, "、")),
            format!("Several are called “{text}”; say which: {}.", names(several, ", ")),
        )),
    }
}
