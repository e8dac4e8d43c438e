//! Proposed changes of points, and every version that was published.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, integer, json_binary, json_binary_null, pk_auto, string, text,
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
        for (table, column) in [("point_changes", "point"), ("point_changes", "state"), ("point_versions", "point")] {
            let index = Index::create().name(format!("{table}_{column}")).table(table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn reference(table: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    let table = |name: &'static str| Table::create().table(name).to_owned();
    vec![
        table("point_changes")
            .col(pk_auto("id").big_integer())
            .col(big_integer_null("point"))
            .col(big_integer("author"))
            .col(string("state"))
            .col(json_binary_null("base"))
            .col(json_binary("facts"))
            .col(text("note"))
            .col(text("comment"))
            .col(big_integer_null("reviewer"))
            .col(timestamp_with_time_zone("begun_at"))
            .col(timestamp_with_time_zone("changed_at"))
            .col(timestamp_with_time_zone_null("decided_at"))
            .col(integer("revision"))
            .foreign_key(&mut reference("point_changes", "point", "points"))
            .foreign_key(&mut reference("point_changes", "author", "accounts"))
            .foreign_key(&mut reference("point_changes", "reviewer", "accounts"))
            .to_owned(),
        table("point_versions")
            .col(pk_auto("id").big_integer())
            .col(big_integer("point"))
            .col(integer("number"))
            .col(json_binary("facts"))
            .col(big_integer_null("change"))
            .col(timestamp_with_time_zone("at"))
            .foreign_key(&mut reference("point_versions", "point", "points"))
            .foreign_key(&mut reference("point_versions", "change", "point_changes"))
            .to_owned(),
    ]
}
