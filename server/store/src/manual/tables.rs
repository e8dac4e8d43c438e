//! The rows of parts, drafts, editions and passages.

pub(super) mod parts {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "manual_parts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) division: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) part: Json,
        pub(crate) revision: i32,
        pub(crate) updated_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod drafts {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "manual_drafts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) division: String,
        pub(crate) author: i64,
        pub(crate) state: String,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) base: Json,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) part: Json,
        pub(crate) note: String,
        pub(crate) comment: String,
        pub(crate) reviewer: Option<i64>,
        pub(crate) effective_on: Option<TimeDate>,
        pub(crate) revision: i32,
        pub(crate) begun_at: TimeDateTimeWithTimeZone,
        pub(crate) changed_at: TimeDateTimeWithTimeZone,
        pub(crate) decided_at: Option<TimeDateTimeWithTimeZone>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod editions {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "manual_editions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) number: i64,
        pub(crate) at: TimeDateTimeWithTimeZone,
        pub(crate) changed: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod passages {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "manual_passages")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) locale: String,
        pub(crate) division: String,
        pub(crate) chapter: String,
        pub(crate) key: String,
        pub(crate) place: i32,
        pub(crate) body: String,
        pub(crate) digest: String,
        pub(crate) since: i64,
        pub(crate) until: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod state {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "manual_state")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: i32,
        pub(crate) revision: i64,
        pub(crate) day: Option<TimeDate>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
