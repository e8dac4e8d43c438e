//! The one number that says which state of the published content this is.

use sea_orm::{ConnectionTrait, ExprTrait, entity::prelude::*};

use crate::{StoreError, unreadable};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "content_revisions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i32,
    pub(crate) number: i64,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) async fn current(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let row = Entity::find_by_id(1).one(db).await?;
    Ok(row.ok_or_else(|| unreadable("content_revisions", "no row"))?.number)
}

pub(crate) async fn raise(db: &impl ConnectionTrait) -> Result<(), StoreError> {
    Entity::update_many().col_expr(Column::Number, Expr::col(Column::Number).add(1)).exec(db).await?;
    Ok(())
}
