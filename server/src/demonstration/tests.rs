use std::collections::{HashMap, HashSet};

use domain::{
    divisions::DivisionLevel,
    hours::{HolidayRule, OpenState},
    points::Level,
};
use geo::Contains;
use time::{Duration, macros::date};

use super::*;

const TODAY: Date = date!(2026 - 11 - 22);

/// Built once: building is pure.
fn demonstration() -> City {
    static BUILT: std::sync::OnceLock<City> = std::sync::OnceLock::new();
    BUILT.get_or_init(|| city(TODAY).unwrap()).clone()
}

#[test]
fn the_city_has_all_its_divisions() {
    let divisions = demonstration().vocabulary.divisions;
    let count = |level| divisions.iter().filter(|d| d.level == level).count();
    assert_eq!(
        [
            DivisionLevel::City,
            DivisionLevel::District,
            DivisionLevel::Zone,
            DivisionLevel::Township,
            DivisionLevel::Village
        ]
        .map(count),
        [1, 20, 3, 266, 3047]
    );
    assert_eq!(divisions.iter().filter(|d| d.ended).count(), 5);
    assert!(
        divisions
            .iter()
            .all(|d| d.center.is_some() == matches!(d.level, DivisionLevel::City | DivisionLevel::District))
    );
}

#[test]
fn there_are_four_thousand_points_of_every_kind_and_level() {
    let city = demonstration();
    let (living, ended): (Vec<_>, Vec<_>) = city.points.iter().partition(|p| p.ended.is_none());
    let mut kinds: HashMap<_, usize> = HashMap::new();
    living.iter().for_each(|p| *kinds.entry(p.kind.to_string()).or_default() += 1);
    for (kind, count) in [
        ("openness-area", 24),
        ("reading-point", 42),
        ("service-hall", 24),
        ("service-centre", 261),
        ("service-station", 3047),
        ("archive", 21),
        ("library", 21),
        ("notice-board", 263),
        ("machine", 125),
        ("agency", 172),
    ] {
        assert_eq!(kinds.get(kind), Some(&count), "{kind}");
    }
    let level = |level| living.iter().filter(|p| p.level == level).count();
    assert_eq!(Level::ALL.iter().copied().map(level).collect::<Vec<_>>(), [25, 406, 522, 3047]);
    assert_eq!((living.len(), ended.len()), (4000, 1));
}

#[test]
fn every_point_lies_inside_the_outline_of_its_district() {
    let city = demonstration();
    let divisions = Divisions::new(city.vocabulary.divisions);
    let shapes: HashMap<_, _> = city.outlines.iter().map(|(code, o)| (*code, outlines::polygons(o).unwrap())).collect();
    for point in &city.points {
        let at = point.position.unwrap();
        let at = geo::Point::new(at.lon(), at.lat());
        match divisions.lineage(point.division).get(1) {
            Some(district) => assert!(shapes[&district.code].contains(&at), "{}", point.name),
            None => assert!(shapes.values().any(|shape| shape.contains(&at)), "{}", point.name),
        }
    }
}

#[test]
fn points_do_not_stand_on_each_other() {
    let points = demonstration().points;
    let places: HashSet<_> = points.iter().filter_map(|p| p.position.map(|at| at.to_string())).collect();
    assert!(places.len() > 3980, "{} places", places.len());
}

#[test]
fn everything_a_point_refers_to_exists() {
    let City { vocabulary, organisations, points, .. } = demonstration();
    let kinds: HashSet<_> = vocabulary.kinds.iter().map(|k| k.code).collect();
    let services: HashSet<_> = vocabulary.services.iter().map(|s| s.code).collect();
    let divisions: HashMap<_, _> = vocabulary.divisions.iter().map(|d| (d.code, d)).collect();
    let offices: HashSet<_> = organisations.iter().map(|o| o.code).collect();
    assert_eq!(offices.len(), organisations.len());
    assert!(organisations.iter().all(|o| divisions.contains_key(&o.division)));
    for point in &points {
        assert!(kinds.contains(&point.kind) && offices.contains(&point.organisation), "{}", point.name);
        assert!(!divisions[&point.division].ended, "{}", point.name);
        assert!(point.services.iter().all(|s| services.contains(s)), "{}", point.name);
        let distinct: HashSet<_> = point.services.iter().collect();
        assert_eq!(distinct.len(), point.services.len(), "{}", point.name);
    }
    let offered: HashSet<_> = points.iter().flat_map(|p| &p.services).collect();
    let nowhere: Vec<_> = services.iter().filter(|s| !offered.contains(s)).collect();
    assert!(nowhere.is_empty(), "{nowhere:?}");
}

#[test]
fn every_point_is_valid_has_a_number_and_name_of_its_own_and_says_it_is_made_up() {
    let points = demonstration().points;
    let (mut numbers, mut names) = (HashSet::new(), HashSet::new());
    for point in points {
        assert!(numbers.insert(point.external_id.clone()), "{}", point.external_id);
        assert!(names.insert(point.name.clone()), "{}", point.name);
        assert!(point.external_id.starts_with("demo-") && point.demonstration && point.source == "示例数据");
        assert!(point.address.contains("（示例地址）"), "{}", point.address);
        assert!(point.telephones.iter().all(|t| t.starts_with("028-0") && t.len() == 12), "{:?}", point.telephones);
        assert_eq!(point.name_en.is_empty(), matches!(point.level, Level::Township | Level::Village), "{}", point.name);
        let name = point.name.clone();
        assert_eq!(point.validate().err(), None, "{name}");
    }
}

#[test]
fn services_fit_the_kind() {
    for point in demonstration().points {
        let range = match point.kind.as_str() {
            "service-station" => 6..=14,
            "service-centre" => 15..=25,
            "service-hall" => 60..=76,
            "machine" => 5..=9,
            _ => 1..=16,
        };
        assert!(range.contains(&point.services.len()), "{}: {}", point.name, point.services.len());
    }
}

#[test]
fn the_same_day_gives_the_same_city_and_another_day_moves_only_days() {
    let (one, two, later) = (demonstration(), city(TODAY).unwrap(), city(TODAY + Duration::days(100)).unwrap());
    assert_eq!(one, two);
    for (a, b) in one.points.iter().zip(&later.points) {
        assert_eq!((&a.external_id, a.position, &a.services), (&b.external_id, b.position, &b.services));
        assert_eq!(a.schedule.week, b.schedule.week);
    }
    // Pinned, so that another machine or compiler that computes otherwise is noticed.
    let pinned = one.points.iter().find(|p| p.external_id == "demo-service-centre-510107021000").unwrap();
    assert_eq!(pinned.name, "武侯区桂溪街道便民服务中心");
    assert_eq!(pinned.position.unwrap().to_string(), "104.02414,30.59970");
}

#[test]
fn any_day_will_do() {
    for today in [Date::MIN, Date::MAX, date!(2027 - 01 - 01), date!(2026 - 02 - 17)] {
        let points = city(today).unwrap().points;
        assert!(points.into_iter().all(|p| p.validate().is_ok()), "{today}");
    }
}

#[test]
fn some_points_are_closed_some_have_other_hours_and_some_are_unchecked() {
    let City { points, calendar, .. } = demonstration();
    let calendar = Calendar::new(calendar);
    let noon = TODAY.previous_day().unwrap().with_hms(3, 0, 0).unwrap().assume_utc() + Duration::days(2);
    let mut states: HashMap<_, usize> = HashMap::new();
    points.iter().for_each(|p| *states.entry(p.schedule.opening(noon, &calendar).state).or_default() += 1);
    assert!((40..160).contains(&states[&OpenState::Unknown]), "{states:?}");
    assert!((20..80).contains(&states[&OpenState::Suspended]), "{states:?}");
    assert!(states[&OpenState::Open] > 3000, "{states:?}");
    let changed = |p: &&NewPoint| p.schedule.exceptions.iter().any(|e| !e.hours.is_empty());
    assert!((20..120).contains(&points.iter().filter(changed).count()));
    for point in points.iter().filter(changed).filter(|p| p.schedule.holidays != HolidayRule::EveryDay) {
        let sunday = point.schedule.on(date!(2026 - 11 - 29), &calendar).unwrap_or_default();
        assert!(sunday.is_empty(), "{} would be open on a Sunday", point.name);
    }
}

#[test]
fn most_points_were_checked_lately_some_long_ago_and_a_few_never() {
    let points = demonstration().points;
    let age = |p: &NewPoint| p.verified_on.map(|day| (TODAY - day).whole_days());
    let count = |test: &dyn Fn(Option<i64>) -> bool| points.iter().filter(|p| test(age(p))).count();
    assert!(count(&|age| age.is_some_and(|days| (1..=150).contains(&days))) > 3200);
    assert!((300..600).contains(&count(&|age| age.is_some_and(|days| days > 180))));
    assert!((60..200).contains(&count(&|age| age.is_none())));
}
