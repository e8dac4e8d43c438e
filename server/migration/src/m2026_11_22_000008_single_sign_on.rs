//! Accounts that come from a provider of identities, and who is on the way there and back.

use sea_orm_migration::{
    prelude::*,
    schema::{string, text, text_null, timestamp_with_time_zone},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for column in [text_null("issuer"), text_null("subject")] {
            manager.alter_table(Table::alter().table("accounts").add_column(column).take()).await?;
        }
        // Accounts of this portal have neither, and are not alike by that.
        let one =
            Index::create().name("accounts_subject").table("accounts").col("issuer").col("subject").unique().take();
        manager.create_index(one).await?;
        let under_way = Table::create()
            .table("sign_ons_under_way")
            .col(string("state").primary_key())
            .col(string("browser"))
            .col(text("sealed"))
            .col(timestamp_with_time_zone("ends_at"))
            .take();
        manager.create_table(under_way).await
    }
}
