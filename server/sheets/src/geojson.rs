//! GeoJSON (RFC 7946): a feature a row, a property a column, the point as two columns.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{Kind, Table, Unreadable, push};

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    let broken = |error: serde_json::Error| Unreadable::Broken(error.to_string());
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let collection: Value = serde_json::from_slice(text).map_err(broken)?;
    let features = collection.get("features").and_then(Value::as_array).ok_or(Unreadable::Unknown)?;
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut headings = vec!["lon".to_owned(), "lat".to_owned()];
    for key in features.iter().filter_map(properties).flat_map(Map::keys) {
        // Its position is its geometry.
        if !["lon", "lat"].contains(&key.as_str()) && !columns.contains_key(key.as_str()) {
            columns.insert(key, headings.len());
            headings.push(key.clone());
        }
        if headings.len() > crate::MOST_COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
    }
    let mut rows = Vec::new();
    push(&mut rows, 1, headings.clone())?;
    for (number, feature) in (2..).zip(features) {
        let mut cells = vec![String::new(); headings.len()];
        let point = feature.pointer("/geometry/coordinates").and_then(Value::as_array);
        for (cell, degrees) in cells.iter_mut().zip(point.into_iter().flatten().take(2)) {
            *cell = text_of(degrees);
        }
        for (key, value) in properties(feature).into_iter().flatten() {
            if let Some(column) = columns.get(key.as_str()) {
                cells[*column] = text_of(value);
            }
        }
        push(&mut rows, number, cells)?;
    }
    Ok(Table { kind: Kind::GeoJson, rows })
}

fn properties(feature: &Value) -> Option<&Map<String, Value>> {
    feature.get("properties")?.as_object()
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";")
        }
        other => other.to_string(),
    }
}

/// A table as a feature collection; the columns `lon` and `lat` become the point, the others properties.
pub fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut rows = rows.into_iter();
    let headings = rows.next().unwrap_or_default();
    let features: Vec<Value> = rows
        .map(|row| {
            let cell = |name: &str| headings.iter().position(|it| it == name).and_then(|i| row.get(i));
            let degrees = |name: &str| cell(name).and_then(|text| text.parse::<f64>().ok());
            let geometry = degrees("lon").zip(degrees("lat"));
            let geometry = geometry.map(|(lon, lat)| json!({ "type": "Point", "coordinates": [lon, lat] }));
            let properties = headings.iter().zip(&row).filter(|(name, _)| !["lon", "lat"].contains(&name.as_str()));
            let properties: Map<_, _> = properties.map(|(name, text)| (name.clone(), json!(text))).collect();
            json!({ "type": "Feature", "geometry": geometry, "properties": properties })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}
