//! Addresses of the web in what residents write: taken out, so that nobody advertises on a public page. E-mail addresses are not
//! links.

use super::marks::Marks;

/// What stands where a link was.
pub const LINK_REMOVED: &str = "〔链接已删〕";

/// The ends of bare domains: those in use in China, and those that advertising likes.
const ENDS: &[&str] = &[
    "com", "cn", "net", "org", "gov", "edu", "top", "xyz", "vip", "cc", "club", "site", "shop", "online", "info",
    "biz", "io", "co", "me", "tv", "app", "link", "icu", "win", "fun", "live", "store", "tech", "wang", "ltd", "pro",
    "mobi", "asia", "hk", "tw", "mo", "ly", "to", "gg",
];

/// The text with every address of the web replaced by [`LINK_REMOVED`].
pub fn links_stripped(text: &str) -> String {
    let marks = Marks::new(text);
    let mut stripped = String::with_capacity(text.len());
    let (mut done, mut i) = (0, 0);
    while i < marks.len() {
        if !domain(marks.at(i)) {
            i += 1;
            continue;
        }
        // The run of signs a scheme, an e-mail address or a domain may have.
        let end = marks.after(i, usize::MAX - i, |c| domain(c) || c == '@');
        match link(&marks, i, end) {
            Some(to) => {
                let (from_byte, to_byte) = marks.bytes(i, to);
                stripped.push_str(&text[done..from_byte]);
                stripped.push_str(LINK_REMOVED);
                done = to_byte;
                i = to;
            }
            None => i = end,
        }
    }
    stripped.push_str(&text[done..]);
    stripped
}

/// Where the link ends that begins a run of signs.
fn link(marks: &Marks, start: usize, end: usize) -> Option<usize> {
    let scheme = marks.word(end, "://").filter(|_| marks.slice(start, end).any(|c| c.is_ascii_alphabetic()));
    let scheme = scheme.or_else(|| marks.word(end, ":\\\\"));
    if let Some(rest) = scheme.filter(|rest| address(marks.at(*rest))) {
        return Some(rest + length(marks, rest));
    }
    if marks.slice(start, end).any(|c| c == '@') {
        return None;
    }
    // A full stop may end the sentence.
    let full_stops = marks.slice(start, end).rev().take_while(|c| stop(*c)).count();
    let trimmed = end - full_stops;
    let labels: String =
        marks.slice(start, trimmed).map(|c| if stop(c) { '.' } else { c.to_ascii_lowercase() }).collect();
    let labels = labels.trim_start_matches('.');
    let (host, last) = labels.rsplit_once('.')?;
    let named = host.starts_with("www.") || (!host.is_empty() && ENDS.contains(&last));
    let goes_on = full_stops == 0 && matches!(marks.at(end), '/' | ':' | '?' | '#');
    named.then(|| if goes_on { end + length(marks, end) } else { trimmed })
}

/// The signs from here on that belong to an address, without what ends the sentence.
fn length(marks: &Marks, from: usize) -> usize {
    let to = marks.after(from, usize::MAX - from, address);
    let end = marks
        .slice(from, to)
        .rev()
        .take_while(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '\'' | '"'))
        .count();
    to - from - end
}

/// A sign of a domain. The Chinese full stops are here because browsers take them for dots (RFC 3490, 3.1).
fn domain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_' || stop(c)
}

fn stop(c: char) -> bool {
    matches!(c, '.' | '。' | '｡')
}

/// A sign of what follows the domain (RFC 3986).
fn address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}
