//! The register of interpreters' posts: a post counts its changes, so that nobody writes over somebody else's.

use sea_orm_migration::{prelude::*, schema::integer};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let revision = integer("revision").default(1).take();
        manager.alter_table(Table::alter().table("interpreters").add_column(revision).take()).await
    }
}
