//! Policies and their texts, who interprets them, and what residents ask.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, json_binary, pk_auto, string, string_null, text, text_null,
        timestamp_with_time_zone,
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
        for column in ["policy", "interpreter"] {
            let index = Index::create().name(format!("questions_{column}")).table("questions").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn reference(column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from("questions", column).to(to, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    let table = |name: &'static str| Table::create().table(name).to_owned();
    vec![
        table("interpreters").col(big_integer("id").primary_key()).col(json_binary("facts")).to_owned(),
        table("policies")
            .col(pk_auto("id").big_integer())
            .col(string("external_id").unique_key())
            .col(json_binary("facts"))
            .col(json_binary("text"))
            .col(integer("revision"))
            .col(timestamp_with_time_zone("published_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .to_owned(),
        table("questions")
            .col(pk_auto("id").big_integer())
            .col(big_integer("policy"))
            .col(string_null("anchor"))
            .col(big_integer("interpreter"))
            .col(string("code").unique_key())
            .col(text("words"))
            .col(boolean("private"))
            .col(text_null("shown"))
            .col(text_null("contact"))
            .col(boolean("open"))
            .col(json_binary("events"))
            .col(integer("revision"))
            .col(timestamp_with_time_zone("asked_at"))
            .foreign_key(&mut reference("policy", "policies"))
            .foreign_key(&mut reference("interpreter", "interpreters"))
            .to_owned(),
    ]
}
