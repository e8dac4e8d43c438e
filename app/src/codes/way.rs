//! From what was scanned or typed to where it leads, and what stands on a wall beside a code.

use domain::{
    codes::{Lead, Thing, Token},
    locale::Locale,
    policies::clauses::Anchor,
};
use percent_encoding::percent_decode_str;
use store::snapshot::Snapshot;

use super::text;
use crate::portal::Portal;

/// A code that exists, followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Which one it is.
    pub token: Token,
    /// The path, without a language, it leads to; none where it has ended and nothing has taken its place.
    pub to: Option<String>,
}

/// Follows a token as it was scanned or typed, that of a policy perhaps with a clause behind it; none where it is no token, or there is
/// no such code.
pub fn follow(snapshot: &Snapshot, typed: &str) -> Option<Followed> {
    let codes = &snapshot.content.codes;
    let (signs, clause) = typed.split_once('/').map_or((typed, None), |(signs, clause)| (signs, Some(clause)));
    let token = signs.parse().ok()?;
    let clause: Option<Anchor> = match clause {
        Some(clause) if matches!(codes.issued_for(token)?, Thing::Policy(_)) => {
            Some(clause.trim().to_lowercase().parse().ok()?)
        }
        Some(_) => return None,
        None => None,
    };
    let to = match (snapshot.content.lead(codes.thing(token)?, snapshot.today()), clause) {
        // The page says so where it has no such clause any more.
        (Lead::To(thing @ Thing::Policy(_)), Some(clause)) => Some(format!("{}?at={clause}#{clause}", thing.address())),
        (Lead::To(thing), _) => Some(thing.address()),
        (Lead::Ended(_), _) => None,
    };
    Some(Followed { token, to })
}

/// The last step of an address as somebody wrote it. What is no UTF-8 is no token either.
pub fn decoded(step: &str) -> String {
    percent_decode_str(step).decode_utf8_lossy().into_owned()
}

/// What is printed with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poster {
    /// What it leads to, in Chinese and in English.
    pub name: (String, String),
    /// What one gets, as a sentence in Chinese and in English.
    pub gives: (String, String),
    /// The token.
    pub token: Token,
    /// What the QR code says: an address in ASCII that counts a scan.
    pub url: String,
}

/// What is printed with the code of a thing, if it exists and has one. `host` is where this site is reached, for a site whose domain
/// is not set.
pub fn poster(portal: &Portal, snapshot: &Snapshot, thing: Thing, host: &str) -> Option<Poster> {
    let token = snapshot.content.codes.token(thing)?;
    let name = |locale| text::name(portal, snapshot, thing, locale);
    let gives = |locale| text::gives(snapshot, thing, locale);
    Some(Poster {
        name: (name(Locale::Zh)?, name(Locale::En)?),
        gives: (gives(Locale::Zh), gives(Locale::En)),
        token,
        url: url(portal, token, None, host),
    })
}

/// What the QR code of a token says, or of a clause of the policy it stands for.
pub fn url(portal: &Portal, token: Token, clause: Option<&Anchor>, host: &str) -> String {
    let domain = &portal.site().domain;
    let host = if domain.is_empty() { host } else { domain };
    let clause = clause.map(|it| format!("/{it}")).unwrap_or_default();
    format!("https://{host}/c/{}{clause}?s=1", token.plain())
}
