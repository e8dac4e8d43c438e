//! The code by which somebody asks what came of their report: written down by hand and typed again (see `signs`).

use std::{fmt, str::FromStr};

use crate::signs;

/// Random signs and the check: 23^14 is some 2^63.
const LENGTH: usize = 15;
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
        Self(signs::random(u128::from_le_bytes(random)))
    }

    /// The signs alone.
    pub fn plain(&self) -> &str {
        // They are ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for QueryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&signs::grouped(&self.0, GROUP))
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
        signs::read(text).map(Self).ok_or(BadCode)
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
    fn what_is_no_code_is_said_to_be_none() {
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
