//! The rows of accounts, grants, recovery codes, sessions, failures, and of single sign-ons under way.

pub(super) mod accounts {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) name: String,
        pub(crate) display_name: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub(crate) password: Option<String>,
        pub(crate) must_change: bool,
        /// Sealed.
        #[sea_orm(column_type = "Text", nullable)]
        pub(crate) second_factor: Option<String>,
        pub(crate) second_factor_confirmed: bool,
        /// The step of the last code, so that no code is taken twice (RFC 6238, 5.2).
        pub(crate) second_factor_step: Option<i64>,
        pub(crate) opened_at: TimeDateTimeWithTimeZone,
        pub(crate) ended_at: Option<TimeDateTimeWithTimeZone>,
        pub(crate) revision: i32,
        /// Who vouches for this person; none for who signs in here.
        #[sea_orm(column_type = "Text", nullable)]
        pub(crate) issuer: Option<String>,
        /// What the issuer calls them, for ever.
        #[sea_orm(column_type = "Text", nullable)]
        pub(crate) subject: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod grants {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_grants")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) account: i64,
        pub(crate) role: String,
        pub(crate) division: String,
        pub(crate) organisation: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod recovery_codes {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_codes")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) digest: String,
        pub(crate) account: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod sessions {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) digest: String,
        pub(crate) account: i64,
        pub(crate) passed_second: bool,
        pub(crate) began_at: TimeDateTimeWithTimeZone,
        pub(crate) seen_at: TimeDateTimeWithTimeZone,
        pub(crate) origin: String,
        pub(crate) agent: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod failures {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_in_failures")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) key: String,
        pub(crate) count: i32,
        pub(crate) last_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod under_way {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sign_ons_under_way")]
    pub(crate) struct Model {
        /// The digest of what the provider gives back.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) state: String,
        /// The digest of what the browser keeps.
        pub(crate) browser: String,
        #[sea_orm(column_type = "Text")]
        pub(crate) sealed: String,
        pub(crate) ends_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
