//! A transaction that is going to write, and the signal to this process that one has ended.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait, entity::prelude::async_trait, sqlx::postgres::PgListener,
};
use tokio::sync::Notify;

use crate::{Store, StoreError, revision};

/// A transaction that is going to write. Its commit wakes [`Store::written`].
#[derive(Debug)]
pub(crate) struct Write {
    transaction: DatabaseTransaction,
    written: Arc<Notify>,
}

impl Write {
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        self.transaction.commit().await?;
        self.written.notify_one();
        Ok(())
    }

    pub(crate) async fn rollback(self) -> Result<(), DbErr> {
        self.transaction.rollback().await
    }
}

impl Store {
    /// A transaction that is going to write: on SQLite it waits for its turn at once, not at its first write, where waiting
    /// could no longer help.
    pub(crate) async fn write(&self) -> Result<Write, DbErr> {
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..Default::default() };
        let transaction = self.database.begin_with_options(options).await?;
        Ok(Write { transaction, written: Arc::clone(&self.written) })
    }

    /// Returns when something was written since it last returned, by this process or, while [`Self::listen`] runs, by another
    /// server. For one waiter a process. What another process writes to SQLite is not signalled.
    pub async fn written(&self) {
        self.written.notified().await;
    }

    /// Listens to what other servers over the same PostgreSQL signal; returns only when the connection fails. Signals that are
    /// lost meanwhile are no loss to who also looks from time to time.
    pub async fn listen(&self) -> Result<std::convert::Infallible, StoreError> {
        if self.database.get_database_backend() != DbBackend::Postgres {
            return std::future::pending().await;
        }
        let failed = |error: sea_orm::sqlx::Error| StoreError::Database(DbErr::Custom(error.to_string()));
        let mut listener =
            PgListener::connect_with(self.database.get_postgres_connection_pool()).await.map_err(failed)?;
        listener.listen(revision::CHANNEL).await.map_err(failed)?;
        loop {
            listener.recv().await.map_err(failed)?;
            self.written.notify_one();
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Write {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.transaction.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.transaction.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.transaction.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.transaction.query_all_raw(statement).await
    }
}
