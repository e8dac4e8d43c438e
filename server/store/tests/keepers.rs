//! Keepers of points, on both databases.

use domain::{
    audit::{Actor, By},
    hours::Schedule,
    identity::{AccountId, Belongs, Grant, Role, single_sign_on::NotSignedIn},
    points::{Ended, Level, NewPoint, Organisation, PointId, PointKind, Sighting},
};
use store::{
    Failure, Store,
    identity::{self, Person, Token, accounts, end_account, enter},
    points::{
        self, changes,
        keepers::{self, Refused, assign, hand_over},
    },
    snapshot::Content,
    testing::{self, TestStore, districts, lines, slug, why},
};
use time::macros::{date, datetime};

const NOW: time::OffsetDateTime = datetime!(2026-11-23 10:00 +8);

/// Two districts, and points `a`, `b` in the first, `c` in the second, `d` ended.
async fn furnish(store: &Store) -> Vec<PointId> {
    districts(store, NOW).await;
    let console = By::console(NOW);
    let text = String::new;
    let (label, icon, letter) = ("大厅".into(), text(), "政".into());
    let kind = PointKind { code: slug("hall"), label, label_en: text(), icon, letter, law: text() };
    let office = Organisation { code: slug("office"), name: "示例局".into(), division: slug("510107") };
    points::save_vocabulary(store, &console, vec![kind], vec![], vec![office]).await.expect("words");
    let ended = Some(Ended { on: date!(2026 - 01 - 01), reason: "并入".into(), successor: None });
    let rows = [("a", "510107", None), ("b", "510107", None), ("c", "510104", None), ("d", "510107", ended)];
    let rows = rows.map(|(id, division, ended)| NewPoint {
        external_id: id.into(),
        kind: slug("hall"),
        level: Level::District,
        division: slug(division),
        organisation: slug("office"),
        name: id.into(),
        name_en: text(),
        address: "示例路1号".into(),
        position: None,
        telephones: vec![],
        schedule: Schedule::default(),
        services: vec![],
        facilities: vec![],
        photos: vec![],
        verified_on: None,
        ended,
        source: text(),
        demonstration: true,
    });
    points::import(store, &console, rows.to_vec()).await.expect("an import");
    Content::load(store).await.expect("content").points.iter().map(|it| it.id).collect()
}

async fn staff(store: &Store, name: &str, role: Role, division: &str) -> (AccountId, By) {
    let by = testing::staff(store, NOW, name, role, division).await;
    let Actor::Staff(staff) = &by.actor else { panic!("{by:?}") };
    (staff.id, by)
}

fn wuhou() -> Belongs {
    Belongs { within: vec![slug("510100"), slug("510107")], organisation: Some(slug("office")) }
}

#[tokio::test]
async fn a_keeper_is_somebody_who_may_edit_the_point_and_is_named_by_somebody_who_may() {
    for test in TestStore::each().await {
        let store = &test.store;
        let [a, b, c, _] = furnish(store).await[..] else { panic!("four points") };
        let (editor, by_editor) = staff(store, "editor", Role::Editor, "510107").await;
        let (stranger, by_stranger) = staff(store, "stranger", Role::Reviewer, "510104").await;
        let (auditor, by_auditor) = staff(store, "auditor", Role::Auditor, "510100").await;
        let (_, by_admin) = staff(store, "admin", Role::Administrator, "510107").await;
        assert_eq!(assign(store, &by_editor, &[a, b], editor).await.expect("a keeper"), 2);
        assert_eq!(assign(store, &by_editor, &[a, b], editor).await.expect("the same"), 0);
        for able in [stranger, auditor, AccountId(999)] {
            let refused = assign(store, &by_admin, &[a, b], able).await.map_err(why);
            assert_eq!(refused, Err(Refused::NotAble(2)), "{able:?}");
        }
        for (by, ids) in [
            (&by_stranger, vec![a]),
            (&by_auditor, vec![a]),
            (&by_editor, vec![a, c]),
            (&by_editor, vec![PointId(999)]),
            (&By { actor: Actor::Anyone, origin: String::new(), at: NOW }, vec![a]),
        ] {
            assert!(matches!(assign(store, by, &ids, editor).await, Err(Failure::Forbidden)), "{by:?}");
        }
        let roster = keepers::roster(store, &by_editor).await.expect("a roster");
        assert_eq!(roster.keeper(a, &wuhou()).map(|it| it.staff.id), Some(editor));
        assert_eq!(roster.keeper(c, &wuhou()), None);
        assert_eq!(roster.able(&wuhou()).map(|it| it.staff.name.as_str()).collect::<Vec<_>>(), ["editor"]);
        assert!(matches!(keepers::roster(store, &by_auditor).await, Err(Failure::Forbidden)));
        let said = lines(store, NOW, "points.keeper").await;
        assert_eq!(
            said,
            [format!(r#"{{"after":{},"before":[{{"keeper":null,"points":[{},{}]}}]}}"#, editor.0, a.0, b.0)]
        );
    }
}

#[tokio::test]
async fn an_account_ends_only_when_its_points_have_another_keeper() {
    for test in TestStore::each().await {
        let store = &test.store;
        let [a, b, c, d] = furnish(store).await[..] else { panic!("four points") };
        let console = By::console(NOW);
        let (leaver, _) = staff(store, "leaver", Role::Editor, "510100").await;
        let (heir, _) = staff(store, "heir", Role::Editor, "510107").await;
        let (_, by_admin) = staff(store, "admin", Role::Administrator, "510100").await;
        assign(store, &console, &[a, b, c, d], leaver).await.expect("a keeper");
        let seen = accounts(store, &by_admin).await.expect("a list");
        assert_eq!(seen.iter().find(|it| it.staff.id == leaver).map(|it| it.keeps), Some(3), "not what has ended");
        let kept = end_account(store, &by_admin, leaver, 1).await.map_err(why);
        assert_eq!(kept, Err(identity::Refused::KeepsPoints(3)));

        let over = |from, within, to| hand_over(store, &by_admin, from, within, to);
        assert_eq!(over(Some(heir), None, leaver).await.map_err(why), Err(Refused::Nothing));
        assert_eq!(over(Some(leaver), Some(slug("510104")), heir).await.map_err(why), Err(Refused::NotAble(1)));
        assert_eq!(over(Some(leaver), None, leaver).await.map_err(why), Err(Refused::NotAble(3)));
        assert_eq!(over(Some(leaver), None, heir).await.expect("points"), 2, "those the heir may edit");
        let kept = end_account(store, &by_admin, leaver, 1).await.map_err(why);
        assert_eq!(kept, Err(identity::Refused::KeepsPoints(1)), "a refused end changes nothing");
        let (other, by_other) = staff(store, "other", Role::Reviewer, "510104").await;
        assert_eq!(hand_over(store, &by_other, Some(leaver), None, other).await.expect("points"), 1);
        end_account(store, &by_admin, leaver, 1).await.expect("an end");
        let ended = assign(store, &console, &[a], leaver).await.map_err(why);
        assert_eq!(ended, Err(Refused::NotAble(1)), "nothing is given to who has left");
    }
}

#[tokio::test]
async fn what_nobody_keeps_who_could_can_be_given_away_in_one_step() {
    for test in TestStore::each().await {
        let store = &test.store;
        let [a, b, ..] = furnish(store).await[..] else { panic!("four points") };
        let console = By::console(NOW);
        let by = By { actor: Actor::Anyone, origin: "192.0.2.7".into(), at: NOW };
        let person = |grants| Person {
            issuer: "https://id.example.gov.cn".into(),
            subject: "4711".into(),
            name: "sso".into(),
            display_name: "示例".into(),
            grants,
            passed_second: false,
        };
        let editor = vec![Grant { role: Role::Editor, division: slug("510107"), organisation: None }];
        enter(store, &by, &person(Ok(editor.clone())), "test", &Token::new([1; 32])).await.expect("a session");
        let (heir, by_heir) = staff(store, "heir", Role::Editor, "510107").await;
        let (_, by_admin) = staff(store, "admin", Role::Administrator, "510107").await;
        let roster = keepers::roster(store, &console).await.expect("a roster");
        let sso = roster.able(&wuhou()).find(|it| it.staff.name == "sso").expect("somebody").staff.id;
        assign(store, &console, &[a], sso).await.expect("a keeper");

        // The provider gives them nothing any more.
        let out = enter(store, &by, &person(Err(NotSignedIn::NoRole)), "test", &Token::new([2; 32])).await;
        assert_eq!(out.map_err(why), Err(NotSignedIn::NoRole));
        let roster = keepers::roster(store, &console).await.expect("a roster");
        assert_eq!(roster.keeper(a, &wuhou()), None);
        assert_eq!(roster.named(a).map(|it| it.staff.id), Some(sso), "who it was is still known");
        let seen = accounts(store, &by_admin).await.expect("a list");
        assert!(seen.iter().all(|it| it.staff.id != sso), "an account without a role is not a district's business");
        assert_eq!(hand_over(store, &by_heir, None, None, heir).await.expect("points"), 2);
        let roster = keepers::roster(store, &console).await.expect("a roster");
        assert!([a, b].iter().all(|id| roster.keeper(*id, &wuhou()).is_some_and(|it| it.staff.id == heir)));

        enter(store, &by, &person(Ok(editor)), "test", &Token::new([3; 32])).await.expect("a session again");
        let seen = accounts(store, &console).await.expect("a list");
        assert_eq!(seen.iter().find(|it| it.staff.id == sso).map(|it| it.staff.grants.len()), Some(1));
    }
}

#[tokio::test]
async fn of_where_somebody_stood_only_the_distance_is_kept() {
    for test in TestStore::each().await {
        let store = &test.store;
        let [a, ..] = furnish(store).await[..] else { panic!("four points") };
        let (_, by) = staff(store, "editor", Role::Editor, "510107").await;
        let seen = Some(Sighting { metres: 35, accuracy: 10 });
        changes::verify(store, &by, a, 1, seen).await.expect("a verification");
        assert_eq!(lines(store, NOW, "points.verify").await, [r#"{"before":null,"seen":{"accuracy":10,"metres":35}}"#]);
    }
}
