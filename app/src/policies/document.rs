//! The text of a policy out of a file, Markdown or DOCX, kept whole or refused: at the desk and from the command line.

use documents::Unreadable;
use domain::policies::clauses::{Text, from_paragraphs, read, whole};

/// Why a file gives no text.
#[derive(Debug)]
pub enum NotText {
    /// It is something else.
    Kind,
    /// It is a DOCX that cannot be read.
    Docx(Unreadable),
    /// It is text of another encoding.
    NotUtf8,
    /// Some of its text would be lost.
    Lost,
}

impl std::fmt::Display for NotText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kind => f.write_str("neither text nor DOCX"),
            Self::Docx(why) => why.fmt(f),
            Self::NotUtf8 => f.write_str("it is not in UTF-8"),
            Self::Lost => f.write_str("some of its text would be lost"),
        }
    }
}

/// Reads a file; gives its text by clauses, and as it stood there.
pub fn read_document(bytes: Vec<u8>) -> Result<(Text, String), NotText> {
    let (text, original) = match documents::kind(&bytes) {
        Some(documents::Kind::Docx) => {
            let paragraphs = documents::docx(&bytes).map_err(NotText::Docx)?;
            let original = paragraphs.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n");
            (from_paragraphs(paragraphs.into_iter()), original)
        }
        Some(_) => return Err(NotText::Kind),
        None => {
            let original = String::from_utf8(bytes).map_err(|_| NotText::NotUtf8)?;
            (read(&original), original)
        }
    };
    if whole(&original, &text) { Ok((text, original)) } else { Err(NotText::Lost) }
}
