//! The manual as EPUB, as epubcheck sees it.

use std::{fs, io::Read, process::Command};

use domain::manual::document::{Block, Book, Inline, text};
use time::macros::datetime;

use crate::samples::{book, chapter, hostile_book, section};

/// What epubcheck says; `scripts/setup.sh test` puts it there.
fn checked(of: &Book) -> (bool, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("book.epub");
    fs::write(&file, press::epub(of, datetime!(2026-11-22 10:00 +8)).expect("a book")).expect("a file");
    let cache = std::env::var_os("XDG_CACHE_HOME").map(Into::into);
    let cache = cache.or_else(|| std::env::home_dir().map(|home| home.join(".cache"))).expect("a home");
    let jar = cache.join("sangeyi/tools/epubcheck-5.3.0/epubcheck.jar");
    assert!(jar.exists(), "{} is needed: scripts/setup.sh test", jar.display());
    let output = Command::new("java")
        .arg("-jar")
        .arg(&jar)
        .arg(&file)
        .args(["--failonwarnings", "--quiet"])
        .output()
        .expect("java");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout),
    )
}

fn ordinary() -> Book {
    let link = Inline::Link { href: "/points/1".into(), text: text("去看") };
    let blocks = vec![Block::Paragraph(vec![link]), Block::Facts(vec![("电话".into(), text("028-1"))])];
    book(vec![
        chapter("use", "怎么用本手册", vec![section("开始", blocks)]),
        chapter("map", "一张图", vec![section("", vec![])]),
    ])
}

#[test]
fn epubcheck_finds_nothing_to_say() {
    for (name, book) in [("ordinary", ordinary()), ("hostile", hostile_book())] {
        let (fine, words) = checked(&book);
        assert!(fine && words.trim().is_empty(), "{name}: {words}");
    }
    let english = Book { language: "en".into(), ..ordinary() };
    assert_eq!(checked(&english), (true, String::new()));
}

#[test]
fn epubcheck_would_find_a_fault() {
    let bad = Book { language: "no language".into(), ..ordinary() };
    assert!(!checked(&bad).0);
}

#[test]
fn its_first_entry_is_its_kind_and_links_lead_to_the_living_site() {
    let file = press::epub(&ordinary(), datetime!(2026-11-22 10:00 +8)).expect("a book");
    assert_eq!(&file[30..58], b"mimetypeapplication/epub+zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).expect("an archive");
    let mut page = String::new();
    archive.by_name("book/c0.xhtml").expect("a chapter").read_to_string(&mut page).expect("text");
    assert!(page.contains(r#"<a href="https://www.example.gov.cn/points/1">去看</a>"#), "{page}");
}
