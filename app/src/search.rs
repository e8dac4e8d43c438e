//! `/search`: one box over everything that is published, with an answer where a question has one.

mod answers;
mod counted;
pub(crate) mod desk;
mod facets;
mod look;
mod page;
mod passages;
mod sync;
mod text;

pub(crate) use counted::Counts;
pub(crate) use facets::district_of;
pub use look::{Looked, Wanted, look};
pub(crate) use page::{SearchBox, search_page};
pub use sync::{NotFollowed, follow};
