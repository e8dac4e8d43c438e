//! A manual as EPUB 3 (EPUB 3.3, epubcheck without errors or warnings): a chapter a file, contents, a cover, what it offers to readers
//! who do not see it (EPUB Accessibility 1.1). The archive is written here, for its first entry has to be its kind, uncompressed.

mod chapter;
mod markup;

use std::io::{Cursor, Write};

use domain::manual::document::Book;
use time::{OffsetDateTime, UtcOffset};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::PressError;
use markup::{named, written};

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"#;
const STYLE: &str = include_str!("../templates/book.css");

/// A manual, or a part of it, as EPUB; `modified` is when its edition was made.
pub fn epub(book: &Book, modified: OffsetDateTime) -> Result<Vec<u8>, PressError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The same book gives the same bytes.
    let plain = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut put = |name: &str, method, text: &str| -> Result<(), PressError> {
        archive.start_file(name, plain.compression_method(method))?;
        Ok(archive.write_all(text.as_bytes())?)
    };
    put("mimetype", CompressionMethod::Stored, "application/epub+zip")?;
    let mut add = |name: &str, text: &str| put(name, CompressionMethod::Deflated, text);
    add("META-INF/container.xml", CONTAINER)?;
    add("book/package.opf", &package(book, modified))?;
    add("book/nav.xhtml", &contents(book))?;
    add("book/style.css", STYLE)?;
    add("book/cover.svg", &picture(book))?;
    add("book/cover.xhtml", &cover(book))?;
    for (number, one) in book.chapters.iter().enumerate() {
        add(&format!("book/c{number}.xhtml"), &chapter::page(book, one))?;
    }
    Ok(archive.finish()?.into_inner())
}

fn is_chinese(book: &Book) -> bool {
    book.language.starts_with("zh")
}

/// A page of XHTML.
fn page(book: &Book, title: &str, body: &str) -> String {
    let (language, title) = (written(&book.language), named(title));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}"><head><title>{title}</title><link rel="stylesheet" href="style.css"/></head>
<body>{body}</body></html>
"#
    )
}

fn package(book: &Book, modified: OffsetDateTime) -> String {
    let at = modified.to_offset(UtcOffset::UTC);
    let modified = format!("{}T{:02}:{:02}:{:02}Z", at.date(), at.hour(), at.minute(), at.second());
    let files = (0..book.chapters.len())
        .map(|i| format!(r#"<item id="c{i}" href="c{i}.xhtml" media-type="application/xhtml+xml"/>"#));
    let spine = (0..book.chapters.len()).map(|i| format!(r#"<itemref idref="c{i}"/>"#));
    let summary = match is_chinese(book) {
        true => "全文为文字,有标题层级、目录和阅读顺序;图形只作装饰,没有音频和视频。",
        false => {
            "All of it is text with headings, contents and an order of reading; pictures only decorate; there is no sound and no film."
        }
    };
    let (title, language, issuer) = (named(&book.title), written(&book.language), named(&book.issuer));
    let identifier = named(&format!("{} {}", book.address, book.edition));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{language}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier><dc:title>{title}</dc:title><dc:language>{language}</dc:language><dc:creator>{issuer}</dc:creator><dc:publisher>{issuer}</dc:publisher>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta><meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta><meta property="schema:accessibilityFeature">tableOfContents</meta><meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityHazard">none</meta><meta property="schema:accessibilitySummary">{summary}</meta>
</metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="style" href="style.css" media-type="text/css"/>
<item id="picture" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/><item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
{}
</manifest><spine><itemref idref="cover"/><itemref idref="nav"/>{}</spine></package>
"#,
        files.collect::<String>(),
        spine.collect::<String>()
    )
}

fn contents(book: &Book) -> String {
    let title = if is_chinese(book) { "目录" } else { "Contents" };
    let chapters = book.chapters.iter().enumerate().map(|(i, chapter)| {
        let sections = chapter.sections.iter().enumerate().filter(|(_, section)| !section.title.trim().is_empty());
        let sections: String = sections
            .map(|(j, section)| format!(r##"<li><a href="c{i}.xhtml#s{j}">{}</a></li>"##, named(&section.title)))
            .collect();
        let sections = if sections.is_empty() { sections } else { format!("<ol>{sections}</ol>") };
        format!(r#"<li><a href="c{i}.xhtml">{}</a>{sections}</li>"#, named(&chapter.title))
    });
    let cover = if is_chinese(book) { "封面" } else { "Cover" };
    let chapters: String = chapters.collect();
    let body = format!(
        r#"<nav epub:type="toc" role="doc-toc" id="toc"><h1>{title}</h1><ol><li><a href="cover.xhtml">{cover}</a></li>{chapters}</ol></nav>"#
    );
    page(book, title, &body)
}

fn cover(book: &Book) -> String {
    let living = if is_chinese(book) {
        "内容随时更新,以网上为准:"
    } else {
        "It changes with the facts; what counts is online: "
    };
    let (title, division, edition, issuer) =
        (named(&book.title), written(&book.division), written(&book.edition), written(&book.issuer));
    let address = markup::link(&book.address, &written(&book.address), "");
    let body = format!(
        r#"<section epub:type="cover" class="cover"><img src="cover.svg" alt=""/><h1>{title}</h1><p>{division}</p><p><strong>{edition}</strong></p><p>{issuer}</p><p>{living}{address}</p></section>"#
    );
    page(book, &book.title, &body)
}

/// The seal: it needs no font.
fn picture(_: &Book) -> String {
    r##"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800"><path fill="#fffdf8" d="M0 0h600v800H0z"/><rect x="200" y="260" width="200" height="200" rx="20" fill="#a8321f"/><path fill="#fff" d="M240 300h120v18H240zM252 350h96v18h-96zM232 402h136v18H232z"/></svg>
"##
    .to_owned()
}
