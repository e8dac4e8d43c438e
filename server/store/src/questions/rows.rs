//! The rows of questions.

use domain::{
    identity::AccountId,
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
        pub(crate) same_as: Option<i64>,
        pub(crate) call_back: bool,
        pub(crate) flagged: bool,
        pub(crate) to_show: Option<String>,
        pub(crate) answered_by: Option<i64>,
        #[sea_orm(column_type = "JsonBinary")]
        pub(crate) events: Json,
        pub(crate) revision: i32,
        pub(crate) asked_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod drafts {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_drafts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) question: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) account: i64,
        pub(crate) words: String,
        /// When it was last written.
        pub(crate) at: TimeDateTimeWithTimeZone,
        /// When those who follow were last told.
        pub(crate) told_at: TimeDateTimeWithTimeZone,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod notes {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_notes")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) question: i64,
        pub(crate) account: i64,
        /// The post that is asked.
        pub(crate) interpreter: Option<i64>,
        pub(crate) words: String,
        pub(crate) at: TimeDateTimeWithTimeZone,
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
    let open = |sealed: &str| {
        let words = vault.open(sealed).map_err(|shut| unreadable("questions.words", shut))?;
        Ok(String::from_utf8_lossy(&words).into_owned())
    };
    let words = open(&row.words)?;
    question(row, words, open)
}

/// With the words as everybody sees them.
pub(super) fn shown(row: questions::Model) -> Result<Question, StoreError> {
    let words = row.shown.clone().unwrap_or_default();
    question(row, words, |_| Ok(String::new()))
}

/// Without its words.
pub(super) fn listed(row: questions::Model) -> Result<Question, StoreError> {
    question(row, String::new(), |_| Ok(String::new()))
}

/// `open` reads what whoever asked said when they came back.
fn question(
    row: questions::Model,
    words: String,
    open: impl Fn(&str) -> Result<String, StoreError>,
) -> Result<Question, StoreError> {
    let mut thread = thread(&row)?;
    for event in &mut thread.events {
        if let Some(words) = event.step.said() {
            *words = open(words)?;
        }
    }
    let anchor = row.anchor.map(|it| it.parse().map_err(|_| unreadable("questions.anchor", it))).transpose()?;
    Ok(Question {
        id: QuestionId(row.id),
        policy: PolicyId(row.policy),
        anchor,
        words,
        private: row.private,
        shown: row.shown,
        has_contact: row.contact.is_some(),
        call_back: row.call_back,
        flagged: row.flagged,
        to_show: row.to_show,
        answered_by: row.answered_by.map(AccountId),
        may_answer: true,
        same_as: row.same_as.map(QuestionId),
        same: vec![],
        thread,
        asked_at: row.asked_at,
        revision: row.revision,
        writing: false,
    })
}
