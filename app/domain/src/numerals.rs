//! Chinese numerals as the numbers of chapters and articles use them, up to 9999, both ways.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [(u16, char); 3] = [(1000, '千'), (100, '百'), (10, '十')];

fn digit(c: char) -> Option<u16> {
    match c {
        '〇' | '○' => Some(0),
        '两' => Some(2),
        _ => (0..).zip(DIGITS).find(|(_, sign)| *sign == c).map(|(value, _)| value),
    }
}

fn unit(c: char) -> Option<u16> {
    UNITS.iter().find(|(_, sign)| *sign == c).map(|(value, _)| *value)
}

/// Whether a numeral may have this sign.
pub fn is_numeral(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some()
}

/// Reads a numeral: 十一, 一百二十三, 两千零三; also sign by sign: 一〇三.
pub fn value(text: &str) -> Option<u16> {
    if text.is_empty() {
        return None;
    }
    if !text.chars().any(|c| unit(c).is_some()) {
        return text
            .chars()
            .try_fold(0u16, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?))
            .filter(|sum| *sum <= 9999);
    }
    let (mut sum, mut pending, mut last, mut zero) = (0, None, u16::MAX, false);
    for c in text.chars() {
        if let Some(unit) = unit(c) {
            // Units only fall, and only 十 stands without a digit.
            let times = pending.take().or((unit == 10).then_some(1)).filter(|_| unit < last)?;
            sum += times * unit;
            (last, zero) = (unit, false);
        } else {
            match digit(c)? {
                0 if pending.is_none() => zero = true,
                value if value > 0 && pending.is_none() => pending = Some(value),
                _ => return None,
            }
        }
    }
    match pending {
        // 一百五 may be 150 or 105.
        Some(_) if last > 10 && !zero => None,
        ones => Some(sum + ones.unwrap_or_default()),
    }
}

/// Writes a number up to 9999 the way laws count: 十, 一百零一, 一百一十. What is larger stands in digits.
pub fn written(number: u16) -> String {
    if number > 9999 {
        return number.to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for (unit, sign) in UNITS.into_iter().map(|(unit, sign)| (unit, Some(sign))).chain([(1, None)]) {
        let value = number / unit % 10;
        if value == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push(DIGITS[0]);
            gap = false;
        }
        if !(text.is_empty() && unit == 10 && value == 1) {
            text.push(DIGITS[usize::from(value)]);
        }
        text.extend(sign);
    }
    if text.is_empty() { DIGITS[0].into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_written() {
        for number in 0..=9999 {
            assert_eq!(value(&written(number)), Some(number), "{}", written(number));
        }
        for (number, text) in [(10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十")]
        {
            assert_eq!(written(number), text);
        }
        for (number, text) in [(1001, "一千零一"), (1010, "一千零一十"), (1260, "一千二百六十"), (10_000, "10000")]
        {
            assert_eq!(written(number), text);
        }
    }

    #[test]
    fn other_ways_of_writing_are_read_and_what_is_no_number_is_not() {
        for (text, number) in [("一〇三", 103), ("两百", 200), ("一十二", 12), ("一百十五", 115), ("一百〇一", 101)]
        {
            assert_eq!(value(text), Some(number), "{text}");
        }
        for text in ["", "百", "十百", "一百五", "一二十", "百万", "12", "第一", "一二三四五"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
