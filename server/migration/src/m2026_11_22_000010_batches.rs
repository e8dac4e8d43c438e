//! Many changes reviewed as one, and the tables they come from.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, binary, integer, json_binary_null, pk_auto, string, text,
        timestamp_with_time_zone,
    },
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut author = ForeignKey::create().from("batches", "author").to("accounts", "id").to_owned();
        let mut reviewer = ForeignKey::create().from("batches", "reviewer").to("accounts", "id").to_owned();
        let batches = Table::create()
            .table("batches")
            .col(pk_auto("id").big_integer())
            .col(big_integer("author"))
            .col(string("origin"))
            .col(text("title"))
            .col(string("state"))
            .col(text("comment"))
            .col(big_integer_null("reviewer"))
            .col(timestamp_with_time_zone("begun_at"))
            .col(timestamp_with_time_zone("changed_at"))
            .col(integer("revision"))
            .foreign_key(&mut author)
            .foreign_key(&mut reviewer)
            .to_owned();
        manager.create_table(batches).await?;
        let mut author = ForeignKey::create().from("imports", "author").to("accounts", "id").to_owned();
        let mut batch = ForeignKey::create().from("imports", "batch").to("batches", "id").to_owned();
        let imports = Table::create()
            .table("imports")
            .col(pk_auto("id").big_integer())
            .col(big_integer("author"))
            .col(text("name"))
            .col(binary("file"))
            .col(json_binary_null("settings"))
            .col(big_integer_null("batch"))
            .col(timestamp_with_time_zone("begun_at"))
            .foreign_key(&mut author)
            .foreign_key(&mut batch)
            .to_owned();
        manager.create_table(imports).await?;
        let column = Table::alter().table("point_changes").add_column(big_integer_null("batch")).to_owned();
        manager.alter_table(column).await?;
        let index = Index::create().name("point_changes_batch").table("point_changes").col("batch").to_owned();
        manager.create_index(index).await
    }
}
