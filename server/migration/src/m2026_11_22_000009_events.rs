//! What happened, for pages that follow along; and when the frame that points stand in last changed.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, string_null, timestamp_with_time_zone},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for name in ["frame", "events"] {
            let column = big_integer(name).default(0).take();
            manager.alter_table(Table::alter().table("content_revisions").add_column(column).take()).await?;
        }
        let events = Table::create()
            .table("events")
            .col(big_integer("id").primary_key())
            .col(string("kind"))
            .col(string("subject"))
            .col(string("actor"))
            .col(string_null("action"))
            .col(string_null("division"))
            .col(string_null("organisation"))
            .col(big_integer("revision"))
            .col(timestamp_with_time_zone("at"))
            .to_owned();
        manager.create_table(events).await
    }
}
