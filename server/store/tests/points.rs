//! Points, the calendar and divisions, on both databases.

use domain::{
    Slug,
    audit::By,
    calendar::{HolidayName, Special},
    divisions::{Division, DivisionLevel},
    finder::PointQuery,
    geo::Position,
    hours::{Exception, HolidayRule, OpenState, Schedule},
    points::{BadPoint, Ended, Facility, Level, NewPoint, Organisation, PointKind, Service},
};
use store::{
    Store, StoreError, divisions,
    points::{self, Imported},
    snapshot::Content,
    testing::TestStore,
};
use time::macros::{date, datetime};

const NOW: time::OffsetDateTime = datetime!(2026-11-23 10:00 +8);

fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

fn point(external_id: &str) -> NewPoint {
    NewPoint {
        external_id: external_id.into(),
        kind: slug("hall"),
        level: Level::District,
        division: slug("510107"),
        organisation: slug("office"),
        name: "示例大厅".into(),
        name_en: String::new(),
        address: "示例路1号".into(),
        position: Position::new(104.043_21, 30.642_19).ok(),
        telephones: vec!["028-00000000".into()],
        schedule: Schedule {
            week: "Mo-Fr 09:00-12:00,13:30-17:00".parse().ok(),
            holidays: HolidayRule::Statutory,
            exceptions: vec![Exception {
                from: date!(2026 - 12 - 01),
                to: date!(2026 - 12 - 02),
                hours: vec![],
                reason: "盘点".into(),
            }],
        },
        services: vec![slug("pension")],
        facilities: vec![Facility::Ramp],
        photos: vec![],
        verified_on: Some(date!(2026 - 10 - 01)),
        ended: None,
        source: "示例数据".into(),
        demonstration: true,
    }
}

async fn furnish(store: &Store) {
    let division = |code, level, parent: Option<&str>| Division {
        code: slug(code),
        name: code.into(),
        name_en: String::new(),
        level,
        parent: parent.map(slug),
        zone: None,
        center: Position::new(104.0, 30.6).ok(),
        ended: false,
    };
    let all = vec![
        division("510100", DivisionLevel::City, None),
        division("510107", DivisionLevel::District, Some("510100")),
    ];
    let outline = r#"{"type":"Polygon","coordinates":[[[104,30],[105,30],[105,31],[104,30]]]}"#;
    let outlines = vec![(slug("510107"), outline.to_owned())];
    divisions::save(store, &By::console(NOW), all, outlines).await.expect("divisions");
    let kind = PointKind {
        code: slug("hall"),
        label: "政务服务中心".into(),
        label_en: "Service hall".into(),
        icon: "landmark".into(),
        letter: "政".into(),
        law: String::new(),
    };
    let pension = Service {
        code: slug("pension"),
        name: "基本养老保险".into(),
        name_en: "Pension".into(),
        tag: "社会保险".into(),
        synonyms: vec!["退休金".into()],
    };
    let office = Organisation { code: slug("office"), name: "示例局".into(), division: slug("510107") };
    points::save_vocabulary(store, &By::console(NOW), vec![kind], vec![pension], vec![office]).await.expect("words");
}

#[tokio::test]
async fn a_point_comes_back_as_it_was_entered_and_an_import_can_be_repeated() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let rows = || vec![point("a"), point("b")];
        let first = points::import(store, &By::console(NOW), rows()).await.expect("an import");
        assert_eq!(first, Imported { added: 2, changed: 0, same: 0 });
        let content = Content::load(store).await.expect("content");
        assert_eq!(content.points[0].facts, point("a"));
        assert_eq!((content.points[0].published_at, content.points[0].revision), (NOW, 1));

        let mut changed = rows();
        changed[1].name = "新名字".into();
        let later = datetime!(2026-11-24 10:00 +8);
        let second = points::import(store, &By::console(later), changed).await.expect("an import");
        assert_eq!(second, Imported { added: 0, changed: 1, same: 1 });
        let after = Content::load(store).await.expect("content");
        let b = &after.points[1];
        assert_eq!((b.facts.name.as_str(), b.revision, b.published_at, b.updated_at), ("新名字", 2, NOW, later));
        assert!(after.revision > content.revision, "every server has to notice");
    }
}

#[tokio::test]
async fn a_row_that_refers_to_nothing_is_refused_and_nothing_is_kept() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let lost = NewPoint { division: slug("999999"), ..point("b") };
        let refused = points::import(store, &By::console(NOW), vec![point("a"), lost]).await;
        assert!(matches!(refused, Err(StoreError::Missing { what: "division", .. })), "{refused:?}");
        let nameless = NewPoint { name: " ".into(), ..point("c") };
        let refused = points::import(store, &By::console(NOW), vec![nameless]).await;
        assert!(matches!(refused, Err(StoreError::Refused { why: BadPoint::Name, .. })), "{refused:?}");
        assert_eq!(points::count(store).await.expect("a count"), 0);
    }
}

#[tokio::test]
async fn a_snapshot_knows_what_is_open_now_and_follows_the_calendar() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        points::import(store, &By::console(NOW), vec![point("a")]).await.expect("an import");
        let name = HolidayName { zh: "校庆".into(), en: "Jubilee".into() };
        let days = vec![(date!(2026 - 11 - 24), Special::Holiday(name))];
        store::calendar::replace_years(store, &By::console(NOW), &[2026].into(), days).await.expect("a calendar");
        let content = Content::load(store).await.expect("content");
        let state = |now| content.at(now).atlas.points()[0].opening.state;
        assert_eq!(state(NOW), OpenState::Open);
        assert_eq!(state(datetime!(2026-11-24 10:00 +8)), OpenState::Closed);
        assert_eq!(state(datetime!(2026-12-01 10:00 +8)), OpenState::Suspended);
        let (query, _) = PointQuery::read([("q", "退休金"), ("open", "now")]);
        assert_eq!(content.at(NOW).atlas.find(&query).hits.len(), 1);
    }
}

#[tokio::test]
async fn a_point_stands_in_the_lists_until_its_last_day() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let ended = |reason: &str| Some(Ended { on: date!(2026 - 12 - 10), reason: reason.into() });
        let row = NewPoint { ended: ended("并入新址"), ..point("a") };
        points::import(store, &By::console(NOW), vec![row.clone()]).await.expect("an import");
        let content = Content::load(store).await.expect("content");
        assert_eq!(content.points[0].facts, row);
        let listed = |now| content.at(now).atlas.points().len();
        assert_eq!(listed(datetime!(2026-12-09 23:59 +8)), 1);
        assert_eq!(listed(datetime!(2026-12-10 00:00 +8)), 0);
        let unexplained = NewPoint { ended: ended(" "), ..point("b") };
        let refused = points::import(store, &By::console(NOW), vec![unexplained]).await;
        assert!(matches!(refused, Err(StoreError::Refused { why: BadPoint::Ended, .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn outlines_are_one_feature_collection() {
    for test in TestStore::each().await {
        furnish(&test.store).await;
        let outlines = Content::load(&test.store).await.expect("content").outlines.clone();
        let json: serde_json::Value = serde_json::from_str(&outlines).expect("JSON");
        assert_eq!(json["features"][0]["properties"]["code"], "510107");
        assert_eq!(json["features"][0]["geometry"]["type"], "Polygon");
    }
}
