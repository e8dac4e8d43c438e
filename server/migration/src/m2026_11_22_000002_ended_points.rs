//! Points that end: since when, and why.

use sea_orm_migration::{
    prelude::*,
    schema::{date_null, text},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for column in [date_null("ended_on"), text("ended_because").default("").take()] {
            manager.alter_table(Table::alter().table("points").add_column(column).take()).await?;
        }
        Ok(())
    }
}
