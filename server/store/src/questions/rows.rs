//! The rows of questions.

use domain::{
    interpreters::InterpreterId,
    policies::PolicyId,
    questions::{QuestionId, Thread},
};

use super::Question;
use crate::{StoreError, json::read, unreadable, vault::Vault};

pub(super) mod questions {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "questions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) policy: i64,
        pub(crate) anchor: Option<String>,
        pub(crate) interpreter: i64,
        pub(crate) code: String,
        pub(crate) words: String,
        pub(crate) private: bool,
        pub(crate) shown: Option<String>,
        pub(crate) contact: Option<String>,
        pub(crate) open: bool,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) events: Json,
        pub(crate) revision: i32,
        pub(crate) asked_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What happened to it.
pub(super) fn thread(row: &questions::Model) -> Result<Thread, StoreError> {
    let events = read("questions.events", row.events.clone())?;
    Ok(Thread { interpreter: InterpreterId(row.interpreter), events })
}

/// With the words as they came.
pub(super) fn own(row: questions::Model, vault: &Vault) -> Result<Question, StoreError> {
    let words = vault.open(&row.words).map_err(|shut| unreadable("questions.words", shut))?;
    question(row, String::from_utf8_lossy(&words).into_owned())
}

/// With the words as everybody sees them.
pub(super) fn shown(row: questions::Model) -> Result<Question, StoreError> {
    let words = row.shown.clone().unwrap_or_default();
    question(row, words)
}

/// Without its words.
pub(super) fn listed(row: questions::Model) -> Result<Question, StoreError> {
    question(row, String::new())
}

fn question(row: questions::Model, words: String) -> Result<Question, StoreError> {
    let thread = thread(&row)?;
    let anchor = row.anchor.map(|it| it.parse().map_err(|_| unreadable("questions.anchor", it))).transpose()?;
    Ok(Question {
        id: QuestionId(row.id),
        policy: PolicyId(row.policy),
        anchor,
        words,
        private: row.private,
        shown: row.shown,
        has_contact: row.contact.is_some(),
        thread,
        asked_at: row.asked_at,
    })
}
