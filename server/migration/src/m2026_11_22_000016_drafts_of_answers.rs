//! Answers that are being written, notes between colleagues, questions that are one, whom to call back, and what waits to be made public.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, pk_auto, text, text_null, timestamp_with_time_zone},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        let notes = Index::create().name("question_notes_question").table("question_notes").col("question").to_owned();
        manager.create_index(notes).await?;
        for column in [
            big_integer_null("same_as"),
            boolean("call_back").default(false).to_owned(),
            boolean("flagged").default(false).to_owned(),
            text_null("to_show"),
            big_integer_null("answered_by"),
        ] {
            manager.alter_table(Table::alter().table("questions").add_column(column).to_owned()).await?;
        }
        let same = Index::create().name("questions_same_as").table("questions").col("same_as").to_owned();
        manager.create_index(same).await
    }
}

fn reference(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    let table = |name: &'static str| Table::create().table(name).to_owned();
    vec![
        table("question_drafts")
            .col(big_integer("question"))
            .col(big_integer("account"))
            .col(text("words"))
            .col(timestamp_with_time_zone("at"))
            .col(timestamp_with_time_zone("told_at"))
            .primary_key(Index::create().col("question").col("account"))
            .foreign_key(&mut reference("question_drafts", "question", "questions"))
            .foreign_key(&mut reference("question_drafts", "account", "accounts"))
            .to_owned(),
        table("question_notes")
            .col(pk_auto("id").big_integer())
            .col(big_integer("question"))
            .col(big_integer("account"))
            .col(big_integer_null("interpreter"))
            .col(text("words"))
            .col(timestamp_with_time_zone("at"))
            .foreign_key(&mut reference("question_notes", "question", "questions"))
            .foreign_key(&mut reference("question_notes", "account", "accounts"))
            .to_owned(),
    ]
}
