//! Values as JSON in a column.

use sea_orm::entity::prelude::Json;
use serde::{Serialize, de::DeserializeOwned};

use crate::{StoreError, unreadable};

/// A value as it is kept.
pub(crate) fn json(value: &impl Serialize) -> Result<Json, StoreError> {
    serde_json::to_value(value).map_err(|error| unreadable("json", error))
}

/// A value from its column.
pub(crate) fn read<T: DeserializeOwned>(column: &'static str, value: Json) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|error| unreadable(column, error))
}
