//! What residents report about points, and how much each network has sent.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, integer, pk_auto, string, string_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for column in ["point", "received_at", "photo"] {
            let index = Index::create().name(format!("reports_{column}")).table("reports").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn reference(column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from("reports", column).to(to, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    let table = |name: &'static str| Table::create().table(name).to_owned();
    vec![
        table("reports")
            .col(pk_auto("id").big_integer())
            .col(big_integer("point"))
            .col(string("fault"))
            .col(text("words"))
            .col(string_null("photo"))
            .col(text_null("contact"))
            .col(string("code").unique_key())
            .col(timestamp_with_time_zone("received_at"))
            .col(string_null("outcome"))
            .col(text("answer"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .col(big_integer_null("answered_by"))
            .foreign_key(&mut reference("point", "points"))
            .foreign_key(&mut reference("answered_by", "accounts"))
            .to_owned(),
        table("report_counts")
            .col(string("key").primary_key())
            .col(integer("count"))
            .col(timestamp_with_time_zone("began_at"))
            .to_owned(),
    ]
}
