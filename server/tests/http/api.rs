//! Open data: GeoJSON, CSV, JSON and their description.

use std::collections::BTreeSet;

use domain::finder::PAGE;
use http::header;
use serde_json::Value;

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::harness::{App, MONDAY, attributes};

/// Queries of every kind, as they stand in an address.
const QUERIES: [&str; 10] = [
    "",
    "q=%E7%A4%BE%E4%BF%9D",
    "q=library",
    "kind=archive",
    "level=district",
    "division=510107",
    "division=510100-gaoxin",
    "facility=ramp&open=now",
    "service=minimum-allowance&division=510104",
    "near=104.0657,30.6574&kind=library",
];

fn features(collection: &Value) -> &Vec<Value> {
    collection["features"].as_array().expect("features")
}

/// Longitude and latitude of a feature that has a place.
fn place(feature: &Value) -> Option<(f64, f64)> {
    let coordinates = feature["geometry"]["coordinates"].as_array()?;
    assert_eq!((feature["geometry"]["type"].as_str(), coordinates.len()), (Some("Point"), 2), "{feature}");
    Some((coordinates[0].as_f64()?, coordinates[1].as_f64()?))
}

fn instant(value: &Value) -> OffsetDateTime {
    OffsetDateTime::parse(value.as_str().unwrap_or_default(), &Rfc3339).expect("an instant")
}

#[tokio::test]
async fn the_list_the_map_and_the_table_find_the_same_points() {
    let app = App::demonstration().await;
    for query in QUERIES {
        let page = app.get(&format!("/points?{query}")).await;
        let json = app.get(&format!("/api/points.geojson?{query}")).await;
        assert_eq!(json.header(header::CONTENT_TYPE), "application/geo+json", "{query}");
        let json = json.json();
        let total = page.found();
        assert!(total > 0, "{query}");
        assert_eq!((json["total"].as_u64(), features(&json).len()), (u64::try_from(total).ok(), total), "{query}");
        let listed = attributes(&page.html(), ".p-cards .p-card", "data-point");
        let first: Vec<_> = features(&json).iter().take(PAGE).map(|it| it["id"].to_string()).collect();
        assert_eq!(listed, first, "{query}");
        assert_eq!(table(&app, query).await.len(), total, "{query}");
    }
}

async fn table(app: &App, query: &str) -> Vec<csv::StringRecord> {
    let answer = app.get(&format!("/api/points.csv?{query}")).await;
    assert_eq!((answer.code(), answer.header(header::CONTENT_TYPE)), (200, "text/csv; charset=utf-8"));
    let text = answer.text().strip_prefix('\u{feff}').expect("a byte order mark");
    csv::Reader::from_reader(text.as_bytes()).records().map(|it| it.expect("a row as long as the heading")).collect()
}

#[tokio::test]
async fn the_table_has_a_heading_and_a_row_for_every_point() {
    let app = App::demonstration().await;
    let answer = app.get("/api/points.csv").await;
    assert!(answer.text().starts_with(
        "\u{feff}id,external_id,kind,level,division,organisation,name,name_en,address,lon,lat,telephones,hours,\
         holidays,exceptions,services,facilities,photos,verified_on,ended_on,ended_because,ended_successor,source,demonstration\n"
    ));
    let content = app.content().await;
    let rows = table(&app, "").await;
    assert_eq!(rows.len(), content.points.iter().filter(|it| it.facts.ended.is_none()).count());
    let ids: BTreeSet<_> = rows.iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(ids.len(), rows.len(), "a point stands twice");
    let row = rows.iter().find(|row| &row[0] == "1").expect("the first point");
    assert_eq!(row[6], *content.points[0].facts.name);
}

#[tokio::test]
async fn coordinates_are_longitude_and_latitude_in_degrees() {
    let app = App::demonstration().await;
    let collection = app.get("/api/points.geojson").await.json();
    assert_eq!(collection["type"], "FeatureCollection");
    assert_eq!(instant(&collection["as_of"]), MONDAY);
    let places: Vec<_> = features(&collection).iter().filter_map(place).collect();
    assert!(places.len() > 3_000);
    for (lon, lat) in places {
        assert!((102.9..105.0).contains(&lon) && (30.0..31.5).contains(&lat), "{lon},{lat} is not in Chengdu");
    }
    for point in app.content().await.points.iter().take(20) {
        let feature = features(&collection).iter().find(|it| it["id"] == point.id.0).expect("every point");
        assert_eq!(place(feature), point.facts.position.map(|it| (it.lon(), it.lat())));
    }
}

#[tokio::test]
async fn a_rectangle_and_a_limit_cut_what_is_sent() {
    let app = App::demonstration().await;
    let all = app.get("/api/points.geojson").await.json();
    let (west, south, east, north) = (104.0, 30.6, 104.1, 30.7);
    let expected: Vec<_> = features(&all)
        .iter()
        .filter(|it| place(it).is_some_and(|(lon, lat)| (west..=east).contains(&lon) && (south..=north).contains(&lat)))
        .map(|it| it["id"].clone())
        .collect();
    assert!((2..features(&all).len()).contains(&expected.len()));
    let inside = app.get(&format!("/api/points.geojson?bbox={west},{south},{east},{north}")).await.json();
    assert_eq!(features(&inside).iter().map(|it| it["id"].clone()).collect::<Vec<_>>(), expected);

    let some = app.get(&format!("/api/points.geojson?bbox={west},{south},{east},{north}&limit=2")).await.json();
    assert_eq!((features(&some).len(), &some["total"]), (2, &expected.len().into()));
    let more = app.get("/api/points.geojson?limit=18446744073709551615").await.json();
    assert_eq!(features(&more).len(), features(&all).len());
}

#[tokio::test]
async fn nearest_comes_first() {
    let app = App::demonstration().await;
    let here = domain::geo::Position::new(104.0657, 30.6574).unwrap();
    let found = app.get("/api/points.geojson?near=104.0657,30.6574&limit=200").await.json();
    let metres: Vec<f64> = features(&found)
        .iter()
        .map(|it| place(it).and_then(|(lon, lat)| domain::geo::Position::new(lon, lat).ok()).expect("a place"))
        .map(|position| here.distance(position))
        .collect();
    assert!(metres.len() == 200 && metres.is_sorted(), "{metres:?}");
}

#[tokio::test]
async fn the_map_gets_less_of_the_same_points() {
    let app = App::demonstration().await;
    let (all, map) = (app.get("/api/points.geojson").await, app.get("/api/points.geojson?view=map").await);
    assert!(map.body.len() * 3 < all.body.len(), "{} of {}", map.body.len(), all.body.len());
    let (all, map) = (all.json(), map.json());
    let ids = |collection: &Value, key: fn(&Value) -> Value| -> BTreeSet<String> {
        features(collection).iter().filter(|it| place(it).is_some()).map(|it| key(it).to_string()).collect()
    };
    assert_eq!(ids(&all, |it| it["id"].clone()), ids(&map, |it| it["properties"]["id"].clone()));
}

#[tokio::test]
async fn a_point_is_there_with_everything_published_about_it() {
    let app = App::demonstration().await;
    for point in app.content().await.points.iter().filter(|it| it.facts.ended.is_none()).step_by(1_000) {
        let answer = app.get(&format!("/api/points/{}", point.id.0)).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
        let json = answer.json();
        assert_eq!((json["id"].as_i64(), json["name"].as_str()), (Some(point.id.0), Some(&*point.facts.name)));
        assert_eq!(instant(&json["published_at"]), MONDAY);
        for key in ["address", "kind", "level", "schedule", "services", "opening", "place", "organisation_name"] {
            assert!(!json[key].is_null(), "{key}");
        }
    }
}

#[tokio::test]
async fn the_description_names_every_resource_and_every_resource_answers() {
    let app = App::demonstration().await;
    let description = app.get("/api/openapi.json").await.json();
    assert!(description["openapi"].as_str().is_some_and(|version| version.starts_with("3.")));
    let paths = description["paths"].as_object().expect("paths");
    let named: BTreeSet<_> = paths.keys().map(String::as_str).collect();
    let expected = [
        "/api/outlines.geojson",
        "/api/points.csv",
        "/api/points.geojson",
        "/api/points/{id}",
        "/api/search",
        "/api/vocabulary",
    ];
    assert_eq!(named, BTreeSet::from(expected));
    for path in named {
        let answer = app.get(&path.replace("{id}", "1")).await;
        assert_eq!(answer.code(), 200, "{path}");
        let kinds = paths[path]["get"]["responses"]["200"]["content"].as_object().expect("a content type");
        let kind = answer.header(header::CONTENT_TYPE).split(';').next().unwrap_or_default().to_owned();
        assert!(kinds.contains_key(&kind), "{path} is {kind}");
    }
}

#[tokio::test]
async fn the_description_names_every_filter() {
    let app = App::demonstration().await;
    let description = app.get("/api/openapi.json").await.json();
    for path in ["/api/points.geojson", "/api/points.csv"] {
        let parameters = description["paths"][path]["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let named: Vec<_> = parameters.iter().filter_map(|it| it["name"].as_str()).collect();
        for filter in ["q", "kind", "level", "division", "service", "facility", "open", "near", "sort", "bbox", "limit"]
        {
            assert!(named.contains(&filter), "{path} takes {filter} and does not say so");
        }
    }
}

#[tokio::test]
async fn vocabulary_and_outlines_fit_the_points() {
    let app = App::demonstration().await;
    let vocabulary = app.get("/api/vocabulary").await.json();
    assert_eq!(vocabulary["kinds"].as_array().map(Vec::len), Some(10));
    let outlines = app.get("/api/outlines.geojson").await.json();
    let codes: BTreeSet<_> = features(&outlines).iter().map(|it| it["properties"]["code"].to_string()).collect();
    assert_eq!(codes.len(), 20);
    assert!(codes.contains("\"510107\""));
    let about = app.get("/about").await;
    let links = attributes(&about.html(), "main a[href^='/api/']", "href");
    assert_eq!(links, ["/api/points.geojson", "/api/points.csv", "/api/openapi.json"]);
}
