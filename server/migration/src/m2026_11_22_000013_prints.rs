//! What is printed in the background, and the files that came of it.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, binary_null, integer, integer_null, json_binary, string, string_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut account = ForeignKey::create().from("prints", "by_account").to("accounts", "id").to_owned();
        let prints = Table::create()
            .table("prints")
            .col(string("id").primary_key())
            .col(string("key").unique_key())
            .col(json_binary("what"))
            .col(string("state"))
            .col(string_null("trouble"))
            .col(integer("done"))
            .col(integer("total"))
            .col(integer("tries"))
            .col(integer_null("pages"))
            .col(integer_null("size"))
            .col(binary_null("file"))
            .col(big_integer_null("by_account"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(timestamp_with_time_zone_null("lease_until"))
            .col(timestamp_with_time_zone_null("finished_at"))
            .foreign_key(&mut account)
            .to_owned();
        manager.create_table(prints).await?;
        let index = Index::create().name("prints_state").table("prints").col("state").to_owned();
        manager.create_index(index).await
    }
}
