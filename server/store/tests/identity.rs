//! Accounts, signing in and sessions, on both databases.

use domain::{
    audit::{Actor, By},
    identity::{AccountId, BadGrants, BadPassword, Grant, Role},
};
use store::{
    Failure, Store,
    identity::{
        Attempt, LOCK, NewAccount, Person, Refused, Session, Stage, Token, UnderWay, WAY, accounts, change_password,
        confirm_second_factor, drop_second_factor, end_account, end_other_sessions, enrol, enter as single_sign_on,
        open_account, pass_second, peek, reset_password, resume, send, session, sessions, set_grants, sign_in,
        sign_out,
    },
    testing::{TestStore, districts, slug},
    vault::Vault,
};
use time::{Duration, OffsetDateTime, macros::datetime};
use totp_rs::{Builder, Secret};

const NOW: OffsetDateTime = datetime!(2026-11-23 10:00 +8);
const IDLE: Duration = Duration::minutes(30);
const FIRST: &str = "a first password 1";
const OWN: &str = "quite another one 2";

fn vault() -> Vault {
    Vault::new([3; 32])
}

fn token(n: u8) -> Token {
    Token::new([n; 32])
}

fn at(now: OffsetDateTime) -> By {
    By { actor: Actor::Anyone, origin: "192.0.2.7".into(), at: now }
}

fn as_staff(session: &Session, now: OffsetDateTime) -> By {
    By { actor: Actor::Staff(session.staff.clone()), ..at(now) }
}

fn grant(role: Role, division: &str) -> Grant {
    Grant { role, division: slug(division), organisation: None }
}

async fn open(store: &Store, by: &By, name: &str, grants: Vec<Grant>) -> Result<AccountId, Failure<Refused>> {
    let display_name = "示例".to_owned();
    let new = NewAccount { name: name.into(), display_name, grants, password: FIRST.into() };
    open_account(store, by, new, [9; 16]).await
}

async fn enter(store: &Store, name: &str, password: &str, now: OffsetDateTime, n: u8) -> Result<(), Refused> {
    let attempt = Attempt { name: name.into(), password: password.into(), agent: "test".into() };
    sign_in(store, &at(now), attempt, &token(n)).await.map_err(why)
}

fn why(failure: Failure<Refused>) -> Refused {
    match failure {
        Failure::Refused(why) => why,
        other => panic!("{other:?}"),
    }
}

async fn alive(store: &Store, now: OffsetDateTime, n: u8) -> Option<Session> {
    session(store, now, IDLE, &token(n)).await.expect("a database")
}

/// Signs somebody in with a password of their own.
async fn settled(store: &Store, name: &str, grants: Vec<Grant>, n: u8) -> Session {
    open(store, &By::console(NOW), name, grants).await.expect("an account");
    enter(store, name, FIRST, NOW, n).await.expect("a session");
    let first = alive(store, NOW, n).await.expect("a session");
    change_password(store, &as_staff(&first, NOW), &first, FIRST, OWN, [1; 16], &token(n)).await.expect("a change");
    alive(store, NOW, n).await.expect("a session")
}

#[tokio::test]
async fn a_first_password_has_to_be_changed_and_every_step_has_another_token() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        open(store, &By::console(NOW), "li.na", vec![grant(Role::Editor, "510107")]).await.expect("an account");
        assert_eq!(enter(store, "li.na", "not the password", NOW, 1).await, Err(Refused::Wrong));
        assert_eq!(enter(store, "nobody", FIRST, NOW, 1).await, Err(Refused::Wrong));
        enter(store, " Li.Na ", FIRST, NOW, 1).await.expect("a session");
        let first = alive(store, NOW, 1).await.expect("a session");
        assert_eq!(first.stage, Stage::NewPassword);
        let change = |current: &'static str, new: &'static str| {
            let by = as_staff(&first, NOW);
            let first = &first;
            async move { change_password(store, &by, first, current, new, [1; 16], &token(2)).await.map_err(why) }
        };
        assert_eq!(change("no", OWN).await, Err(Refused::Wrong));
        assert_eq!(change(FIRST, FIRST).await, Err(Refused::Password(BadPassword::Same)));
        assert_eq!(change(FIRST, "short").await, Err(Refused::Password(BadPassword::Short)));
        for common in ["password123", "1234567890", "qwertyuiop"] {
            assert_eq!(change(FIRST, common).await, Err(Refused::Password(BadPassword::Common)), "{common}");
        }
        change(FIRST, OWN).await.expect("a change");
        assert!(alive(store, NOW, 1).await.is_none(), "the old token");
        assert_eq!(alive(store, NOW, 2).await.expect("a session").stage, Stage::Ready);
        assert_eq!(enter(store, "li.na", FIRST, NOW, 3).await, Err(Refused::Wrong));
    }
}

#[tokio::test]
async fn after_five_failures_name_and_address_wait_five_minutes() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        open(store, &By::console(NOW), "li.na", vec![grant(Role::Editor, "510107")]).await.expect("an account");
        for _ in 0..5 {
            assert_eq!(enter(store, "li.na", "wrong wrong wrong", NOW, 1).await, Err(Refused::Wrong));
        }
        let until = NOW + LOCK;
        assert_eq!(enter(store, "li.na", FIRST, NOW, 1).await, Err(Refused::Locked(until)), "the right one waits too");
        assert_eq!(enter(store, "other", FIRST, NOW, 1).await, Err(Refused::Locked(until)), "the address waits");
        enter(store, "li.na", FIRST, until, 1).await.expect("a session after the wait");
        // An account of one's own is no way to more tries at others.
        for n in 0..4 {
            assert_eq!(enter(store, "other", "wrong wrong wrong", until, 1).await, Err(Refused::Wrong));
            enter(store, "li.na", FIRST, until, 10 + n).await.expect("a session");
        }
        assert_eq!(enter(store, "third", "wrong wrong wrong", until, 1).await, Err(Refused::Wrong));
        assert_eq!(enter(store, "fourth", FIRST, until, 1).await, Err(Refused::Locked(until + LOCK)));
    }
}

#[tokio::test]
async fn a_session_ends_when_idle_when_old_when_told_and_with_its_account() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let session = settled(store, "li.na", vec![grant(Role::Editor, "510107")], 1).await;
        assert!(alive(store, NOW + IDLE, 1).await.is_some(), "this keeps it alive");
        assert!(alive(store, NOW + IDLE + IDLE, 1).await.is_some());
        assert!(alive(store, NOW + IDLE + IDLE + IDLE + Duration::seconds(1), 1).await.is_none(), "idle");
        enter(store, "li.na", OWN, NOW, 7).await.expect("a session");
        for minutes in [5, 29] {
            let seen = peek(store, NOW + Duration::minutes(minutes), IDLE, &token(7)).await.expect("a database");
            assert!(seen.is_some(), "{minutes}");
        }
        assert!(
            alive(store, NOW + Duration::minutes(31), 7).await.is_none(),
            "what a page asks by itself is no activity"
        );
        enter(store, "li.na", OWN, NOW, 2).await.expect("a session");
        for minutes in (20..=720).step_by(20) {
            assert!(alive(store, NOW + Duration::minutes(minutes), 2).await.is_some(), "{minutes}");
        }
        assert!(alive(store, NOW + Duration::minutes(721), 2).await.is_none(), "too long, however busy");
        enter(store, "li.na", OWN, NOW, 3).await.expect("a session");
        enter(store, "li.na", OWN, NOW, 4).await.expect("a session");
        let mine = alive(store, NOW, 3).await.expect("a session");
        assert!(sessions(store, NOW, IDLE, session.staff.id).await.expect("a list").len() >= 2);
        end_other_sessions(store, &as_staff(&mine, NOW), &mine).await.expect("an end");
        assert!(alive(store, NOW, 4).await.is_none() && alive(store, NOW, 3).await.is_some());
        sign_out(store, &as_staff(&mine, NOW), &mine).await.expect("an end");
        assert!(alive(store, NOW, 3).await.is_none());
        enter(store, "li.na", OWN, NOW, 5).await.expect("a session");
        let console = By::console(NOW);
        let account = &accounts(store, &console).await.expect("a list")[0];
        assert_eq!(end_account(store, &console, account.staff.id, 99).await.map_err(why), Err(Refused::Outdated));
        end_account(store, &console, account.staff.id, account.revision).await.expect("an end");
        assert!(alive(store, NOW, 5).await.is_none());
        assert_eq!(enter(store, "li.na", OWN, NOW, 6).await, Err(Refused::Wrong));
    }
}

#[tokio::test]
async fn an_administrator_needs_a_second_factor_and_a_code_is_taken_once() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let session = settled(store, "admin", vec![grant(Role::Administrator, "510100")], 1).await;
        assert_eq!(session.stage, Stage::Enrolment);
        let enrolment = enrol(store, &vault(), &session, "示例市: 政务公开", [5; 20], [6; 24]).await.expect("a secret");
        assert!(enrolment.url.starts_with("otpauth://totp/") && enrolment.url.contains(&enrolment.secret));
        let again = enrol(store, &vault(), &session, "示例市", [8; 20], [6; 24]).await.expect("the same secret");
        assert_eq!(again.secret, enrolment.secret, "who scanned it and reloads the page goes on with it");
        let secret = Secret::try_from_base32(&enrolment.secret).expect("base32");
        let telephone = Builder::new().with_secret(secret).with_account_name("admin").build().expect("a telephone");
        let code = |now: OffsetDateTime| telephone.generate(u64::try_from(now.unix_timestamp()).unwrap()).to_string();
        let by = as_staff(&session, NOW);
        let wrong = confirm_second_factor(store, &vault(), &by, &session, "000000", [4; 64]).await.map_err(why);
        assert_eq!(wrong, Err(Refused::Wrong));
        let mut random = [0; 64];
        (0..).zip(&mut random).for_each(|(i, byte)| *byte = i);
        let codes = confirm_second_factor(store, &vault(), &by, &session, &code(NOW), random).await.expect("codes");
        assert_eq!(codes.len(), 8);
        assert_eq!(alive(store, NOW, 1).await.expect("a session").stage, Stage::Ready);

        let later = NOW + Duration::minutes(2);
        enter(store, "admin", OWN, later, 2).await.expect("a session");
        let second = alive(store, later, 2).await.expect("a session");
        assert_eq!(second.stage, Stage::SecondFactor);
        let pass = |session: Session, code: String, now, n| async move {
            pass_second(store, &vault(), &at(now), &session, &code, &token(n)).await.map_err(why)
        };
        assert_eq!(pass(second.clone(), code(NOW), later, 3).await, Err(Refused::Wrong), "too old");
        pass(second.clone(), code(later), later, 3).await.expect("a session");
        assert!(alive(store, later, 2).await.is_none(), "the old token");
        let third = alive(store, later, 3).await.expect("a session");
        assert_eq!(third.stage, Stage::Ready);

        enter(store, "admin", OWN, later, 4).await.expect("a session");
        let fourth = alive(store, later, 4).await.expect("a session");
        assert_eq!(pass(fourth.clone(), code(later), later, 5).await, Err(Refused::Wrong), "taken already");
        let lower = codes[0].to_lowercase();
        pass(fourth, lower.clone(), later, 5).await.expect("a recovery code");
        enter(store, "admin", OWN, later, 6).await.expect("a session");
        let sixth = alive(store, later, 6).await.expect("a session");
        assert_eq!(pass(sixth, lower, later, 7).await, Err(Refused::Wrong), "a recovery code is used up");
        let kept = drop_second_factor(store, &vault(), &as_staff(&third, later), &third, &code(later)).await;
        assert!(matches!(kept, Err(Failure::Forbidden)), "{kept:?}");
    }
}

#[tokio::test]
async fn administrators_run_accounts_below_them_and_not_their_own() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let session = settled(store, "admin", vec![grant(Role::Administrator, "510107")], 1).await;
        let by = as_staff(&session, NOW);
        let elsewhere = open(store, &by, "elsewhere", vec![grant(Role::Editor, "510104")]).await;
        assert!(matches!(elsewhere, Err(Failure::Forbidden)));
        let partly = vec![grant(Role::Editor, "510107"), grant(Role::Editor, "510100")];
        assert!(matches!(open(store, &by, "partly", partly).await, Err(Failure::Forbidden)));
        let here = open(store, &by, "here", vec![grant(Role::Editor, "510107")]).await.expect("an account");
        let taken = open(store, &by, "here", vec![grant(Role::Editor, "510107")]).await.map_err(why);
        assert_eq!(taken, Err(Refused::NameTaken));
        let mixed = vec![grant(Role::Editor, "510107"), grant(Role::Auditor, "510107")];
        assert_eq!(open(store, &by, "mixed", mixed).await.map_err(why), Err(Refused::Grants(BadGrants::NotApart)));
        open(store, &By::console(NOW), "far", vec![grant(Role::Editor, "510104")]).await.expect("an account");
        let seen: Vec<_> = accounts(store, &by).await.expect("a list").into_iter().map(|it| it.staff.name).collect();
        assert_eq!(seen, ["admin", "here"]);

        let own = set_grants(store, &by, session.staff.id, 2, vec![grant(Role::Auditor, "510107")]).await.map_err(why);
        assert_eq!(own, Err(Refused::OwnAccount));
        set_grants(store, &by, here, 1, vec![grant(Role::Reviewer, "510107")]).await.expect("a change");
        let stale = set_grants(store, &by, here, 1, vec![grant(Role::Editor, "510107")]).await.map_err(why);
        assert_eq!(stale, Err(Refused::Outdated));
        let console = By::console(NOW);
        let last = set_grants(store, &console, session.staff.id, 2, vec![grant(Role::Auditor, "510107")]).await;
        assert_eq!(last.map_err(why), Err(Refused::LastAdministrator));
        assert_eq!(
            end_account(store, &console, session.staff.id, 2).await.map_err(why),
            Err(Refused::LastAdministrator)
        );

        let editor = settled(store, "editor", vec![grant(Role::Editor, "510107")], 2).await;
        let by = as_staff(&editor, NOW);
        assert!(matches!(accounts(store, &by).await, Err(Failure::Forbidden)));
        assert!(matches!(end_account(store, &by, here, 2).await, Err(Failure::Forbidden)));
        assert!(matches!(reset_password(store, &by, here, FIRST, [1; 16]).await, Err(Failure::Forbidden)));
    }
}

#[tokio::test]
async fn a_reset_password_ends_sessions_and_the_second_factor() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let session = settled(store, "li.na", vec![grant(Role::Editor, "510107")], 1).await;
        reset_password(store, &By::console(NOW), session.staff.id, "a new first one 3", [1; 16])
            .await
            .expect("a reset");
        assert!(alive(store, NOW, 1).await.is_none());
        enter(store, "li.na", "a new first one 3", NOW, 2).await.expect("a session");
        assert_eq!(alive(store, NOW, 2).await.expect("a session").stage, Stage::NewPassword);
    }
}

fn person(subject: &str, grants: Vec<Grant>) -> Person {
    Person {
        issuer: "https://id.example.gov.cn".into(),
        subject: subject.into(),
        name: "li.na".into(),
        display_name: "示例".into(),
        grants: Ok(grants),
        passed_second: false,
    }
}

#[tokio::test]
async fn who_is_under_way_to_a_provider_comes_back_once_in_time_and_with_the_same_browser() {
    for test in TestStore::each().await {
        let store = &test.store;
        let way = UnderWay {
            nonce: "n".into(),
            verifier: "v".into(),
            locale: domain::locale::Locale::En,
            back: "/desk".into(),
        };
        let (browser, other) = (token(1), token(2));
        for state in 3..6 {
            send(store, &vault(), NOW, (&token(state), &browser), &way, [state; 24]).await.expect("a row");
        }
        let back = |state: u8, browser: Token, now| async move {
            resume(store, &vault(), now, &token(state), &browser).await.expect("a database")
        };
        assert_eq!(back(3, other.clone(), NOW).await, None, "another browser");
        assert_eq!(back(3, browser.clone(), NOW + WAY).await, Some(way.clone()));
        assert_eq!(back(3, browser.clone(), NOW).await, None, "a second time");
        assert_eq!(back(4, browser.clone(), NOW + WAY + Duration::seconds(1)).await, None, "too late");
        let strange = resume(store, &Vault::new([4; 32]), NOW, &token(5), &browser).await.expect("a database");
        assert_eq!(strange, None, "sealed with another key");
    }
}

#[tokio::test]
async fn two_first_sign_ins_of_one_person_at_once_open_one_account() {
    for test in TestStore::each().await {
        let store = &test.store;
        districts(store, NOW).await;
        let person = person("4711", vec![grant(Role::Editor, "510107")]);
        let (by, person) = (&at(NOW), &person);
        let (first, second) =
            tokio::join!(async move { single_sign_on(store, by, person, "test", &token(1)).await }, async move {
                single_sign_on(store, by, person, "test", &token(2)).await
            },);
        assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
        let all = accounts(store, &By::console(NOW)).await.expect("a list");
        assert_eq!(all.iter().map(|it| it.staff.name.as_str()).collect::<Vec<_>>(), ["li.na"]);
        let both = [alive(store, NOW, 1).await, alive(store, NOW, 2).await];
        assert!(both.iter().flatten().filter(|it| it.from_provider && it.stage == Stage::Ready).count() == 2);
        assert_eq!(enter(store, "li.na", "", NOW, 3).await, Err(Refused::Wrong), "no password is no way in");
    }
}
