//! The manual as PDF: bookmarks, contents, index and tags as another program sees them.

use std::{fs, ops::ControlFlow};

use domain::manual::document::{Block, Book, Inline, text};
use press::{Layout, PressError, Printed};

use crate::samples::{book, chapter, fonts, hostile_book, run, section};

fn printed(of: &Book, layout: Layout) -> Printed {
    press::book(&fonts(), of, layout, &mut |_, _| ControlFlow::Continue(())).expect("a book")
}

/// The lines of each page, without blanks.
fn pages(file: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("book.pdf"), file).expect("a file");
    let text = String::from_utf8(run("pdftotext", &["-layout", "book.pdf", "-"], folder.path())).expect("text");
    text.split_terminator('\u{c}').map(|page| page.lines().map(|line| line.replace(' ', "") + "\n").collect()).collect()
}

fn directory(count: usize) -> Book {
    let entry = |i: usize| Block::Entry {
        title: format!("示例{i:03}便民服务中心"),
        href: format!("/points/{i}"),
        facts: vec![("电话".into(), text("028-00000000")), ("地址".into(), text("示例路1号"))],
    };
    let some = |from: usize, to: usize| section("一类", (from..to).map(entry).collect());
    book(vec![
        chapter("use", "怎么用本手册", vec![section("", vec![Block::Paragraph(text("示例"))])]),
        chapter("map", "一张图目录", vec![some(0, count / 2), some(count / 2, count)]),
    ])
}

#[test]
fn contents_and_index_name_the_page_on_which_a_thing_stands() {
    for layout in Layout::ALL {
        let pages = pages(&printed(&directory(60), layout).file);
        // Only where it has one column, lines of text are lines of the index.
        let index: String = pages.iter().rev().take_while(|page| !page.contains("示例路1号")).cloned().collect();
        let names = ["示例000便民服务中心", "示例029便民服务中心", "示例059便民服务中心"];
        for name in names.into_iter().filter(|_| layout == Layout::Large) {
            let (_, after) =
                index.split_once(name).unwrap_or_else(|| panic!("{name} is not in the index of {layout:?}"));
            let page = after.chars().skip_while(|c| !c.is_alphanumeric());
            let page: String = page.take_while(char::is_ascii_digit).collect();
            let page: usize = page.parse().expect("a page number");
            assert!(
                pages[page - 1].contains(name) && pages[page - 1].contains("示例路1号"),
                "{layout:?}: {name} is not on {page}"
            );
        }
        let contents = pages.iter().find(|page| page.contains("目录") && page.contains("索引")).expect("contents");
        let (_, after) = contents.split_once("一张图目录").expect("a chapter in the contents");
        let page: String = after.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        let page: usize = page.parse().unwrap_or_else(|_| panic!("{after}"));
        assert!(pages[page - 1].contains("一张图目录"), "{layout:?}");
    }
}

#[test]
fn a_booklet_fills_its_sheets_and_every_layout_is_tagged_with_bookmarks_and_a_title() {
    for layout in Layout::ALL {
        let printed = printed(&directory(30), layout);
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("book.pdf"), &printed.file).expect("a file");
        let info = String::from_utf8(run("pdfinfo", &["book.pdf"], folder.path())).expect("text");
        let field =
            |name: &str| info.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap_or_default();
        assert_eq!((field("Tagged:"), field("Title:")), ("yes", "示例市政务公开一手册"), "{info}");
        assert_eq!(field("Pages:"), printed.pages.to_string());
        assert!(printed.file.windows(12).any(|it| it == b"pdfuaid:part"), "{layout:?} is not PDF/UA");
        assert!(layout != Layout::Booklet || printed.pages.is_multiple_of(4), "{} pages", printed.pages);
        let outline = String::from_utf8(run("pdftohtml", &["-xml", "-i", "-stdout", "book.pdf"], folder.path()));
        let outline = outline.expect("text");
        let (_, outline) = outline.split_once("<outline>").expect("bookmarks");
        for title in ["怎么用本手册", "一张图目录", "一类", "索引"] {
            assert!(outline.contains(title), "{title} in {outline}");
        }
    }
}

#[test]
fn nothing_people_type_gets_out_of_its_place_or_stops_the_press() {
    let hostile = hostile_book();
    for layout in Layout::ALL {
        let pages = pages(&printed(&hostile, layout).file).concat().replace('\n', "");
        for words in ["#eval(\"panic()\")#panic()#letx=1", "$x$$$\\alpha\\", "</text></svg><script>alert(1)</script>"] {
            assert!(pages.contains(words), "{words} in {layout:?}");
        }
    }
}

#[test]
fn the_code_of_a_chapter_leads_to_it() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("book.pdf"), printed(&directory(2), Layout::A4).file).expect("a file");
    run(
        "pdftoppm",
        &["-r", "200", "-f", "3", "-l", "3", "-gray", "-png", "-singlefile", "book.pdf", "page"],
        folder.path(),
    );
    let read = String::from_utf8(run("zbarimg", &["--quiet", "--raw", "page.png"], folder.path())).expect("text");
    assert_eq!(read.trim(), "https://www.example.gov.cn/c/USE?s=1");
}

#[test]
fn a_link_leads_to_the_living_site_and_never_runs_anything() {
    let link = |href: &str| Inline::Link { href: href.into(), text: text("看") };
    let words = vec![link("/points/1"), link("javascript:alert(1)"), link("https://b.example/x")];
    let file =
        printed(&book(vec![chapter("a", "题", vec![section("", vec![Block::Paragraph(words)])])]), Layout::A4).file;
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("book.pdf"), &file).expect("a file");
    let links = String::from_utf8(run("pdfinfo", &["-url", "book.pdf"], folder.path())).expect("text");
    assert!(links.contains("https://www.example.gov.cn/points/1") && links.contains("https://b.example/x"), "{links}");
    assert!(!links.contains("javascript"), "{links}");
}

#[test]
fn who_waits_may_give_up() {
    let given_up = press::book(&fonts(), &directory(2), Layout::A4, &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(given_up, Err(PressError::Cancelled)), "{given_up:?}");
}
