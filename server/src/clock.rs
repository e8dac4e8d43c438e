//! The one place that reads the clock.

use time::OffsetDateTime;

/// The instant it is.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}
