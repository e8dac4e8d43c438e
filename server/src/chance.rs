//! The one place that asks the system for randomness.

/// Fills bytes with what nobody can foresee. Without randomness no session may begin, so a system that gives none ends the
/// process.
#[expect(clippy::expect_used, reason = "there is nothing safe to go on with")]
pub(crate) fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system gives no randomness");
}

/// So many random bytes.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}
