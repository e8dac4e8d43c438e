//! The archive a document is kept in, and its parts as XML.

use std::io::{Cursor, Read};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};
use zip::{ZipArchive, result::ZipError};

use crate::{DEEPEST, MOST_BYTES, MOST_UNPACKED, Unreadable};

/// An open archive.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        match bytes {
            [] => Err(Unreadable::Empty),
            _ if bytes.len() > MOST_BYTES => Err(Unreadable::TooLarge),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(Unreadable::OldDocument),
            [b'P', b'K', 3 | 5, ..] => {
                let archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
                Ok(Self { archive, left: MOST_UNPACKED })
            }
            _ => Err(Unreadable::Unknown),
        }
    }

    /// A part as text, if there is one. What it says of its own size may be a lie.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let entry = match self.archive.by_name(name) {
            Err(ZipError::FileNotFound) => return Ok(None),
            entry => entry.map_err(broken)?,
        };
        let mut bytes = Vec::new();
        entry.take(self.left + 1).read_to_end(&mut bytes).map_err(|why| Unreadable::Broken(why.to_string()))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(size).ok_or(Unreadable::Bomb)?;
        let text = String::from_utf8(bytes).map_err(|_| Unreadable::Broken(format!("{name} is not UTF-8")))?;
        Ok(Some(text))
    }
}

fn broken(error: ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::OldDocument,
        error => Unreadable::Broken(error.to_string()),
    }
}

/// What comes next in a part.
pub(crate) enum Step<'a> {
    /// An element begins.
    Open(BytesStart<'a>),
    /// An element ends, the one with this name.
    Close(String),
    /// Text, references resolved.
    Text(String),
}

/// A part, element by element, names without their prefixes.
pub(crate) struct Steps<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(xml: &'a str) -> Self {
        let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next step; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Step<'a>>, Unreadable> {
        loop {
            let step = match self.reader.read_event().map_err(|why| Unreadable::Broken(why.to_string()))? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Unreadable::TooDeep);
                    }
                    Step::Open(start)
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close(end.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => Step::Text(resolved(&name)?),
                Event::DocType(_) => return Err(Unreadable::Declared),
                Event::Eof if self.depth > 0 => return Err(Unreadable::Broken("it ends too early".into())),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            };
            return Ok(Some(step));
        }
    }

    /// Leaves out the rest of the element that has just begun.
    pub(crate) fn skip(&mut self) -> Result<(), Unreadable> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }
}

/// The signs XML itself names, and those named by their code; there are no others.
fn resolved(name: &BytesRef<'_>) -> Result<String, Unreadable> {
    let bad = || Unreadable::Broken("it names an unknown entity".into());
    if name.is_char_ref() {
        let sign = name.resolve_char_ref().map_err(|_| bad())?;
        return sign.map(String::from).ok_or_else(bad);
    }
    quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned).ok_or_else(bad)
}

/// An attribute, whatever its prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// Whether an element that switches something says yes.
pub(crate) fn is_on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}

/// An archive for tests.
#[cfg(test)]
pub(crate) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
