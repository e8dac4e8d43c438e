//! What is kept: sea-orm over SQLite (embedded, WAL) or PostgreSQL, the same code for both.
//!
//! Entities are private to their module. A writing use case is one transaction that ends with its audit line and raises the
//! content revision, by which every server learns that it has to read again.

pub mod audit;
pub mod calendar;
pub mod codes;
pub mod divisions;
pub mod events;
pub mod identity;
pub mod interpreters;
mod json;
pub mod limits;
pub mod manual;
mod offices;
mod once;
pub mod photos;
pub mod points;
pub mod policies;
pub mod prints;
pub mod questions;
pub mod reports;
mod revision;
pub mod search;
pub mod snapshot;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod unused;
pub mod vault;
mod write;

use std::{sync::Arc, time::Duration};

use domain::identity::Forbidden;
use migration::MigratorTrait;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr, sqlx::Connection as _};
use tokio::sync::Notify;

/// An open database.
#[derive(Clone, Debug)]
pub struct Store {
    database: DatabaseConnection,
    written: Arc<Notify>,
}

/// Why a writing use case did nothing. `R` is what the slice has to say to who asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure<R> {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Whoever asked may not do it.
    #[error("forbidden")]
    Forbidden,
    /// It cannot be done like this.
    #[error("refused")]
    Refused(R),
}

impl<R> From<DbErr> for Failure<R> {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl<R> From<Forbidden> for Failure<R> {
    fn from(_: Forbidden) -> Self {
        Self::Forbidden
    }
}

/// What can go wrong with a database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the database: {0}")]
    Database(#[from] DbErr),
    /// A stored value does not mean anything to this version of the program.
    #[error("the database holds {column} = {value:?}, which this version does not understand")]
    Unreadable {
        /// Where.
        column: &'static str,
        /// What.
        value: String,
    },
    /// A record refers to another that does not exist.
    #[error("{what} {code:?} does not exist (row {row})")]
    Missing {
        /// What is missing: a kind, a division, an organisation, a service.
        what: &'static str,
        /// Its code.
        code: String,
        /// The external id of the row that asks for it.
        row: String,
    },
    /// The facts about a point were refused.
    #[error("point {row:?} is refused: {why:?}")]
    Refused {
        /// The external id of the row.
        row: String,
        /// Why.
        why: domain::points::BadPoint,
    },
}

impl Store {
    /// Opens `sqlite://path?mode=rwc` or `postgres://…`; does not create tables.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let sqlite = url.starts_with("sqlite:");
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(if sqlite { 4 } else { 16 })
            .acquire_timeout(Duration::from_secs(10))
            .connect_timeout(Duration::from_secs(10))
            .sqlx_logging(false);
        if sqlite {
            options.map_sqlx_sqlite_opts(|options| {
                use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
                // Full: with less, the last writes that were answered could be lost with the power (sqlite.org/wal.html).
                options
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .busy_timeout(Duration::from_secs(10))
                    .foreign_keys(true)
            });
            // A full disk ends a transaction in SQLite and not in sqlx 0.9, which then takes the next one for a part of it: it would
            // read what was then for ever and never write again. Such a connection is thrown away.
            options.map_sqlx_sqlite_before_acquire(|connection, _| {
                Box::pin(async move { Ok(!connection.is_in_transaction()) })
            });
        }
        Ok(Self { database: Database::connect(options).await?, written: Arc::default() })
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        Ok(migration::Migrator::up(&self.database, None).await?)
    }

    /// Whether the database answers and its schema is up to date.
    pub async fn is_ready(&self) -> bool {
        self.database.ping().await.is_ok() && revision::current(&self.database).await.is_ok()
    }

    /// The engine, for people.
    pub fn engine(&self) -> &'static str {
        match self.database.get_database_backend() {
            DbBackend::Postgres => "PostgreSQL",
            _ => "SQLite",
        }
    }

    /// The content revision: changes whenever something published changes.
    pub async fn revision(&self) -> Result<i64, StoreError> {
        Ok(revision::current(&self.database).await?.number)
    }

    /// The content revision and the number of the last event.
    pub async fn counts(&self) -> Result<(i64, i64), StoreError> {
        let counts = revision::current(&self.database).await?;
        Ok((counts.number, counts.events))
    }
}

fn unreadable(column: &'static str, value: impl ToString) -> StoreError {
    StoreError::Unreadable { column, value: value.to_string() }
}
