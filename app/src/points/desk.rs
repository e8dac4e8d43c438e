//! Points on the desk of staff: the table, the form, and the changes on their way.

mod facts;
mod form;
mod list;
mod photos;
mod review;
mod words;

pub(crate) use form::{form_page, new_page, save, verify};
pub(crate) use list::{PERIOD, list_page};
pub(crate) use review::{change_page, changes_page, give_back, publish, withdraw};
