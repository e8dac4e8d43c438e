//! Numbers in a query or a text: of documents (文号) with any brackets, of orders, of articles in either numerals, of telephones.

use crate::numerals;

/// A number somebody looks for, or a text has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Number {
    /// The year and number of a document: 〔2019〕54号.
    Document(u16, u32),
    /// The number of an order: 国务院令第711号.
    Order(u32),
    /// An article: 第三十六条, 36条.
    Article(u16),
    /// A telephone, digits alone.
    Telephone(String),
}

impl Number {
    /// One word of an index.
    pub fn token(&self) -> String {
        match self {
            Self::Document(year, number) => format!("d{year}n{number}"),
            Self::Order(number) => format!("o{number}"),
            Self::Article(number) => format!("a{number}"),
            Self::Telephone(digits) => format!("t{digits}"),
        }
    }
}

/// So many blanks and brackets are skipped.
const FEW: usize = 12;
/// The fewest digits of a telephone: 12345, 110 is too little to mean anything.
const FEWEST: usize = 5;
/// The same where dashes or blanks stand between them.
const FEWEST_APART: usize = 7;

/// The numbers of a text of half width, and the text without them.
pub(super) fn read(text: &str) -> (Vec<Number>, String) {
    let signs: Vec<char> = text.chars().collect();
    let (mut found, mut rest, mut i) = (Vec::new(), String::new(), 0);
    while i < signs.len() {
        match at(&signs, i) {
            Some((number, end)) => {
                found.push(number);
                rest.push(' ');
                i = end;
            }
            // Digits are skipped together: the second half of a number is none.
            None if signs[i].is_ascii_digit() => {
                let end = digits(&signs, i).1;
                rest.extend(&signs[i..end]);
                i = end;
            }
            None => {
                rest.push(signs[i]);
                i += 1;
            }
        }
    }
    found.dedup();
    (found, rest)
}

/// The number that begins at a sign, and where it ends.
fn at(signs: &[char], start: usize) -> Option<(Number, usize)> {
    document(signs, start)
        .or_else(|| article(signs, start))
        .or_else(|| order(signs, start))
        .or_else(|| telephone(signs, start))
}

/// Brackets of any kind, blanks, and what stands in their place.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "〔〕[]【】()〈〉<>「」『』{}﹝﹞［］《》年-_".contains(c)
}

/// The signs of a kind from a place on, a few at most: more of them stand between no two parts of one number.
fn skip(signs: &[char], i: usize, of: impl Fn(char) -> bool) -> usize {
    let end = signs.len().min(i + FEW);
    (i..end).find(|i| !of(signs[*i])).unwrap_or(end.max(i))
}

/// The digits from a place on.
fn run(signs: &[char], i: usize) -> usize {
    (i..signs.len()).find(|i| !signs[*i].is_ascii_digit()).unwrap_or(signs.len())
}

/// The digits from a sign on: their value if it is a small one, and where they end.
fn digits(signs: &[char], start: usize) -> (Option<u32>, usize) {
    let end = run(signs, start);
    let text: String = signs[start..end].iter().collect();
    (text.parse().ok().filter(|_| end > start && end - start <= 6), end)
}

/// A value in either numerals.
fn value(signs: &[char], start: usize) -> Option<(u32, usize)> {
    if let (Some(value), end) = digits(signs, start) {
        return Some((value, end));
    }
    let end = skip(signs, start, numerals::is_numeral);
    let text: String = signs[start..end].iter().collect();
    numerals::value(&text).map(|value| (u32::from(value), end))
}

fn document(signs: &[char], start: usize) -> Option<(Number, usize)> {
    let opened = skip(signs, start, is_between);
    let (year, end) = digits(signs, opened);
    let year = u16::try_from(year?).ok().filter(|year| end - opened == 4 && (1949..2100).contains(year))?;
    let closed = skip(signs, end, is_between);
    let at = skip(signs, closed, |c| c == '第');
    let (number, end) = digits(signs, at);
    let number = number.filter(|_| closed > opened + 4)?;
    let after = skip(signs, end, char::is_whitespace);
    let bracketed = signs[opened + 4..closed].iter().any(|c| !c.is_whitespace() && !matches!(c, '年' | '-' | '_'));
    match signs.get(after) {
        Some('号') => Some((Number::Document(year, number), after + 1)),
        None if bracketed => Some((Number::Document(year, number), end)),
        _ => None,
    }
}

fn article(signs: &[char], start: usize) -> Option<(Number, usize)> {
    let at = skip(signs, start, |c| c == '第');
    let at = if at > start { skip(signs, at, char::is_whitespace) } else { at };
    let (number, end) = value(signs, at)?;
    let after = skip(signs, end, char::is_whitespace);
    let number = u16::try_from(number).ok().filter(|number| *number > 0)?;
    match signs.get(after) {
        Some('条') => Some((Number::Article(number), after + 1)),
        // 消防法28, 工伤保险条例 14: at the end.
        None if end - at <= 3 && is_behind_a_law(&signs[..start]) => Some((Number::Article(number), after)),
        _ => None,
    }
}

/// Whether the name of a law ends here, and perhaps a blank; a way (方法, 办法) to do something is none.
fn is_behind_a_law(before: &[char]) -> bool {
    let end = before.iter().rposition(|c| !c.is_whitespace()).map_or(0, |last| last + 1);
    match before[..end] {
        [.., '方' | '办', '法'] => end == before.len(),
        [.., '法'] | [.., '条', '例'] => true,
        _ => false,
    }
}

/// 令第711号, 令711, 第711号令.
fn order(signs: &[char], start: usize) -> Option<(Number, usize)> {
    let begins = signs[start] == '令';
    let at = skip(signs, start + usize::from(begins), |c| c == '第' || is_between(c));
    if at == start {
        return None;
    }
    let (number, end) = value(signs, at)?;
    match (begins, signs.get(end), signs.get(end + 1)) {
        (true, Some('号'), _) => Some((Number::Order(number), end + 1)),
        (false, Some('号'), Some('令')) => Some((Number::Order(number), end + 2)),
        (true, _, _) => Some((Number::Order(number), end)),
        _ => None,
    }
}

fn telephone(signs: &[char], start: usize) -> Option<(Number, usize)> {
    let (mut text, mut i) = (String::new(), start);
    loop {
        let end = run(signs, i);
        text.extend(&signs[i..end]);
        i = end;
        // One dash or blank, and digits behind it.
        let goes_on = signs.get(end).is_some_and(|c| matches!(c, '-' | ' ' | '_'))
            && signs.get(end + 1).is_some_and(char::is_ascii_digit);
        if end == start || !goes_on {
            break;
        }
        i = end + 1;
    }
    let fewest = if i - start > text.len() { FEWEST_APART } else { FEWEST };
    (text.len() >= fewest).then_some((Number::Telephone(text), i))
}

#[cfg(test)]
mod tests {
    use super::{super::Query, *};

    #[test]
    fn numbers_are_read_however_they_are_written() {
        let telephone = |digits: &str| Number::Telephone(digits.into());
        for (typed, words, numbers) in [
            ("国办发〔2019〕54号", "国办发", vec![Number::Document(2019, 54)]),
            ("国办发[2019]54号", "国办发", vec![Number::Document(2019, 54)]),
            ("国办发\u{ff08}2019\u{ff09}54号", "国办发", vec![Number::Document(2019, 54)]),
            ("【2019】54", "", vec![Number::Document(2019, 54)]),
            ("国办发 2019 54号", "国办发", vec![Number::Document(2019, 54)]),
            ("国办发2019年第54号文件", "国办发 文件", vec![Number::Document(2019, 54)]),
            ("2019年", "2019年", vec![]),
            ("2019 54", "2019 54", vec![]),
            ("2014年11月24日", "2014年11月24日", vec![]),
            ("国务院令第711号", "国务院", vec![Number::Order(711)]),
            ("国务院令711", "国务院", vec![Number::Order(711)]),
            ("第七百一十一号令", "", vec![Number::Order(711)]),
            ("劳动法36条", "劳动法", vec![Number::Article(36)]),
            ("劳动法第 三十六 条", "劳动法", vec![Number::Article(36)]),
            ("劳动法第三十六条规定", "劳动法 规定", vec![Number::Article(36)]),
            ("消防法28", "消防法", vec![Number::Article(28)]),
            ("工伤保险条例 14", "工伤保险条例", vec![Number::Article(14)]),
            ("消防法  二十八", "消防法", vec![Number::Article(28)]),
            ("方法 28", "方法28", vec![]),
            ("28", "28", vec![]),
            ("第0条", "第0条", vec![]),
            ("028-0220 2205", "", vec![telephone("02802202205")]),
            ("12345热线", "热线", vec![telephone("12345")]),
            ("60岁", "60岁", vec![]),
            ("\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}", "", vec![telephone("12345")]),
        ] {
            let query = Query::read(typed);
            assert_eq!(query.numbers, numbers, "{typed}");
            assert_eq!(query.words.replace(' ', ""), words.replace(' ', ""), "{typed}");
        }
    }

    #[test]
    fn digits_without_end_are_read_to_their_end() {
        let query = Query::read(&"9".repeat(5000));
        assert_eq!(query.numbers.len(), 1);
        assert_eq!(Query::read(&"第".repeat(5000)).numbers, []);
        assert_eq!(Query::read(&"2019〔".repeat(30)).numbers, []);
    }
}
