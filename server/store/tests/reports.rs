//! Reports on both databases: counted for each network, asked for by their code, forgotten in time.

use domain::{
    audit::{Actor, By},
    divisions::{Division, DivisionLevel},
    hours::Schedule,
    identity::Role,
    points::{Level, NewPoint, Organisation, PointId, PointKind},
    reports::{Fault, NewReport, Outcome, ReportState, code::QueryCode},
};
use store::{
    Failure, Store, divisions,
    limits::Allowance,
    points,
    reports::{self, Counts, Refused},
    snapshot::Content,
    testing::{TestStore, slug, staff},
    vault::Vault,
};
use time::{Duration, OffsetDateTime, macros::datetime};

/// A Monday.
const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 +8);

/// One point of one office.
async fn furnish(store: &Store) -> PointId {
    let (by, district) = (By::console(NOW), slug("510107"));
    let division = Division {
        code: district,
        name: "示例区".into(),
        name_en: String::new(),
        level: DivisionLevel::City,
        parent: None,
        zone: None,
        center: None,
        ended: false,
    };
    divisions::save(store, &by, vec![division], vec![]).await.expect("divisions");
    let kind = PointKind {
        code: slug("hall"),
        label: "政务服务中心".into(),
        label_en: "Service hall".into(),
        icon: "landmark".into(),
        letter: "政".into(),
        law: String::new(),
    };
    let office = Organisation { code: slug("office"), name: "示例局".into(), division: district };
    points::save_vocabulary(store, &by, vec![kind], vec![], vec![office]).await.expect("words");
    let point = NewPoint {
        external_id: "a".into(),
        kind: slug("hall"),
        level: Level::District,
        division: district,
        organisation: slug("office"),
        name: "示例大厅".into(),
        name_en: String::new(),
        address: "示例路1号".into(),
        position: None,
        telephones: vec![],
        schedule: Schedule::default(),
        services: vec![],
        facilities: vec![],
        photos: vec![],
        verified_on: None,
        ended: None,
        source: "示例数据".into(),
        demonstration: true,
    };
    points::import(store, &by, vec![point]).await.expect("a point");
    Content::load(store).await.expect("content").points[0].id
}

async fn editor(store: &Store, at: OffsetDateTime) -> By {
    staff(store, at, "editor", Role::Editor, "510107").await
}

/// A device without a name.
fn nameless(most: u32) -> Allowance {
    Allowance { device: None, most }
}

fn resident(origin: &str, at: OffsetDateTime) -> By {
    By { actor: Actor::Anyone, origin: origin.into(), at }
}

fn code(i: u8) -> QueryCode {
    QueryCode::new([i; 16])
}

fn new(point: PointId) -> NewReport {
    NewReport { point, fault: Fault::Hours, words: String::new(), photo: None, contact: Some("138".into()) }
}

#[tokio::test]
async fn the_same_code_is_the_same_report_also_both_at_once() {
    for test in TestStore::each().await {
        let (store, vault) = (test.store.clone(), Vault::new([7; 32]));
        let point = furnish(&store).await;
        let code = reports::code_of("3b241101-e2bb-4255-8caf-4136c566a962", point).expect("a key");
        let by = resident("10.0.0.1", NOW);
        let two = nameless(2);
        let send = |nonce| reports::receive(&store, &vault, &by, new(point), (&code, [nonce; 24]), &two);
        let (first, second) = tokio::join!(send(1), send(2));
        assert_eq!(first.expect("a report"), second.expect("the same"));
        // Only the first one counts for its network.
        reports::receive(&store, &vault, &by, new(point), (&self::code(9), [9; 24]), &nameless(2))
            .await
            .expect("another one");
        let editor = editor(&store, NOW).await;
        let snapshot = Content::load(&store).await.expect("content").at(NOW);
        assert_eq!(reports::list(&store, &snapshot, &editor, false).await.expect("a list").len(), 2);
    }
}

#[tokio::test]
async fn at_most_so_many_in_an_hour_from_one_network_also_all_at_once() {
    for test in TestStore::each().await {
        let (store, vault) = (test.store.clone(), Vault::new([7; 32]));
        let point = furnish(&store).await;
        let send = |i: u8, origin: &'static str, at: OffsetDateTime| {
            let (store, vault) = (store.clone(), vault.clone());
            async move {
                reports::receive(&store, &vault, &resident(origin, at), new(point), (&code(i), [i; 24]), &nameless(5))
                    .await
            }
        };
        let at_once: Vec<_> = (0..8).map(|i| tokio::spawn(send(i, "2001:db8::1", NOW))).collect();
        let mut taken = 0;
        for one in at_once {
            match one.await.expect("a task") {
                Ok(_) => taken += 1,
                Err(Failure::Refused(Refused::TooMany(from))) => assert_eq!(from, NOW + Duration::hours(1)),
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(taken, 5);
        let refused = send(20, "2001:db8::2", NOW + Duration::minutes(59)).await;
        assert!(matches!(refused, Err(Failure::Refused(Refused::TooMany(_)))), "{refused:?}");
        assert!(send(21, "2001:db8:0:1::1", NOW).await.is_ok(), "the house next door");
        assert!(send(22, "2001:db8::2", NOW + Duration::hours(1)).await.is_ok());
    }
}

#[tokio::test]
async fn the_devices_of_one_network_do_not_use_up_what_the_others_may_send() {
    for test in TestStore::each().await {
        let (store, vault) = (&test.store, Vault::new([7; 32]));
        let point = furnish(store).await;
        let by = resident("10.0.0.1", NOW);
        let send = async |i: u8, device: &str| {
            let allowance = Allowance { device: Some(device.into()), most: 2 };
            let sent = reports::receive(store, &vault, &by, new(point), (&code(i), [i; 24]), &allowance).await;
            match sent {
                Ok(_) => true,
                Err(Failure::Refused(Refused::TooMany(_))) => false,
                Err(other) => panic!("{other:?}"),
            }
        };
        assert_eq!([send(1, "a").await, send(2, "a").await, send(3, "a").await], [true, true, false]);
        assert_eq!([send(4, "b").await, send(5, "b").await, send(6, "b").await], [true, true, false]);
        // With names made up for every report, the network is full at four times as many; what was refused does not count.
        let made_up = [send(7, "c").await, send(8, "d").await, send(9, "e").await, send(10, "f").await];
        assert_eq!(made_up, [true; 4]);
        assert!(!send(11, "g").await, "eight were taken");
        assert!(
            reports::receive(
                store,
                &vault,
                &resident("10.0.0.2", NOW),
                new(point),
                (&code(12), [12; 24]),
                &nameless(2)
            )
            .await
            .is_ok()
        );
    }
}

#[tokio::test]
async fn a_report_is_answered_once_and_then_who_sent_it_is_forgotten() {
    for test in TestStore::each().await {
        let (store, vault) = (&test.store, Vault::new([7; 32]));
        let point = furnish(store).await;
        let by = resident("10.0.0.1", NOW);
        let id = reports::receive(store, &vault, &by, new(point), (&code(1), [1; 24]), &nameless(5))
            .await
            .expect("a report");
        let lost = NewReport { photo: Some("0".repeat(64)), ..new(point) };
        let refused = reports::receive(store, &vault, &by, lost, (&code(2), [2; 24]), &nameless(5)).await;
        assert!(matches!(refused, Err(Failure::Refused(Refused::Photo))), "{refused:?}");
        let nowhere = NewReport { point: PointId(999), ..new(point) };
        let refused = reports::receive(store, &vault, &by, nowhere, (&code(2), [2; 24]), &nameless(5)).await;
        assert!(matches!(refused, Err(Failure::Refused(Refused::Point))), "{refused:?}");
        assert_eq!(reports::ask(store, &code(2)).await.expect("an answer"), None);

        let content = Content::load(store).await.expect("content");
        let staff = editor(store, NOW + Duration::days(8)).await;
        for (days, overdue) in [(7, 0), (8, 1)] {
            let snapshot = content.at(NOW + Duration::days(days));
            let counts = reports::open_counts(store, &snapshot, &staff).await.expect("counts");
            assert_eq!(counts, Counts { open: 1, overdue }, "after {days} days");
        }
        assert_eq!(reports::contact(store, &vault, &staff, id).await.expect("a contact").as_deref(), Some("138"));
        assert!(reports::contact(store, &Vault::new([8; 32]), &staff, id).await.is_err(), "it is sealed");
        reports::answer(store, &staff, id, Outcome::Corrected, "已改").await.expect("an answer");
        let again = reports::answer(store, &staff, id, Outcome::Abuse, "再改").await;
        assert!(matches!(again, Err(Failure::Refused(Refused::Report(_)))), "{again:?}");
        let asked = reports::ask(store, &code(1)).await.expect("an answer").expect("the report");
        assert_eq!(
            asked.state,
            ReportState::Answered { outcome: Outcome::Corrected, words: "已改".into(), at: staff.at }
        );
        let clock = |days| By { at: staff.at + Duration::days(days), ..By::console(NOW) };
        assert_eq!(reports::forget(store, &clock(30)).await.expect("a job"), 0);
        assert_eq!(reports::forget(store, &clock(31)).await.expect("a job"), 1);
        assert_eq!(reports::contact(store, &vault, &staff, id).await.expect("no contact"), None);
    }
}
