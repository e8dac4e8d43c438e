//! In which part of the city lies what residents opened of what a search found, by day and words; how many searches of a day found
//! nothing. Without who.

use sea_orm_migration::{
    prelude::*,
    schema::{date, integer, string},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("search_places")
            .col(date("day"))
            .col(string("division"))
            .col(string("words"))
            .col(integer("opened"))
            .primary_key(Index::create().col("day").col("division").col("words"))
            .to_owned();
        manager.create_table(table).await?;
        let days = Table::create()
            .table("search_days")
            .col(date("day").primary_key())
            .col(integer("asked"))
            .col(integer("empty"))
            .to_owned();
        manager.create_table(days).await
    }
}
