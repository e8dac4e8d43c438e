//! Codes: what each was issued for, where staff have led it since, and how often it was scanned; and what takes the place of a
//! point that ends.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, date, pk_auto, string, string_len, text, timestamp_with_time_zone},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        let once =
            Index::create().name("codes_of_a_thing").table("codes").col("kind").col("subject").unique().to_owned();
        manager.create_index(once).await?;
        let moves = Index::create().name("code_moves_token").table("code_moves").col("token").to_owned();
        manager.create_index(moves).await?;
        let successor = big_integer_null("ended_successor");
        manager.alter_table(Table::alter().table("points").add_column(successor).take()).await?;
        for statement in for_ever(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

fn reference(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "token").to("codes", "token").to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    let table = |name: &'static str| Table::create().table(name).to_owned();
    vec![
        table("codes")
            .col(string_len("token", 8).primary_key())
            .col(string("kind"))
            .col(string("subject"))
            .col(timestamp_with_time_zone("issued_at"))
            .to_owned(),
        table("code_moves")
            .col(pk_auto("id").big_integer())
            .col(string_len("token", 8))
            .col(string("kind"))
            .col(string("subject"))
            .col(text("reason"))
            .col(string("actor"))
            .col(timestamp_with_time_zone("at"))
            .foreign_key(&mut reference("code_moves"))
            .to_owned(),
        table("code_scans")
            .col(string_len("token", 8))
            .col(date("day"))
            .col(big_integer("count"))
            .primary_key(Index::create().col("token").col("day"))
            .foreign_key(&mut reference("code_scans"))
            .to_owned(),
    ]
}

/// What stands on a wall means the same for ever: a code is never changed or removed, nor is where it was led.
fn for_ever(backend: sea_orm_migration::sea_orm::DatabaseBackend) -> Vec<String> {
    let tables = ["codes", "code_moves"];
    match backend {
        sea_orm_migration::sea_orm::DatabaseBackend::Postgres => {
            let refuse = "CREATE FUNCTION codes_are_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
                 BEGIN RAISE EXCEPTION 'codes are never changed or removed'; END $$";
            let triggers = tables.map(|table| {
                format!(
                    "CREATE TRIGGER {table}_are_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                     FOR EACH STATEMENT EXECUTE FUNCTION codes_are_for_ever()"
                )
            });
            [refuse.to_owned()].into_iter().chain(triggers).collect()
        }
        _ => tables
            .into_iter()
            .flat_map(|table| ["UPDATE", "DELETE"].map(|deed| (table, deed)))
            .map(|(table, deed)| {
                format!(
                    "CREATE TRIGGER {table}_no_{} BEFORE {deed} ON {table}
                     BEGIN SELECT RAISE(ABORT, 'codes are never changed or removed'); END",
                    deed.to_lowercase()
                )
            })
            .collect(),
    }
}
