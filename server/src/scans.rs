//! Counting scans: in memory first, so that nobody waits for the database, and into it every few seconds. Of a scan nothing is known
//! but the code and the day.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{codes::Token, hours::CHINA};
use http::{HeaderMap, Method, header};
use store::{
    Store, StoreError,
    codes::{Scan, add_scans},
};
use time::{Date, OffsetDateTime};

/// Words in a `User-Agent` that say it is no person.
const ROBOTS: &str = include_str!("scans/robots.txt");

/// What has been scanned and is not in the database yet. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scans(Arc<Mutex<HashMap<(Token, Date), i64>>>);

impl Scans {
    /// Counts one.
    pub(crate) fn count(&self, token: Token, now: OffsetDateTime) {
        self.add(token, now.to_offset(CHINA).date(), 1);
    }

    /// Writes what was counted into the database. What cannot be written stays counted.
    pub(crate) async fn flush(&self, store: &Store) -> Result<(), StoreError> {
        let counted = mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        if counted.is_empty() {
            return Ok(());
        }
        let list: Vec<_> = counted.into_iter().map(|((token, day), count)| Scan { token, day, count }).collect();
        let written = add_scans(store, &list).await;
        if written.is_err() {
            list.into_iter().for_each(|scan| self.add(scan.token, scan.day, scan.count));
        }
        written
    }

    fn add(&self, token: Token, day: Date, count: i64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry((token, day)).or_default() += count;
    }
}

/// Whether a request for a code is somebody's scan: a GET with the parameter that only the picture has, by no robot, and not in
/// advance of anybody wanting it.
pub(crate) fn is_scan(method: &Method, query: &str, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let in_advance = ["sec-purpose", "purpose", "x-moz"]
        .iter()
        .any(|name| ["prefetch", "prerender", "preview"].iter().any(|word| text(name).contains(word)));
    let agent = text(header::USER_AGENT.as_str());
    method == Method::GET && query.split('&').any(|pair| pair == "s=1") && !in_advance && !is_robot(&agent)
}

/// Who sends no name is a program too.
fn is_robot(agent: &str) -> bool {
    let mut words = ROBOTS.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    agent.is_empty() || words.any(|word| agent.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: &str =
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0";

    #[test]
    fn only_a_person_who_scans_is_counted() {
        for (method, query, name, value, counted) in [
            (Method::GET, "s=1", "user-agent", PHONE, true),
            (Method::GET, "a=b&s=1", "user-agent", PHONE, true),
            (Method::GET, "", "user-agent", PHONE, false),
            (Method::GET, "s=10", "user-agent", PHONE, false),
            (Method::GET, "xs=1", "user-agent", PHONE, false),
            (Method::HEAD, "s=1", "user-agent", PHONE, false),
            (Method::GET, "s=1", "user-agent", "", false),
            (Method::GET, "s=1", "user-agent", "Mozilla/5.0 (compatible; Baiduspider/2.0)", false),
            (Method::GET, "s=1", "user-agent", "curl/8.5.0", false),
            (Method::GET, "s=1", "sec-purpose", "prefetch;prerender", false),
            (Method::GET, "s=1", "purpose", "prefetch", false),
            (Method::GET, "s=1", "purpose", "preview", false),
            (Method::GET, "s=1", "x-moz", "prefetch", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, http::HeaderValue::from_static(PHONE));
            headers.insert(name, http::HeaderValue::from_static(value));
            assert_eq!(is_scan(&method, query, &headers), counted, "{method} {query} {name}: {value}");
        }
    }
}
