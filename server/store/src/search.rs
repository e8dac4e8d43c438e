//! What the search learns from: the list of synonyms that staff keep, and what was looked for, in words alone and never by whom.

mod asked;
mod synonyms;

pub use asked::{Asked, Decision, Gap, Topic, add, decide, gaps, topics};
pub(crate) use synonyms::load;
pub use synonyms::{Refused, list, put, remove, ship};
