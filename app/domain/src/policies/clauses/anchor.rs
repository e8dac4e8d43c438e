//! Where a clause is found, made from the numbers in the text.
//!
//! | Anchor | Clause |
//! |---|---|
//! | `b2`, `b2-f1`, `b2-c3` | 第二编, its 第一分编, its 第三章 (chapters go on through the 分编 of a 编) |
//! | `c1`, `c1-s2` | 第一章 where there are no parts, its 第二节 |
//! | `a12`, `a12z1` | 第十二条 (its first paragraph), 第十二条之一; articles are counted through all chapters, so these stand alone |
//! | `a12-p2` | its second paragraph |
//! | `a12-i3`, `a12-p2-i3` | item （三） of its first, of its second paragraph |
//! | `a12-i3-u1`, `-v1`, `-w1`, `-n1` | below it: 1., （1）, ①; 一、 within an article |
//! | `n1`, `n1-i2`, `n1-i2-p2` | 一、 of a notice, its （二）, the second paragraph of that |
//! | `p1`, `c1-p1`, `h1` | what has no number: paragraphs ahead, paragraphs ahead of the articles of a chapter, headings |
//! | `toc`, `toc-p1` | a table of contents |
//! | `x`, `x2`, `x2-a1` | 附件, 附件2, an article in it |
//! | `y2-a1` | 第一条 a second time without a heading that says why |
//! | `a12r2` | 第十二条 a second time |
//! | `q17` | the 17th clause whose anchor would be longer than 40 bytes |
//!
//! A new 第五条之一 or another paragraph in 第九条 changes no anchor of 第十二条.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The most bytes of an anchor.
pub(super) const LONGEST: usize = 40;

/// Where a clause is found within its text: 1 to 40 characters out of `a-z`, `0-9` and `-`, the first a letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Anchor(String);

/// The text is not an [`Anchor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadAnchor;

impl fmt::Display for BadAnchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an anchor has 1 to {LONGEST} characters out of a-z, 0-9 and -, the first a letter")
    }
}

impl std::error::Error for BadAnchor {}

impl Anchor {
    /// The anchor as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One that was made here.
    pub(super) fn made(text: String) -> Self {
        Self(text)
    }
}

impl TryFrom<String> for Anchor {
    type Error = BadAnchor;

    fn try_from(text: String) -> Result<Self, BadAnchor> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let first = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        if first && text.len() <= LONGEST && text.bytes().all(allowed) { Ok(Self(text)) } else { Err(BadAnchor) }
    }
}

impl FromStr for Anchor {
    type Err = BadAnchor;

    fn from_str(text: &str) -> Result<Self, BadAnchor> {
        text.to_owned().try_into()
    }
}

impl From<Anchor> for String {
    fn from(anchor: Anchor) -> Self {
        anchor.0
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_short_lower_case_ascii() {
        let long = "a".repeat(40);
        for good in ["a12", "a12z1", "x2-a1-p2-i3", "p1", &long] {
            assert_eq!(good.parse::<Anchor>().map(String::from), Ok(good.to_owned()));
        }
        for bad in ["", "1a", "-a", "A1", "a 1", "第一条", "a\"", "a/../b", &"a".repeat(41)] {
            assert_eq!(bad.parse::<Anchor>(), Err(BadAnchor), "{bad:?}");
        }
    }
}
