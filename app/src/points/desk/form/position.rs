//! Where a point is, in its form: degrees in any datum, a check against borders and neighbours, and a map to put it on.

use domain::{
    geo::{self, Datum, decimals},
    points::{NewPoint, PointId},
};
use leptos::prelude::*;

use super::{
    super::{
        facts,
        findings::{self, Asked, Findings},
        import::words,
        named::Named,
    },
    typed,
};
use crate::{
    points::MapFoot,
    portal::{Visit, portal, root, visit},
    ui::{SelectField, TextField},
};

/// The degrees, the check and the map.
#[component]
pub(super) fn Position(id: Option<PointId>, facts: Option<NewPoint>, action: String) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let kept = facts.as_ref().and_then(|it| it.position);
    let coordinate = |which: fn(geo::Position) -> f64| kept.map(|it| decimals(which(it), 6)).unwrap_or_default();
    let datums = Datum::ALL.iter().map(|it| (it.code().to_owned(), words::datum(*it, locale).to_owned()));
    let found = typed(&visit).map(|form| {
        let asked = Asked {
            point: id,
            name: form.get("name").to_owned(),
            kind: form.get("kind").parse().ok(),
            division: Named::of(&visit.snapshot).division(form.get("division")).ok(),
            position: facts::position(form),
        };
        view! { <Findings list=findings::find(&asked, &visit.snapshot, locale) /> }
    });
    let converted = typed(&visit).and_then(|form| Datum::from_code(form.get("converted-from"))).map(|datum| {
        let datum = words::datum(datum, locale);
        locale.pick(format!("已由 {datum} 换算成 WGS-84。"), format!("Converted from {datum} to WGS-84."))
    });
    view! {
        <fieldset class="p-fieldset p-fieldset--wide" id="position">
            <legend>{locale.pick("位置(没有测过就空着)", "Position (leave empty if nobody has measured it)")}</legend>
            <div class="p-filters__row">
                <TextField name="lon" label=locale.pick("经度", "Longitude") value=coordinate(geo::Position::lon) maxlength=20 />
                <TextField name="lat" label=locale.pick("纬度", "Latitude") value=coordinate(geo::Position::lat) maxlength=20 />
                <SelectField name="datum" label=locale.pick("从哪里抄来", "Measured in") options=datums.collect() />
            </div>
            {converted.map(|words| view! { <p class="p-notice">{words}</p> })}
            <p class="p-acts">
                <button class="p-button" type="submit" name="act" value="check" formaction=format!("{action}#position")>{locale.pick("检查位置", "Check the position")}</button>
            </p>
            <div role="status">{found}</div>
            <EditMap id facts />
        </fieldset>
    }
}

/// A map with one marker, which writes the degrees above (`frontend/public/point-form.js`). Those who cannot use it have the fields.
#[component]
fn EditMap(id: Option<PointId>, facts: Option<NewPoint>) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let locale = visit.locale;
    let position = match typed(&visit) {
        Some(form) => facts::position(form),
        None => facts.as_ref().and_then(|it| it.position),
    };
    let center = position.is_none().then(|| center(facts.as_ref(), &visit)).flatten();
    let kind = facts.as_ref().and_then(|it| visit.snapshot.atlas.kind(it.kind));
    let letter = kind.map(|it| it.letter.clone()).unwrap_or_default();
    let tianditu = portal.map().tianditu_key.clone();
    view! {
        <div class="p-needs-script p-edit-map">
            <p class="p-field__hint" id="edit-map-hint">
                {locale.pick(
                    "拖动标记,或者在地图上点一下。键盘:Tab 到标记,方向键移 1 米,加 Shift 移 10 米;还没有标记时在地图上按回车。",
                    "Drag the marker, or click on the map. By keyboard: Tab to the marker; arrow keys move it 1 m, with Shift 10 m; Enter on the map puts it there.",
                )}
            </p>
            <portal-map
                class="p-map--small"
                edit=id.map(|id| id.0.to_string()).unwrap_or_default()
                src="/api/points.geojson?view=map"
                outlines="/api/outlines.geojson"
                lang=locale.pick("zh", "en")
                label=locale.pick("用来定位的地图", "Map to put the place on")
                point=position.map(|it| format!("{},{}", decimals(it.lon(), 6), decimals(it.lat(), 6)))
                point-letter=letter
                point-state="open"
                center=center.map(|it| it.to_string())
                zoom=if position.is_some() { "16" } else { "12" }
                tianditu-key=(!tianditu.is_empty()).then_some(tianditu)
            >
                <MapFoot locale />
            </portal-map>
            <p class="p-field__hint" role="status" id="position-said"></p>
        </div>
    }
}

/// Where to look before there is a position: the middle of its division, or of the city.
fn center(facts: Option<&NewPoint>, visit: &Visit) -> Option<geo::Position> {
    let divisions = &visit.snapshot.atlas.divisions;
    let typed = typed(visit).and_then(|form| Named::of(&visit.snapshot).division(form.get("division")).ok());
    let lineage = typed.or(facts.map(|it| it.division)).map(|code| divisions.lineage(code)).unwrap_or_default();
    lineage.iter().rev().find_map(|it| it.center).or_else(|| root(visit)?.center)
}
