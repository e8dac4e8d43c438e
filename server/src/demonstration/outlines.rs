//! Outlines of divisions: a GeoJSON FeatureCollection (RFC 7946, so WGS-84) whose features carry the division's code as `adcode`
//! or `code`. What the map shows of them is a sketch (示意图): see seed/README.md.

use std::collections::HashSet;

use domain::divisions::DivisionCode;
use geo::{CoordsIter, MultiPolygon, Polygon};
use geojson::{Feature, FeatureCollection, Geometry, GeometryValue};

use super::seed::{BadSeed, Why};

const FILE: &str = "districts.geojson";

/// Reads outlines: the code of a division and its geometry as GeoJSON text, a Polygon or a MultiPolygon.
pub fn read_outlines(text: &str) -> Result<Vec<(DivisionCode, String)>, BadSeed> {
    let collection: FeatureCollection = text.trim_start_matches('\u{feff}').parse().map_err(format)?;
    let mut seen = HashSet::new();
    let mut outlines = Vec::new();
    for (i, feature) in collection.features.into_iter().enumerate() {
        let wrong = |why| BadSeed::Feature { file: FILE, feature: i + 1, why };
        let code = code(&feature).map_err(wrong)?;
        if !seen.insert(code) {
            return Err(wrong(Why::Twice(code.to_string())));
        }
        let geometry = feature.geometry.ok_or(Why::Empty("geometry")).map_err(wrong)?;
        shape(&geometry).map_err(wrong)?;
        outlines.push((code, geometry.to_string()));
    }
    Ok(outlines)
}

/// The polygons of an outline that [`read_outlines`] gave.
pub(super) fn polygons(outline: &str) -> Result<MultiPolygon, BadSeed> {
    let geometry: Geometry = outline.parse().map_err(format)?;
    shape(&geometry).map_err(|why| BadSeed::Feature { file: FILE, feature: 1, why })
}

fn format(error: geojson::Error) -> BadSeed {
    let line = match &error {
        geojson::Error::MalformedGeoJson(json) => u64::try_from(json.line()).unwrap_or(1).max(1),
        _ => 1,
    };
    BadSeed::Line { file: FILE, line, why: Why::Format(error.to_string()) }
}

fn code(feature: &Feature) -> Result<DivisionCode, Why> {
    let value = feature.property("adcode").or_else(|| feature.property("code")).ok_or(Why::NoColumn("adcode"))?;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let bad = |_| Why::Value { column: "adcode", value: text.clone(), rule: "a code is digits, or a-z, 0-9 and -" };
    text.parse().map_err(bad)
}

fn shape(geometry: &Geometry) -> Result<MultiPolygon, Why> {
    let kind = geometry.value.type_name();
    let bad = |rule| Why::Value { column: "geometry", value: kind.to_owned(), rule };
    let not_a_shape = |error: geojson::Error| Why::Format(error.to_string());
    let polygons = match &geometry.value {
        value @ GeometryValue::Polygon { .. } => {
            MultiPolygon::from(Polygon::<f64>::try_from(value).map_err(not_a_shape)?)
        }
        value @ GeometryValue::MultiPolygon { .. } => MultiPolygon::try_from(value).map_err(not_a_shape)?,
        _ => return Err(bad("an outline is a Polygon or a MultiPolygon")),
    };
    if polygons.0.is_empty() || polygons.iter().any(|polygon| polygon.exterior().0.len() < 4) {
        return Err(bad("a ring has four positions or more, the last one the first"));
    }
    if polygons.coords_iter().any(|c| domain::geo::Position::new(c.x, c.y).is_err()) {
        return Err(bad("positions are longitude and latitude in degrees"));
    }
    Ok(polygons)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(properties: &str, geometry: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","features":[
            {{"type":"Feature","properties":{properties},"geometry":{geometry}}}]}}"#
        )
    }

    #[test]
    fn an_outline_keeps_its_digits() {
        let square =
            r#"{"type":"Polygon","coordinates":[[[104.15241,30.1],[105.0,30.1],[105.0,31.0],[104.15241,30.1]]]}"#;
        let outlines = read_outlines(&collection(r#"{"adcode":510104}"#, square)).unwrap();
        assert_eq!(outlines[0].0.as_str(), "510104");
        assert!(outlines[0].1.contains("[104.15241,30.1]"));
        assert_eq!(polygons(&outlines[0].1).unwrap().0.len(), 1);
    }

    #[test]
    fn what_is_no_outline_is_refused_with_its_feature() {
        let code = r#"{"code":"510104"}"#;
        for (properties, geometry, why) in [
            ("{}", r#"{"type":"Point","coordinates":[104,30]}"#, "feature 1: there is no column adcode"),
            (code, r#"{"type":"Point","coordinates":[104,30]}"#, "feature 1: geometry cannot be \"Point\""),
            (code, r#"{"type":"Polygon","coordinates":[]}"#, "feature 1: geometry cannot be \"Polygon\""),
            (code, r#"{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}"#, "feature 1: geometry cannot be \"Polygon\""),
            (
                code,
                r#"{"type":"Polygon","coordinates":[[[0,0],[400,0],[0,1],[0,0]]]}"#,
                "feature 1: geometry cannot be",
            ),
            (code, "null", "feature 1: geometry is empty"),
            (code, "[", "line"),
        ] {
            let error = read_outlines(&collection(properties, geometry)).unwrap_err().to_string();
            assert!(error.starts_with(&format!("districts.geojson, {why}")), "{error}");
        }
    }
}
