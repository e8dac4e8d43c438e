//! Divisions, organisations, points of service with their vocabulary, the statutory calendar, the audit log.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, date, date_null, double_null, integer, json_binary, pk_auto, string, string_null, text,
        text_null, timestamp_with_time_zone,
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
        for index in indexes() {
            manager.create_index(index).await?;
        }
        let first = Query::insert()
            .into_table("content_revisions")
            .columns(["id", "number"])
            .values_panic([1.into(), 0.into()])
            .to_owned();
        manager.execute(first).await
    }
}

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        table("divisions")
            .col(string("code").primary_key())
            .col(string("name"))
            .col(string("name_en"))
            .col(string("level"))
            .col(string_null("parent"))
            .col(string_null("zone"))
            .col(double_null("lon"))
            .col(double_null("lat"))
            .col(boolean("ended"))
            .col(text_null("outline"))
            .col(integer("position"))
            .to_owned(),
        table("organisations").col(string("code").primary_key()).col(string("name")).col(string("division")).to_owned(),
        table("point_kinds")
            .col(string("code").primary_key())
            .col(string("label"))
            .col(string("label_en"))
            .col(string("icon"))
            .col(string("letter"))
            .col(string("law"))
            .col(integer("position"))
            .to_owned(),
        table("services")
            .col(string("code").primary_key())
            .col(string("name"))
            .col(string("name_en"))
            .col(string("tag"))
            .col(json_binary("synonyms"))
            .col(integer("position"))
            .to_owned(),
        points(),
        table("calendar_days")
            .col(date("date").primary_key())
            .col(string("kind"))
            .col(string("name"))
            .col(string("name_en"))
            .to_owned(),
        table("audit_log")
            .col(pk_auto("id").big_integer())
            .col(timestamp_with_time_zone("at"))
            .col(string("actor"))
            .col(string("action"))
            .col(string("subject"))
            .col(string("outcome"))
            .col(json_binary("detail"))
            .to_owned(),
        // One row: goes up with every published change, so that every server knows when to read again.
        table("content_revisions").col(integer("id").primary_key()).col(big_integer("number")).to_owned(),
    ]
}

fn points() -> TableCreateStatement {
    let reference = |column: &'static str, table: &'static str| {
        ForeignKey::create().from("points", column).to(table, "code").on_delete(ForeignKeyAction::Restrict).to_owned()
    };
    table("points")
        .col(pk_auto("id").big_integer())
        .col(string("external_id").unique_key())
        .col(string("kind"))
        .col(string("level"))
        .col(string("division"))
        .col(string("organisation"))
        .col(text("name"))
        .col(text("name_en"))
        .col(text("address"))
        .col(double_null("lon"))
        .col(double_null("lat"))
        .col(json_binary("telephones"))
        .col(json_binary("schedule"))
        .col(json_binary("services"))
        .col(json_binary("facilities"))
        .col(json_binary("photos"))
        .col(date_null("verified_on"))
        .col(text("source"))
        .col(boolean("demonstration"))
        .col(integer("revision"))
        .col(timestamp_with_time_zone("published_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .foreign_key(&mut reference("kind", "point_kinds"))
        .foreign_key(&mut reference("division", "divisions"))
        .foreign_key(&mut reference("organisation", "organisations"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    [("divisions", "parent"), ("points", "division"), ("audit_log", "at")]
        .map(|(table, column)| Index::create().name(format!("{table}_{column}")).table(table).col(column).to_owned())
        .to_vec()
}
