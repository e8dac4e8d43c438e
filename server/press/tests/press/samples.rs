//! Texts that try to get out of their place, and the fonts of this machine.

use std::{path::Path, process::Command};

use domain::manual::document::{Block, Book, Chapter, Inline, Section, Step, text};
use press::{FOLDERS, Fonts};
use time::macros::date;

pub(crate) fn fonts() -> Fonts {
    Fonts::find(&FOLDERS.map(Into::into)).expect("Noto CJK is installed")
}

/// Names somebody might type.
pub(crate) fn hostile() -> Vec<String> {
    let fixed = [
        "#eval(\"panic()\") #panic() #let x = 1",
        "$ x $ $$ \\alpha \\",
        "*bold* _it_ `raw` = heading\n- item + 1. @ref <label> // comment /* comment",
        "</text></svg><script>alert(1)</script>",
        "]]>&amp;&#0;<!-- -- --> <![CDATA[",
        "control \u{0}\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff} end",
        "مرحبا \u{202e}abc\u{202c} עברית",
        "👩‍👩‍👧‍👦🏴‍☠️ 𠮷野家 \u{feff}\u{200b}\u{2028}",
        "",
        "   ",
    ];
    let long = ["字".repeat(3000), "w".repeat(3000)];
    fixed.into_iter().map(str::to_owned).chain(long).collect()
}

/// What a program writes out.
pub(crate) fn run(program: &str, arguments: &[&str], folder: &Path) -> Vec<u8> {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{program} is needed (scripts/setup.sh test): {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

pub(crate) fn book(chapters: Vec<Chapter>) -> Book {
    Book {
        title: "示例市政务公开一手册".into(),
        division: "示例市".into(),
        edition: "2026-11-22 第3版".into(),
        issuer: "示例市人民政府办公室".into(),
        language: "zh-CN".into(),
        address: "https://www.example.gov.cn/manual/510100".into(),
        chapters,
    }
}

pub(crate) fn chapter(slug: &str, title: &str, sections: Vec<Section>) -> Chapter {
    let url = format!("https://www.example.gov.cn/c/{}?s=1", slug.to_uppercase());
    Chapter { slug: slug.into(), title: title.into(), code: Some((url, "ABCD-EFGH".into())), sections }
}

pub(crate) fn section(title: &str, blocks: Vec<Block>) -> Section {
    let key = format!("k{}", title.len());
    Section { key, title: title.into(), keeper: "示例局".into(), verified_on: Some(date!(2026 - 11 - 22)), blocks }
}

/// A book in which every text is one of the hostile ones, and every kind of block holds each.
pub(crate) fn hostile_book() -> Book {
    let every = |name: String| {
        let runs = || {
            vec![
                Inline::Text(name.clone()),
                Inline::Strong(text(&name)),
                Inline::Emphasis(text(&name)),
                Inline::Code(name.clone()),
                Inline::Break,
                Inline::Link { href: name.clone(), text: text(&name) },
                Inline::Link { href: "/points/1?a=\"&b=<".into(), text: text(&name) },
            ]
        };
        let blocks = vec![
            Block::Heading(9, runs()),
            Block::Paragraph(runs()),
            Block::List(vec![vec![Block::Paragraph(runs())], vec![], vec![Block::List(vec![])]]),
            Block::Numbered(7, vec![vec![Block::Paragraph(runs())]]),
            Block::Quote(vec![Block::Paragraph(runs())]),
            Block::Table { head: vec![runs(), runs()], rows: vec![vec![runs()], vec![runs(), runs(), runs()], vec![]] },
            Block::Table { head: vec![], rows: vec![vec![]] },
            Block::Facts(vec![(name.clone(), runs())]),
            Block::Entry { title: name.clone(), href: name.clone(), facts: vec![(name.clone(), runs())] },
            Block::Steps(vec![Step { title: name.clone(), note: name.clone() }]),
            Block::Steps(vec![]),
            Block::Rule,
        ];
        let section =
            Section { key: name.clone(), title: name.clone(), keeper: name.clone(), verified_on: None, blocks };
        Chapter { slug: name.clone(), title: name.clone(), code: None, sections: vec![section] }
    };
    let chapters = hostile().into_iter().map(every).collect();
    let name = hostile().swap_remove(0);
    Book { division: name.clone(), edition: name.clone(), issuer: name, ..book(chapters) }
}
