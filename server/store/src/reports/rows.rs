//! The rows of reports.

use domain::{
    points::PointId,
    reports::{Fault, Outcome, ReportId, ReportState},
};

use super::Report;
use crate::{StoreError, photos, unreadable};

pub(super) mod reports {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reports")]
    pub(crate) struct Model {
        #[sea_orm(primary_key)]
        pub(crate) id: i64,
        pub(crate) point: i64,
        pub(crate) fault: String,
        pub(crate) words: String,
        pub(crate) photo: Option<String>,
        pub(crate) contact: Option<String>,
        pub(crate) code: String,
        pub(crate) received_at: TimeDateTimeWithTimeZone,
        pub(crate) outcome: Option<String>,
        pub(crate) answer: String,
        pub(crate) answered_at: Option<TimeDateTimeWithTimeZone>,
        pub(crate) answered_by: Option<i64>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) fn report(row: reports::Model) -> Result<Report, StoreError> {
    let state = match row.outcome.as_deref().zip(row.answered_at) {
        None => ReportState::Received,
        Some((code, at)) => ReportState::Answered {
            outcome: Outcome::from_code(code).ok_or_else(|| unreadable("reports.outcome", code))?,
            words: row.answer,
            at,
        },
    };
    Ok(Report {
        id: ReportId(row.id),
        point: PointId(row.point),
        fault: Fault::from_code(&row.fault).ok_or_else(|| unreadable("reports.fault", row.fault))?,
        words: row.words,
        photo: row.photo.as_deref().map(photos::address),
        has_contact: row.contact.is_some(),
        received_at: row.received_at,
        state,
    })
}
