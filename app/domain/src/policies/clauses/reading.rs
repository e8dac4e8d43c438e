//! Reads a text into clauses and writes it again.

use super::{
    Clause, ClauseKind, Paragraph, Text,
    lines::{self, END_OF_NOTES},
    marks::{self, Mark, Style, is_title, is_word},
    names::Names,
};

/// A heading longer than this is a paragraph that only looks like one.
const LONGEST_HEADING: usize = 80;

/// Reads Markdown or plain text: a title, notes up to the comment `INFO END` where there is one, then the body. A line is a paragraph,
/// with or without blank lines between.
pub fn read(markdown: &str) -> Text {
    let all: Vec<_> = lines::lines(markdown).collect();
    let end = all.iter().position(|line| *line == END_OF_NOTES);
    let (head, body) = end.map_or((None, &all[..]), |at| (Some(&all[..at]), &all[at + 1..]));
    let mut body = lines::markdown(body.iter().copied());
    let (title, notes) = match head {
        Some(head) => {
            let mut notes: Vec<_> =
                head.iter().filter(|line| !line.is_empty()).map(|line| (*line).to_owned()).collect();
            let first = notes.first().and_then(|line| lines::markdown(std::iter::once(line.as_str())).pop());
            let title = first.filter(titles).map(|first| first.text);
            if title.is_some() {
                notes.remove(0);
            }
            (title.unwrap_or_default(), notes)
        }
        None => (title(&mut body), vec![]),
    };
    Text { title, notes, clauses: clauses(body) }
}

/// Reads paragraphs of a document whose headings are known by their style. What stands above its title is a note.
pub fn from_paragraphs(paragraphs: impl Iterator<Item = Paragraph>) -> Text {
    let mut body = Vec::new();
    for paragraph in paragraphs {
        if paragraph.level.is_some() {
            let text = lines::lines(&paragraph.text).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
            body.extend((!text.is_empty()).then_some(Paragraph { text, ..paragraph }));
        } else {
            lines::push(&mut body, &paragraph.text);
        }
    }
    let (title, notes) = match body.iter().position(|it| it.level == Some(0) && titles(it)) {
        Some(at) => {
            let mut head: Vec<_> = body.drain(..=at).map(|it| it.text).collect();
            let title = head.pop().unwrap_or_default();
            (title, head.iter().flat_map(|text| text.lines()).map(str::to_owned).collect())
        }
        None => (title(&mut body), vec![]),
    };
    Text { title, notes, clauses: clauses(body) }
}

/// Takes the title off the front.
fn title(body: &mut Vec<Paragraph>) -> String {
    if body.first().is_some_and(titles) { body.remove(0).text } else { String::new() }
}

/// Whether the first paragraph is the title.
fn titles(first: &Paragraph) -> bool {
    let words = is_word(&first.text, "目录") || is_word(&first.text, "附则");
    let marked = marks::read(&first.text, true).is_some();
    !words && !marked && (first.level.is_some_and(|level| level <= 1) || is_title(&first.text))
}

fn clauses(body: Vec<Paragraph>) -> Vec<Clause> {
    let mut names = Names::default();
    let mut contents = Contents::Outside;
    body.into_iter().map(|paragraph| clause(paragraph, &mut names, &mut contents)).collect()
}

/// Whether one is in a table of contents, whose lines look like the headings they list.
enum Contents {
    Outside,
    /// With the first line, once there is one.
    Inside(Option<(Style, u16)>),
}

fn clause(Paragraph { level, text }: Paragraph, names: &mut Names, contents: &mut Contents) -> Clause {
    let heading = level.is_some() && text.chars().count() <= LONGEST_HEADING;
    if let Contents::Inside(first) = contents {
        let line = marks::read(&text, false).filter(|mark| is_part(mark.style));
        let known = line.map(|mark| (mark.style, mark.value));
        if is_word(&text, "附则") || known.is_some() && known != *first {
            *first = first.or(known);
            let number = line.map(|mark| mark.number.to_owned()).unwrap_or_default();
            return Clause { anchor: names.contents(false), kind: ClauseKind::Paragraph, number, text };
        }
        *contents = Contents::Outside;
    }
    let mark = marks::read(&text, heading);
    let (anchor, kind) = match mark {
        Some(mark) if is_part(mark.style) || mark.style == Style::Article => (names.structure(mark), fixed(mark.style)),
        Some(mark) if mark.style == Style::Appendix => {
            let kind = if heading || is_short(&text) { ClauseKind::Heading } else { ClauseKind::Paragraph };
            (names.structure(mark), kind)
        }
        Some(mark) => point(mark, heading, &text, names),
        None if is_word(&text, "目录") => {
            *contents = Contents::Inside(None);
            (names.contents(true), ClauseKind::Heading)
        }
        None if heading || is_word(&text, "附则") => (names.heading(), ClauseKind::Heading),
        None => (names.paragraph(), ClauseKind::Paragraph),
    };
    let number = mark.map(|mark| mark.number.to_owned()).unwrap_or_default();
    Clause { anchor, kind, number, text }
}

fn is_part(style: Style) -> bool {
    matches!(style, Style::Part | Style::Division | Style::Chapter | Style::Section)
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST_HEADING
}

fn fixed(style: Style) -> ClauseKind {
    match style {
        Style::Part | Style::Division => ClauseKind::Part,
        Style::Chapter => ClauseKind::Chapter,
        Style::Section => ClauseKind::Section,
        _ => ClauseKind::Article,
    }
}

fn point(mark: Mark<'_>, heading: bool, text: &str, names: &mut Names) -> (super::Anchor, ClauseKind) {
    let kind = match mark.style {
        _ if heading => ClauseKind::Heading,
        Style::Comma if names.in_article() => ClauseKind::Item,
        Style::Comma if is_title(text) => ClauseKind::Heading,
        Style::Comma => ClauseKind::Paragraph,
        Style::Bracket => ClauseKind::Item,
        _ => ClauseKind::Subitem,
    };
    (names.point(mark, kind == ClauseKind::Heading), kind)
}

/// The text as Markdown, one blank line between paragraphs; [`read`] makes the same of it.
pub fn written(text: &Text) -> String {
    let mut list = Vec::new();
    if !text.title.is_empty() {
        list.push(format!("# {}", text.title));
    }
    list.extend(text.notes.iter().cloned());
    if text.title.is_empty() || !text.notes.is_empty() {
        list.push(END_OF_NOTES.to_owned());
    }
    for clause in &text.clauses {
        let marks = match clause.rank() {
            Some(0..=2 | 4) => "## ",
            Some(3 | 5) => "### ",
            Some(_) => "#### ",
            // 第一条总则 is an article only because it is a heading.
            None if clause.kind == ClauseKind::Article && marks::read(&clause.text, false).is_none() => "#### ",
            None => "",
        };
        list.push(if marks.is_empty() { lines::escaped(&clause.text) } else { format!("{marks}{}", clause.text) });
    }
    list.join("\n\n") + "\n"
}

/// Whether a text has every line of its original, in order, and nothing else. The signs of Markdown, and blanks between paragraphs, are
/// no part of it. What is not whole must not be kept.
pub fn whole(original: &str, text: &Text) -> bool {
    let mut had: Vec<_> = lines::lines(original).collect();
    if let Some(at) = had.iter().position(|line| *line == END_OF_NOTES) {
        had.remove(at);
    }
    let of = |text| lines::lines(text).map(lines::bare).filter(|line| !line.is_empty());
    let mut had: Vec<_> = had.into_iter().flat_map(of).collect();
    let title = lines::bare(&text.title);
    if !title.is_empty() {
        let Some(at) = had.iter().position(|line| *line == title) else { return false };
        had.remove(at);
    }
    let has = text.notes.iter().chain(text.clauses.iter().map(|clause| &clause.text)).flat_map(|text| of(text));
    had.into_iter().eq(has) && text.clauses.iter().all(|clause| clause.text.starts_with(&clause.number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(markdown: &str) -> Vec<(String, ClauseKind)> {
        let text = read(markdown);
        assert!(whole(markdown, &text), "{markdown}");
        assert_eq!(read(&written(&text)), text, "{markdown}");
        text.clauses.into_iter().map(|clause| (clause.anchor.into(), clause.kind)).collect()
    }

    fn anchors(markdown: &str) -> Vec<String> {
        listed(markdown).into_iter().map(|(anchor, _)| anchor).collect()
    }

    const LAW: &str = "# 示例条例\n\n2024年1月1日 某机关公布\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n第一条 甲。\n\n第二条 乙：\n\n（一）丙；\n\n1．丁；\n\n（1）戊；\n\n2．己；\n\n（二）庚。\n\n辛：\n\n(一)壬。\n\n## 第二章 附则\n\n### 第一节 子\n\n第三条 丑。\n\n第三条之一 寅。\n";

    #[test]
    fn a_law_is_read_into_its_clauses() {
        use ClauseKind::{Article, Chapter, Item, Paragraph, Section, Subitem};
        let text = read(LAW);
        assert_eq!(
            (text.title.as_str(), text.notes.as_slice()),
            ("示例条例", &["2024年1月1日 某机关公布".to_owned()][..])
        );
        let expected = [
            ("c1", Chapter),
            ("a1", Article),
            ("a2", Article),
            ("a2-i1", Item),
            ("a2-i1-u1", Subitem),
            ("a2-i1-u1-v1", Subitem),
            ("a2-i1-u2", Subitem),
            ("a2-i2", Item),
            ("a2-p2", Paragraph),
            ("a2-p2-i1", Item),
            ("c2", Chapter),
            ("c2-s1", Section),
            ("a3", Article),
            ("a3z1", Article),
        ];
        assert_eq!(listed(LAW), expected.map(|(anchor, kind)| (anchor.to_owned(), kind)));
        assert_eq!(written(&text), LAW);
    }

    #[test]
    fn what_comes_into_one_article_leaves_the_anchors_of_the_others() {
        let of = |text: &str| anchors(text).into_iter().filter(|it| it.starts_with("a12")).collect::<Vec<_>>();
        let law = |five: &str, nine: &str| {
            format!(
                "# 示例\n\n第五条 甲。\n\n{five}第九条 乙。\n\n{nine}第十二条 丙：\n\n（一）丁。\n\n戊。\n\n第十二条之一 己。"
            )
        };
        let before = of(&law("", ""));
        assert_eq!(before, ["a12", "a12-i1", "a12-p2", "a12z1"]);
        assert_eq!(of(&law("第五条之一 庚。\n\n", "辛。\n\n（一）壬。\n\n")), before);
        assert_eq!(of(&law("第六条 庚。\n\n## 第三章 癸\n\n", "")), before);
    }

    #[test]
    fn a_notice_is_read_into_its_points() {
        use ClauseKind::{Heading, Item, Paragraph, Subitem};
        let text = "示例通知\n各单位：\n一、总体要求\n甲。\n（一）乙。丙。\n丁。\n1.戊。\n二、本通知自发布之日起施行，己。\n庚。\n附件：1.辛\n附件1\n辛\n一、壬";
        let expected = [
            ("p1", Paragraph),
            ("n1", Heading),
            ("n1-p1", Paragraph),
            ("n1-i1", Item),
            ("n1-i1-p2", Paragraph),
            ("n1-i1-u1", Subitem),
            ("n2", Paragraph),
            ("n2-p2", Paragraph),
            ("x", Heading),
            ("x1", Heading),
            ("x1-p1", Paragraph),
            ("x1-n1", Heading),
        ];
        assert_eq!(listed(text), expected.map(|(anchor, kind)| (anchor.to_owned(), kind)));
        assert_eq!(read(text).title, "示例通知");
    }

    #[test]
    fn what_repeats_has_an_anchor_of_its_own() {
        let cases: [(&str, &[&str]); 8] = [
            ("第一条 甲\n第二条 乙\n第一条 丙\n第二条 丁", &["a1", "a2", "y2-a1", "y2-a2"]),
            ("第一条 甲\n第二条 乙\n第二条 丙\n丁\n第三条 戊", &["a1", "a2", "a2r2", "a2r2-p2", "a3"]),
            ("附件\n第一条 甲\n附件\n第一条 乙", &["x", "x-a1", "xr2", "xr2-a1"]),
            ("第一编 甲\n第一章 乙\n第二编 丙\n第一章 丁\n第一条 戊", &["b1", "b1-c1", "b2", "b2-c1", "a1"]),
            ("第一编 甲\n第一分编 乙\n第一章 丙\n第二分编 丁\n第二章 戊", &["b1", "b1-f1", "b1-c1", "b1-f2", "b1-c2"]),
            ("第一条 甲\n（一）乙\n（一）丙", &["a1", "a1-i1", "a1-i1r2"]),
            ("## 附 则\n甲。\n## 乙\n丙。", &["h1", "h1-p1", "h2", "h2-p1"]),
            ("第一条 甲\n附则\n第二条 乙", &["a1", "h1", "a2"]),
        ];
        for (text, expected) in cases {
            assert_eq!(anchors(&format!("# 示例\n{text}")), expected, "{text}");
        }
        let deep = "第九千九百九十九编 甲\n第九千九百九十九章 乙\n第九千九百九十九节 丙\n九百九十九、丁\n（一）戊\n1.己\n（1）庚\n①辛\n癸";
        let list = anchors(&format!("# 示例\n附件999\n{deep}"));
        assert!(list.iter().all(|it| it.parse::<super::super::Anchor>().is_ok()), "{list:?}");
        assert_eq!(list.last().map(String::as_str), Some("q10"));
    }

    #[test]
    fn a_number_that_comes_again_and_again_has_always_another_anchor() {
        for line in
            ["第一条 甲\n", "第二条 甲\n", "（一）甲\n", "甲\n", "## 甲\n", "附件\n", "第一章 甲\n", "| 甲 |\n\n"]
        {
            let list = anchors(&format!("# 示例\n{}", line.repeat(5000)));
            let all: std::collections::HashSet<_> = list.iter().collect();
            assert_eq!((all.len(), list.len()), (5000, 5000), "{line}");
        }
    }

    #[test]
    fn a_table_of_contents_is_not_taken_for_the_text() {
        let text =
            "# 示例\n目 录\n第一章 甲\n第一节 乙\n第二章 丙\n附则\n第一章 甲\n第一条 丁\n第二章 丙\n附则\n第二条 戊";
        assert_eq!(anchors(text), ["toc", "toc-p1", "toc-p2", "toc-p3", "toc-p4", "c1", "a1", "c2", "c2-h1", "a2"]);
    }

    #[test]
    fn any_text_is_read_whole() {
        let long = "很长的一段话".repeat(20);
        let cases = [
            "",
            "\n\n",
            "\u{feff}# 示例\r\n\r\n\u{3000}\u{3000}第一条 甲\r乙",
            "没有标题的一段话。\n第二段话。",
            "#",
            "##",
            "# \n\n## ",
            "# 示例\n| a | b |\n|---|---|\n| 1 | 2 |\n甲\n\n| c |\n\n| d |",
            "# 示例\n\\# 甲\n\\\\乙\n\\<!-- INFO END -->",
            "<!-- INFO END -->\n示例\n甲",
            "甲。\n<!-- INFO END -->\n示例",
            "#\n甲。\n<!-- INFO END -->\n乙",
            "目录\n第一章 甲",
            "附则\n甲",
            "第三条规定的事项\n甲。",
            "# 第一章 甲",
            "## 甲\n乙",
            "# 示例\n### 第一条甲\n#第二章乙\n#丙",
            "# 示例\n\u{200b}\n甲\u{2028}乙",
            "# 示例\n目录\n## 第一章的规定，适用\n甲",
            "# 示例\n## 一、甲，\n（一）乙\n## （二）丙\n### 1. 丁\n#### （1）戊",
            "# # 甲\n## # 乙\n\\# 丙",
            "# 示例\n附件\n附：甲\n附图 乙\n附图中除外",
            "# 示例\n- 甲\n* 乙\n> 丙\n1. 丁\n**第一条** 戊",
            "第",
            "（",
            "（一",
            "附",
            "一",
            "1",
            "1.",
            "①",
            "第一条",
            "第一条之",
            "第一条之一",
            "第九九九九九条 甲",
        ];
        for text in
            cases.into_iter().map(str::to_owned).chain([format!("## {long}\n# {long}\n第一章 {long}\n附件 {long}")])
        {
            let read_text = read(&text);
            assert!(whole(&text, &read_text), "{text:?} {read_text:?}");
            assert_eq!(read(&written(&read_text)), read_text, "{text:?}");
        }
    }

    #[test]
    fn a_text_that_lost_something_is_not_whole() {
        let text = read(LAW);
        let broken = |change: fn(&mut Text)| {
            let mut text = text.clone();
            change(&mut text);
            whole(LAW, &text)
        };
        assert!(broken(|_| ()));
        assert!(!broken(|text| text.title.clear()));
        assert!(!broken(|text| text.notes.clear()));
        assert!(!broken(|text| drop(text.clauses.remove(3))));
        assert!(!broken(|text| text.clauses.swap(3, 4)));
        assert!(!broken(|text| text.clauses[3].text.push('x')));
        assert!(!broken(|text| text.clauses[3].number.push('x')));
        assert!(!broken(|text| text.clauses.push(text.clauses[0].clone())));
    }

    #[test]
    fn paragraphs_of_a_document_give_the_same_as_markdown() {
        let of = |list: &[(Option<u8>, &str)]| {
            from_paragraphs(list.iter().map(|(level, text)| Paragraph { level: *level, text: (*text).to_owned() }))
        };
        let law = [
            (Some(0), "示例"),
            (Some(1), "第一章\n总则"),
            (None, "第一条 甲\n乙"),
            (None, ""),
            (None, "| a |\n| b |"),
            (None, "| c |"),
            (Some(2), "# 丙"),
            (None, "# 丁"),
        ];
        let text = of(&law);
        assert_eq!(text, read("# 示例\n## 第一章 总则\n第一条 甲\n乙\n| a |\n| b |\n\n| c |\n## # 丙\n\\# 丁"));
        assert_eq!(read(&written(&text)), text);
        let headed = of(&[(None, "示例机关"), (Some(0), "示例"), (None, "甲")]);
        assert_eq!((headed.title.as_str(), headed.notes.len(), headed.clauses.len()), ("示例", 1, 1));
        assert!(whole("示例机关\n示例\n甲", &headed));
        assert_eq!(read(&written(&headed)), headed);
    }
}
