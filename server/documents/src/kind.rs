//! What a file is, told by how it begins and, for an archive, by what is in it.

use std::io::Cursor;

use zip::ZipArchive;

/// A kind of file that may be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A PDF.
    Pdf,
    /// An OFD (GB/T 33190), the national format for pages.
    Ofd,
    /// A document of Word or WPS.
    Docx,
    /// A workbook.
    Xlsx,
    /// A PNG.
    Png,
    /// A JPEG.
    Jpeg,
    /// A WebP.
    WebP,
    /// Sound.
    Mp3,
    /// A film.
    Mp4,
    /// Captions (WebVTT).
    Vtt,
}

impl Kind {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Pdf,
        Self::Ofd,
        Self::Docx,
        Self::Xlsx,
        Self::Png,
        Self::Jpeg,
        Self::WebP,
        Self::Mp3,
        Self::Mp4,
        Self::Vtt,
    ];

    /// What it is sent as.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
            Self::Mp3 => "audio/mpeg",
            Self::Mp4 => "video/mp4",
            Self::Vtt => "text/vtt",
        }
    }

    /// What its name ends with, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
            Self::Mp3 => "mp3",
            Self::Mp4 => "mp4",
            Self::Vtt => "vtt",
        }
    }
}

/// The brands of films that browsers play.
const BRANDS: [&[u8]; 8] = [b"avc1", b"mp41", b"mp42", b"M4V ", b"M4A ", b"dash", b"MSNV", b"f4v "];

/// What a file is, whatever it is called; none for what is none of the kinds.
pub fn kind(bytes: &[u8]) -> Option<Kind> {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
        [b'P', b'K', 3, 4, ..] => archive(bytes),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Kind::Png),
        [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::WebP),
        [b'I', b'D', b'3', 2..=4, ..] => Some(Kind::Mp3),
        [0xff, second, third, ..] if is_frame(*second, *third) => Some(Kind::Mp3),
        [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] => {
            let brand = [*a, *b, *c, *d];
            (brand.starts_with(b"iso") || BRANDS.contains(&brand.as_slice())).then_some(Kind::Mp4)
        }
        _ => is_vtt(bytes).then_some(Kind::Vtt),
    }
}

/// Whether these follow 0xff at the beginning of a frame of MPEG layer III.
fn is_frame(second: u8, third: u8) -> bool {
    let layer = second & 0xe6 == 0xe2 && second & 0x18 != 0x08;
    let rates = !matches!(third & 0xf0, 0x00 | 0xf0) && third & 0x0c != 0x0c;
    layer && rates
}

fn is_vtt(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let rest = rest.strip_prefix(b"WEBVTT");
    rest.is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'\t' | b'\r' | b'\n')))
        && std::str::from_utf8(bytes).is_ok()
}

fn archive(bytes: &[u8]) -> Option<Kind> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let parts = [("word/document.xml", Kind::Docx), ("xl/workbook.xml", Kind::Xlsx), ("OFD.xml", Kind::Ofd)];
    parts.into_iter().find(|(name, _)| archive.index_for_name(name).is_some()).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::packed;

    #[test]
    fn a_file_is_told_by_its_content() {
        let part = |name| packed(&[(name, "<a/>")]);
        let cases: Vec<(Vec<u8>, Option<Kind>)> = vec![
            (b"%PDF-1.7\n".to_vec(), Some(Kind::Pdf)),
            (part("OFD.xml"), Some(Kind::Ofd)),
            (part("word/document.xml"), Some(Kind::Docx)),
            (part("xl/workbook.xml"), Some(Kind::Xlsx)),
            (b"\x89PNG\r\n\x1a\n\0".to_vec(), Some(Kind::Png)),
            (b"\xff\xd8\xff\xe0".to_vec(), Some(Kind::Jpeg)),
            (b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), Some(Kind::WebP)),
            (b"ID3\x03\0".to_vec(), Some(Kind::Mp3)),
            (b"\xff\xfb\x90\x00".to_vec(), Some(Kind::Mp3)),
            (b"\0\0\0\x20ftypisom\0".to_vec(), Some(Kind::Mp4)),
            ("\u{feff}WEBVTT\n\n00:00".into(), Some(Kind::Vtt)),
            (b"WEBVTT".to_vec(), Some(Kind::Vtt)),
            (part("anything.txt"), None),
            (b"PK\x03\x04".to_vec(), None),
            (b"\xff\xfe<\0h\0t\0".to_vec(), None),
            (b"\0\0\0\x20ftypheic".to_vec(), None),
            (b"WEBVTTX".to_vec(), None),
            (b"WEBVTT \xff".to_vec(), None),
            (b"<html>".to_vec(), None),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), None),
            (vec![], None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(kind(&bytes), expected, "{:?}", &bytes[..bytes.len().min(12)]);
        }
    }

    #[test]
    fn every_kind_has_a_type_and_an_extension_of_its_own() {
        for (i, one) in Kind::ALL.iter().enumerate() {
            for other in &Kind::ALL[i + 1..] {
                assert!(one.media_type() != other.media_type() && one.extension() != other.extension());
            }
        }
    }
}
