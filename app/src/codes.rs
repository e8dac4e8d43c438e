//! 一个码: where a code leads, the page to type or scan one, the page of a code itself, and what staff see and do.

mod ask;
mod clauses;
pub mod desk;
mod ended;
mod show;
mod text;
mod way;

pub(crate) use ask::{AskPage, CodeLink};
pub(crate) use clauses::clauses_page;
pub(crate) use ended::{FollowPage, ended};
pub(crate) use show::CodePage;
pub use way::{Followed, Poster, decoded, follow, poster, url};
