//! Who keeps a point. Apart from the point: it is staff's business, neither published nor reviewed.

use sea_orm_migration::{prelude::*, schema::big_integer};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut point = ForeignKey::create().from("point_keepers", "point").to("points", "id").to_owned();
        let mut account = ForeignKey::create().from("point_keepers", "account").to("accounts", "id").to_owned();
        let keepers = Table::create()
            .table("point_keepers")
            .col(big_integer("point").primary_key())
            .col(big_integer("account"))
            .foreign_key(&mut point)
            .foreign_key(&mut account)
            .to_owned();
        manager.create_table(keepers).await?;
        let index = Index::create().name("point_keepers_account").table("point_keepers").col("account").to_owned();
        manager.create_index(index).await
    }
}
