//! Real databases for tests: a SQLite file in a temporary folder, and a PostgreSQL database of its own on the server that
//! `TEST_DATABASE_URL` names (`make test` starts one).

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database};

use crate::Store;

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
