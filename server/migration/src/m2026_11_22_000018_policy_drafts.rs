//! Policies are written and reviewed at the desk: drafts, every published version, and the files that come with them.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, binary, boolean, integer, json_binary, pk_auto, string, timestamp_with_time_zone,
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
        let open = Index::create().name("policy_drafts_open").table("policy_drafts").col("open").to_owned();
        manager.create_index(open).await?;
        // What was published before has its first known version.
        let known = "INSERT INTO policy_versions (policy, revision, facts, text, published_at)
            SELECT id, revision, facts, text, updated_at FROM policies";
        manager.get_connection().execute_unprepared(known).await?;
        Ok(())
    }
}

fn reference(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    let table = |name: &'static str| Table::create().table(name).to_owned();
    vec![
        table("policy_drafts")
            .col(pk_auto("id").big_integer())
            .col(big_integer_null("policy"))
            .col(integer("base"))
            .col(big_integer("author"))
            .col(boolean("open"))
            .col(json_binary("facts"))
            .col(json_binary("text"))
            .col(json_binary("events"))
            .col(integer("revision"))
            .col(timestamp_with_time_zone("changed_at"))
            .foreign_key(&mut reference("policy_drafts", "policy", "policies"))
            .foreign_key(&mut reference("policy_drafts", "author", "accounts"))
            .to_owned(),
        table("policy_versions")
            .col(big_integer("policy"))
            .col(integer("revision"))
            .col(json_binary("facts"))
            .col(json_binary("text"))
            .col(timestamp_with_time_zone("published_at"))
            .primary_key(Index::create().col("policy").col("revision"))
            .foreign_key(&mut reference("policy_versions", "policy", "policies"))
            .to_owned(),
        table("attachments")
            .col(string("hash").primary_key())
            .col(string("kind"))
            .col(binary("bytes"))
            .col(timestamp_with_time_zone("kept_at"))
            .to_owned(),
    ]
}
