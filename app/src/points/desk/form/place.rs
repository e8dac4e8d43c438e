//! What a point is and where, in its form.

use domain::{
    divisions::DivisionLevel,
    points::{Level, NewPoint, PointId},
};
use leptos::prelude::*;

use super::{
    super::{codes, named::Named},
    position::Position,
    typed,
};
use crate::{
    points::text,
    portal::visit,
    ui::{SelectField, TextField},
};

/// What it is and where.
#[component]
pub(super) fn Place(id: Option<PointId>, facts: Option<NewPoint>, action: String) -> impl IntoView {
    let visit = visit();
    let (locale, atlas) = (visit.locale, &visit.snapshot.atlas);
    let of = |read: fn(&NewPoint) -> String| facts.as_ref().map(read).unwrap_or_default();
    let choose = locale.pick("(请选)", "(choose)");
    let kinds = codes::kinds(choose, &visit);
    let levels = Level::ALL.iter().map(|it| (it.code().to_owned(), text::level(*it, locale).to_owned()));
    let levels = std::iter::once((String::new(), choose.to_owned())).chain(levels).collect();
    let named = Named::of(&visit.snapshot);
    let written = |name: &str, kept: Option<String>| {
        let text = typed(&visit).map_or_else(|| kept.unwrap_or_default(), |form| form.get(name).to_owned());
        let meant = if name == "division" { named.division_meant(&text) } else { named.office_meant(&text) };
        (text, meant.map(|meant| format!("= {meant}")).unwrap_or_default())
    };
    let (division, division_meant) = written("division", facts.as_ref().map(|it| named.division_text(it.division)));
    let (office, office_meant) = written("organisation", facts.as_ref().map(|it| named.office_text(it.organisation)));
    let mut offices: Vec<_> = visit.snapshot.content.organisations().collect();
    offices.sort_by_key(|it| it.code);
    let offices =
        offices.into_iter().map(|it| view! { <option value=named.office_text(it.code)>{it.code.to_string()}</option> });
    let offices = offices.collect_view();
    let divisions = atlas.divisions.iter().filter(|it| it.level != DivisionLevel::Village && !it.ended);
    let divisions =
        divisions.map(|it| view! { <option value=named.division_text(it.code)>{it.code.to_string()}</option> });
    let divisions = divisions.collect_view();
    view! {
        <TextField name="name" label=locale.pick("名称", "Name") value=of(|it| it.name.clone()) maxlength=80 />
        <TextField name="name-en" label=locale.pick("英文名称(可不填)", "English name (may be empty)") value=of(|it| it.name_en.clone()) maxlength=160 />
        <SelectField name="kind" label=locale.pick("类别", "Kind") options=kinds value=of(|it| it.kind.to_string()) />
        <SelectField name="level" label=locale.pick("层级", "Level") options=levels value=of(|it| it.level.code().to_owned()) />
        <TextField name="division" label=locale.pick("地区(名称或代码)", "Area (name or code)") value=division meant=division_meant list="divisions" maxlength=80 />
        <datalist id="divisions">{divisions}</datalist>
        <TextField name="organisation" label=locale.pick("维护单位(名称或代码)", "Kept by (name or code)") value=office meant=office_meant list="offices" maxlength=80 />
        <datalist id="offices">{offices}</datalist>
        <TextField name="address" label=locale.pick("地址", "Address") hint=locale.pick("像告诉出租车司机那样写", "As one would tell a taxi driver") value=of(|it| it.address.clone()) />
        <Position id facts=facts.clone() action />
        <TextField name="telephones" label=locale.pick("电话(几个之间空一格)", "Telephones (with blanks between)") value=of(|it| it.telephones.join(" ")) maxlength=250 />
    }
}
