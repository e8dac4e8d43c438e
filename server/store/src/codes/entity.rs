//! The rows of codes.

/// What a code was issued for.
pub(super) mod codes {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "codes")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) token: String,
        pub(crate) kind: String,
        pub(crate) subject: String,
        pub(crate) issued_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Where staff have led a code.
pub(super) mod moves {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "code_moves")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) token: String,
        pub(crate) kind: String,
        pub(crate) subject: String,
        pub(crate) reason: String,
        pub(crate) actor: String,
        pub(crate) at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// How often a code was scanned on a day.
pub(super) mod scans {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "code_scans")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) token: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) day: TimeDate,
        pub(crate) count: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
