//! Numbers: telephones, identity numbers, bank cards. People write them in groups, so groups of digits are read together where only
//! blanks and dashes stand between them.

use super::{Found, Kind, marks::Marks};

mod identity;

/// The most groups one number is written in.
const MOST_GROUPS: usize = 19;

/// Digits in a row.
#[derive(Clone, Copy)]
struct Group {
    from: usize,
    to: usize,
    /// Whether only a blank or a dash stands between it and the group before.
    joined: bool,
}

impl Group {
    fn length(self) -> usize {
        self.to - self.from
    }
}

pub(super) fn find(marks: &Marks, found: &mut Vec<Found>) {
    let groups = groups(marks);
    let mut i = 0;
    while i < groups.len() {
        let mut most = 1;
        while most < MOST_GROUPS && groups.get(i + most).is_some_and(|group| group.joined) {
            most += 1;
        }
        let number = (1..=most).rev().find_map(|many| Some((many, read(marks, &groups[i..i + many])?)));
        match number {
            Some((many, number)) => {
                found.push(number);
                i += many;
            }
            None => i += 1,
        }
    }
}

/// The groups of digits; those with a star beside them are masked already.
fn groups(marks: &Marks) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut i = 0;
    while i < marks.len() {
        if digit(marks.at(i)).is_none() {
            i += 1;
            continue;
        }
        let arabic = marks.at(i).is_ascii_digit();
        let to = marks.after(i, usize::MAX - i, |c| digit(c).is_some() && c.is_ascii_digit() == arabic);
        let joined = groups.last().is_some_and(|last| {
            let between = i - last.to;
            between == 0 && !arabic || (1..=3).contains(&between) && marks.slice(last.to, i).all(between_groups)
        });
        if marks.before(i) != '*' && marks.at(to) != '*' {
            groups.push(Group { from: i, to, joined });
        }
        i = to;
    }
    groups
}

fn between_groups(c: char) -> bool {
    matches!(c, ' ' | '-' | '_' | '‐' | '‑' | '–' | '—' | '−' | '(' | ')' | '\u{a0}')
}

/// A digit, also a Chinese one.
fn digit(c: char) -> Option<char> {
    let chinese = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let value = match c {
        '0'..='9' => return Some(c),
        '零' => 0,
        '幺' | '壹' => 1,
        _ => chinese.iter().position(|it| *it == c)?,
    };
    char::from_digit(u32::try_from(value).ok()?, 10)
}

/// Reads groups of digits as one number.
fn read(marks: &Marks, groups: &[Group]) -> Option<Found> {
    let (first, last) = (groups.first()?, groups.last()?);
    let total: usize = groups.iter().map(|group| group.length()).sum();
    if !(7..=30).contains(&total) {
        return None;
    }
    let digits: String = groups.iter().flat_map(|it| marks.slice(it.from, it.to)).filter_map(digit).collect();
    let arabic = marks.at(first.from).is_ascii_digit();
    if let Some(to) = identity::end(marks, groups, &digits) {
        // The province alone: the birth date, the place in the sequence and the county would name a person.
        let masked = format!("{}{}", &digits[..2], "*".repeat(16));
        return Some(Found { kind: Kind::IdNumber, from: first.from, to, masked });
    }
    let found = |kind, from, to, masked| Some(Found { kind, from, to, masked });
    if let Some((country, number)) = mobile(&digits, groups)
        && !amount(marks, last.to)
    {
        let from = if country && marks.before(first.from) == '+' { first.from - 1 } else { first.from };
        return found(Kind::Telephone, from, last.to, format!("{}****{}", &number[..3], &number[7..]));
    }
    if !arabic {
        return None;
    }
    if let Some(area) = landline(&digits, groups) {
        let bracket = marks.before(first.from) == '(' && marks.at(first.to) == ')';
        let from = if bracket { first.from - 1 } else { first.from };
        let to = extension(marks, last.to);
        return found(Kind::Telephone, from, to, format!("{area}-****{}", &digits[digits.len() - 2..]));
    }
    if card(marks, &digits, groups) {
        return found(Kind::BankCard, first.from, last.to, format!("****{}", &digits[digits.len() - 4..]));
    }
    let said = ["电话", "座机", "固话", "电话号码", "联系方式", "手机", "手机号", "手机号码", "tel"];
    let local = matches!(groups.len(), 1 | 2) && matches!(total, 7 | 8) && matches!(digits.as_bytes()[0], b'2'..=b'8');
    if local
        && groups[0].length() >= 3
        && labelled(marks, first.from, &said)
        && !service(&digits)
        && !amount(marks, last.to)
    {
        return found(Kind::Telephone, first.from, last.to, format!("****{}", &digits[total - 2..]));
    }
    None
}

/// A mobile number: 1, 3 to 9 and nine digits (工信部 电信网编号计划), and whether a country code stands before it.
fn mobile<'a>(digits: &'a str, groups: &[Group]) -> Option<(bool, &'a str)> {
    let number = digits.get(digits.len().checked_sub(11)?..)?;
    let country = &digits[..digits.len() - 11];
    let bytes = number.as_bytes();
    if bytes[0] != b'1' || !matches!(bytes[1], b'3'..=b'9') || !matches!(country, "" | "0" | "86" | "086" | "0086") {
        return None;
    }
    // The groups of the number alone: no date, no range of years is written in such groups.
    let mut lengths: Vec<usize> = groups.iter().map(|group| group.length()).collect();
    if lengths[0] == country.len() {
        lengths.remove(0);
    } else {
        lengths[0] -= country.len().min(lengths[0]);
    }
    let usual: [&[usize]; 8] = [&[11], &[3, 8], &[7, 4], &[5, 6], &[3, 4, 4], &[3, 3, 5], &[4, 3, 4], &[4, 4, 3]];
    let usual = usual.contains(&lengths.as_slice()) || lengths.len() >= 5 && lengths.iter().all(|it| *it <= 3);
    usual.then_some((!country.is_empty(), number))
}

/// A landline with its area code (工信部 电信网编号计划: 010, 02x and eight digits, 03xx to 09xx and seven or eight): the area code.
/// The short numbers of public services (110, 12345, 95xxx) and 400 numbers have none.
fn landline<'a>(digits: &'a str, groups: &[Group]) -> Option<&'a str> {
    let code = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', b'0'..=b'9', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return None,
    };
    let number = digits.len().checked_sub(code)?;
    let whole = number == 8 || (number == 7 && code == 4);
    let apart = groups[0].length() == code && groups.len() <= 3 || groups.len() == 1;
    let local = digits.as_bytes().get(code)?;
    (whole && apart && matches!(local, b'2'..=b'8')).then(|| &digits[..code])
}

/// After a telephone, the end of 转8001 or -8001.
fn extension(marks: &Marks, i: usize) -> usize {
    let Some(digits) = marks.one_of(i, &["转", "-", "分机", " 转", "ext"]) else { return i };
    let to = marks.after(digits, 7, |c| c.is_ascii_digit());
    if (2..=6).contains(&(to - digits)) { to } else { i }
}

/// Free numbers of offices and firms.
fn service(digits: &str) -> bool {
    digits.starts_with("400") || digits.starts_with("800")
}

/// A bank card (ISO/IEC 7812: 13 to 19 digits, the last by Luhn's formula); any number of 9 digits or more after a word for it.
fn card(marks: &Marks, digits: &str, groups: &[Group]) -> bool {
    let said = [
        "卡号",
        "银行卡",
        "银行卡号",
        "储蓄卡",
        "信用卡",
        "社保卡号",
        "银行账号",
        "银行帐号",
        "账号",
        "帐号",
        "账户",
        "帐户",
        "存折",
    ];
    let lengths = || groups.iter().map(|group| group.length());
    let fours = lengths().rev().skip(1).all(|it| it == 4) && lengths().next_back().is_some_and(|it| it <= 4);
    let written = groups.len() == 1 || (fours && groups.len() >= 3) || (groups.len() == 2 && groups[0].length() == 6);
    let luhn = || {
        let doubled = |(i, digit): (usize, u32)| if i % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 };
        digits.chars().rev().filter_map(|c| c.to_digit(10)).enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
    };
    let issued = matches!(digits.as_bytes()[0], b'3'..=b'6' | b'8' | b'9') && (13..=19).contains(&digits.len());
    (issued && written && luhn()) || (digits.len() >= 9 && written && labelled(marks, groups[0].from, &said))
}

/// Whether one of these words, and perhaps 是 or a colon, stands right before a place.
fn labelled(marks: &Marks, i: usize, words: &[&str]) -> bool {
    let fill = |c: char| matches!(c, ' ' | ':' | '是' | '为' | '号' | '码' | '」' | '】' | ']' | ')' | '尾' | '.');
    let end = i - marks.slice(i.saturating_sub(6), i).rev().take_while(|c| fill(*c)).count();
    words.iter().any(|word| {
        let length = word.chars().count();
        [0, 1, 2].iter().any(|further| {
            let end = (end + further).min(i);
            end.checked_sub(length).is_some_and(|start| marks.word(start, word) == Some(end))
        })
    })
}

/// Whether what follows a number makes it an amount.
fn amount(marks: &Marks, i: usize) -> bool {
    matches!(marks.at(i), '元' | '万' | '亿' | '%' | '人' | '件' | '㎡')
        || marks.at(i) == '.' && marks.at(i + 1).is_ascii_digit()
}
