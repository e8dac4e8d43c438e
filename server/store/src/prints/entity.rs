//! The rows of prints. A file is read only when somebody fetches it.

use domain::prints::State;
use sea_orm::{FromQueryResult, entity::prelude::*};

use super::Print;
use crate::{StoreError, unreadable};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "prints")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) key: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) what: Json,
    pub(crate) state: String,
    pub(crate) trouble: Option<String>,
    pub(crate) done: i32,
    pub(crate) total: i32,
    pub(crate) tries: i32,
    pub(crate) pages: Option<i32>,
    pub(crate) size: Option<i32>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub(crate) file: Option<Vec<u8>>,
    pub(crate) by_account: Option<i64>,
    pub(crate) asked_at: TimeDateTimeWithTimeZone,
    pub(crate) lease_until: Option<TimeDateTimeWithTimeZone>,
    pub(crate) finished_at: Option<TimeDateTimeWithTimeZone>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A row without its file.
#[derive(Debug, FromQueryResult)]
pub(super) struct Row {
    pub(super) id: String,
    what: Json,
    state: String,
    trouble: Option<String>,
    done: i32,
    total: i32,
    pub(super) tries: i32,
    pages: Option<i32>,
    size: Option<i32>,
    asked_at: TimeDateTimeWithTimeZone,
}

impl Row {
    /// The columns of it.
    pub(super) const COLUMNS: [Column; 10] = [
        Column::Id,
        Column::What,
        Column::State,
        Column::Trouble,
        Column::Done,
        Column::Total,
        Column::Tries,
        Column::Pages,
        Column::Size,
        Column::AskedAt,
    ];

    pub(super) fn state(&self) -> Result<State, StoreError> {
        State::from_code(&self.state, self.trouble.as_deref()).ok_or_else(|| unreadable("prints.state", &self.state))
    }

    pub(super) fn print(self) -> Result<Print, StoreError> {
        let state = self.state()?;
        let count = |number: i32| u32::try_from(number).unwrap_or_default();
        Ok(Print {
            what: serde_json::from_value(self.what).map_err(|error| unreadable("prints.what", error))?,
            id: self.id,
            state,
            done: count(self.done),
            total: count(self.total),
            pages: self.pages.map(count),
            size: self.size.map(count),
            asked_at: self.asked_at,
        })
    }
}
