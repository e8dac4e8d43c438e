//! What is kept: sea-orm over SQLite (embedded, WAL) or PostgreSQL, the same code for both.
//!
//! Entities are private to their module. A writing use case is one transaction that ends with its audit line and raises the
//! content revision, by which every server learns that it has to read again.

pub mod audit;
pub mod calendar;
pub mod divisions;
pub mod identity;
pub mod photos;
pub mod points;
pub mod reports;
mod revision;
pub mod snapshot;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod vault;

use std::time::Duration;

use domain::identity::Forbidden;
use migration::MigratorTrait;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

/// An open database.
#[derive(Clone, Debug)]
pub struct Store {
    database: DatabaseConnection,
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
                options
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Normal)
                    .busy_timeout(Duration::from_secs(10))
                    .foreign_keys(true)
            });
        }
        Ok(Self { database: Database::connect(options).await? })
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        Ok(migration::Migrator::up(&self.database, None).await?)
    }

    /// Whether the database answers and its schema is up to date.
    pub async fn is_ready(&self) -> bool {
        self.database.ping().await.is_ok() && revision::current(&self.database).await.is_ok()
    }

    /// A transaction that is going to write: on SQLite it waits for its turn at once, not at its first write, where waiting
    /// could no longer help.
    async fn write(&self) -> Result<DatabaseTransaction, DbErr> {
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        self.database.begin_with_options(TransactionOptions { sqlite_transaction_mode, ..Default::default() }).await
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
        revision::current(&self.database).await
    }
}

fn unreadable(column: &'static str, value: impl ToString) -> StoreError {
    StoreError::Unreadable { column, value: value.to_string() }
}
