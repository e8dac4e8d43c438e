//! What the press is asked for, as one message: so that a process of its own can do it, with an end to its memory.

use std::path::PathBuf;

use domain::{
    manual::document::Book,
    prints::{Layout, Sheet},
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Fonts, Poster, PressError, Progress, book, epub, posters};

/// An order to the press.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The folders with fonts.
    pub fonts: Vec<PathBuf>,
    /// What is to be made.
    pub work: Work,
}

/// What is to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Posters of a size, a page each.
    Posters(Vec<Poster>, Sheet),
    /// A manual as PDF.
    Book(Box<Book>, Layout),
    /// A manual as EPUB, as of an instant.
    Epub(Box<Book>, #[serde(with = "time::serde::rfc3339")] OffsetDateTime),
}

impl Order {
    /// Makes it: the file, and how many pages it has where it has pages.
    pub fn make(&self, progress: Progress<'_>) -> Result<(Vec<u8>, Option<usize>), PressError> {
        let printed = match &self.work {
            Work::Posters(list, sheet) => posters(&Fonts::find(&self.fonts)?, list, *sheet, progress)?,
            Work::Book(it, layout) => book(&Fonts::find(&self.fonts)?, it, *layout, progress)?,
            Work::Epub(it, modified) => return Ok((epub(it, *modified)?, None)),
        };
        Ok((printed.file, Some(printed.pages)))
    }
}
