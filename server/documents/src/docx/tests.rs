//! Documents made by hand.

use std::{fs, path::Path};

use domain::policies::clauses::{Clause, ClauseKind, Paragraph, from_paragraphs, read, whole};
use quick_xml::escape::escape;

use super::docx;
use crate::{DEEPEST, MOST_BYTES, MOST_PARAGRAPHS, Unreadable, package::packed};

const SPACE: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

const STYLES: &str = r#"
    <w:style w:styleId="t"><w:name w:val="Title"/></w:style>
    <w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
    <w:style w:styleId="own"><w:name w:val="章标题"/><w:basedOn w:val="2"/></w:style>
    <w:style w:styleId="flat"><w:name w:val="正文标题"/><w:basedOn w:val="2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
    <w:style w:styleId="named"><w:name w:val="标题 3"/></w:style>
    <w:style w:styleId="secret"><w:name w:val="secret"/><w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:styleId="round"><w:name w:val="round"/><w:basedOn w:val="round"/></w:style>
    <w:style w:styleId="tiao"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>"#;

fn level(at: usize, format: &str, pattern: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>"#
    )
}

fn numbering() -> String {
    let chapters = level(0, "chineseCounting", "第%1章", "");
    let articles = level(0, "chineseCountingThousand", "第%1条", r#"<w:pStyle w:val="tiao"/>"#)
        + &level(1, "japaneseCounting", "（%2）", "")
        + &level(2, "decimal", "%3.", "")
        + &level(3, "decimal", "%1.%4", "<w:isLgl/>");
    let bullets = level(0, "bullet", "\u{f0b7}", "");
    let shape = |id: u8, levels: &str| format!(r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>"#);
    let list =
        |id: u8, of: u8, more: &str| format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{of}"/>{more}</w:num>"#);
    let again = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>"#;
    [
        shape(1, &chapters),
        shape(2, &articles),
        shape(3, &bullets),
        list(1, 1, ""),
        list(2, 2, ""),
        list(3, 3, ""),
        list(4, 2, again),
    ]
    .concat()
}

fn file(body: &str) -> Vec<u8> {
    let document = format!("<?xml version=\"1.0\"?><w:document {SPACE}><w:body>{body}</w:body></w:document>");
    let styles = format!("<w:styles {SPACE}>{STYLES}</w:styles>");
    let numbering = format!("<w:numbering {SPACE}>{}</w:numbering>", numbering());
    packed(&[("word/document.xml", &document), ("word/styles.xml", &styles), ("word/numbering.xml", &numbering)])
}

fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(text))
}

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, run(text))
}

fn plain(text: &str) -> String {
    format!("<w:p>{}</w:p>", run(text))
}

fn listed(list: u8, depth: u8, text: &str) -> String {
    let at = format!(r#"<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list}"/></w:numPr>"#);
    format!("<w:p><w:pPr>{at}</w:pPr>{}</w:p>", run(text))
}

fn texts(body: &str) -> Vec<String> {
    docx(&file(body)).unwrap().into_iter().map(|it| it.text).collect()
}

#[test]
fn what_a_reader_sees_is_read_and_nothing_else() {
    let cases = [
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ("<w:r><w:t>甲&amp;&lt;&#x4e59;</w:t></w:r>", "甲&<乙"),
        (r#"<w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r>"#, "甲"),
        (
            "<w:del><w:r><w:delText>甲</w:delText><w:t>甲</w:t></w:r></w:del><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>",
            "乙",
        ),
        ("<w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>乙</w:t></w:r></w:moveTo>", "乙"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r>", "乙"),
        (r#"<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t></w:r>"#, "甲"),
        (r#"<w:r><w:rPr><w:rStyle w:val="secret"/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r>"#, "乙"),
        ("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r>", "甲"),
        (
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>甲</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>乙</w:t></w:r>"#,
            "7乙",
        ),
        (r#"<w:hyperlink><w:fldSimple w:instr="REF"><w:r><w:t>甲</w:t></w:r></w:fldSimple></w:hyperlink>"#, "甲"),
        (r#"<w:r><w:noBreakHyphen/><w:sym w:char="F0FE"/><w:sym w:char="2611"/></w:r>"#, "-☑"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>jiǎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "甲",
        ),
    ];
    for (runs, text) in cases {
        assert_eq!(texts(&format!("<w:p>{runs}</w:p>")), [text], "{runs}");
    }
}

#[test]
fn a_deleted_end_joins_two_paragraphs_and_a_box_is_read_once() {
    let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>";
    assert_eq!(texts(&format!("{joined}{}{joined}", plain("乙"))), ["甲乙", "甲"]);
    let inner = format!("<w:txbxContent>{}</w:txbxContent>", plain("盒"));
    let drawing = format!(
        "<w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>"
    );
    assert_eq!(texts(&format!("<w:p>{}{drawing}{}</w:p>", run("甲"), run("乙"))), ["盒", "甲乙"]);
}

#[test]
fn headings_are_told_by_their_styles() {
    let direct = format!("<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>{}</w:p>", run("直"));
    let cases = [
        (styled("t", "题"), Some(0)),
        (styled("1", "章"), Some(1)),
        (styled("own", "节"), Some(2)),
        (styled("flat", "文"), None),
        (styled("named", "名"), Some(3)),
        (styled("round", "圈"), None),
        (styled("unknown", "无"), None),
        (plain("平"), None),
        (direct, Some(3)),
    ];
    for (body, level) in cases {
        assert_eq!(docx(&file(&body)).map(|list| list[0].level), Ok(level), "{body}");
    }
    let bare = format!("<w:document {SPACE}><w:body>{}</w:body></w:document>", styled("Heading2", "甲"));
    let list = docx(&packed(&[("word/document.xml", &bare)]));
    assert_eq!(list, Ok(vec![Paragraph { level: Some(2), text: "甲".into() }]));
}

#[test]
fn automatic_numbers_are_not_lost() {
    let body = [
        listed(1, 0, "总则"),
        listed(2, 0, "甲"),
        listed(2, 1, "乙"),
        listed(2, 2, "丙"),
        listed(2, 2, "丁"),
        listed(2, 1, "戊"),
        styled("tiao", "己"),
        listed(2, 1, "庚"),
        listed(2, 3, "辛"),
        listed(1, 0, "附则"),
        listed(3, 0, "壬"),
        listed(4, 0, "癸"),
        listed(4, 0, "子"),
        listed(0, 0, "丑"),
        listed(9, 0, "寅"),
        listed(2, 8, "卯"),
    ];
    let expected = [
        "第一章 总则",
        "第一条 甲",
        "（一）乙",
        "1. 丙",
        "2. 丁",
        "（二）戊",
        "第二条 己",
        "（一）庚",
        "2.1 辛",
        "第二章 附则",
        "壬",
        "第一条 癸",
        "第二条 子",
        "丑",
        "寅",
        "卯",
    ];
    assert_eq!(texts(&body.concat()), expected);
}

#[test]
fn a_table_is_one_paragraph_with_a_line_for_every_row() {
    let row = |cells: &[&str]| {
        let cells: String = cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let two = format!("{}{}", plain("乙"), plain("丙|"));
    let inner = table(&[row(&[&plain("一"), &plain("二")])]);
    let body = table(&[
        row(&[&plain("甲"), &two]),
        row(&["<w:p/>", "<w:p/>"]),
        row(&["", &plain("")]),
        row(&[&plain("丁"), ""]),
    ]);
    assert_eq!(texts(&format!("{}{body}{}", plain("前"), plain("后"))), ["前", "| 甲 | 乙 丙\\| |\n| 丁 |  |", "后"]);
    assert_eq!(texts(&table(&[row(&[&inner, &plain("三")])])), ["| \\| 一 \\| 二 \\| | 三 |"]);
    let frame = table(&[row(&[&format!("{}{}", styled("1", "第一章 总则"), plain("第一条 甲"))])]);
    assert_eq!(docx(&file(&frame)).map(|list| list[0].level), Ok(Some(1)));
    assert_eq!(texts(&frame), ["第一章 总则", "第一条 甲"]);
}

#[test]
fn what_is_no_document_is_refused_with_its_reason() {
    let of = |document: &str| docx(&packed(&[("word/document.xml", document)]));
    let body = |inner: &str| of(&format!("<w:document {SPACE}><w:body>{inner}</w:body></w:document>"));
    let whole = file(&plain("甲"));
    assert_eq!(docx(b""), Err(Unreadable::Empty));
    assert_eq!(docx(b"%PDF-1.7"), Err(Unreadable::Unknown));
    assert_eq!(docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(Unreadable::OldDocument));
    assert_eq!(docx(&vec![b'P'; MOST_BYTES + 1]), Err(Unreadable::TooLarge));
    assert_eq!(docx(&packed(&[("a.txt", "a")])), Err(Unreadable::Unknown));
    let missing = Unreadable::Missing("word/document.xml");
    assert_eq!(docx(&packed(&[("[Content_Types].xml", "<a/>")])), Err(missing));
    assert_eq!(body(""), Err(Unreadable::Empty));
    assert_eq!(of(""), Err(Unreadable::Empty));
    assert_eq!(of("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), Err(Unreadable::Declared));
    assert_eq!(body(&plain("甲").repeat(MOST_PARAGRAPHS + 1)), Err(Unreadable::TooManyParagraphs));
    assert_eq!(body(&format!("{}{}", "<w:sdt>".repeat(DEEPEST), "</w:sdt>".repeat(DEEPEST))), Err(Unreadable::TooDeep));
    for broken in ["<a>", "<a></b>", "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", "<a", "</a>"] {
        assert!(matches!(body(broken), Err(Unreadable::Broken(_))), "{broken} {:?}", body(broken));
    }
    for length in 0..whole.len() {
        assert!(docx(&whole[..length]).is_err(), "{length}");
    }
    let zeros = " ".repeat(usize::try_from(crate::MOST_UNPACKED).unwrap() + 1);
    assert_eq!(of(&zeros), Err(Unreadable::Bomb));
}

#[test]
fn damage_anywhere_is_no_panic() {
    let whole = file(&[styled("1", "章"), listed(2, 1, "甲"), plain("乙")].concat());
    for at in 0..whole.len() {
        for change in [0u8, 0xff, whole[at] ^ 1] {
            let mut bytes = whole.clone();
            bytes[at] = change;
            let _ = (docx(&bytes), crate::kind(&bytes));
        }
    }
}

/// A text as a document: headings styled, numbers typed.
fn typed(title: &str, clauses: &[Clause]) -> Vec<u8> {
    let body = clauses.iter().map(|clause| match clause.kind.is_heading() {
        true => styled("1", &clause.text),
        false => plain(&clause.text),
    });
    file(&(styled("t", title) + &body.collect::<String>()))
}

/// The same, chapters and articles numbered by the word processor.
fn automatic(title: &str, clauses: &[Clause]) -> Vec<u8> {
    let body = clauses.iter().map(|clause| match clause.kind {
        ClauseKind::Chapter => listed(1, 0, clause.said()),
        ClauseKind::Article => styled("tiao", clause.said()),
        kind if kind.is_heading() => styled("2", &clause.text),
        _ => plain(&clause.text),
    });
    file(&(styled("t", title) + &body.collect::<String>()))
}

fn same_both_ways(markdown: &str) -> bool {
    let text = read(markdown);
    let back = from_paragraphs(docx(&typed(&text.title, &text.clauses)).unwrap().into_iter());
    assert_eq!((&back.title, &back.clauses), (&text.title, &text.clauses));
    let all = [vec![text.title.as_str()], text.clauses.iter().map(|it| it.text.as_str()).collect()].concat().join("\n");
    assert!(whole(&all, &back));
    let plainly = |kind| text.clauses.iter().filter(move |it| it.kind == kind);
    let counted = plainly(ClauseKind::Article).next().is_some()
        && plainly(ClauseKind::Article).zip(1..).all(|(it, n)| it.anchor.as_str() == format!("a{n}"))
        && plainly(ClauseKind::Chapter).zip(1..).all(|(it, n)| it.anchor.as_str() == format!("c{n}"));
    if counted {
        let back = from_paragraphs(docx(&automatic(&text.title, &text.clauses)).unwrap().into_iter());
        let of = |list: &[Clause]| -> Vec<_> {
            list.iter().map(|it| (it.anchor.clone(), it.kind, it.number.clone(), it.said().to_owned())).collect()
        };
        assert_eq!(of(&back.clauses), of(&text.clauses));
    }
    counted
}

#[test]
fn a_law_as_a_document_gives_the_same_clauses_as_in_markdown() {
    let law = "# 示例条例\n## 第一章 总则\n第一条 甲：\n（一）乙；\n1．丙；\n（二）丁。\n戊。\n第二条 己。\n| a | b |\n| c | d |\n## 第二章 附则\n第三条 庚。";
    assert!(same_both_ways(law));
    let Ok(entries) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/laws")) else {
        println!("no laws at hand, only the example tried");
        return;
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let some = paths.iter().step_by(13).collect::<Vec<_>>();
    let counted = some.iter().filter(|path| same_both_ways(&fs::read_to_string(path).unwrap())).count();
    println!("{} laws as documents, {counted} of them numbered automatically", some.len());
}
