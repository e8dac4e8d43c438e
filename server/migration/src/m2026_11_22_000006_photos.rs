//! Photos as they are served: written anew by this program, under the SHA-256 of what they hold.

use sea_orm_migration::{
    prelude::*,
    schema::{binary, integer, string, timestamp_with_time_zone},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let photos = Table::create()
            .table("photos")
            .col(string("hash").primary_key())
            .col(integer("width"))
            .col(integer("height"))
            .col(binary("bytes"))
            .col(timestamp_with_time_zone("kept_at"))
            .to_owned();
        manager.create_table(photos).await
    }
}
