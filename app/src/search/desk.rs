//! What staff do for the search: `/desk/search` shows what was looked for and what was not found, `/desk/search/synonyms` keeps the words
//! of the street.

mod asked;
mod synonyms;
mod topics;

pub(crate) use asked::{asked_page, decide};
pub(crate) use synonyms::{put, remove, synonyms_page};
pub(crate) use topics::dropped;

use store::Failure;

use crate::{forms::Submitted, portal::visit};

/// What came of a form that could not be done.
fn failed<R>(failure: Failure<R>) -> Submitted {
    match failure {
        Failure::Store(error) => Submitted::Failed(error),
        Failure::Forbidden | Failure::Refused(_) => Submitted::Status(403),
    }
}

/// The steps above a page of the desk's search.
fn way(below: bool) -> Vec<(String, String)> {
    let locale = visit().locale;
    let mut way = vec![(locale.pick("工作台", "Desk").to_owned(), "/desk".to_owned())];
    if below {
        way.push((locale.pick("搜索", "Search").to_owned(), "/desk/search".to_owned()));
    }
    way
}
