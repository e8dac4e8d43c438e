//! What is kept in the index.

use domain::{geo::Position, search::Kind};
use time::Date;

/// Everything that can be found of one thing: it is replaced as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Which thing: `point/17`.
    pub key: String,
    /// Says whether it has changed: another stamp for other passages.
    pub stamp: u64,
    /// What can be found of it.
    pub passages: Vec<Passage>,
}

/// A passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// What it is part of, or where: the title of a policy, a chapter, an address.
    pub heading: String,
    /// What else people call it.
    pub words: String,
    /// What it says, word for word.
    pub body: String,
    /// Its numbers, as [`domain::search::Number::token`] writes them.
    pub numbers: Vec<String>,
    /// The address of its page, without a language.
    pub address: String,
    /// In which part of the city it is; empty where that says nothing.
    pub place: String,
    /// As of when it is so, if that is known.
    pub date: Option<Date>,
    /// Whether it still holds.
    pub holds: bool,
    /// Where it is.
    pub position: Option<Position>,
}
