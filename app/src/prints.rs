//! Printing: the page of a print for whoever waits for it, and where staff ask for posters.

mod desk;
mod show;
mod text;

pub(crate) use desk::{ask, cancel, list_page};
pub use show::page;
pub use text::file_name;
