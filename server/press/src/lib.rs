//! What is printed: posters and manuals as PDF, manuals as EPUB. Only this room knows the typesetter, so that nobody else waits for its
//! compiler. Words of people reach it as data and never as its markup; it asks neither the network nor the clock.

mod book;
mod code;
mod fonts;
mod posters;
mod typeset;

use std::{ops::ControlFlow, path::PathBuf};

pub use book::{Layout, book};
pub use fonts::{FOLDERS, Fonts};
pub use posters::{Poster, Sheet, posters};

/// Told how much of how much is done; it breaks to give up.
pub type Progress<'a> = &'a mut dyn FnMut(usize, usize) -> ControlFlow<()>;

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub file: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// No font with Chinese characters lies in these folders.
    #[error("no font with Chinese characters in {0:?}: install Noto CJK (Debian: fonts-noto-cjk) or set SANGEYI_FONTS")]
    NoFont(Vec<PathBuf>),
    /// An address has no room in a code.
    #[error("the address {0:?} is too long for a code")]
    TooLong(String),
    /// The typesetter refused.
    #[error("the typesetter: {0}")]
    Typesetter(String),
    /// The archive could not be written.
    #[error("the archive: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// A file within it could not.
    #[error("the archive: {0}")]
    Write(#[from] std::io::Error),
    /// Whoever waited gave up.
    #[error("given up")]
    Cancelled,
}

/// Tells how far it is; an error when it is to end here.
fn tell(progress: Progress<'_>, done: usize, total: usize) -> Result<(), PressError> {
    if progress(done, total).is_break() { Err(PressError::Cancelled) } else { Ok(()) }
}

/// Text without what neither a page nor XML can hold: control characters but for the line's end, and what is no character.
fn clean(text: &str) -> String {
    let bad = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(|c| !bad(*c)).collect()
}

/// Clean text on one line, of at most so many signs.
fn short(text: &str, longest: usize) -> String {
    let text = clean(text).replace('\n', " ");
    if text.chars().count() <= longest {
        return text;
    }
    text.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}
