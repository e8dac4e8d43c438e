//! Forms that may come twice: one that waited for the network, or whose answer got lost. Its code is made from a key of its own, so the
//! database itself knows the second one.

use domain::reports::code::QueryCode;
use sha2::{Digest, Sha256};

/// The code of a form about `subject` whose key is a random UUID: the same key is the same form, however often it comes. None where
/// the text is no such key. What a key is good for, only who made it knows, as with the code itself.
pub(crate) fn code(subject: &str, key: &str) -> Option<QueryCode> {
    let parts: Vec<_> = key.split('-').map(str::len).collect();
    let is_key = parts == [8, 4, 4, 4, 12] && key.bytes().all(|it| it == b'-' || it.is_ascii_hexdigit());
    let hash = Sha256::digest(format!("{subject} {}", key.to_ascii_lowercase()));
    is_key.then(|| QueryCode::new(std::array::from_fn(|i| hash[i])))
}
