//! The token of a code: what stands on the wall, is scanned or typed, and never means anything else.

use std::{fmt, str::FromStr};

use crate::signs;

/// Seven random signs, 23^7 or some 2^31, and the check.
const LENGTH: usize = 8;
/// So many stand together.
const GROUP: usize = 4;

/// A token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token([u8; LENGTH]);

/// The text is no token, or was copied wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadToken;

impl Token {
    /// The token of random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(signs::random(u128::from_le_bytes(random)))
    }

    /// The signs alone, as in an address.
    pub fn plain(&self) -> &str {
        // They are ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The code in the audit log.
    pub fn subject(self) -> String {
        format!("code {self}")
    }
}

/// `ABCD-EFGH`, as people read it.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&signs::grouped(&self.0, GROUP))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Token {
    type Err = BadToken;

    /// As people type: small letters, blanks, dashes, signs of double width.
    fn from_str(text: &str) -> Result<Self, BadToken> {
        signs::read(text).map(Self).ok_or(BadToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_people_type_it() {
        for number in 0..50_u8 {
            let token = Token::new([number.wrapping_mul(37); 16]);
            let shown = token.to_string();
            assert_eq!((shown.len(), token.plain().len()), (9, 8));
            let wide: String = shown.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
            let spaced = format!(" {} ", shown.replace('-', " "));
            for typed in [shown.clone(), shown.to_lowercase(), spaced, token.plain().to_owned(), wide] {
                assert_eq!(typed.parse(), Ok(token), "{typed}");
            }
        }
    }

    #[test]
    fn what_is_no_token_is_said_to_be_none() {
        for bad in ["", "3333", "3333-3334", "0000-0000", "一个码", "<script>", "../../etc", "3333-3333-3333"] {
            assert_eq!(bad.parse::<Token>(), Err(BadToken), "{bad}");
        }
    }
}
