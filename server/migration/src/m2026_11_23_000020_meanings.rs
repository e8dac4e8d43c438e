//! What texts mean: the vector a model gave for each, known by the text alone. A copy for all servers; without it they are asked again.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, binary, string},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("meanings")
            .col(string("model"))
            .col(big_integer("text"))
            .col(binary("vector"))
            .primary_key(Index::create().col("model").col("text"))
            .to_owned();
        manager.create_table(table).await
    }
}
