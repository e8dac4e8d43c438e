//! A file as lines: what separates them, what marks a heading, a table or the end of the notes, and what takes such a sign for text.

use super::Paragraph;

/// The line the notes of a text end with.
pub(super) const END_OF_NOTES: &str = "<!-- INFO END -->";

/// A blank of any width, or a sign without any.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// The lines of a text, blanks at their ends cut off.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(|line| line.trim_matches(is_blank))
}

/// Adds the lines of a text without headings; those of a table stay together.
pub(super) fn push(list: &mut Vec<Paragraph>, text: &str) {
    let mut table = false;
    for line in lines(text) {
        match list.last_mut() {
            Some(last) if table && line.starts_with('|') => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            _ if !line.is_empty() => {
                table = line.starts_with('|');
                list.push(Paragraph { level: None, text: line.to_owned() });
            }
            _ => table = false,
        }
    }
}

/// The paragraphs of Markdown.
pub(super) fn markdown<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Paragraph> {
    let mut list = Vec::new();
    let mut plain = String::new();
    for line in lines {
        if let Some((level, text)) = heading(line) {
            push(&mut list, &std::mem::take(&mut plain));
            list.extend((!text.is_empty()).then(|| Paragraph { level: Some(level), text: text.to_owned() }));
        } else if let Some(text) = line.strip_prefix('\\').filter(|text| text.starts_with(ESCAPED)) {
            push(&mut list, &std::mem::take(&mut plain));
            list.push(Paragraph { level: None, text: text.to_owned() });
        } else {
            plain.push_str(line);
            plain.push('\n');
        }
    }
    push(&mut list, &plain);
    list
}

/// What has a meaning at the beginning of a line.
const ESCAPED: [char; 3] = ['#', '<', '\\'];

/// A paragraph so that [`markdown`] takes it for text.
pub(super) fn escaped(text: &str) -> String {
    if text.starts_with(ESCAPED) { format!("\\{text}") } else { text.to_owned() }
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let rest = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    // Many leave out the blank.
    let apart = rest.is_empty() || rest.starts_with(is_blank) || rest.starts_with('第');
    apart.then(|| (level, rest.trim_start_matches(is_blank)))
}

/// A line without its signs, for counting what stands in a text.
pub(super) fn bare(line: &str) -> &str {
    line.trim_start_matches(|c| is_blank(c) || matches!(c, '#' | '\\')).trim_end_matches(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_into_paragraphs() {
        let text = "## 第一章 总则 \r\n##第二章\r一\u{3000}\n| a | b |\n| c | d |\n二\n\n| e |\n\n| f |\n#\n\\# 三\n#四\n####### 五";
        let list = markdown(lines(text));
        let list: Vec<_> = list.iter().map(|it| (it.level, it.text.as_str())).collect();
        let plain = |text| (None, text);
        assert_eq!(list[..2], [(Some(2), "第一章 总则"), (Some(2), "第二章")]);
        assert_eq!(list[2..5], [plain("一"), plain("| a | b |\n| c | d |"), plain("二")]);
        assert_eq!(list[5..], [plain("| e |"), plain("| f |"), plain("# 三"), plain("#四"), plain("####### 五")]);
    }
}
