//! The paragraphs of a DOCX (ECMA-376 part 1, chapter 17) in order, with their headings, their automatic numbers and their tables.
//!
//! What a reader of the document does not see is left out: deleted text, hidden text, the codes of fields, the second copy of a drawing.

mod body;
mod numbering;
mod styles;
#[cfg(test)]
mod tests;

use domain::policies::clauses::Paragraph;

use crate::{Unreadable, package::Package};

/// Reads the paragraphs.
pub fn docx(bytes: &[u8]) -> Result<Vec<Paragraph>, Unreadable> {
    let mut package = Package::open(bytes)?;
    let Some(document) = package.part("word/document.xml")? else {
        return Err(if package.part("[Content_Types].xml")?.is_some() {
            Unreadable::Missing("word/document.xml")
        } else {
            Unreadable::Unknown
        });
    };
    let styles = package.part("word/styles.xml")?.map_or_else(|| Ok(Default::default()), |xml| styles::read(&xml))?;
    let numbering =
        package.part("word/numbering.xml")?.map_or_else(|| Ok(Default::default()), |xml| numbering::read(&xml))?;
    let paragraphs = body::read(&document, &styles, numbering)?;
    if paragraphs.is_empty() { Err(Unreadable::Empty) } else { Ok(paragraphs) }
}
