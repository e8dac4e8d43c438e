//! What the portal answered, read to the end.

use std::collections::HashSet;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use http_body_util::BodyExt;
use scraper::{Html, Selector};

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(super) async fn read(response: axum::response::Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes();
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// The status as a number, which reads well in tables.
    pub(crate) fn code(&self) -> u16 {
        self.status.as_u16()
    }

    /// A header, or the empty text.
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().expect("a header of ASCII")).unwrap_or_default()
    }

    /// The words of a header that is a list, in lower case.
    pub(crate) fn list(&self, name: header::HeaderName) -> HashSet<String> {
        let lines = self.headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
        lines.flat_map(|line| line.split(',')).map(|word| word.trim().to_lowercase()).collect()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body of UTF-8")
    }

    /// The body as a document; it has to be one, and say that it is.
    pub(crate) fn html(&self) -> Html {
        assert_eq!(self.header(header::CONTENT_TYPE), "text/html; charset=utf-8", "{}", self.text());
        assert!(self.text().starts_with("<!DOCTYPE html>"), "{}", self.text());
        Html::parse_document(self.text())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        assert!(self.header(header::CONTENT_TYPE).contains("json"), "{self:?}");
        serde_json::from_slice(&self.body).expect("a body of JSON")
    }

    /// The text of the one element there is.
    pub(crate) fn one(&self, selector: &str) -> String {
        let all = texts(&self.html(), selector);
        assert_eq!(all.len(), 1, "{selector}: {all:?}");
        all.into_iter().next().unwrap_or_default()
    }

    /// The content of a meta tag that stands once.
    pub(crate) fn meta(&self, name: &str) -> String {
        let all = attributes(&self.html(), &format!("head meta[name='{name}']"), "content");
        assert_eq!(all.len(), 1, "{name}: {all:?}");
        all.into_iter().next().unwrap_or_default()
    }

    /// How many points the list says it found.
    pub(crate) fn found(&self) -> usize {
        let said = self.one(".p-finder__found");
        let digits: String =
            said.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        digits.parse().expect("a number of points")
    }

    /// It is a problem document (RFC 9457) of this status that says in a sentence what is wrong.
    pub(crate) fn assert_problem(&self, status: u16) {
        assert_eq!((self.code(), self.header(header::CONTENT_TYPE)), (status, "application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string() && problem["detail"].as_str().is_some_and(|it| !it.is_empty()));
    }

    /// It is the page of an error, in its language, with the right status and a way on.
    pub(crate) fn assert_error_page(&self, status: u16, lang: &str) {
        assert_eq!(self.code(), status, "{}", self.text());
        let page = self.html();
        assert_eq!(attributes(&page, "html", "lang"), [lang]);
        assert_eq!(self.one(".p-error__status"), status.to_string());
        let home = if lang == "en" { "/en" } else { "/" };
        assert!(attributes(&page, "main a", "href").contains(&home.to_owned()), "no way home");
        let (title, heading) = (self.one("title"), self.one("h1"));
        assert!(title.contains(&heading), "{title} / {heading}");
        assert_eq!(heading.is_ascii(), lang == "en", "{heading}");
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

/// The texts of all elements, without the white space around them.
pub(crate) fn texts(page: &Html, of: &str) -> Vec<String> {
    page.select(&selector(of)).map(|it| it.text().collect::<String>().trim().to_owned()).collect()
}

/// The values of an attribute of all elements that have it.
pub(crate) fn attributes(page: &Html, of: &str, name: &str) -> Vec<String> {
    page.select(&selector(of)).filter_map(|it| it.attr(name)).map(str::to_owned).collect()
}
