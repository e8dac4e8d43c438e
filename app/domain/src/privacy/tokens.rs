//! Words of Latin letters and digits: e-mail addresses, number plates, passports, accounts.

use super::{Found, Kind, marks::Marks};

/// What the first character of a number plate can be (GA 36-2018), and its last beside letters and digits.
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
const LAST: &str = "警学港澳挂试超";

pub(super) fn find(marks: &Marks, found: &mut Vec<Found>) {
    for i in 0..marks.len() {
        let c = marks.at(i);
        if c == '@' {
            found.extend(email(marks, i));
        } else if c.is_ascii_alphanumeric() && !marks.before(i).is_ascii_alphanumeric() {
            found.extend(passport(marks, i));
        }
        if PROVINCES.contains(c) {
            found.extend(plate(marks, i));
        }
        if !"微薇威vwq扣支抖快小钉加".contains(c.to_ascii_lowercase()) {
            continue;
        }
        if let Some(end) = ACCOUNTS.iter().find_map(|word| marks.word(i, word)) {
            found.extend(account(marks, end));
        }
    }
}

/// An address around an @ (RFC 5321: 64 signs before it, 255 after it). Shown: its first letter and the domain.
fn email(marks: &Marks, at: usize) -> Option<Found> {
    let local = |c: &char| c.is_ascii_alphanumeric() || "._%+-".contains(*c);
    let from = at - marks.slice(at.saturating_sub(64), at).rev().take_while(local).count();
    let to = marks.after(at + 1, 255, |c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let domain = marks.text(at + 1, to);
    let (host, last) = domain.trim_end_matches(['.', '-']).rsplit_once('.')?;
    // No digits: they would be a number of its own.
    let last = &last[..last.chars().take_while(char::is_ascii_alphabetic).count()];
    let domain = format!("{host}.{last}");
    let named = from < at && !host.is_empty() && last.len() >= 2;
    let masked = format!("{}***@{domain}", marks.at(from));
    named.then(|| Found { kind: Kind::Email, from, to: at + 1 + domain.len(), masked })
}

/// GA 36-2018: a province, a letter, five signs or, for new energy, six. Shown: the city and the last sign, which the days without
/// driving go by.
fn plate(marks: &Marks, i: usize) -> Option<Found> {
    if !marks.at(i + 1).is_ascii_alphabetic() {
        return None;
    }
    let dot = |c: char| matches!(c, '·' | '.' | '•' | '・' | '-' | ' ' | '‧' | '∙' | '●');
    let from = marks.after(i + 2, 2, dot);
    let mut to = marks.after(from, 7, |c| c.is_ascii_alphanumeric());
    let digits = marks.slice(from, to).filter(char::is_ascii_digit).count();
    if to - from == 4 && LAST.contains(marks.at(to)) {
        to += 1;
    }
    let plate = matches!(to - from, 5 | 6) && digits >= 2 && !marks.at(to).is_ascii_alphanumeric();
    let letter = marks.at(i + 1).to_ascii_uppercase();
    let last = marks.at(to - 1);
    plate.then(|| Found { kind: Kind::Plate, from: i, to, masked: format!("{}{letter}·****{last}", marks.at(i)) })
}

/// Ordinary passports (E or G and eight digits, since 2017 E, a letter and seven) are found by themselves, other papers for travel after
/// their name.
fn passport(marks: &Marks, i: usize) -> Option<Found> {
    let to = marks.after(i, 12, |c| c.is_ascii_alphanumeric());
    let number: Vec<char> = marks.slice(i, to).collect();
    let digits = number.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let letters = number.len() - digits;
    let ordinary = matches!(number.first()?.to_ascii_uppercase(), 'E' | 'G')
        && number.len() == 9
        && (letters == 1 || letters == 2 && number[0].eq_ignore_ascii_case(&'e') && number[1].is_ascii_alphabetic());
    let said = matches!(number.len(), 8..=11) && letters <= 2 && digits >= 7 && {
        let papers = ["护照", "通行证", "回乡证", "台胞证", "居留证", "居留许可", "军官证", "士兵证"];
        marks.shortly_before(i, 8, &papers)
    };
    (ordinary || said).then(|| Found { kind: Kind::Passport, from: i, to, masked: "*********".to_owned() })
}

/// Words an account follows.
const ACCOUNTS: &[&str] = &[
    "微信",
    "薇信",
    "威信",
    "v信",
    "wechat",
    "weixin",
    "wx",
    "vx",
    "qq",
    "扣扣",
    "支付宝",
    "抖音",
    "快手",
    "小红书",
    "微博",
    "钉钉",
    "加v",
];

/// What follows such a word: 微信号：..., QQ是 ...
fn account(marks: &Marks, i: usize) -> Option<Found> {
    let named = marks.one_of(i, &["号码", "账号", "帐号", "id", "号", "群"]);
    let start = named.unwrap_or(i);
    let from = marks.after(start, 4, |c| matches!(c, ' ' | ':' | '是' | '为' | '加' | '」' | '】' | ']' | ')' | '('));
    let to = marks.after(from, 31, |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let digits = marks.slice(from, to).filter(char::is_ascii_digit).count();
    // Without 号 or a colon it may be a word of a sentence: it must have digits.
    let said = named.is_some() || marks.slice(start, from).any(|c| matches!(c, ':' | '是' | '为' | '加'));
    let account = (5..=30).contains(&(to - from)) && (digits >= 4 || said || digits > 0 && from == start);
    account.then(|| Found { kind: Kind::Account, from, to, masked: "****".to_owned() })
}
