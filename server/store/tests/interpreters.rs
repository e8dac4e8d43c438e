//! The register of interpreters' posts and handing a post over, on both databases.

use domain::{
    audit::{Actor, By},
    hours::Schedule,
    identity::{AccountId, Role},
    interpreters::{BadInterpreter, Figures, Interpreter, InterpreterId, Tier},
    points::Organisation,
    policies::{BadPolicy, PolicyId},
    questions::{QuestionId, Step},
    reports::code::QueryCode,
};
use store::{
    Failure, Store, events,
    identity::{self, accounts, end_account},
    interpreters::{self, Moved, Refused, figures, give, hand_over, people, register, save},
    limits, points,
    policies::{NotImported, import},
    questions::{self, Act, NewQuestion, Question, Reply, act, ask, find, reply},
    snapshot::Content,
    testing::{self, TestStore, districts, lines, policy, slug, why},
    vault::Vault,
};
use time::{OffsetDateTime, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 +8);
const CIVIL: InterpreterId = InterpreterId(1);
const SERVICES: InterpreterId = InterpreterId(2);
const ELSEWHERE: InterpreterId = InterpreterId(3);
const FIRST: PolicyId = PolicyId(1);
const SECOND: PolicyId = PolicyId(2);

fn post(office: &str, name: &str) -> Interpreter {
    Interpreter {
        id: InterpreterId(0),
        organisation: slug(office),
        post: name.into(),
        person: "示例解读人".into(),
        telephone: "028-00000012".into(),
        schedule: Schedule { week: "Mo-Fr 09:00-12:00".parse().ok(), ..Schedule::default() },
        tier: Tier::Office,
        subjects: vec!["养老服务".into()],
        deputy: None,
        account: None,
        ended: None,
        demonstration: true,
    }
}

/// Two districts; posts 1 and 2 in the first, 3 in the second; a policy of post 1, and one of posts 1 and 2.
async fn furnish(store: &Store) {
    districts(store, NOW).await;
    let console = By::console(NOW);
    let office =
        |code: &str, division: &str| Organisation {
            code: slug(code), name: "示例局".into(), division: slug(division)
        };
    let offices = vec![office("civil", "510107"), office("services", "510107"), office("elsewhere", "510104")];
    points::save_vocabulary(store, &console, vec![], vec![], offices).await.expect("offices");
    for (code, id) in [("civil", CIVIL), ("services", SERVICES), ("elsewhere", ELSEWHERE)] {
        assert_eq!(save(store, &console, None, post(code, code)).await.expect("a post"), id);
    }
    import(store, &console, vec![policy("a", &[CIVIL]), policy("b", &[CIVIL, SERVICES])]).await.expect("policies");
}

async fn staff(store: &Store, name: &str, role: Role, division: &str) -> (AccountId, By) {
    let by = testing::staff(store, NOW, name, role, division).await;
    let Actor::Staff(staff) = &by.actor else { panic!("{by:?}") };
    (staff.id, by)
}

fn vault() -> Vault {
    Vault::new([7; 32])
}

fn anyone(at: OffsetDateTime) -> By {
    By { actor: Actor::Anyone, origin: String::new(), at }
}

async fn posts(store: &Store) -> Vec<Interpreter> {
    Content::load(store).await.expect("content").interpreters.to_vec()
}

/// A question at a policy, from a page that names this post.
async fn question(store: &Store, policy: PolicyId, to: &Interpreter, number: u8) -> (QuestionId, QueryCode) {
    let code = QueryCode::new([number; 16]);
    let new = NewQuestion {
        flagged: false,
        policy,
        anchor: None,
        words: format!("示例提问 {number}"),
        private: false,
        contact: String::new(),
    };
    let asked =
        ask(store, &vault(), &anyone(NOW), new, to, (&code, [[number; 24]; 2]), &limits::Allowance::default()).await;
    (asked.expect("a question"), code)
}

async fn found(store: &Store, code: &QueryCode) -> Question {
    find(store, &vault(), code, NOW).await.expect("an answer").expect("a question")
}

#[tokio::test]
async fn a_post_is_written_by_who_keeps_the_register_of_its_office() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let (_, reviewer) = staff(store, "reviewer", Role::Reviewer, "510107").await;
        let (_, stranger) = staff(store, "stranger", Role::Reviewer, "510104").await;
        let (serving, interpreter) = staff(store, "serving", Role::Interpreter, "510107").await;
        let (other, _) = staff(store, "other", Role::Interpreter, "510104").await;
        let (_, editor) = staff(store, "editor", Role::Editor, "510107").await;
        for by in [&stranger, &interpreter, &editor, &anyone(NOW)] {
            let changed = save(store, by, Some((CIVIL, 1)), post("civil", "甲")).await;
            assert!(matches!(changed, Err(Failure::Forbidden)), "{by:?}");
            assert!(matches!(hand_over(store, by, (CIVIL, 1), None, "示例").await, Err(Failure::Forbidden)), "{by:?}");
        }
        // A post neither comes to somebody else's office nor is taken from it, and whether there is one is not said.
        for (known, office) in [(None, "elsewhere"), (None, "nowhere"), (Some((CIVIL, 1)), "elsewhere")] {
            let moved = save(store, &reviewer, known, post(office, "甲")).await;
            assert!(matches!(moved, Err(Failure::Forbidden)), "{office}");
        }
        for id in [ELSEWHERE, InterpreterId(9)] {
            let moved = save(store, &reviewer, Some((id, 1)), post("civil", "甲")).await;
            assert!(matches!(moved, Err(Failure::Forbidden)), "{id:?}");
        }
        let bad = Interpreter { person: " ".into(), schedule: Schedule::default(), ..post("civil", "甲") };
        let refused = save(store, &reviewer, None, bad).await.map_err(why);
        assert_eq!(refused, Err(Refused::Bad(vec![BadInterpreter::Person, BadInterpreter::Hours])));
        for account in [other, AccountId(999)] {
            let new = Interpreter { account: Some(account), ..post("civil", "甲") };
            assert_eq!(save(store, &reviewer, None, new).await.map_err(why), Err(Refused::Account));
        }
        let new = Interpreter { account: Some(serving), deputy: Some(SERVICES), ..post("civil", "甲") };
        assert_eq!(save(store, &reviewer, Some((CIVIL, 1)), new.clone()).await.expect("a change"), CIVIL);
        assert_eq!(save(store, &reviewer, Some((CIVIL, 1)), new.clone()).await.map_err(why), Err(Refused::Changed));
        let kept = register(store, &reviewer).await.expect("the register");
        assert_eq!(
            kept.iter().map(|it| (it.revision, it.may_keep)).collect::<Vec<_>>(),
            [(2, true), (1, true), (1, false)]
        );
        assert_eq!(kept[0].post, Interpreter { id: CIVIL, demonstration: false, ..new });
        assert!(matches!(register(store, &interpreter).await, Err(Failure::Forbidden)));
        let names: Vec<_> = people(store, &reviewer).await.expect("people").into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["other", "serving"]);
        let said = lines(store, NOW, "interpreters.save").await;
        assert!(said.len() == 4 && said[0].contains("\"before\":{") && said[0].contains("甲"), "{said:?}");
    }
}

#[tokio::test]
async fn who_follows_gets_every_policy_and_every_open_question_in_the_open() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let (_, reviewer) = staff(store, "reviewer", Role::Reviewer, "510107").await;
        let (_, interpreter) = staff(store, "interpreter", Role::Interpreter, "510107").await;
        let (_, admin) = staff(store, "admin", Role::Administrator, "510100").await;
        let before = posts(store).await;
        let helped = Interpreter { deputy: Some(CIVIL), ..post("elsewhere", "elsewhere") };
        save(store, &admin, Some((ELSEWHERE, 1)), helped).await.expect("a deputy");
        let (answered, first) = question(store, FIRST, &before[0], 1).await;
        let (open, second) = question(store, FIRST, &before[0], 2).await;
        let (_, third) = question(store, SECOND, &before[1], 3).await;
        let answer = |words: &str| Act::Answer { words: words.into(), cites: vec![], shown: None };
        act(store, &interpreter, &before, answered, answer("示例答复")).await.expect("an answer");

        let over = |to, reason: &'static str, revision| {
            let reviewer = &reviewer;
            async move { hand_over(store, reviewer, (CIVIL, revision), to, reason).await.map_err(why) }
        };
        assert_eq!(over(None, "撤并", 1).await, Err(Refused::NeedsSuccessor { policies: 2, questions: 1 }));
        assert_eq!(over(Some(CIVIL), "撤并", 1).await, Err(Refused::Successor));
        assert_eq!(over(Some(InterpreterId(9)), "撤并", 1).await, Err(Refused::Successor));
        assert_eq!(over(Some(SERVICES), " ", 1).await, Err(Refused::Reason));
        assert_eq!(over(Some(SERVICES), "撤并", 7).await, Err(Refused::Changed));
        let far = hand_over(store, &reviewer, (CIVIL, 1), Some(ELSEWHERE), "撤并").await;
        assert!(matches!(far, Err(Failure::Forbidden)), "nobody is given work by who has no say there");
        let was = posts(store).await;
        assert!(was[0].is_living() && found(store, &second).await.thread.interpreter == CIVIL, "nothing was done");

        let told = store.counts().await.expect("counts").1;
        assert_eq!(over(Some(SERVICES), " 撤并 ", 1).await, Ok(Moved { policies: 2, questions: 1 }));
        let content = Content::load(store).await.expect("content");
        let ended = content.interpreters[0].ended.clone().expect("an end");
        assert_eq!((ended.on, ended.successor, ended.reason.as_str()), (NOW.date(), Some(SERVICES), "撤并"));
        assert_eq!(content.interpreters[2].deputy, Some(SERVICES));
        for policy in content.policies.iter() {
            assert_eq!(policy.facts.interpreters, [SERVICES], "in its place and once");
            assert!(policy.facts.interpreted(&content.interpreters));
        }
        assert_eq!(found(store, &first).await.thread.interpreter, CIVIL, "what it has answered stays its own");
        assert_eq!(found(store, &third).await.thread.events.len(), 1);
        let moved = found(store, &second).await.thread;
        let handed = Step::HandedOver { from: CIVIL, to: SERVICES, reason: "撤并".into() };
        assert_eq!((moved.interpreter, &moved.events[1].step), (SERVICES, &handed));
        let news = events::since(store, told).await.expect("news").expect("all of it");
        let news: Vec<_> = news.iter().map(|it| (it.kind.as_str(), it.subject.clone())).collect();
        assert_eq!(news, [("interpreters.hand-over", CIVIL.subject()), ("questions.hand-over", open.subject())]);
        let said = lines(store, NOW, "interpreters.hand-over").await;
        assert_eq!(said, [format!(r#"{{"policies":[1,2],"questions":[{}],"to":2}}"#, open.0)]);

        // It cannot end twice nor come back; work that still comes to it goes on.
        assert_eq!(over(Some(SERVICES), "撤并", 2).await, Err(Refused::Ended));
        let back = save(store, &reviewer, Some((CIVIL, 2)), post("civil", "甲")).await.map_err(why);
        assert_eq!(back, Err(Refused::Ended));
        let (_, late) = question(store, FIRST, &before[0], 4).await;
        assert_eq!(found(store, &late).await.thread.interpreter, SERVICES, "from a page of before");
        let sealed = (&vault(), [9; 24]);
        let again = Reply::Reopen("还没有说清楚".into());
        reply(store, sealed, &anyone(NOW), &content.interpreters, &first, again).await.expect("a reply");
        let returned = found(store, &first).await.thread;
        let said = |step: &Step| match step {
            Step::Reopened { words } | Step::HandedOver { reason: words, .. } => words.clone(),
            _ => String::new(),
        };
        let words: Vec<_> = returned.events.iter().skip(2).map(|event| said(&event.step)).collect();
        assert_eq!((returned.interpreter, words), (SERVICES, vec!["还没有说清楚".to_owned(), "撤并".to_owned()]));
        let to_ended = Act::HandOver { to: CIVIL, reason: "转错".into() };
        let refused = act(store, &interpreter, &content.interpreters, open, to_ended).await.map_err(why);
        assert_eq!(refused, Err(questions::Refused::Step(domain::questions::Refused::Same)));
    }
}

#[tokio::test]
async fn an_account_ends_only_when_no_post_is_in_its_name() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let (leaver, _) = staff(store, "leaver", Role::Interpreter, "510107").await;
        let (_, admin) = staff(store, "admin", Role::Administrator, "510100").await;
        for (id, office) in [(CIVIL, "civil"), (SERVICES, "services")] {
            let named = Interpreter { account: Some(leaver), ..post(office, office) };
            save(store, &admin, Some((id, 1)), named).await.expect("a post");
        }
        let end = || async { end_account(store, &admin, leaver, 1).await.map_err(why) };
        let both = vec!["civil".to_owned(), "services".to_owned()];
        assert_eq!(end().await, Err(identity::Refused::Interprets(both)));
        let seen = accounts(store, &admin).await.expect("accounts");
        let serves = |id| seen.iter().find(|it| it.staff.id == id).map(|it| it.interprets.len());
        assert_eq!(serves(leaver), Some(2));
        save(store, &admin, Some((SERVICES, 2)), post("services", "services")).await.expect("nobody serves there");
        assert_eq!(end().await, Err(identity::Refused::Interprets(vec!["civil".into()])));
        hand_over(store, &admin, (CIVIL, 2), Some(SERVICES), "撤并").await.expect("a hand-over");
        assert_eq!(end().await, Ok(()), "a post that has ended holds nobody");
        let again = Interpreter { account: Some(leaver), ..post("services", "services") };
        assert_eq!(save(store, &admin, Some((SERVICES, 3)), again).await.map_err(why), Err(Refused::Account));
    }
}

#[tokio::test]
async fn a_policy_nobody_interprets_is_not_published_again_until_somebody_does() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let (_, reviewer) = staff(store, "reviewer", Role::Reviewer, "510107").await;
        let console = By::console(NOW);
        let ended = domain::interpreters::Ended { on: NOW.date(), successor: None, reason: "示例".into() };
        let gone = Interpreter { id: CIVIL, ended: Some(ended), ..post("civil", "civil") };
        interpreters::seed(store, &console, vec![gone]).await.expect("a post that has ended");
        let again = import(store, &console, vec![policy("a", &[CIVIL])]).await;
        let Err(NotImported::Bad { policy: which, why: bad }) = again else { panic!("{again:?}") };
        assert_eq!((which.as_str(), bad), ("a", vec![BadPolicy::NoInterpreter]));
        assert!(import(store, &console, vec![policy("b", &[CIVIL, SERVICES])]).await.is_ok(), "one of them is there");

        assert_eq!(give(store, &reviewer, SECOND, SERVICES).await.map_err(why), Err(Refused::Changed));
        assert_eq!(give(store, &reviewer, FIRST, CIVIL).await.map_err(why), Err(Refused::Successor));
        assert_eq!(give(store, &reviewer, PolicyId(99), SERVICES).await.map_err(why), Err(Refused::Changed));
        assert!(matches!(give(store, &reviewer, FIRST, ELSEWHERE).await, Err(Failure::Forbidden)));
        give(store, &reviewer, FIRST, SERVICES).await.expect("somebody");
        let content = Content::load(store).await.expect("content");
        assert_eq!(content.policies[0].facts.interpreters, [SERVICES]);
        assert_eq!(lines(store, NOW, "policies.interpreter").await, [r#"{"interpreter":2}"#]);
    }
}

#[tokio::test]
async fn the_figures_of_a_post_come_from_its_questions() {
    for test in TestStore::each().await {
        let store = &test.store;
        furnish(store).await;
        let all = posts(store).await;
        let content = Content::load(store).await.expect("content");
        let of = |id| figures(store, id, &content.calendar);
        assert_eq!(of(CIVIL).await.expect("figures"), Figures::default());
        for number in 1..=3_u8 {
            let (id, _) = question(store, FIRST, &all[0], number).await;
            let later = By::console(NOW + time::Duration::days(i64::from(number) - 1));
            let words = Act::Answer { words: "示例".into(), cites: vec![], shown: None };
            act(store, &later, &all, id, words).await.expect("an answer");
        }
        question(store, FIRST, &all[0], 4).await;
        assert_eq!(of(CIVIL).await.expect("figures"), Figures { answered: 3, median: Some(1) });
        assert_eq!(of(SERVICES).await.expect("figures"), Figures::default());
        let kept = register(store, &By::console(NOW)).await.expect("the register");
        assert_eq!(kept.iter().map(|it| it.open).collect::<Vec<_>>(), [1, 0, 0]);
    }
}

#[test]
fn a_post_kept_before_there_was_a_register_is_read() {
    let mut old = serde_json::to_value(post("civil", "甲")).expect("JSON");
    for name in ["subjects", "deputy", "account", "ended"] {
        old.as_object_mut().expect("an object").remove(name);
    }
    let read: Interpreter = serde_json::from_value(old).expect("a post");
    assert_eq!(read, Interpreter { subjects: vec![], ..post("civil", "甲") });
}
