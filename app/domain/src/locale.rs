//! The two languages of the interface and how an address says which.

use serde::{Deserialize, Serialize};

/// A language of the interface. Facts entered by staff stay in the language they were entered in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Locale {
    /// Chinese, at the plain address.
    #[default]
    Zh,
    /// English, under `/en`.
    En,
}

impl Locale {
    /// The value of `lang` (BCP 47).
    pub fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// One of two things by language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The address of a page in this language: `path` starts with `/` and carries no language.
    pub fn href(self, path: &str) -> String {
        match self {
            Self::Zh => path.to_owned(),
            Self::En if path == "/" => "/en".to_owned(),
            Self::En => format!("/en{path}"),
        }
    }

    /// Takes the language off an address: `/en/points` is `(En, "/points")`.
    pub fn split(path: &str) -> (Self, &str) {
        match path.strip_prefix("/en") {
            Some("") => (Self::En, "/"),
            Some(rest) if rest.starts_with('/') && rest.len() > 1 => (Self::En, rest),
            _ => (Self::Zh, path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_language_and_back() {
        for path in ["/", "/points", "/points/7", "/english"] {
            for locale in [Locale::Zh, Locale::En] {
                assert_eq!(Locale::split(&locale.href(path)), (locale, path));
            }
        }
    }
}
