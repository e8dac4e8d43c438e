//! Markdown as staff write it, as a tree. HTML in it stays text, pictures become their words, links that lead nowhere safe become
//! plain words: nothing of it can be more than text on a page, in a PDF or in an EPUB.

use comrak::{
    Arena, Options,
    nodes::{ListType, Node, NodeValue},
    parse_document,
};
use domain::manual::document::{Block, Inline, Step, plain, safe_link, text};

/// Deeper than this, what is nested stands side by side: nobody writes so, and a reader's stack has an end.
const DEEPEST: usize = 12;
/// The names a block of code has whose lines are the steps of a procedure.
const STEPS: [&str; 2] = ["流程", "steps"];

/// The parts under the highest headings: title and text. What stands before the first heading has an empty title.
pub(super) fn parts(markdown: &str) -> Vec<(String, Vec<Block>)> {
    let mut parts = vec![(String::new(), Vec::new())];
    for block in blocks(markdown) {
        match block {
            Block::Heading(1 | 2, title) => parts.push((plain(&title).replace('\n', " "), Vec::new())),
            // Within a part the highest heading is the third of Markdown.
            Block::Heading(level, title) => push(&mut parts, Block::Heading(level - 2, title)),
            other => push(&mut parts, other),
        }
    }
    parts.retain(|(title, blocks)| !title.trim().is_empty() || !blocks.is_empty());
    parts
}

/// The same as words alone: title and lines.
pub(crate) fn markdown_sections(markdown: &str) -> Vec<(String, String)> {
    let lines = |blocks: Vec<Block>| blocks.iter().flat_map(Block::lines).collect::<Vec<_>>().join("\n");
    parts(markdown).into_iter().map(|(title, blocks)| (title, lines(blocks))).collect()
}

fn push(parts: &mut [(String, Vec<Block>)], block: Block) {
    if let Some((_, blocks)) = parts.last_mut() {
        blocks.push(block);
    }
}

/// The whole text, block by block.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    // A text of staff may hold anything but a control character.
    let clean: String = markdown.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    children(parse_document(&arena, &clean, &options), 0)
}

fn children(node: Node<'_>, depth: usize) -> Vec<Block> {
    let mut list = Vec::new();
    for child in node.children() {
        block(child, depth, &mut list);
    }
    list
}

fn block(node: Node<'_>, depth: usize, list: &mut Vec<Block>) {
    if depth > DEEPEST {
        let words = node.descendants().filter_map(|node| match &node.data().value {
            NodeValue::Text(words) => Some(words.to_string()),
            _ => None,
        });
        return list.push(Block::Paragraph(text(words.collect::<Vec<_>>().join(" "))));
    }
    let items = || node.children().map(|item| children(item, depth + 1)).collect();
    match &node.data().value {
        NodeValue::Heading(heading) => list.push(Block::Heading(heading.level, runs(node, depth))),
        NodeValue::Paragraph => list.push(Block::Paragraph(runs(node, depth))),
        NodeValue::BlockQuote => list.push(Block::Quote(children(node, depth + 1))),
        NodeValue::ThematicBreak => list.push(Block::Rule),
        NodeValue::List(it) if it.list_type == ListType::Ordered => {
            list.push(Block::Numbered(it.start as u64, items()));
        }
        NodeValue::List(_) => list.push(Block::List(items())),
        NodeValue::CodeBlock(code) if STEPS.contains(&code.info.trim()) => {
            list.push(Block::Steps(code.literal.lines().filter(|line| !line.trim().is_empty()).map(step).collect()));
        }
        NodeValue::CodeBlock(code) => list.push(Block::Paragraph(lines(&code.literal))),
        NodeValue::HtmlBlock(html) => list.push(Block::Paragraph(text(html.literal.trim_end()))),
        NodeValue::Table(_) => {
            let mut rows = node.children().map(|row| row.children().map(|cell| runs(cell, depth)).collect::<Vec<_>>());
            let head = rows.next().unwrap_or_default();
            let width = head.len();
            let fit = |mut row: Vec<Vec<Inline>>| {
                row.resize(width, Vec::new());
                row
            };
            list.push(Block::Table { rows: rows.map(fit).collect(), head });
        }
        _ => list.extend(children(node, depth + 1)),
    }
}

/// `受理:当场` as a step and what there is to know of it.
fn step(line: &str) -> Step {
    let (title, note) = line.split_once([':', '\u{ff1a}']).unwrap_or((line, ""));
    Step { title: title.trim().to_owned(), note: note.trim().to_owned() }
}

fn lines(literal: &str) -> Vec<Inline> {
    let mut runs: Vec<_> = literal.lines().flat_map(|line| [Inline::Code(line.to_owned()), Inline::Break]).collect();
    runs.pop();
    runs
}

fn runs(node: Node<'_>, depth: usize) -> Vec<Inline> {
    let mut list = Vec::new();
    for child in node.children() {
        run(child, depth + 1, &mut list);
    }
    list
}

fn run(node: Node<'_>, depth: usize, list: &mut Vec<Inline>) {
    let inner = || if depth > DEEPEST { Vec::new() } else { runs(node, depth) };
    match &node.data().value {
        NodeValue::Text(words) => join(list, words),
        NodeValue::SoftBreak => join(list, soft(list)),
        NodeValue::LineBreak => list.push(Inline::Break),
        NodeValue::Code(code) => list.push(Inline::Code(code.literal.clone())),
        NodeValue::HtmlInline(html) => join(list, html),
        NodeValue::Strong => list.push(Inline::Strong(inner())),
        NodeValue::Emph => list.push(Inline::Emphasis(inner())),
        NodeValue::Link(link) if safe_link(&link.url) => {
            list.push(Inline::Link { href: link.url.clone(), text: inner() });
        }
        _ => list.extend(inner()),
    }
}

/// What stands for the end of a line in the source: a blank between words, nothing between Chinese characters.
fn soft(list: &[Inline]) -> &'static str {
    match list.last() {
        Some(Inline::Text(words)) if words.ends_with(|c| c > '\u{2e80}') => "",
        _ => " ",
    }
}

fn join(list: &mut Vec<Inline>, words: &str) {
    if let Some(Inline::Text(last)) = list.last_mut() {
        last.push_str(words);
    } else {
        list.push(Inline::Text(words.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_parts_lists_tables_and_steps() {
        let parts = parts(
            "开头\n\n# 材料\n\n- **身份证**\n- 申请表\n\n3. 三\n4. 四\n\n| 项目 | 费用 |\n|--|--|\n| 甲 | 0 |\n\n### 小题\n\n```流程\n受理:当场\n办结\n```\n",
        );
        let lines = |blocks: &[Block]| blocks.iter().flat_map(Block::lines).collect::<Vec<_>>();
        assert_eq!(parts[0], (String::new(), vec![Block::Paragraph(text("开头"))]));
        assert_eq!(parts[1].0, "材料");
        assert_eq!(
            lines(&parts[1].1),
            ["身份证", "申请表", "三", "四", "项目 | 费用", "甲 | 0", "小题", "1. 受理:当场", "2. 办结"]
        );
        assert!(matches!(parts[1].1[1], Block::Numbered(3, _)) && matches!(parts[1].1[3], Block::Heading(1, _)));
    }

    #[test]
    fn nothing_in_it_is_more_than_text() {
        let hostile = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![甲](https://a.example/x.png) <b onclick=x>粗</b> [y](https://a.example)\n\n\u{7}\u{0}尾";
        let parts = parts(hostile);
        let blocks = &parts[0].1;
        assert_eq!(blocks[0], Block::Paragraph(text("<script>alert(1)</script>")));
        let Block::Paragraph(runs) = &blocks[1] else { panic!("{blocks:?}") };
        let links: Vec<_> = runs.iter().filter(|run| matches!(run, Inline::Link { .. })).collect();
        assert_eq!(links, [&Inline::Link { href: "https://a.example".into(), text: text("y") }]);
        assert_eq!(plain(runs), "x 甲 <b onclick=x>粗</b> y");
        assert!(
            plain(match &blocks[2] {
                Block::Paragraph(runs) => runs,
                _ => panic!(),
            })
            .ends_with('尾')
        );
    }

    #[test]
    fn a_text_nested_without_end_is_read_in_time() {
        for deep in [">".repeat(20_000), "- ".repeat(5_000), "*".repeat(20_000), "[".repeat(20_000), "#".repeat(20_000)]
        {
            parts(&format!("{deep} 尾"));
        }
    }
}
