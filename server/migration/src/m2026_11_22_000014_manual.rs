//! 一手册: what each division says itself, drafts of it, and every passage of every edition.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, date_null, integer, json_binary, pk_auto, string, text,
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
        for (name, table, columns) in [
            ("manual_drafts_division", "manual_drafts", &["division"][..]),
            ("manual_passages_until", "manual_passages", &["until"]),
            ("manual_passages_since", "manual_passages", &["since"]),
            ("manual_passages_division", "manual_passages", &["division", "chapter"]),
        ] {
            let mut index = Index::create().name(name).table(table).to_owned();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        let first = Query::insert()
            .into_table("manual_state")
            .columns(["id", "revision"])
            .values_panic([1.into(), (-1_i64).into()])
            .to_owned();
        manager.execute(first).await
    }
}

fn reference(column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from("manual_drafts", column).to("accounts", "id").to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    let table = |name: &'static str| Table::create().table(name).to_owned();
    vec![
        table("manual_parts")
            .col(string("division").primary_key())
            .col(json_binary("part"))
            .col(integer("revision"))
            .col(timestamp_with_time_zone("updated_at"))
            .to_owned(),
        table("manual_drafts")
            .col(pk_auto("id").big_integer())
            .col(string("division"))
            .col(big_integer("author"))
            .col(string("state"))
            .col(json_binary("base"))
            .col(json_binary("part"))
            .col(text("note"))
            .col(text("comment"))
            .col(big_integer_null("reviewer"))
            .col(date_null("effective_on"))
            .col(integer("revision"))
            .col(timestamp_with_time_zone("begun_at"))
            .col(timestamp_with_time_zone("changed_at"))
            .col(timestamp_with_time_zone_null("decided_at"))
            .foreign_key(&mut reference("author"))
            .foreign_key(&mut reference("reviewer"))
            .to_owned(),
        table("manual_editions")
            .col(big_integer("number").primary_key())
            .col(timestamp_with_time_zone("at"))
            .col(integer("changed"))
            .to_owned(),
        // A passage holds from one edition until another: what did not change is kept once.
        table("manual_passages")
            .col(pk_auto("id").big_integer())
            .col(string("locale"))
            .col(string("division"))
            .col(string("chapter"))
            .col(text("key"))
            .col(integer("place"))
            .col(text("body"))
            .col(string("digest"))
            .col(big_integer("since"))
            .col(big_integer_null("until"))
            .to_owned(),
        // The content revision and the day the last edition was made from; its row is what servers take turns by.
        table("manual_state")
            .col(integer("id").primary_key())
            .col(big_integer("revision"))
            .col(date_null("day"))
            .to_owned(),
    ]
}
