//! Divisions and offices by the names people write in a form.

use std::collections::HashMap;

use domain::{
    Slug,
    divisions::{DivisionCode, Divisions},
    points::{Organisation, Point, PointId, import::Names},
};
use store::snapshot::Snapshot;

/// What is wrong with a name, in both languages.
pub(crate) type Unclear = (String, String);

/// The names of everything a point can refer to by name.
pub(super) struct Named<'a> {
    names: Names,
    divisions: &'a Divisions,
    offices: HashMap<Slug, &'a Organisation>,
    points: &'a [Point],
}

impl<'a> Named<'a> {
    pub(super) fn of(snapshot: &'a Snapshot) -> Self {
        let offices = snapshot.content.organisations().collect();
        Self::new(&snapshot.atlas.divisions, offices, &snapshot.content.points)
    }

    pub(super) fn new(divisions: &'a Divisions, offices: Vec<&'a Organisation>, points: &'a [Point]) -> Self {
        let names = Names::new(divisions, offices.iter().copied());
        Self { names, divisions, offices: offices.into_iter().map(|it| (it.code, it)).collect(), points }
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

    /// The one point of this number or name; none for an empty text.
    pub(super) fn point(&self, text: &str) -> Result<Option<PointId>, Unclear> {
        let text = text.trim();
        let first = text.split_whitespace().next().unwrap_or_default().trim_start_matches('#');
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(point) = first.parse().ok().and_then(|id: PointId| self.points.iter().find(|it| it.id == id)) {
            return Ok(Some(point.id));
        }
        let found: Vec<_> = self.points.iter().filter(|it| it.facts.name == text).collect();
        let like = || self.points.iter().filter(|it| it.facts.name.contains(text));
        let names = |list: Vec<&Point>| list.into_iter().take(6).map(point_text).collect::<Vec<_>>().join("、");
        match found[..] {
            [one] => Ok(Some(one.id)),
            [] if like().next().is_none() => Err((
                format!("没有编号或名称是“{text}”的点位。"),
                format!("No place has the number or the name “{text}”."),
            )),
            [] => Err((
                format!("没有叫“{text}”的点位。是不是:{}?", names(like().collect())),
                format!("No place is called “{text}”. Do you mean: {}?", names(like().collect())),
            )),
            _ => Err((
                format!("叫“{text}”的点位有几个,请写编号:{}。", names(found.clone())),
                format!("Several places are called “{text}”; give the number: {}.", names(found)),
            )),
        }
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

/// The one point of this number or name; none for an empty text.
pub(crate) fn point_called(snapshot: &Snapshot, text: &str) -> Result<Option<PointId>, Unclear> {
    Named::of(snapshot).point(text)
}

/// The one office that is called like this.
pub(crate) fn office_called(snapshot: &Snapshot, text: &str) -> Result<Slug, Unclear> {
    Named::of(snapshot).office(text)
}

/// How offices are written in a form.
pub(crate) fn office_texts(snapshot: &Snapshot) -> impl Fn(Slug) -> String {
    let named = Named::of(snapshot);
    move |code| named.office_text(code)
}

/// How a point is written in a form: its number, and its name for people.
pub(super) fn point_text(point: &Point) -> String {
    format!("{} {}", point.id.0, point.facts.name)
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
