//! The rows of drafts and versions of policies.

pub(super) mod drafts {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "policy_drafts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) policy: Option<i64>,
        pub(crate) base: i32,
        pub(crate) author: i64,
        pub(crate) open: bool,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) facts: Json,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) text: Json,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) events: Json,
        pub(crate) revision: i32,
        pub(crate) changed_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod versions {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "policy_versions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) policy: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) revision: i32,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) facts: Json,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) text: Json,
        pub(crate) published_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
