//! Staff accounts with their grants, sessions, second factors and failures; and from where an audited deed was done.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, boolean, integer, pk_auto, string, string_null, text, text_null,
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
        for (table, column) in [("account_grants", "account"), ("recovery_codes", "account"), ("sessions", "account")] {
            let index = Index::create().name(format!("{table}_{column}")).table(table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        let origin = text("origin").default("").take();
        manager.alter_table(Table::alter().table("audit_log").add_column(origin).take()).await?;
        let statements = match manager.get_database_backend() {
            sea_orm_migration::sea_orm::DatabaseBackend::Postgres => APPEND_ONLY_POSTGRES,
            _ => APPEND_ONLY_SQLITE,
        };
        for statement in statements {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// A line of the audit log is never changed, and not removed before it is six months old (网络安全法 第21条).
const APPEND_ONLY_SQLITE: &[&str] = &[
    "CREATE TRIGGER audit_log_is_never_changed BEFORE UPDATE ON audit_log
     BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END",
    "CREATE TRIGGER audit_log_is_kept BEFORE DELETE ON audit_log
     WHEN julianday(substr(OLD.at, 1, 19)) > julianday('now', '-6 months')
     BEGIN SELECT RAISE(ABORT, 'the audit log is kept for six months'); END",
];

const APPEND_ONLY_POSTGRES: &[&str] = &[
    "CREATE FUNCTION audit_log_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '6 months' THEN RETURN OLD; END IF;
       RAISE EXCEPTION 'the audit log is never changed and kept for six months';
     END $$",
    "CREATE TRIGGER audit_log_is_kept BEFORE UPDATE OR DELETE ON audit_log
     FOR EACH ROW EXECUTE FUNCTION audit_log_is_kept()",
];

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

/// A column that names an account.
fn of_account(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "account").to("accounts", "id").on_delete(ForeignKeyAction::Restrict).to_owned()
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        table("accounts")
            .col(pk_auto("id").big_integer())
            .col(string("name").unique_key())
            .col(text("display_name"))
            .col(text_null("password"))
            .col(boolean("must_change"))
            .col(text_null("second_factor"))
            .col(boolean("second_factor_confirmed"))
            .col(big_integer_null("second_factor_step"))
            .col(timestamp_with_time_zone("opened_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(integer("revision"))
            .to_owned(),
        table("account_grants")
            .col(pk_auto("id").big_integer())
            .col(big_integer("account"))
            .col(string("role"))
            .col(string("division"))
            .col(string_null("organisation"))
            .foreign_key(&mut of_account("account_grants"))
            .to_owned(),
        table("recovery_codes")
            .col(string("digest").primary_key())
            .col(big_integer("account"))
            .foreign_key(&mut of_account("recovery_codes"))
            .to_owned(),
        table("sessions")
            .col(string("digest").primary_key())
            .col(big_integer("account"))
            .col(boolean("passed_second"))
            .col(timestamp_with_time_zone("began_at"))
            .col(timestamp_with_time_zone("seen_at"))
            .col(text("origin"))
            .col(text("agent"))
            .foreign_key(&mut of_account("sessions"))
            .to_owned(),
        table("sign_in_failures")
            .col(string("key").primary_key())
            .col(integer("count"))
            .col(timestamp_with_time_zone("last_at"))
            .to_owned(),
    ]
}
