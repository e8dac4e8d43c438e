//! Full-width signs, as a Chinese keyboard types them.

/// The plain form of a full-width letter, digit or sign, and of the wide blank.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}
