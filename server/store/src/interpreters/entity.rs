//! The rows of posts.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "interpreters")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub(crate) facts: Json,
    /// Goes up with every change.
    pub(crate) revision: i32,
}

impl ActiveModelBehavior for ActiveModel {}
