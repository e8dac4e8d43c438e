//! What the search learns from: the list of synonyms that staff keep, and what was looked for, in words alone and never by whom; and
//! what published texts mean.

mod asked;
mod meanings;
mod synonyms;
mod topics;

pub use asked::{Asked, Counted, Decision, Gap, add, decide, gaps};
pub use meanings::{forget_meanings, keep_meanings, meanings};
pub(crate) use synonyms::load;
pub use synonyms::{Refused, has_words, list, put, remove, ship};
pub use topics::{Coverage, Topic, coverage, topics, weeks};
