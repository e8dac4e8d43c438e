//! Prints on both databases: asked for once, made by one at a time, taken up again, ended.

use domain::{
    audit::{Actor, By},
    identity::Role,
    prints::{Sheet, State, Things, Trouble, What},
};
use store::{
    Failure, Store, prints,
    testing::{TestStore, districts, slug, staff},
};
use time::{Duration, OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 +8);

fn posters(division: &str, revision: i64) -> What {
    What::Posters { division: slug(division), sheet: Sheet::A4, things: Things::Points, revision }
}

async fn state(store: &Store, id: &str) -> State {
    prints::one(store, id).await.expect("a row").expect("a print").state
}

/// A district with an editor, and a print that was asked for.
async fn asked(store: &Store) -> (By, String) {
    districts(store, NOW).await;
    let by = staff(store, NOW, "editor", Role::Editor, "510107").await;
    let id = prints::ask(store, &by, &posters("510107", 1), [1; 16]).await.expect("a print");
    (by, id)
}

#[tokio::test]
async fn what_is_asked_for_twice_is_one_print_and_only_for_who_may() {
    for test in TestStore::each().await {
        let (store, (by, id)) = (&test.store, asked(&test.store).await);
        assert_eq!(prints::ask(store, &by, &posters("510107", 1), [2; 16]).await.expect("a print"), id);
        assert_ne!(prints::ask(store, &by, &posters("510107", 2), [3; 16]).await.expect("another"), id);
        for forbidden in [&by, &By { actor: Actor::Anyone, ..by.clone() }] {
            let elsewhere = prints::ask(store, forbidden, &posters("510104", 1), [4; 16]).await;
            assert!(matches!(elsewhere, Err(Failure::Forbidden)), "{elsewhere:?}");
        }
        let other = staff(store, NOW, "other", Role::Editor, "510104").await;
        assert!(matches!(prints::cancel(store, &other, &id).await, Err(Failure::Forbidden)));
        assert_eq!(prints::list(store, &by).await.expect("a list").len(), 2);
    }
}

#[tokio::test]
async fn of_many_who_would_make_it_one_gets_it_and_finishes_it() {
    for test in TestStore::each().await {
        let (store, (_, id)) = (test.store.clone(), asked(&test.store).await);
        let claims: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { prints::claim(&store, NOW).await.expect("an answer") })
            })
            .collect();
        let mut taken = Vec::new();
        for claim in claims {
            taken.extend(claim.await.expect("a task"));
        }
        assert_eq!(taken.iter().map(|it| &it.id).collect::<Vec<_>>(), [&id]);
        assert!(prints::progress(&store, &id, (20, 50), NOW).await.expect("an answer"));
        let half = prints::one(&store, &id).await.expect("a row").expect("a print");
        assert_eq!((half.state, half.done, half.total), (State::Running, 20, 50));
        assert_eq!(prints::file(&store, &id).await.expect("an answer"), None);
        prints::finish(&store, &id, b"%PDF".to_vec(), Some(50), NOW).await.expect("kept");
        let done = prints::one(&store, &id).await.expect("a row").expect("a print");
        assert_eq!((done.state, done.done, done.pages, done.size), (State::Done, 50, Some(50), Some(4)));
        assert_eq!(prints::file(&store, &id).await.expect("an answer").as_deref(), Some(&b"%PDF"[..]));
        assert_eq!(prints::claim(&store, NOW + Duration::days(1)).await.expect("an answer"), None);
    }
}

#[tokio::test]
async fn a_print_whose_maker_is_gone_is_taken_up_again_but_not_for_ever() {
    for test in TestStore::each().await {
        let (store, (_, id)) = (&test.store, asked(&test.store).await);
        let mut at = NOW;
        for _ in 0..3 {
            assert_eq!(prints::claim(store, at).await.expect("an answer").expect("a print").id, id);
            let soon = at + prints::LEASE - Duration::seconds(1);
            assert_eq!(prints::claim(store, soon).await.expect("an answer"), None, "its lease holds");
            at += prints::LEASE + Duration::seconds(1);
        }
        assert_eq!(prints::claim(store, at).await.expect("an answer"), None);
        assert_eq!(state(store, &id).await, State::Failed(Trouble::Stopped));
    }
}

#[tokio::test]
async fn a_print_nobody_wants_stops_and_one_that_failed_can_be_asked_for_again() {
    for test in TestStore::each().await {
        let (store, (by, id)) = (&test.store, asked(&test.store).await);
        prints::claim(store, NOW).await.expect("an answer").expect("a print");
        prints::cancel(store, &by, &id).await.expect("an end");
        assert!(!prints::progress(store, &id, (1, 2), NOW).await.expect("an answer"));
        prints::finish(store, &id, vec![1], None, NOW).await.expect("nothing");
        assert_eq!(state(store, &id).await, State::Cancelled);
        assert_eq!(prints::ask(store, &by, &posters("510107", 1), [5; 16]).await.expect("a print"), id);
        prints::claim(store, NOW).await.expect("an answer").expect("a print");
        prints::fail(store, &id, Trouble::NoFont, NOW).await.expect("an end");
        assert_eq!(state(store, &id).await, State::Failed(Trouble::NoFont));
        assert_eq!(prints::ask(store, &by, &posters("510107", 1), [6; 16]).await.expect("a print"), id);
        assert_eq!(state(store, &id).await, State::Queued);
        assert_eq!(prints::forget(store, NOW + Duration::days(7)).await.expect("an answer"), 0);
        assert_eq!(prints::forget(store, NOW + Duration::days(8)).await.expect("an answer"), 1);
        assert_eq!(prints::one(store, &id).await.expect("an answer"), None);
    }
}
