//! Codes on both databases: issued once, kept for ever, led elsewhere by whoever may, counted.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use domain::{
    audit::Actor,
    identity::Role,
    points::{Level, PointId},
};
use time::{
    OffsetDateTime,
    macros::{date, datetime},
};

use super::*;
use crate::{
    Failure, points,
    testing::{TestStore, districts, slug, staff},
};

const NOW: OffsetDateTime = datetime!(2026-11-22 10:00 +8);

/// Other bytes at every call.
fn counting(bytes: &mut [u8]) {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    bytes.fill(NEXT.fetch_add(1, Ordering::Relaxed));
}

/// Other bytes at every call, more often than there are signs.
fn various(bytes: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).to_le_bytes();
    bytes.iter_mut().zip(next.iter().cycle()).for_each(|(byte, next)| *byte = *next);
}

/// Always the same.
fn stuck(bytes: &mut [u8]) {
    bytes.fill(7);
}

fn clock() -> By {
    By { actor: Actor::Clock, origin: String::new(), at: NOW }
}

fn places() -> Vec<Thing> {
    vec![Thing::Portal, Thing::Division(slug("510107")), Thing::Division(slug("510104"))]
}

/// Two districts and a point in each.
async fn city(store: &Store) -> Vec<PointId> {
    districts(store, NOW).await;
    let by = By::console(NOW);
    let kind = domain::points::PointKind {
        code: slug("hall"),
        label: "大厅".into(),
        label_en: String::new(),
        icon: String::new(),
        letter: "厅".into(),
        law: String::new(),
    };
    let service = |code: &str| domain::points::Service {
        code: slug(code),
        name: code.into(),
        name_en: String::new(),
        tag: String::new(),
        synonyms: vec![],
    };
    let office = domain::points::Organisation { code: slug("office"), name: "示例".into(), division: slug("510100") };
    let services = vec![service("pension"), service("school")];
    points::save_vocabulary(store, &by, vec![kind], services, vec![office]).await.expect("open lists");
    let rows = ["510107", "510104"].map(|division| domain::points::NewPoint {
        external_id: division.into(),
        kind: slug("hall"),
        level: Level::District,
        division: slug(division),
        organisation: slug("office"),
        name: format!("示例 {division}"),
        name_en: String::new(),
        address: "示例路".into(),
        position: None,
        telephones: vec![],
        schedule: Default::default(),
        services: vec![slug("pension"), slug("school")],
        facilities: vec![],
        photos: vec![],
        verified_on: None,
        ended: None,
        source: String::new(),
        demonstration: true,
    });
    points::import(store, &by, rows.to_vec()).await.expect("points");
    Content::load(store).await.expect("content").points.iter().map(|point| point.id).collect()
}

#[tokio::test]
async fn a_thing_has_one_code_however_often_and_by_however_many_it_is_issued() {
    for test in TestStore::each().await {
        let (store, by) = (&test.store, &clock());
        let at_once = tokio::join!(
            issue(store, by, places(), counting),
            issue(store, by, places(), counting),
            issue(store, by, places().into_iter().rev().collect(), counting),
        );
        let sorted = |issued: Result<Vec<(Token, Thing)>, StoreError>| {
            let mut issued = issued.expect("codes");
            issued.sort();
            issued
        };
        let first = sorted(at_once.0);
        assert_eq!(first.len(), 3);
        assert_eq!((sorted(at_once.1), sorted(at_once.2)), (first.clone(), first.clone()));
        let known = load(&store.database).await.expect("codes");
        assert!(first.iter().all(|(token, thing)| known.token(*thing) == Some(*token)));
        assert!(newer(&store.database, &known).await.expect("a look").is_none());
        issue(store, by, vec![Thing::Point(PointId(1))], counting).await.expect("a code");
        assert_eq!(newer(&store.database, &known).await.expect("a look").map(|it| it.len()), Some(4));
    }
}

#[tokio::test]
async fn a_taken_token_goes_to_nobody_else() {
    for test in TestStore::each().await {
        let (store, by) = (&test.store, &clock());
        let first = issue(store, by, vec![Thing::Portal], stuck).await.expect("a code");
        let other = vec![Thing::Division(slug("510107"))];
        assert!(issue(store, by, other.clone(), stuck).await.is_err());
        let known = load(&store.database).await.expect("codes");
        assert_eq!((known.len(), known.thing(first[0].0)), (1, Some(Thing::Portal)));
        assert_ne!(issue(store, by, other, counting).await.expect("a code")[0].0, first[0].0);
    }
}

#[tokio::test]
async fn the_database_itself_keeps_every_code_and_every_move() {
    for test in TestStore::each().await {
        let (store, db) = (&test.store, &test.store.database);
        let points = city(store).await;
        let codes = issue(store, &clock(), vec![Thing::Point(points[0])], counting).await.expect("a code");
        let chief = staff(store, NOW, "chief", Role::Reviewer, "510100").await;
        lead_elsewhere(store, &chief, codes[0].0, Thing::Point(points[1]), "贴错了").await.expect("a move");
        for table in ["codes", "code_moves"] {
            for deed in [format!("UPDATE {table} SET subject = '1'"), format!("DELETE FROM {table}")] {
                assert!(db.execute_unprepared(&deed).await.is_err(), "{deed}");
            }
        }
        let known = load(db).await.expect("codes");
        assert_eq!((known.len(), known.thing(codes[0].0)), (1, Some(Thing::Point(points[1]))));
    }
}

#[tokio::test]
async fn a_code_is_led_elsewhere_by_whoever_may_publish_in_both_places() {
    for test in TestStore::each().await {
        let store = &test.store;
        let points = city(store).await;
        let (here, there) = (Thing::Point(points[0]), Thing::Point(points[1]));
        let code = issue(store, &clock(), vec![here], counting).await.expect("a code")[0].0;
        let chief = staff(store, NOW, "chief", Role::Reviewer, "510100").await;
        let local = staff(store, NOW, "local", Role::Reviewer, "510107").await;
        let editor = staff(store, NOW, "editor", Role::Editor, "510100").await;
        for by in [&local, &editor, &By { actor: Actor::Anyone, ..clock() }] {
            let led = lead_elsewhere(store, by, code, there, "贴错了").await;
            assert!(matches!(led, Err(Failure::Forbidden)), "{by:?}");
        }
        let missing = Thing::Point(PointId(999));
        for (to, reason, why) in [
            (missing, "贴错了", Refused::Thing),
            (Thing::Division(slug("999999")), "贴错了", Refused::Thing),
            (here, "贴错了", Refused::Same),
            (there, " ", Refused::Reason),
            (there, &"长".repeat(201), Refused::Reason),
        ] {
            let led = lead_elsewhere(store, &chief, code, to, reason).await;
            assert!(matches!(led, Err(Failure::Refused(it)) if it == why), "{to} {led:?}");
        }
        let known = Content::load(store).await.expect("content");
        lead_elsewhere(store, &chief, code, there, "贴错了").await.expect("a move");
        lead_elsewhere(store, &chief, code, Thing::Portal, "先带到首页").await.expect("a move");
        let next = known.next(store).await.expect("content");
        assert_eq!((next.codes.thing(code), next.codes.token(here)), (Some(Thing::Portal), Some(code)));
        let list: Vec<_> = moves(store, code).await.expect("moves").into_iter().map(|it| (it.to, it.reason)).collect();
        assert_eq!(list, [(Thing::Portal, "先带到首页".to_owned()), (there, "贴错了".to_owned())]);
    }
}

#[tokio::test]
async fn every_window_has_a_code_as_soon_as_it_is_published() {
    for test in TestStore::each().await {
        let store = &test.store;
        let points = city(store).await;
        let content = complete(store, &clock(), Content::load(store).await.expect("content"), various).await;
        let content = content.expect("codes");
        let windows = ["pension", "school"].map(|code| Thing::Window(points[0], slug(code)));
        assert!(windows.iter().all(|it| content.codes.token(*it).is_some()));
        // Nothing is missing now, and what was issued is what is kept.
        let again = Content::load(store).await.expect("content");
        assert_eq!(windows.map(|it| again.codes.token(it)), windows.map(|it| content.codes.token(it)));
        assert_eq!(again.things().filter(|it| again.codes.token(*it).is_none()).count(), 0);
    }
}

#[tokio::test]
async fn scans_add_up_by_day_and_only_staff_who_keep_points_see_them() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let codes = issue(store, &clock(), places(), counting).await.expect("codes");
        let (a, b) = (codes[0].0, codes[1].0);
        let scan = |token, day, count| Scan { token, day, count };
        let (first, second) = (date!(2026 - 10 - 01), date!(2026 - 11 - 22));
        add_scans(store, &[scan(a, second, 2), scan(b, second, 1), scan(a, first, 5)]).await.expect("scans");
        add_scans(store, &[scan(a, second, 3)]).await.expect("scans");
        add_scans(store, &[]).await.expect("nothing");
        let editor = staff(store, NOW, "editor", Role::Editor, "510107").await;
        let all = totals(store, &editor, date!(2026 - 10 - 24)).await.expect("totals");
        assert_eq!((all.len(), all[&a], all[&b]), (2, 5, 1));
        assert_eq!(by_day(store, &editor, a, first).await.expect("days"), [(first, 5), (second, 5)]);
        let auditor = staff(store, NOW, "auditor", Role::Auditor, "510100").await;
        assert!(matches!(totals(store, &auditor, first).await, Err(Failure::Forbidden)));
        assert!(matches!(by_day(store, &auditor, a, first).await, Err(Failure::Forbidden)));
        // A scan of what was never issued is refused, and nothing of that lot is kept.
        let unknown = Token::new([255; 16]);
        assert!(add_scans(store, &[scan(a, second, 1), scan(unknown, second, 1)]).await.is_err());
        assert_eq!(by_day(store, &editor, a, second).await.expect("days"), [(second, 5)]);
    }
}
