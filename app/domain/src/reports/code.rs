//! The code by which somebody asks what came of their report: written down by hand and typed again, so it has no signs that look
//! alike, and its last sign finds every single mistake and every two signs in the wrong order.

use std::{fmt, str::FromStr};

/// Without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. They are 23, a prime number: that is why the check finds what it promises.
const SIGNS: &[u8; 23] = b"34679ACDEFGHJKMNPQRTWXY";
/// Random signs: 23^14 is some 2^63.
const RANDOM: usize = 14;
/// All of them.
const LENGTH: usize = RANDOM + 1;
/// So many stand together.
const GROUP: usize = 5;

/// A code, without the dashes between its groups.
#[derive(Clone, PartialEq, Eq)]
pub struct QueryCode([u8; LENGTH]);

/// The text is no code, or was copied wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadCode;

impl QueryCode {
    /// The code of random bytes. They are more than it needs, so no sign is likelier than another.
    pub fn new(random: [u8; 16]) -> Self {
        let mut number = u128::from_le_bytes(random);
        let mut digits = [0; LENGTH];
        for digit in &mut digits[..RANDOM] {
            // Smaller than 23.
            *digit = (number % 23) as u8;
            number /= 23;
        }
        digits[RANDOM] = check(&digits[..RANDOM]);
        Self(digits.map(|digit| SIGNS[usize::from(digit)]))
    }

    /// The signs alone.
    pub fn plain(&self) -> &str {
        // They are ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// What makes the sum of all digits, each times its place, a multiple of 23.
fn check(digits: &[u8]) -> u8 {
    let sum: u32 = digits.iter().zip(1..).map(|(digit, place)| u32::from(*digit) * place).sum();
    // 15 times 20 is 1 in this arithmetic (300 = 13 * 23 + 1), so the last digit is minus the sum times 20.
    ((23 - sum % 23) * 20 % 23) as u8
}

impl fmt::Display for QueryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        let groups = (0..LENGTH).step_by(GROUP).filter_map(|start| plain.get(start..start + GROUP));
        f.write_str(&groups.collect::<Vec<_>>().join("-"))
    }
}

/// Nothing that a log may keep.
impl fmt::Debug for QueryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QueryCode")
    }
}

impl FromStr for QueryCode {
    type Err = BadCode;

    /// As people type: small letters, blanks, dashes, signs of double width.
    fn from_str(text: &str) -> Result<Self, BadCode> {
        let narrow = |c: char| match c {
            '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        };
        let signs = text.chars().map(narrow).filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '－'));
        let signs: Vec<char> = signs.map(|c| c.to_ascii_uppercase()).take(LENGTH + 1).collect();
        let digit = |sign: &char| SIGNS.iter().position(|it| char::from(*it) == *sign);
        let digits: Option<Vec<usize>> = signs.iter().map(digit).collect();
        let digits: [usize; LENGTH] = digits.and_then(|it| it.try_into().ok()).ok_or(BadCode)?;
        let sum: usize = digits.iter().zip(1..).map(|(digit, place)| digit * place).sum();
        if sum.is_multiple_of(23) { Ok(Self(digits.map(|digit| SIGNS[digit]))) } else { Err(BadCode) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes() -> impl Iterator<Item = QueryCode> {
        (0..50_u128).map(|i| QueryCode::new(i.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_le_bytes()))
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for code in codes() {
            let shown = code.to_string();
            assert_eq!(shown.len(), LENGTH + 2);
            for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), format!(" {} ", code.plain())] {
                assert_eq!(typed.parse::<QueryCode>(), Ok(code.clone()), "{typed}");
            }
            let wide: String = shown.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
            assert_eq!(wide.parse::<QueryCode>(), Ok(code), "{wide}");
        }
    }

    #[test]
    fn one_wrong_sign_or_two_in_the_wrong_order_are_found() {
        for code in codes().take(10) {
            let plain = code.plain().as_bytes();
            for i in 0..LENGTH {
                for sign in SIGNS.iter().filter(|sign| **sign != plain[i]) {
                    let mut wrong = plain.to_vec();
                    wrong[i] = *sign;
                    assert_eq!(String::from_utf8(wrong).unwrap().parse::<QueryCode>(), Err(BadCode));
                }
                for j in (0..i).filter(|j| plain[*j] != plain[i]) {
                    let mut wrong = plain.to_vec();
                    wrong.swap(i, j);
                    assert_eq!(String::from_utf8(wrong).unwrap().parse::<QueryCode>(), Err(BadCode));
                }
            }
        }
        for bad in ["", "AAAAA", "AAAAA-AAAAA-AAAAB", "AAAAA-AAAAA-AAAAAA", "请给我结果"] {
            assert_eq!(bad.parse::<QueryCode>(), Err(BadCode), "{bad}");
        }
    }

    #[test]
    fn nearly_every_bit_of_randomness_counts() {
        let mut all: Vec<_> = (0..16)
            .flat_map(|byte| (0..8).map(move |bit| (byte, bit)))
            .map(|(byte, bit)| {
                let mut random = [0; 16];
                random[byte] = 1 << bit;
                QueryCode::new(random).plain().to_owned()
            })
            .collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 128);
    }
}
