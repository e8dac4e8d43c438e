//! How to reach whoever asked is forgotten once it is needed no more (个人信息保护法 第19条).

use domain::audit::By;
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use time::Duration;

use super::{rows, rows::questions as table};
use crate::{
    Store, StoreError,
    audit::{self, Outcome},
};

/// So long after the last thing that happened to an answered question somebody can still be reached.
const REACHABLE: Duration = Duration::days(30);

/// Forgets how to reach those who were answered long enough ago and are owed no call; how many there were.
pub async fn forget(store: &Store, by: &By) -> Result<u64, StoreError> {
    let transaction = store.write().await?;
    let settled = table::Entity::find()
        .filter(table::Column::Open.eq(false))
        .filter(table::Column::CallBack.eq(false))
        .filter(table::Column::Contact.is_not_null());
    let mut old = vec![];
    for row in settled.all(&transaction).await? {
        let last = rows::thread(&row)?.events.last().map(|event| event.at);
        if last.is_some_and(|at| at < by.at - REACHABLE) {
            old.push(row.id);
        }
    }
    let nothing = table::ActiveModel { contact: Set(None), ..Default::default() };
    let these = table::Entity::update_many().set(nothing).filter(table::Column::Id.is_in(old));
    let forgotten = these.exec(&transaction).await?.rows_affected;
    if forgotten > 0 {
        let detail = serde_json::json!({ "questions": forgotten });
        audit::record(&transaction, by, "questions.forget", "questions", Outcome::Done, detail).await?;
    }
    transaction.commit().await?;
    Ok(forgotten)
}
