//! Documents as people bring them: what kind of file it is, told by its content, and the paragraphs of a DOCX.
//!
//! A file comes from anybody's disk: size, what it unpacks to, paragraphs and depth have limits, and no entity is ever expanded.

mod docx;
mod kind;
mod package;

pub use docx::docx;
pub use kind::{Kind, kind};

/// The largest document that is read, in bytes.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// What the parts that are read may unpack to, in bytes.
pub const MOST_UNPACKED: u64 = 100 * 1024 * 1024;
/// The most paragraphs.
pub const MOST_PARAGRAPHS: usize = 20_000;
/// How deep elements may be nested.
pub const DEEPEST: usize = 200;

/// Why a document is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is no text in it.
    #[error("the document is empty")]
    Empty,
    /// More than [`MOST_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// It unpacks to more than [`MOST_UNPACKED`].
    #[error("the document unpacks to too much")]
    Bomb,
    /// More than [`MOST_PARAGRAPHS`].
    #[error("the document has too many paragraphs")]
    TooManyParagraphs,
    /// Deeper than [`DEEPEST`].
    #[error("the document is nested too deeply")]
    TooDeep,
    /// An old or encrypted document.
    #[error("the document is of the old kind, or has a password")]
    OldDocument,
    /// Not a DOCX.
    #[error("not a DOCX")]
    Unknown,
    /// A DOCX without the part that has its text.
    #[error("the document has no {0}")]
    Missing(&'static str),
    /// It declares entities, which no word processor does.
    #[error("the document declares a document type")]
    Declared,
    /// A DOCX, but damaged.
    #[error("the file is damaged: {0}")]
    Broken(String),
}
