//! What is printed: posters and manuals as PDF, manuals as EPUB. Only this room knows the typesetter, so that nobody else waits for its
//! compiler. Words of people reach it as data and never as its markup; it asks neither the network nor the clock.

mod book;
mod code;
mod epub;
mod fonts;
mod order;
mod posters;
mod typeset;

use std::{ops::ControlFlow, path::PathBuf};

use domain::manual::document::Section;
pub use domain::prints::{Layout, Sheet};

pub use book::book;
pub use epub::epub;
pub use fonts::{FOLDERS, Fonts};
pub use order::{Order, Work};
pub use posters::{Poster, posters};

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

/// Where addresses of this site begin: scheme and host.
fn origin(address: &str) -> &str {
    let host = address.split_once("://").map_or(0, |(scheme, _)| scheme.len() + 3);
    let end = address[host..].find('/').map_or(address.len(), |end| host + end);
    &address[..end]
}

/// Who keeps a section and when it was checked.
fn note(section: &Section, chinese: bool) -> String {
    let kept = match (section.keeper.as_str(), chinese) {
        ("", _) => None,
        (keeper, true) => Some(format!("{keeper}负责")),
        (keeper, false) => Some(format!("Kept by {keeper}")),
    };
    let verified = section.verified_on.map(|day| match chinese {
        true => format!("{}年{}月{}日核实", day.year(), u8::from(day.month()), day.day()),
        false => format!("checked on {day}"),
    });
    [kept, verified].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
