//! `/desk/manual`: staff write what their division says in its manual. What they write is a draft of all of it, which somebody else
//! publishes.

mod chapter;
mod outline;
mod review;
mod words;

pub(crate) use chapter::{chapter_page, save_chapter};
pub(crate) use outline::{act_on_outline, outline_page};
pub(crate) use review::{draft_page, list_page, step};
