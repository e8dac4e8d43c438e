//! What a paragraph begins with: the numbers of a law, of a notice and of what is attached to either.

use super::lines::is_blank;
use crate::{numerals, width::narrow};

/// A way of numbering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// 编, 部分.
    Part,
    /// 分编.
    Division,
    /// 章.
    Chapter,
    /// 节.
    Section,
    /// 条.
    Article,
    /// 附件.
    Appendix,
    /// 一、
    Comma,
    /// （一）
    Bracket,
    /// 1.
    Digit,
    /// （1）, 1）
    DigitBracket,
    /// ①
    Circle,
}

impl Style {
    /// The letter of it in an anchor.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Part => 'b',
            Self::Division => 'f',
            Self::Chapter => 'c',
            Self::Section => 's',
            Self::Article => 'a',
            Self::Appendix => 'x',
            Self::Comma => 'n',
            Self::Bracket => 'i',
            Self::Digit => 'u',
            Self::DigitBracket => 'v',
            Self::Circle => 'w',
        }
    }
}

/// The number a paragraph begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    pub(super) style: Style,
    /// Its value; 0 for an appendix without a number.
    pub(super) value: u16,
    /// The 一 of 之一, or 0.
    pub(super) inserted: u16,
    /// As printed.
    pub(super) number: &'a str,
}

/// The longest line that heads something without being marked as a heading.
const LONGEST_HEADING: usize = 60;

/// Whether a line looks like a heading: short, and no sentence.
pub(super) fn is_title(text: &str) -> bool {
    let stops = ['。', '；', '，', '：', '、', '！', '？', ';', ',', ':', '.', '!', '?'];
    !text.is_empty() && !text.starts_with('|') && !text.ends_with(stops) && text.chars().count() <= LONGEST_HEADING
}

/// Whether a line is this word, however it is spaced.
pub(super) fn is_word(text: &str, word: &str) -> bool {
    text.chars().filter(|c| !is_blank(*c)).eq(word.chars())
}

/// Reads the number at the beginning of a paragraph. A heading says already that it is one; any other line has to look like it.
pub(super) fn read(text: &str, heading: bool) -> Option<Mark<'_>> {
    ordinal(text, heading)
        .or_else(|| appendix(text))
        .or_else(|| bracket(text))
        .or_else(|| circle(text))
        .or_else(|| plain(text))
}

/// A numeral, Chinese or of up to three digits, and what follows it.
fn number(text: &str) -> Option<(u16, &str)> {
    let chinese = text.find(|c| !numerals::is_numeral(c)).unwrap_or(text.len());
    if let Some(value) = numerals::value(&text[..chinese]) {
        return Some((value, &text[chinese..]));
    }
    let digits = text.find(|c| !narrow(c).is_ascii_digit()).unwrap_or(text.len());
    let value: String = text[..digits].chars().map(narrow).collect();
    Some((value.parse().ok().filter(|_| value.len() <= 3)?, &text[digits..]))
}

/// What text has and rest has not.
fn before<'a>(text: &'a str, rest: &str) -> &'a str {
    &text[..text.len() - rest.len()]
}

fn blanks(text: &str) -> &str {
    text.trim_start_matches(is_blank)
}

/// 第一条, 第二章之一.
fn ordinal(text: &str, heading: bool) -> Option<Mark<'_>> {
    const UNITS: [(&str, Style); 6] = [
        ("分编", Style::Division),
        ("部分", Style::Part),
        ("编", Style::Part),
        ("章", Style::Chapter),
        ("节", Style::Section),
        ("条", Style::Article),
    ];
    let (value, rest) = number(blanks(text.strip_prefix('第')?))?;
    let (style, mut rest) = UNITS.iter().find_map(|(unit, style)| Some((*style, blanks(rest).strip_prefix(unit)?)))?;
    let mut inserted = 0;
    if let Some((value, after)) = rest.strip_prefix('之').and_then(number) {
        (inserted, rest) = (value, after);
    }
    let apart = rest.is_empty() || rest.starts_with(is_blank);
    let fits = heading
        || match style {
            Style::Article => apart || rest.starts_with(['：', ':', '【']),
            _ if apart => is_title(text),
            // 第一章总则, but not 第一章的规定，…
            _ => is_title(text) && text.chars().count() <= 30 && !text.contains(['，', '。', '；', '：']),
        };
    fits.then(|| Mark { style, value, inserted, number: before(text, rest) })
}

/// 附件, 附件二, 附：
fn appendix(text: &str) -> Option<Mark<'_>> {
    let rest = text.strip_prefix('附')?;
    let named = rest.strip_prefix(['件', '录', '表', '图']);
    let rest = named.unwrap_or(rest);
    let (value, rest) = named.and_then(|rest| number(blanks(rest))).unwrap_or((0, rest));
    let colon = rest.strip_prefix(['：', ':']);
    let fits = colon.is_some() || named.is_some() && (rest.is_empty() || rest.starts_with(is_blank));
    fits.then(|| Mark { style: Style::Appendix, value, inserted: 0, number: before(text, colon.unwrap_or(rest)) })
}

/// （一）, （1）
fn bracket(text: &str) -> Option<Mark<'_>> {
    let inner = blanks(text.strip_prefix(['（', '('])?);
    let (value, rest) = number(inner)?;
    let style = if inner.starts_with(numerals::is_numeral) { Style::Bracket } else { Style::DigitBracket };
    let rest = blanks(rest).strip_prefix(['）', ')'])?;
    Some(Mark { style, value, inserted: 0, number: before(text, rest) })
}

/// ①
fn circle(text: &str) -> Option<Mark<'_>> {
    let first = text.chars().next().filter(|c| ('①'..='⑳').contains(c))?;
    let value = u16::try_from(u32::from(first) - u32::from('①')).ok()? + 1;
    Some(Mark { style: Style::Circle, value, inserted: 0, number: &text[..first.len_utf8()] })
}

/// What 二、三 counts when it is no number of the text.
const COUNTED: [char; 11] = ['、', '级', '类', '等', '款', '项', '条', '章', '期', '档', '次'];

/// 一、 1. 1）
fn plain(text: &str) -> Option<Mark<'_>> {
    let (value, rest) = number(text)?;
    let sign = rest.chars().next()?;
    let after = &rest[sign.len_utf8()..];
    let chinese = text.starts_with(numerals::is_numeral);
    let style = match (chinese, sign) {
        // 二、三级医院 is no second point.
        (true, '、') if !number(after).is_some_and(|(next, rest)| next == value + 1 && rest.starts_with(COUNTED)) => {
            Style::Comma
        }
        (true, '．' | '.') => Style::Comma,
        // 1.5 is a number of its own.
        (false, '.') if !after.starts_with(|c: char| c.is_ascii_digit()) => Style::Digit,
        (false, '．' | '、') => Style::Digit,
        (false, '）' | ')') => Style::DigitBracket,
        _ => return None,
    };
    Some(Mark { style, value, inserted: 0, number: before(text, after) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_printed() {
        let cases = [
            ("第一条 为了", Style::Article, 1, 0, "第一条"),
            ("第十二条之一\u{3000}为了", Style::Article, 12, 1, "第十二条之一"),
            ("第12条 为了", Style::Article, 12, 0, "第12条"),
            ("第 三 条 为了", Style::Article, 3, 0, "第 三 条"),
            ("第四条【目的】为了", Style::Article, 4, 0, "第四条"),
            ("第一百二十三章 附则", Style::Chapter, 123, 0, "第一百二十三章"),
            ("第一章总则", Style::Chapter, 1, 0, "第一章"),
            ("第二分编 物权", Style::Division, 2, 0, "第二分编"),
            ("第二部分", Style::Part, 2, 0, "第二部分"),
            ("第三节", Style::Section, 3, 0, "第三节"),
            ("附件", Style::Appendix, 0, 0, "附件"),
            ("附件2", Style::Appendix, 2, 0, "附件2"),
            ("附件 二 目录", Style::Appendix, 2, 0, "附件 二"),
            ("附：名单", Style::Appendix, 0, 0, "附："),
            ("一、总体要求", Style::Comma, 1, 0, "一、"),
            ("（十一）项", Style::Bracket, 11, 0, "（十一）"),
            ("(一）项", Style::Bracket, 1, 0, "(一）"),
            ("1．目", Style::Digit, 1, 0, "1．"),
            ("１、目", Style::Digit, 1, 0, "１、"),
            ("2. 目", Style::Digit, 2, 0, "2."),
            ("1．1—苯基", Style::Digit, 1, 0, "1．"),
            ("（1）", Style::DigitBracket, 1, 0, "（1）"),
            ("2）", Style::DigitBracket, 2, 0, "2）"),
            ("③", Style::Circle, 3, 0, "③"),
        ];
        for (text, style, value, inserted, number) in cases {
            assert_eq!(read(text, false), Some(Mark { style, value, inserted, number }), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        let cases = [
            "",
            "第三条规定的期限届满的，可以延长。",
            "第一款所列货物",
            "第一章的规定，适用于本条例。",
            "附图中除必需的词语外，不应当含有其他注释。",
            "附则",
            "二、三级医院应当设立急诊科。",
            "一、二、三级医院应当设立急诊科。",
            "1996年9月19日 经国务院批准",
            "1.5万元以下的部分",
            "1 煤",
            "一般规定",
            "（以下简称条例）",
            "第一",
            "第",
        ];
        for text in cases {
            assert_eq!(read(text, false), None, "{text}");
        }
        assert_eq!(read("第三条规定", true).map(|mark| mark.number), Some("第三条"));
    }
}
