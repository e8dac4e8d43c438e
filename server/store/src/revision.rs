//! The one row that counts: which state of the published content this is, and how many events there were.
//!
//! A write that counts holds the row until it commits. So numbers are given in the order of commits and without gaps, on
//! PostgreSQL too: whoever has seen number 7 has seen all before it, and nothing older appears later.

use sea_orm::{ConnectionTrait, DbBackend, ExprTrait, entity::prelude::*};

use crate::{StoreError, unreadable};

#[sea_orm::model]
#[derive(Clone, Copy, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_revisions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i32,
    /// The content revision.
    pub(crate) number: i64,
    /// The revision at which something else than points last changed.
    pub(crate) frame: i64,
    /// The number of the last event.
    pub(crate) events: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// Where PostgreSQL tells other servers that there is something new; it does so when the transaction commits.
pub(crate) const CHANNEL: &str = "sangeyi";

pub(crate) async fn current(db: &impl ConnectionTrait) -> Result<Model, StoreError> {
    Entity::find_by_id(1).one(db).await?.ok_or_else(|| unreadable("content_revisions", "no row"))
}

/// Something published has changed, perhaps more than points.
pub(crate) async fn raise(db: &impl ConnectionTrait) -> Result<(), StoreError> {
    let next = || Expr::col(Column::Number).add(1);
    let row = Entity::update_many().col_expr(Column::Frame, next()).col_expr(Column::Number, next());
    row.exec(db).await?;
    signal(db).await
}

/// Points have changed, each with a revision of its own, and nothing else.
pub(crate) async fn raise_points(db: &impl ConnectionTrait) -> Result<(), StoreError> {
    Entity::update_many().col_expr(Column::Number, Expr::col(Column::Number).add(1)).exec(db).await?;
    signal(db).await
}

/// Counts one more event: its number, and the revision it belongs to.
pub(crate) async fn count_event(db: &impl ConnectionTrait) -> Result<Model, StoreError> {
    Entity::update_many().col_expr(Column::Events, Expr::col(Column::Events).add(1)).exec(db).await?;
    signal(db).await?;
    current(db).await
}

async fn signal(db: &impl ConnectionTrait) -> Result<(), StoreError> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}
