//! Points, the calendar and divisions, on both databases.

use domain::{
    audit::{Actor, By},
    calendar::{HolidayName, Special},
    divisions::{Division, DivisionLevel},
    finder::PointQuery,
    geo::Position,
    hours::{Exception, HolidayRule, OpenState, Schedule},
    identity::Role,
    points::{
        BadPoint, Ended, Facility, Level, NewPoint, Organisation, PointId, PointKind, Service,
        change::{ChangeState, Field, NoStep},
    },
};
use store::{
    Failure, Store, StoreError, divisions,
    points::{
        self, Imported,
        changes::{self, Proposal, Refused},
    },
    snapshot::{Content, Reads},
    testing::{self, TestStore, slug},
};
use time::macros::{date, datetime};

const NOW: time::OffsetDateTime = datetime!(2026-11-23 10:00 +8);

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
        let ended = |reason: &str| Some(Ended { on: date!(2026 - 12 - 10), reason: reason.into(), successor: None });
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

/// Somebody of the staff for 武侯区.
async fn staff(store: &Store, name: &str, role: Role) -> By {
    testing::staff(store, NOW, name, role, "510107").await
}

fn proposal(facts: NewPoint, note: &str) -> Proposal {
    Proposal { facts, effective_on: None, note: note.into() }
}

fn why(failure: Failure<Refused>) -> Refused {
    match failure {
        Failure::Refused(why) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_change_is_proposed_by_one_and_published_by_another() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        points::import(store, &By::console(NOW), vec![point("a")]).await.expect("an import");
        let (editor, reviewer) =
            (staff(store, "editor", Role::Editor).await, staff(store, "reviewer", Role::Reviewer).await);
        let id = Content::load(store).await.expect("content").points[0].id;
        let facts = NewPoint { name: "新名字".into(), ..point("a") };
        let nothing = changes::save(store, &editor, Some(id), None, proposal(point("a"), ""), true).await.map_err(why);
        assert_eq!(nothing, Err(Refused::Step(NoStep::Nothing)));
        let bad = NewPoint { name: " ".into(), ..point("a") };
        let bad = changes::save(store, &editor, Some(id), None, proposal(bad, ""), true).await.map_err(why);
        assert_eq!(bad, Err(Refused::Facts(BadPoint::Name)));
        let lost = NewPoint { kind: slug("nothing"), ..point("a") };
        let lost = changes::save(store, &editor, Some(id), None, proposal(lost, ""), true).await.map_err(why);
        assert_eq!(lost, Err(Refused::Missing("kind")));

        let draft = changes::save(store, &editor, Some(id), None, proposal(facts.clone(), "改名"), false)
            .await
            .expect("a draft");
        let again =
            changes::save(store, &reviewer, Some(id), None, proposal(facts.clone(), ""), false).await.map_err(why);
        assert_eq!(again, Err(Refused::UnderWay("editor".into())));
        changes::save(store, &editor, Some(id), Some((draft, 1)), proposal(facts.clone(), "改名"), true)
            .await
            .expect("a change");
        let before = store.revision().await.expect("a revision");
        let (mine, reviews) = changes::waiting(store, &reviewer).await.expect("a list");
        assert_eq!((mine.len(), reviews.len(), reviews[0].fields()), (0, 1, vec![Field::Name]));
        let revision = reviews[0].revision;
        assert!(matches!(changes::publish(store, &editor, draft, revision, "", false).await, Err(Failure::Forbidden)));
        let stale = changes::publish(store, &reviewer, draft, revision - 1, "", false).await.map_err(why);
        assert_eq!(stale, Err(Refused::Outdated));
        let silent = changes::give_back(store, &reviewer, draft, revision, " ").await.map_err(why);
        assert_eq!(silent, Err(Refused::Step(NoStep::NoComment)));
        changes::give_back(store, &reviewer, draft, revision, "请附依据").await.expect("a return");
        let (mine, _) = changes::waiting(store, &editor).await.expect("a list");
        assert_eq!((mine[0].state, mine[0].comment.as_str()), (ChangeState::Returned, "请附依据"));
        assert_eq!(store.revision().await.expect("a revision"), before, "nothing is published yet");

        let returned = Some((draft, mine[0].revision));
        changes::save(store, &editor, Some(id), returned, proposal(facts.clone(), "有依据"), true)
            .await
            .expect("a change");
        let change = changes::change(store, &reviewer, draft).await.expect("the change");
        changes::publish(store, &reviewer, draft, change.revision, "", false).await.expect("published");
        let content = Content::load(store).await.expect("content");
        assert_eq!((content.points[0].facts.name.as_str(), content.points[0].revision), ("新名字", 2));
        assert!(content.revision > before);
        let history = changes::history(store, &editor, id).await.expect("a history");
        let versions: Vec<_> =
            history.iter().map(|it| (it.number, it.facts.name.as_str(), it.author.as_deref())).collect();
        assert_eq!(versions, [(2, "新名字", Some("editor")), (1, "示例大厅", None)]);
    }
}

#[tokio::test]
async fn a_change_meets_what_was_published_meanwhile_and_nobody_reviews_their_own() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        points::import(store, &By::console(NOW), vec![point("a")]).await.expect("an import");
        let reviewer = staff(store, "reviewer", Role::Reviewer).await;
        let id = Content::load(store).await.expect("content").points[0].id;
        let facts = NewPoint { name: "新名字".into(), address: "新路2号".into(), ..point("a") };
        let change =
            changes::save(store, &reviewer, Some(id), None, proposal(facts, ""), true).await.expect("a change");
        let publish = |by: By, own| async move { changes::publish(store, &by, change, 2, "", own).await.map_err(why) };
        assert_eq!(publish(reviewer.clone(), false).await, Err(Refused::Step(NoStep::OwnChange)));
        let other = staff(store, "other", Role::Reviewer).await;
        let moved = NewPoint { address: "又一路3号".into(), ..point("a") };
        points::import(store, &By::console(NOW), vec![moved]).await.expect("an import");
        let conflict = publish(other.clone(), false).await;
        assert_eq!(conflict, Err(Refused::Step(NoStep::Conflict(vec![Field::Address]))));
        let telephone = NewPoint { telephones: vec!["028-01111111".into()], ..point("a") };
        points::import(store, &By::console(NOW), vec![telephone]).await.expect("an import");
        publish(other, false).await.expect("published");
        let facts = Content::load(store).await.expect("content").points[0].facts.clone();
        let merged = (facts.name.as_str(), facts.address.as_str(), facts.telephones[0].as_str());
        assert_eq!(merged, ("新名字", "新路2号", "028-01111111"));
    }
}

#[tokio::test]
async fn who_may_not_edit_here_learns_nothing() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        points::import(store, &By::console(NOW), vec![point("a")]).await.expect("an import");
        let auditor = staff(store, "auditor", Role::Auditor).await;
        let id = Content::load(store).await.expect("content").points[0].id;
        let facts = NewPoint { name: "新名字".into(), ..point("a") };
        for by in [&auditor, &By::console(NOW)] {
            let result = changes::save(store, by, Some(id), None, proposal(facts.clone(), ""), true).await;
            assert!(matches!(result, Err(Failure::Forbidden)), "{result:?}");
        }
        for (exists, id) in [(true, id), (false, PointId(999))] {
            let result = changes::history(store, &auditor, id).await;
            assert!(matches!(result, Err(Failure::Forbidden)), "{exists}");
        }
        let elsewhere = NewPoint { division: slug("510100"), ..facts };
        let editor = staff(store, "editor", Role::Editor).await;
        let result = changes::save(store, &editor, Some(id), None, proposal(elsewhere, ""), true).await;
        assert!(matches!(result, Err(Failure::Forbidden)), "out of one's own area");
        let new = NewPoint { external_id: "b".into(), ..point("b") };
        let change = changes::save(store, &editor, None, None, proposal(new, "新设"), true).await.expect("a new point");
        let reviewer = staff(store, "reviewer", Role::Reviewer).await;
        changes::publish(store, &reviewer, change, 2, "", false).await.expect("published");
        let points = Content::load(store).await.expect("content").points.clone();
        assert_eq!(points.len(), 2);
        assert_eq!(changes::history(store, &editor, points[1].id).await.expect("a history").len(), 1);
    }
}

#[tokio::test]
async fn a_scheduled_change_takes_effect_on_its_day_also_if_nobody_was_there() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        points::import(store, &By::console(NOW), vec![point("a"), point("b")]).await.expect("an import");
        let (editor, reviewer) =
            (staff(store, "editor", Role::Editor).await, staff(store, "reviewer", Role::Reviewer).await);
        let content = Content::load(store).await.expect("content");
        for (i, point) in content.points.iter().enumerate() {
            let facts = NewPoint { address: format!("新路{i}号"), ..point.facts.clone() };
            let later = Proposal { facts, effective_on: Some(date!(2026 - 12 - 01)), note: "搬家".into() };
            let change = changes::save(store, &editor, Some(point.id), None, later, true).await.expect("a change");
            let state = changes::publish(store, &reviewer, change, 2, "", false).await.expect("an approval");
            assert_eq!(state, ChangeState::Scheduled);
        }
        // Another change of the second point comes in between and meets the first one.
        let moved = NewPoint { address: "别处".into(), ..point("b") };
        points::import(store, &By::console(NOW), vec![moved]).await.expect("an import");
        let at = |at| By { actor: Actor::Clock, origin: String::new(), at };
        let early = changes::apply_due(store, &at(datetime!(2026-11-30 23:59 +8))).await.expect("a look");
        assert_eq!(early, 0);
        let late = at(datetime!(2026-12-03 08:00 +8));
        assert_eq!(changes::apply_due(store, &late).await.expect("a look"), 1);
        assert_eq!(changes::apply_due(store, &late).await.expect("a look"), 0, "once");
        let content = Content::load(store).await.expect("content");
        let addresses: Vec<_> = content.points.iter().map(|it| it.facts.address.as_str()).collect();
        assert_eq!(addresses, ["新路0号", "别处"]);
        let (mine, _) = changes::waiting(store, &editor).await.expect("a list");
        assert_eq!((mine.len(), mine[0].state), (1, ChangeState::Returned));
        assert!(mine[0].comment.contains("address"));
    }
}

#[tokio::test]
async fn who_was_there_says_so_and_nothing_but_the_day_changes() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        points::import(store, &By::console(NOW), vec![point("a")]).await.expect("an import");
        let editor = staff(store, "editor", Role::Editor).await;
        let id = Content::load(store).await.expect("content").points[0].id;
        assert_eq!(changes::verify(store, &editor, id, 7, None).await.map_err(why), Err(Refused::Outdated));
        changes::verify(store, &editor, id, 1, None).await.expect("a verification");
        let after = Content::load(store).await.expect("content").points[0].facts.clone();
        assert_eq!(after, NewPoint { verified_on: Some(NOW.date()), ..point("a") });
        let auditor = staff(store, "auditor", Role::Auditor).await;
        assert!(matches!(changes::verify(store, &auditor, id, 2, None).await, Err(Failure::Forbidden)));
    }
}

#[tokio::test]
async fn reading_what_has_changed_gives_what_reading_everything_gives() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let by = By::console(NOW);
        points::import(store, &by, vec![point("a"), point("b"), point("c")]).await.expect("an import");
        let mut content = Content::load(store).await.expect("content");
        let first = content.revision;
        let reads = |content: &Content, id: usize| Reads::Points { these: vec![content.points[id].id], around: None };
        let renamed = |id, name: &str| NewPoint { name: name.into(), ..point(id) };
        for rows in
            [vec![renamed("b", "改名")], vec![], vec![point("d"), renamed("a", "甲")], vec![renamed("b", "又改")]]
        {
            points::import(store, &by, rows).await.expect("an import");
            content = content.next(store).await.expect("what has changed");
            let whole = Content::load(store).await.expect("content");
            assert_eq!((content.revision, &content.points), (whole.revision, &whole.points));
        }
        let left = [0, 1, 2].map(|i| content.leaves(&reads(&content, i), first));
        assert_eq!(left, [false, false, true]);
        assert!(content.leaves(&reads(&content, 0), first + 3) && !content.leaves(&reads(&content, 1), first + 3));

        let office = Organisation { code: slug("office"), name: "改名的局".into(), division: slug("510107") };
        points::save_vocabulary(store, &by, vec![], vec![], vec![office]).await.expect("words");
        let next = content.next(store).await.expect("everything");
        assert_eq!(next.organisation(slug("office")).map(|it| it.name.as_str()), Some("改名的局"));
        assert!(!next.leaves(&reads(&next, 2), content.revision), "everything stands in it");
    }
}
