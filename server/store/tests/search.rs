//! What the search learns from, on both databases.

use std::collections::HashMap;

use domain::{audit::By, identity::Role, search::Synonym};
use store::{
    search::{
        Asked, Counted, Coverage, Decision, Refused, add, coverage, decide, gaps, put, remove, ship, topics, weeks,
    },
    snapshot::Content,
    testing::{TestStore, districts, lines, slug, staff, why},
};
use time::{Date, Duration, OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 +8);

fn pair(said: &str, means: &str) -> Synonym {
    Synonym::read(said, means).expect("a synonym")
}

#[tokio::test]
async fn synonyms_are_kept_changed_and_taken_out() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let console = By::console(NOW);
        let list = || vec![pair("低保", "最低生活保障"), pair("退休金", "基本养老金")];
        assert!(ship(store, &console, list()).await.expect("an answer"));
        assert!(!ship(store, &console, list()).await.expect("an answer"), "only into an empty list");
        let editor = staff(store, NOW, "editor", Role::Editor, "510107").await;
        let auditor = staff(store, NOW, "reader", Role::Auditor, "510107").await;
        let before = Content::load(store).await.expect("content").revision;
        put(store, &editor, pair("低保", "最低生活保障 救助")).await.expect("a change");
        assert!(put(store, &auditor, pair("甲乙", "丙丁")).await.is_err());
        let content = Content::load(store).await.expect("content");
        assert!(content.revision > before, "every server hears of it");
        assert_eq!(*content.synonyms, [pair("低保", "最低生活保障 救助"), pair("退休金", "基本养老金")]);
        remove(store, &editor, "低保").await.expect("an end");
        assert_eq!(why(remove(store, &editor, "低保").await.expect_err("a refusal")), Refused::Gone);
        assert!(remove(store, &auditor, "退休金").await.is_err());
        assert_eq!(lines(store, NOW, "search.put").await.len(), 1);
        assert_eq!(lines(store, NOW, "search.remove").await.len(), 1);
    }
}

#[tokio::test]
async fn what_was_not_found_is_listed_until_somebody_decides() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let editor = staff(store, NOW, "editor", Role::Editor, "510107").await;
        let auditor = staff(store, NOW, "reader", Role::Auditor, "510107").await;
        let day: Date = NOW.date();
        let count = |list: &[(&str, i32, i32, i32)]| -> Counted {
            let counted = |(words, asked, empty, opened): &(&str, i32, i32, i32)| {
                ((day, (*words).to_owned()), Asked { asked: *asked, empty: *empty, opened: *opened })
            };
            Counted { searches: list.iter().map(counted).collect(), ..Counted::default() }
        };
        add(store, &count(&[("找得到", 3, 0, 2), ("找不到", 2, 2, 0), ("没人点", 2, 0, 0)])).await.expect("counts");
        add(store, &count(&[("找不到", 5, 5, 0), ("一次", 1, 0, 0)])).await.expect("counts");
        let last_week = (day - Duration::days(9), "上周".to_owned());
        let searches = HashMap::from([(last_week, Asked { asked: 9, empty: 9, opened: 0 })]);
        add(store, &Counted { searches, ..Counted::default() }).await.expect("counts");
        let since = day - Duration::days(6);
        let words = |list: Vec<store::search::Gap>| list.into_iter().map(|it| it.words).collect::<Vec<_>>();
        assert_eq!(words(gaps(store, &editor, since).await.expect("a list")), ["找不到", "没人点"]);
        let top = topics(store, &editor, &weeks(day, 3), None, 2).await.expect("a list");
        assert_eq!(
            top.into_iter().map(|it| (it.words, it.weeks)).collect::<Vec<_>>(),
            [("找不到".to_owned(), vec![0, 0, 7]), ("找得到".to_owned(), vec![0, 0, 3])]
        );
        decide(store, &editor, "找不到", Decision::Nothing).await.expect("a decision");
        decide(store, &editor, "找不到", Decision::Write).await.expect("another");
        assert_eq!(words(gaps(store, &editor, since).await.expect("a list")), ["没人点"]);
        assert!(gaps(store, &auditor, since).await.is_err());
        assert!(topics(store, &auditor, &weeks(day, 3), None, 2).await.is_err());
        assert!(decide(store, &auditor, "没人点", Decision::Nothing).await.is_err());
        // Rare words of old days are forgotten.
        let later = day + Duration::days(40);
        let searches = HashMap::from([((later, "新的".to_owned()), Asked { asked: 2, empty: 1, opened: 0 })]);
        add(store, &Counted { searches, ..Counted::default() }).await.expect("counts");
        let all = gaps(store, &editor, day - Duration::days(20)).await.expect("a list");
        assert_eq!(words(all), ["上周", "新的"]);
    }
}

#[tokio::test]
async fn topics_of_a_part_of_the_city_are_what_was_opened_there_and_coverage_is_by_week() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let editor = staff(store, NOW, "editor", Role::Editor, "510107").await;
        let auditor = staff(store, NOW, "reader", Role::Auditor, "510107").await;
        let (day, before) = (NOW.date(), NOW.date() - Duration::weeks(1));
        let (here, there) = (slug("510107"), slug("510104"));
        let place = |day: Date, division, words: &str, opened: i32| ((day, division, words.to_owned()), opened);
        let places = HashMap::from([
            place(day, here, "社保卡", 2),
            place(before, here, "社保卡", 5),
            place(day, there, "社保卡", 9),
            place(day, here, "一次", 1),
        ]);
        let days = HashMap::from([(day, (40, 10)), (before, (40, 2))]);
        let counted = Counted { places, days, ..Counted::default() };
        add(store, &counted).await.expect("counts");
        add(store, &counted).await.expect("the same again");
        let weeks = weeks(day, 2);
        let of = async |division| {
            let found = topics(store, &editor, &weeks, Some(division), 9).await.expect("a list");
            found.into_iter().map(|it| (it.words, it.weeks)).collect::<Vec<_>>()
        };
        assert_eq!(of(here).await, [("社保卡".to_owned(), vec![10, 4]), ("一次".to_owned(), vec![0, 2])]);
        assert_eq!(of(there).await, [("社保卡".to_owned(), vec![0, 18])]);
        let found = coverage(store, &editor, &weeks).await.expect("weeks");
        let share = found.iter().map(Coverage::share).collect::<Vec<_>>();
        assert_eq!((share, found[1].dropped(&found[0])), (vec![Some(95), Some(75)], true));
        assert!(coverage(store, &auditor, &weeks).await.is_err());
    }
}
