//! The index of everything that can be found: passages go in, and passages come out, word for word. It is a cache beside the database,
//! in a folder of its own; whoever keeps it compares [`Index::stamps`] with what is published and changes what differs.
//!
//! A query is asked in its words, in what the list of synonyms makes of them, and, where that finds too little, in words that sound or
//! look like them ([`lexicon`]); where a model says what texts mean, also by that ([`meaning`]). tantivy chooses candidates; [`rank`] puts them in order by how much of what was asked each one has.

mod answer;
mod collect;
mod find;
mod index;
mod lexicon;
mod meaning;
mod passage;
mod rank;
mod schema;
mod vectors;
mod words;

pub use answer::answer;
pub use collect::{Facets, Only};
pub use find::{Ask, Found, Hit};
pub use index::{Index, IndexError};
pub use meaning::Unmeant;
pub use passage::{Passage, Source};
pub use vectors::in_bytes;
