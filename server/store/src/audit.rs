//! The audit log: rows are added, never changed. The last statement of every writing use case.

use domain::audit::Actor;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};
use time::OffsetDateTime;

use crate::StoreError;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) at: TimeDateTimeWithTimeZone,
    pub(crate) actor: String,
    pub(crate) action: String,
    pub(crate) subject: String,
    pub(crate) outcome: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) detail: Json,
}

impl ActiveModelBehavior for ActiveModel {}

/// Writes the line and raises the content revision with it: whatever is audited here is published content.
pub(crate) async fn publish(
    db: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
    action: &str,
    subject: &str,
    detail: Json,
) -> Result<(), StoreError> {
    crate::revision::raise(db).await?;
    let line = ActiveModel {
        at: Set(now),
        actor: Set(actor.code().to_owned()),
        action: Set(action.to_owned()),
        subject: Set(subject.to_owned()),
        outcome: Set("done".to_owned()),
        detail: Set(detail),
        ..Default::default()
    };
    line.insert(db).await?;
    Ok(())
}
