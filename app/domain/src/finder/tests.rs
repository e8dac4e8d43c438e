use super::*;
use crate::hours::{OpenState, Opening};

fn point(id: i64, name: &str, state: OpenState) -> PointSummary {
    PointSummary {
        id: PointId(id),
        name: name.to_owned(),
        name_en: String::new(),
        kind: if id % 2 == 0 { "hall" } else { "library" }.parse().unwrap(),
        letter: "政".into(),
        level: Level::District,
        within: vec!["c".parse().unwrap(), if id < 3 { "d" } else { "e" }.parse().unwrap()],
        place: "武侯区".into(),
        address: "示例路1号".into(),
        telephone: String::new(),
        services: vec!["pension".parse().unwrap()],
        facilities: vec![Facility::Ramp],
        position: "104.0,30.0".parse().ok(),
        opening: Opening { state, closes: None, opens: None, closed: None, provisional: false },
        demonstration: true,
    }
}

fn atlas() -> Atlas {
    let pension = Service {
        code: "pension".parse().unwrap(),
        name: "基本养老保险".into(),
        name_en: "Pension".into(),
        tag: "社会保险".into(),
        synonyms: vec!["退休金".into()],
    };
    let kind = |code: &str, label: &str| PointKind {
        code: code.parse().unwrap(),
        label: label.into(),
        label_en: code.into(),
        icon: String::new(),
        letter: String::new(),
        law: String::new(),
    };
    let city = Division {
        code: "c".parse().unwrap(),
        name: "市".into(),
        name_en: String::new(),
        level: DivisionLevel::City,
        parent: None,
        zone: None,
        center: None,
        ended: false,
    };
    let kinds = vec![kind("hall", "大厅"), kind("library", "图书馆")];
    let points = vec![
        point(1, "乙图书馆", OpenState::Closed),
        point(2, "甲大厅", OpenState::Open),
        point(3, "丙图书馆", OpenState::Soon),
    ];
    Atlas::new(points, Vocabulary { kinds, services: vec![pension], divisions: vec![city] })
}

fn ids(found: &Found, atlas: &Atlas) -> Vec<i64> {
    found.hits.iter().map(|(i, _)| atlas.points()[*i].id.0).collect()
}

fn ask(pairs: &[(&str, &str)]) -> PointQuery {
    let (query, bad) = PointQuery::read(pairs.iter().copied());
    assert_eq!(bad, []);
    query
}

#[test]
fn words_are_found_in_the_name_and_in_the_everyday_words_for_services() {
    let atlas = atlas();
    assert_eq!(ids(&atlas.find(&ask(&[("q", "图书馆")])), &atlas), [3, 1]);
    assert_eq!(ids(&atlas.find(&ask(&[("q", "退休金 甲")])), &atlas), [2]);
    assert_eq!(ids(&atlas.find(&ask(&[("q", "ＰＥＮＳＩＯＮ")])), &atlas).len(), 3);
    assert!(atlas.find(&ask(&[("q", "不存在")])).hits.is_empty());
}

#[test]
fn a_facet_counts_what_its_choice_would_give_with_the_other_filters_kept() {
    let atlas = atlas();
    let found = atlas.find(&ask(&[("kind", "library"), ("open", "now")]));
    assert_eq!(ids(&found, &atlas), [3]);
    assert_eq!(found.facets.kinds, [1, 1]);
    assert_eq!(found.facets.open, 1);
    assert_eq!(found.facets.divisions, [1]);
}

#[test]
fn near_a_place_the_nearest_comes_first_and_the_unmeasured_last() {
    let mut points =
        vec![point(1, "远", OpenState::Open), point(2, "无", OpenState::Open), point(3, "近", OpenState::Open)];
    points[0].position = "105,30".parse().ok();
    points[1].position = None;
    let atlas = Atlas::new(points, Vocabulary::default());
    let found = atlas.find(&ask(&[("near", "104,30")]));
    assert_eq!(ids(&found, &atlas), [3, 1, 2]);
    assert_eq!(found.hits[0].1, Some(0.0));
}

#[test]
fn an_address_is_read_and_written_back_the_same() {
    let pairs = [
        ("q", "社保"),
        ("kind", "hall"),
        ("level", "district"),
        ("division", "510107"),
        ("service", "pension"),
        ("facility", "ramp"),
        ("open", "now"),
        ("near", "104.06570,30.65740"),
        ("sort", "name"),
        ("page", "3"),
    ];
    let written: Vec<_> = ask(&pairs).pairs();
    assert_eq!(written.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>(), pairs);
}

#[test]
fn bad_values_are_left_out_and_named() {
    let long = "字".repeat(10_000);
    for (key, value) in [
        ("near", "NaN,30"),
        ("near", "1e999,30"),
        ("near", "104,200"),
        ("page", "-1"),
        ("page", "0"),
        ("page", "99999999999999999999"),
        ("kind", "武侯"),
        ("kind", "a\0b"),
        ("level", "galaxy"),
        ("facility", "pool"),
        ("open", "yes"),
        ("sort", "random"),
        ("q", "a\0b"),
        ("q", &long),
    ] {
        let (query, bad) = PointQuery::read([(key, value)]);
        assert_eq!(bad, [BadParameter(key)], "{key}");
        assert!(query.words.chars().count() <= MAX_WORDS && query.page == 1);
    }
    assert_eq!(PointQuery::read([("kind", ""), ("utm", "x")]).1, []);
}
