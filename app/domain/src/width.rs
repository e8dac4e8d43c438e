//! Full-width signs, as a Chinese keyboard types them.

/// The plain form of a full-width letter, digit or sign, and of the wide blank.
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// The names of a text that lists several: between commas, semicolons and `、` of either width, or on lines of their own.
pub fn listed(text: &str) -> impl Iterator<Item = &str> + Clone {
    let between = |c: char| matches!(narrow(c), '、' | ',' | ';' | '\n' | '\r');
    text.split(between).map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_written_with_the_signs_of_either_keyboard() {
        let text = "甲、乙,丙\u{ff0c}丁;戊\u{ff1b}\u{3000}己 \r\n\n庚|辛";
        assert_eq!(listed(text).collect::<Vec<_>>(), ["甲", "乙", "丙", "丁", "戊", "己", "庚|辛"]);
        assert_eq!(listed(" ,\u{ff0c}").count(), 0);
    }
}
