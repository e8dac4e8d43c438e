//! The manual as kept: editions, and drafts on their way.

use domain::{
    audit::{Actor, By},
    identity::Role,
    locale::Locale,
    manual::{
        Head, OwnChapter, Part, Passage, Said, Template,
        document::{Block, Section, text},
    },
    points::change::{ChangeState, NoStep},
};
use store::{
    Failure,
    manual::{
        drafts::{self, Proposal, Refused},
        editions,
    },
    snapshot::Content,
    testing::{TestStore, districts, slug, staff},
};
use time::{Duration, OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 +8);

fn clock(at: OffsetDateTime) -> By {
    By { actor: Actor::Clock, origin: String::new(), at }
}

fn head(division: &str, place: i32) -> Passage {
    let said = Said::Head(Head { title: "章".into(), template: Template::Written, hidden: false });
    Passage { division: slug(division), chapter: slug("a"), place, said }
}

fn section(division: &str, key: &str, words: &str) -> Passage {
    let blocks = vec![Block::Paragraph(text(words))];
    let section = Section { key: key.into(), title: key.into(), keeper: String::new(), verified_on: None, blocks };
    Passage { division: slug(division), chapter: slug("a"), place: 0, said: Said::Section(section) }
}

fn words(said: &Said) -> String {
    match said {
        Said::Head(head) => head.title.clone(),
        Said::Section(section) => section.lines().join(" "),
    }
}

#[tokio::test]
async fn every_edition_stays_as_it_was_and_two_of_them_differ_in_exactly_what_was_changed() {
    for test in TestStore::each().await {
        let store = &test.store;
        let keep = async |revision, hour, list: &[Passage]| {
            let by = clock(NOW + Duration::hours(hour));
            let manuals = [(Locale::Zh, list), (Locale::En, &[][..])];
            editions::keep(store, &by, (revision, NOW.date()), manuals).await.unwrap()
        };
        let first = [
            head("510100", 0),
            section("510100", "x", "一"),
            section("510107", "x", "二"),
            section("510107", "y", "三"),
        ];
        assert_eq!(keep(1, 0, &first).await.number, 1);
        assert_eq!(keep(2, 1, &first).await.number, 1, "nothing is different");
        let second = [
            head("510100", 0),
            section("510100", "x", "一"),
            section("510107", "x", "二改"),
            section("510107", "z", "四"),
        ];
        assert_eq!(keep(3, 2, &second).await.number, 2);
        assert_eq!(keep(3, 3, &first).await.number, 2, "another server was faster with this revision");
        assert_eq!(keep(2, 3, &first).await.number, 2, "nor does an older state take the place of a newer one");
        assert_eq!(keep(4, 4, &first).await.number, 3);

        let all = [slug("510100"), slug("510107")];
        let read = async |number| {
            let mut list: Vec<_> = editions::read(store, number, Locale::Zh, &all).await.unwrap();
            list.sort_by_key(|it| (it.division, it.said.key().to_owned()));
            list.iter().map(|it| words(&it.said)).collect::<Vec<_>>()
        };
        assert_eq!(read(1).await, ["章", "x 一", "x 二", "y 三"]);
        assert_eq!(read(2).await, ["章", "x 一", "x 二改", "z 四"]);
        assert_eq!(read(3).await, read(1).await);
        let compare = async |from, to| {
            let list = editions::compare(store, (from, to), Locale::Zh, &all).await.unwrap();
            let side = |said: &Option<Said>| said.as_ref().map(words).unwrap_or_default();
            list.iter().map(|it| format!("{} {}>{}", it.key, side(&it.before), side(&it.after))).collect::<Vec<_>>()
        };
        let mut changed = compare(1, 2).await;
        changed.sort();
        assert_eq!(changed, ["x x 二>x 二改", "y y 三>", "z >z 四"]);
        assert_eq!(compare(1, 3).await, [""; 0]);
        assert_eq!(compare(0, 1).await.len(), 4);
        let city = editions::list(store, Locale::Zh, &all[..1], None, 10).await.unwrap();
        assert_eq!(city.iter().map(|it| it.edition.number).collect::<Vec<_>>(), [1]);
        let district = editions::list(store, Locale::Zh, &all[1..], None, 10).await.unwrap();
        assert_eq!(district.iter().map(|it| it.edition.number).collect::<Vec<_>>(), [3, 2, 1]);
        let touched = editions::touched(store).await.unwrap();
        assert_eq!(touched[&all[0]].number, 1);
        assert_eq!((touched[&all[1]].number, touched[&all[1]].at), (3, NOW + Duration::hours(4)));
    }
}

fn part(words: &[(&str, &str)]) -> Part {
    let chapter = |(name, text): &(&str, &str)| OwnChapter {
        slug: slug(name),
        title: (*name).into(),
        title_en: String::new(),
        template: Template::Written,
        kinds: vec![],
        text: (*text).into(),
        text_en: String::new(),
        keeper: String::new(),
        verified_on: None,
        hidden: false,
    };
    Part { chapters: words.iter().map(chapter).collect() }
}

fn proposal(words: &[(&str, &str)]) -> Proposal {
    Proposal { part: part(words), effective_on: None, note: String::new() }
}

#[tokio::test]
async fn a_draft_is_written_by_one_and_published_by_another_and_can_wait_for_its_day() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let author = staff(store, NOW, "author", Role::Editor, "510107").await;
        let reviewer = staff(store, NOW, "reviewer", Role::Reviewer, "510100").await;
        let stranger = staff(store, NOW, "stranger", Role::Editor, "510104").await;
        let here = slug("510107");

        let refused = drafts::save(store, &stranger, here, 0, proposal(&[("a", "1")])).await;
        assert!(matches!(refused, Err(Failure::Forbidden)));
        let (id, revision) = drafts::save(store, &author, here, 0, proposal(&[("a", "1")])).await.unwrap();
        let again = drafts::save(store, &author, here, 0, proposal(&[("a", "2")])).await;
        assert!(matches!(again, Err(Failure::Refused(Refused::Outdated))), "a page that was open for long");
        let other = drafts::save(store, &reviewer, here, 0, proposal(&[("a", "2")])).await;
        assert!(matches!(other, Err(Failure::Refused(Refused::UnderWay(_)))));
        let (_, revision) =
            drafts::save(store, &author, here, revision, proposal(&[("a", "2"), ("b", "1")])).await.unwrap();
        drafts::submit(store, &author, id, revision).await.unwrap();
        assert!(matches!(drafts::publish(store, &author, id, revision + 1, false).await, Err(Failure::Forbidden)));
        assert!(matches!(drafts::find(store, &stranger, id).await, Err(Failure::Forbidden)));
        assert_eq!(drafts::publish(store, &reviewer, id, revision + 1, false).await.unwrap(), ChangeState::Published);
        let content = Content::load(store).await.unwrap();
        assert_eq!(content.manual[&here], part(&[("a", "2"), ("b", "1")]));

        // Another waits for its day; meanwhile somebody publishes another chapter, which stays.
        let tomorrow = Proposal { effective_on: NOW.date().next_day(), ..proposal(&[("a", "3"), ("b", "1")]) };
        let (id, revision) = drafts::save(store, &author, here, 0, tomorrow).await.unwrap();
        drafts::submit(store, &author, id, revision).await.unwrap();
        assert_eq!(drafts::publish(store, &reviewer, id, revision + 1, false).await.unwrap(), ChangeState::Scheduled);
        assert_eq!(drafts::apply_due(store, &clock(NOW)).await.unwrap(), 0);
        store::manual::seed(store, &By::console(NOW), vec![(here, part(&[("a", "2"), ("b", "9")]))]).await.unwrap();
        assert_eq!(drafts::apply_due(store, &clock(NOW + Duration::days(1))).await.unwrap(), 1);
        let content = Content::load(store).await.unwrap();
        assert_eq!(content.manual[&here], part(&[("a", "3"), ("b", "9")]));

        // One that changes nothing goes no further, nor does one that meets another change of its chapter.
        let (id, revision) = drafts::save(store, &author, here, 0, proposal(&[("a", "3"), ("b", "9")])).await.unwrap();
        let nothing = drafts::submit(store, &author, id, revision).await;
        assert!(matches!(nothing, Err(Failure::Refused(Refused::Step(NoStep::Nothing)))));
        let (_, revision) =
            drafts::save(store, &author, here, revision, proposal(&[("a", "4"), ("b", "9")])).await.unwrap();
        drafts::submit(store, &author, id, revision).await.unwrap();
        store::manual::seed(store, &By::console(NOW), vec![(here, part(&[("a", "5"), ("b", "9")]))]).await.unwrap();
        let conflict = drafts::publish(store, &reviewer, id, revision + 1, false).await;
        assert!(matches!(conflict, Err(Failure::Refused(Refused::Conflict(titles))) if titles == ["a"]));
        drafts::give_back(store, &reviewer, id, revision + 1, "请重写").await.unwrap();
        let (draft, _) = drafts::under_way(store, &author, here).await.unwrap();
        assert_eq!(draft.map(|it| (it.state, it.comment)), Some((ChangeState::Returned, "请重写".to_owned())));
        drafts::withdraw(store, &author, id, revision + 2).await.unwrap();
        assert_eq!(drafts::waiting(store, &author).await.unwrap(), []);
    }
}
