//! 一手册: what the manual of a division says, how it is read, and how staff write it.

mod body;
mod book;
mod compose;
pub(crate) mod desk;
mod kept;
mod living;
mod markdown;
mod past;
mod print;
mod search;
mod show;
mod text;

pub(crate) use body::prose;
pub use book::book;
pub(crate) use compose::calls;
pub use compose::compose;
pub use kept::{Kept, kept};
pub use living::{Living, scope};
pub(crate) use markdown::{blocks, markdown_sections};
pub use past::{FeedEntry, feed};
pub(crate) use past::{compared, page as past_page};
pub(crate) use print::{PrintManualPage, ask as ask_for_print, forms as print_forms, made_as, print};
pub(crate) use show::{ChapterPage, ManualPage, SectionPage};
pub(crate) use text::edition as edition_stamp;
