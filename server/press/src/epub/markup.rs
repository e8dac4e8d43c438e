//! Words and addresses as XML holds them.

use domain::manual::document::safe_link;

use crate::clean;

/// Words as text or as the value of an attribute.
pub(super) fn written(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for sign in clean(words).chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            sign => out.push(sign),
        }
    }
    out
}

/// The same where something has to stand.
pub(super) fn named(words: &str) -> String {
    let out = written(words);
    if out.trim().is_empty() { "—".to_owned() } else { out }
}

/// A link of markup that is ready, or that markup alone where the address is none. `origin` stands before addresses of this site.
pub(super) fn link(href: &str, inner: &str, origin: &str) -> String {
    match whole(href, origin) {
        Some(href) => format!(r#"<a href="{}">{inner}</a>"#, written(&href)),
        None => inner.to_owned(),
    }
}

/// An address with a scheme, its signs such as RFC 3986 allows.
fn whole(href: &str, origin: &str) -> Option<String> {
    let href = if href.starts_with('/') { format!("{origin}{href}") } else { href.to_owned() };
    let (scheme, rest) = href.split_once(':').filter(|_| safe_link(&href))?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme.starts_with("http") {
        let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
        let (name, port) = host.split_once(':').unwrap_or((host, "1"));
        let named = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'.' || it == b'-');
        let numbered = !port.is_empty() && port.bytes().all(|it| it.is_ascii_digit());
        (named && numbered && !name.starts_with(['.', '-']) && !name.ends_with(['.', '-']) && !name.contains(".."))
            .then_some(())?;
    } else if rest.is_empty() || rest.contains(['/', '?', '#']) {
        return None;
    }
    let mut out = format!("{scheme}:");
    // A second number sign may not stand in an address.
    let mut fragment = false;
    for byte in rest.bytes() {
        let hash = byte == b'#' && !fragment;
        fragment |= hash;
        if byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte) || hash {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_encoded_or_no_link() {
        let origin = "https://a.example";
        for (href, expected) in [
            ("/points/1?a=\"&b=<#c#d", Some("https://a.example/points/1?a=%22&b=%3C#c%23d")),
            ("https://b.example:8/中", Some("https://b.example:8/%E4%B8%AD")),
            ("tel:028-1", Some("tel:028-1")),
            ("https://", None),
            ("https:x", None),
            ("https://a..b/", None),
            ("javascript:x", None),
            ("#key", None),
        ] {
            assert_eq!(whole(href, origin).as_deref(), expected, "{href}");
        }
    }

    #[test]
    fn words_lose_what_xml_cannot_hold() {
        assert_eq!(written("a\u{0}\u{b}<b>&'\"\u{ffff}"), "a&lt;b&gt;&amp;&#39;&quot;");
    }
}
