//! Changes that take effect on a day of their own.

use sea_orm_migration::{prelude::*, schema::date_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let effective = date_null("effective_on");
        manager.alter_table(Table::alter().table("point_changes").add_column(effective).take()).await
    }
}
