//! 一手册: the manual of a division. What it says is composed from the same records as the map, or written by staff and reviewed;
//! every state of it that was published is an edition and stays readable.

pub mod document;
mod edition;
mod outline;

pub use edition::{Edition, Head, Manual, Passage, Said};
pub use outline::{BadPart, MOST_CHAPTERS, MOST_TEXT, OwnChapter, Part, Template, Way, merge};
