//! How large a file is, in words.

/// A number of bytes, rounded up to kilobytes below a megabyte.
pub(crate) fn file_size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
