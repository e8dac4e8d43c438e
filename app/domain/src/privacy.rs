//! Personal data in what residents and clerks write: found and masked before anything is public (个人信息保护法 第25条: nothing is
//! published without consent of its own; 第51条: 去标识化).
//!
//! Nothing is masked by itself: what is found is proposed, a clerk confirms each. So a doubtful number is rather found than not; a name
//! is found only where the words around it say so, as most Chinese surnames are also ordinary words. One pass a rule, in linear time:
//! texts come from strangers.

mod address;
mod links;
mod marks;
mod names;
mod numbers;
#[cfg(test)]
mod tests;
mod tokens;

use serde::{Deserialize, Serialize};

pub use links::{LINK_REMOVED, links_stripped};

use marks::Marks;

choices! {
    /// What sort of personal data it is; the surer first.
    Kind {
        /// An e-mail address.
        Email = "email",
        /// 居民身份证号码, of 18 or of 15 digits.
        IdNumber = "id-number",
        /// A mobile or a landline telephone.
        Telephone = "telephone",
        /// The number of a bank card or account.
        BankCard = "bank-card",
        /// 护照, 往来港澳通行证.
        Passport = "passport",
        /// The number plate of a vehicle.
        Plate = "plate",
        /// 微信, QQ and the like.
        Account = "account",
        /// Unit, floor and room of a building.
        Address = "address",
        /// The name of a person.
        Name = "name",
    }
}

/// Personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What sort it is.
    pub kind: Kind,
    /// Where it begins, in bytes.
    pub from: usize,
    /// Where it ends, in bytes.
    pub to: usize,
    /// What would stand in its place.
    pub masked: String,
}

/// A finding between marks instead of bytes.
struct Found {
    kind: Kind,
    from: usize,
    to: usize,
    masked: String,
}

/// What is personal in a text, in order; no two overlap. Where rules disagree the surer kind wins, then the longer.
pub fn find(text: &str) -> Vec<Finding> {
    let marks = Marks::new(text);
    let mut found = Vec::new();
    tokens::find(&marks, &mut found);
    numbers::find(&marks, &mut found);
    address::find(&marks, &mut found);
    names::find(&marks, &mut found);

    found.sort_by_key(|it| (it.kind, std::cmp::Reverse(it.to - it.from), it.from));
    let mut taken = vec![false; marks.len()];
    found.retain(|it| {
        let Some(place) = taken.get_mut(it.from..it.to) else { return false };
        let free = !place.contains(&true);
        if free {
            place.fill(true);
        }
        free
    });
    found.sort_by_key(|it| it.from);
    let finding = |it: Found| {
        let (from, to) = marks.bytes(it.from, it.to);
        Finding { kind: it.kind, from, to, masked: it.masked }
    };
    found.into_iter().map(finding).collect()
}

/// The text with the chosen findings masked. What lies outside the text, or on what is masked already, is passed over; whether a
/// finding is still of this text only the caller can know: choose among those [`find`] gives for the text as it is now.
pub fn mask(text: &str, chosen: &[Finding]) -> String {
    let mut chosen: Vec<&Finding> = chosen.iter().collect();
    chosen.sort_by_key(|it| (it.from, it.to));
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for finding in chosen {
        if finding.from < finding.to
            && let Some(before) = text.get(done..finding.from)
            && text.is_char_boundary(finding.to)
        {
            masked.push_str(before);
            masked.push_str(&finding.masked);
            done = finding.to;
        }
    }
    masked.push_str(text.get(done..).unwrap_or_default());
    masked
}

/// How often [`mask_all`] looks again.
const ROUNDS: usize = 4;

/// The text with all that is found in it masked, until nothing more is found: where two findings overlapped, what was left of the
/// one passed over may be a finding of its own.
pub fn mask_all(text: &str) -> String {
    let mut masked = text.to_owned();
    for _ in 0..ROUNDS {
        let found = find(&masked);
        if found.is_empty() {
            break;
        }
        masked = mask(&masked, &found);
    }
    masked
}
