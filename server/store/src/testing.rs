//! Real databases for tests: a SQLite file in a temporary folder, and a PostgreSQL database of its own on the server that
//! `TEST_DATABASE_URL` names (`make test` starts one).

use std::sync::atomic::{AtomicU32, Ordering};

use domain::{
    Slug,
    audit::{Actor, By},
    divisions::{Division, DivisionLevel},
    identity::{Grant, Role, Staff},
    interpreters::InterpreterId,
    policies::{
        Facts, PolicyKind,
        clauses::{Text, read},
    },
};
use sea_orm::{ConnectionTrait, Database};
use time::OffsetDateTime;

use crate::{
    Failure, Store, audit, divisions,
    identity::{NewAccount, open_account},
};

/// A migrated, empty database that goes away with this value.
#[derive(Debug)]
pub struct TestStore {
    /// The database.
    pub store: Store,
    _folder: Option<tempfile::TempDir>,
}

impl TestStore {
    /// One of each engine. Without `TEST_DATABASE_URL` it says that PostgreSQL is left out.
    ///
    /// # Panics
    /// When a database cannot be made: a test cannot go on.
    pub async fn each() -> Vec<Self> {
        let mut all = vec![Self::sqlite().await];
        match std::env::var_os("TEST_DATABASE_URL").and_then(|url| url.into_string().ok()) {
            Some(url) => all.push(Self::postgres(&url).await),
            None => eprintln!("TEST_DATABASE_URL is not set: PostgreSQL is left out of this test"),
        }
        all
    }

    /// A SQLite file in a temporary folder.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}/test.sqlite?mode=rwc", folder.path().display());
        Self { store: opened(&url).await, _folder: Some(folder) }
    }

    async fn postgres(url: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let server = Database::connect(url).await.expect("the PostgreSQL server of TEST_DATABASE_URL");
        server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database of its own");
        server.close().await.expect("a closed connection");
        let (base, _) = url.rsplit_once('/').expect("an address that ends in a database");
        Self { store: opened(&format!("{base}/{name}")).await, _folder: None }
    }
}

async fn opened(url: &str) -> Store {
    let store = Store::open(url).await.expect("a database");
    store.migrate().await.expect("a schema");
    store
}

/// A code.
///
/// # Panics
/// When it is none.
pub fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

/// A city, 510100, and two of its districts, 510104 and 510107.
///
/// # Panics
/// When they cannot be kept.
pub async fn districts(store: &Store, now: OffsetDateTime) {
    let division = |code: &str, level, parent: Option<&str>| Division {
        code: slug(code),
        name: code.into(),
        name_en: String::new(),
        level,
        parent: parent.map(slug),
        zone: None,
        center: None,
        ended: false,
    };
    let all = vec![
        division("510100", DivisionLevel::City, None),
        division("510104", DivisionLevel::District, Some("510100")),
        division("510107", DivisionLevel::District, Some("510100")),
    ];
    divisions::save(store, &By::console(now), all, vec![]).await.expect("divisions");
}

/// A policy of one article, with those who interpret it.
pub fn policy(external_id: &str, interpreters: &[InterpreterId]) -> (Facts, Text) {
    let text = read("# 示例办法\n\n第一条 示例。\n");
    let facts = Facts {
        external_id: external_id.into(),
        number: String::new(),
        title: text.title.clone(),
        kind: PolicyKind::Other,
        issuers: vec![],
        subjects: vec![],
        written_on: None,
        issued_on: None,
        effective_on: None,
        fate: None,
        interpretations: vec![],
        interpreters: interpreters.to_vec(),
        exemption: String::new(),
        source: String::new(),
        organisation: None,
        index_number: String::new(),
        audience: String::new(),
        attachments: vec![],
        demonstration: true,
    };
    (facts, text)
}

/// Somebody of the staff for a division, with an account that was opened just now.
///
/// # Panics
/// When the account cannot be opened.
pub async fn staff(store: &Store, at: OffsetDateTime, name: &str, role: Role, division: &str) -> By {
    let grants = vec![Grant { role, division: slug(division), organisation: None }];
    let password = "a first password 1".to_owned();
    let new = NewAccount { name: name.into(), display_name: name.into(), grants: grants.clone(), password };
    let id = open_account(store, &By::console(at), new, [1; 16]).await.expect("an account");
    let staff = Staff { id, name: name.into(), display_name: name.into(), grants };
    By { actor: Actor::Staff(staff), origin: "192.0.2.7".into(), at }
}

/// Why something was refused.
///
/// # Panics
/// When it failed otherwise.
pub fn why<R: std::fmt::Debug>(failure: Failure<R>) -> R {
    match failure {
        Failure::Refused(why) => why,
        other => panic!("{other:?}"),
    }
}

/// The details of the lines of the log about an action, as an auditor of its own reads them.
///
/// # Panics
/// When the log cannot be read.
pub async fn lines(store: &Store, at: OffsetDateTime, action: &str) -> Vec<String> {
    let auditor = staff(store, at, &format!("auditor.{}", action.len()), Role::Auditor, "510100").await;
    let search = audit::Search { action: action.to_owned(), ..audit::Search::default() };
    audit::export(store, &auditor, &search).await.expect("lines").into_iter().map(|it| it.detail).collect()
}
