//! Points on the desk of staff: the table, the form, and the changes on their way.

mod asked;
mod batch;
mod bulk;
mod codes;
mod compared;
mod facts;
mod findings;
mod form;
mod import;
mod keeper;
mod keepers;
mod kept;
mod list;
mod map;
mod named;
mod photos;
mod review;
mod spot;
mod visits;
mod words;

pub use asked::selected as selected_points;
pub(crate) use batch::{batch_page, batch_step};
pub(crate) use bulk::{bulk, edit};
pub(crate) use form::{form_page, new_page, restore, save, verify};
pub use import::bad_rows;
pub(crate) use import::{act as act_on_import, dry_run_page, upload, upload_page};
pub(crate) use keeper::set_keeper;
pub(crate) use keepers::{hand_over, hand_over_page, keepers_page};
pub(crate) use kept::{Share, Tally, TallyLinks, in_scope};
pub(crate) use list::list_page;
pub use map::fresh_points;
pub(crate) use map::map_page;
pub(crate) use named::point_called;
pub(crate) use review::{Waiting, change_page, changes_page, give_back, publish, waiting, withdraw};
pub(crate) use spot::{differs, same, spot_page};
pub(crate) use visits::{mine, visits_page};
