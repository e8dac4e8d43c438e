//! A file, or the part of it that was asked for. Several parts at once are not given: the whole is an answer to that too.

use std::ops::Range;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use super::headers;

/// What is asked for of a file of so many bytes.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<usize>),
    Beyond,
}

fn asked(range: &str, length: usize) -> Asked {
    let Some((from, to)) = range.strip_prefix("bytes=").and_then(|it| it.trim().split_once('-')) else {
        return Asked::Whole;
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(from) || !digits(to) || (from.is_empty() && to.is_empty()) {
        return Asked::Whole;
    }
    // A number too long for a machine lies beyond every file.
    let number = |text: &str| text.parse().unwrap_or(usize::MAX);
    let (start, last) = match (from, to) {
        ("", last) => (length.saturating_sub(number(last)), if last.bytes().all(|it| it == b'0') { 0 } else { length }),
        (from, "") => (number(from), length),
        (from, to) if number(from) > number(to) => return Asked::Whole,
        (from, to) => (number(from), number(to).saturating_add(1).min(length)),
    };
    if start >= last || start >= length { Asked::Beyond } else { Asked::Part(start..last) }
}

pub(super) fn answered(request: &HeaderMap, tag: &str, ending: &str, called: &str, file: Bytes) -> Response {
    let Some(headers) = headers(ending, called, tag) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let said = |name| request.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if said(header::IF_NONE_MATCH).split(',').any(|it| it.trim() == tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let length = file.len();
    // A part of what it was before would not fit to the rest.
    let same = !request.contains_key(header::IF_RANGE) || said(header::IF_RANGE) == tag;
    match asked(if same { said(header::RANGE) } else { "" }, length) {
        Asked::Whole => (headers, file).into_response(),
        Asked::Part(part) => {
            let place = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            (StatusCode::PARTIAL_CONTENT, headers, [(header::CONTENT_RANGE, place)], file.slice(part)).into_response()
        }
        Asked::Beyond => {
            let place = format!("bytes */{length}");
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, place)]).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for_and_lies_in_the_file() {
        for (range, expected) in [
            ("", Asked::Whole),
            ("bytes=0-3", Asked::Part(0..4)),
            ("bytes=4-", Asked::Part(4..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-30", Asked::Part(0..10)),
            ("bytes=8-99999999999999999999999", Asked::Part(8..10)),
            ("bytes=10-", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=5-2", Asked::Whole),
            ("bytes=0-1,4-5", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("lines=1-2", Asked::Whole),
        ] {
            assert_eq!(asked(range, 10), expected, "{range}");
        }
        assert_eq!(asked("bytes=0-", 0), Asked::Beyond);
    }
}
