//! Words of the street and what they stand for; what was looked for, by day and without who; what staff said of it.

use sea_orm_migration::{
    prelude::*,
    schema::{date, integer, string, timestamp_with_time_zone},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let table = |name: &'static str| Table::create().table(name).to_owned();
    vec![
        table("synonyms")
            .col(string("said").primary_key())
            .col(string("means"))
            .col(timestamp_with_time_zone("changed_at"))
            .to_owned(),
        table("searches")
            .col(date("day"))
            .col(string("words"))
            .col(integer("asked"))
            .col(integer("empty"))
            .col(integer("opened"))
            .primary_key(Index::create().col("day").col("words"))
            .to_owned(),
        table("search_decisions")
            .col(string("words").primary_key())
            .col(string("how"))
            .col(timestamp_with_time_zone("decided_at"))
            .to_owned(),
    ]
}
