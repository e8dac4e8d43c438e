//! 报错: what residents report about points, how they learn what came of it, and the staff's answer.

mod ask;
mod desk;
mod form;
mod send;
mod text;

pub(crate) use ask::{AskPage, ask};
pub(crate) use desk::{answer, contact, list_page, report_page};
pub(crate) use form::ReportPage;
pub(crate) use send::send;
