//! The rows of changes, of batches of them, and of published versions.

pub(super) mod rows {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "point_changes")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) point: Option<i64>,
        pub(crate) author: i64,
        pub(crate) state: String,
        #[sea_orm(column_type = "JsonBinary", nullable)]
        pub(crate) base: Option<Json>,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) facts: Json,
        pub(crate) note: String,
        pub(crate) comment: String,
        pub(crate) reviewer: Option<i64>,
        pub(crate) begun_at: TimeDateTimeWithTimeZone,
        pub(crate) changed_at: TimeDateTimeWithTimeZone,
        pub(crate) decided_at: Option<TimeDateTimeWithTimeZone>,
        pub(crate) revision: i32,
        pub(crate) effective_on: Option<TimeDate>,
        pub(crate) batch: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod versions {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "point_versions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) point: i64,
        pub(crate) number: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) facts: Json,
        pub(crate) change: Option<i64>,
        pub(crate) at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod batches {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "batches")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) author: i64,
        pub(crate) origin: String,
        pub(crate) title: String,
        pub(crate) state: String,
        pub(crate) comment: String,
        pub(crate) reviewer: Option<i64>,
        pub(crate) begun_at: TimeDateTimeWithTimeZone,
        pub(crate) changed_at: TimeDateTimeWithTimeZone,
        pub(crate) revision: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
