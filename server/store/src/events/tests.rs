use std::time::Duration as Pause;

use domain::identity::Action;
use time::macros::datetime;
use tokio::time::timeout;

use super::*;
use crate::testing::TestStore;

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 +8);

async fn told(db: &impl ConnectionTrait, subject: &str, at: OffsetDateTime) {
    tell(db, &By::console(at), "points.publish", subject, Audience::Staff(Action::EditPoint)).await.expect("an event");
}

#[tokio::test]
async fn events_come_back_as_they_were_told_and_are_forgotten_after_two_days() {
    for test in TestStore::each().await {
        let store = &test.store;
        let place = Audience::StaffOf(Action::EditPoint, "510107".parse().unwrap(), "office".parse().unwrap());
        for audience in [Audience::Everyone, Audience::Staff(Action::ReviewPoint), place] {
            let transaction = store.write().await.unwrap();
            tell(&transaction, &By::console(NOW), "points.submit", "change 7", audience).await.unwrap();
            transaction.commit().await.unwrap();
        }
        let all = since(store, 0).await.unwrap().expect("all of them");
        assert_eq!(all.iter().map(|it| it.id).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!((all[1].audience, all[2].audience), (Audience::Staff(Action::ReviewPoint), place));
        assert_eq!((all[0].actor.as_str(), all[0].kind.as_str(), all[0].revision), ("console", "points.submit", 0));
        assert_eq!(since(store, 2).await.unwrap().expect("the last").len(), 1);
        assert_eq!(since(store, 3).await.unwrap(), Some(vec![]));
        assert_eq!(since(store, 4).await.unwrap(), None, "a number of another database");
        told(&store.database, "point 1", NOW + Duration::days(2)).await;
        assert_eq!(forget(store, NOW + Duration::days(2) + Duration::seconds(1)).await.unwrap(), 3);
        assert_eq!(since(store, 2).await.unwrap(), None, "one in between is forgotten");
        assert_eq!(since(store, 3).await.unwrap().expect("the last").len(), 1);
    }
}

#[tokio::test]
async fn who_was_away_for_too_long_has_to_look_at_everything() {
    for test in TestStore::each().await {
        let store = &test.store;
        let transaction = store.write().await.unwrap();
        for _ in 0..=MOST {
            told(&transaction, "point 1", NOW).await;
        }
        transaction.commit().await.unwrap();
        assert_eq!(since(store, 0).await.unwrap(), None);
        assert_eq!(since(store, 1).await.unwrap().map(|it| it.len() as u64), Some(MOST));
    }
}

#[tokio::test]
async fn numbers_are_given_in_the_order_of_commits() {
    for test in TestStore::each().await {
        let (store, other) = (test.store.clone(), test.store.clone());
        let first = store.write().await.unwrap();
        told(&first, "point 1", NOW).await;
        let second = tokio::spawn(async move {
            let second = other.write().await.unwrap();
            told(&second, "point 2", NOW).await;
            second.commit().await.unwrap();
        });
        tokio::time::sleep(Pause::from_millis(200)).await;
        assert_eq!(since(&store, 0).await.unwrap(), Some(vec![]), "the second may not be seen before the first");
        first.commit().await.unwrap();
        second.await.unwrap();
        let subjects = since(&store, 0).await.unwrap().unwrap().into_iter().map(|it| it.subject).collect::<Vec<_>>();
        assert_eq!(subjects, ["point 1", "point 2"]);

        let third = store.write().await.unwrap();
        told(&third, "point 3", NOW).await;
        third.rollback().await.unwrap();
        told(&store.database, "point 4", NOW).await;
        assert_eq!(since(&store, 2).await.unwrap().unwrap()[0].id, 3, "what was taken back leaves no gap");
    }
}

#[tokio::test]
async fn a_commit_wakes_this_process_and_over_postgresql_every_other() {
    for test in TestStore::each().await {
        let store = &test.store;
        let elsewhere = Store { written: Default::default(), ..store.clone() };
        let listening = tokio::spawn({
            let elsewhere = elsewhere.clone();
            async move { elsewhere.listen().await }
        });
        tokio::time::sleep(Pause::from_millis(300)).await;
        let transaction = store.write().await.unwrap();
        told(&transaction, "point 1", NOW).await;
        let long = Pause::from_secs(5);
        assert!(timeout(Pause::from_millis(100), elsewhere.written()).await.is_err(), "not before the commit");
        transaction.commit().await.unwrap();
        timeout(long, store.written()).await.expect("this process");
        match store.engine() {
            "PostgreSQL" => timeout(long, elsewhere.written()).await.expect("the other process"),
            _ => assert!(!listening.is_finished()),
        }
        listening.abort();
    }
}
