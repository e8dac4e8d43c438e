//! What passages and words of the street mean, beside their own words: which texts a model outside has to give a vector for.

use std::collections::HashMap;

use domain::search::Kind;
use sha2::{Digest, Sha256};

use crate::{Passage, vectors::Vectors};

/// Of a longer text the beginning says what it is about.
const LONGEST: usize = 400;

/// A text whose meaning is not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmeant {
    /// Which text.
    pub fingerprint: u64,
    /// The text.
    pub text: String,
    /// Whether it is what people say; otherwise it is a passage.
    pub is_said: bool,
}

/// The text of which a passage has its meaning; none for names, which are found by their words.
pub(crate) fn text_of(passage: &Passage) -> Option<String> {
    let (title, heading, body) = (&passage.title, &passage.heading, &passage.body);
    let text = match passage.kind {
        Kind::Point | Kind::Office | Kind::Post | Kind::Division => return None,
        Kind::Service => format!("{title} {body}"),
        Kind::Clause => format!("{heading} {body}"),
        Kind::Question | Kind::Interpretation | Kind::Policy | Kind::Manual => format!("{heading} {title} {body}"),
    };
    Some(text.chars().take(LONGEST).collect())
}

/// What a text is known by.
pub(crate) fn fingerprint(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// What a word of the street is known by, apart from a passage of the same signs: a model may tell one from the other.
fn fingerprint_of_said(word: &str) -> u64 {
    fingerprint(&format!("said {word}"))
}

/// Words of the street, by what they mean.
#[derive(Debug, Default)]
pub(crate) struct Said {
    words: HashMap<u64, String>,
    meanings: Vectors,
}

impl Said {
    /// Takes another list; what is known of words that are still in it is kept.
    pub(crate) fn speak<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        self.words = words.map(|word| (fingerprint_of_said(word), word.to_owned())).collect();
        self.meanings.keep(&self.words.keys().copied().collect());
    }

    /// The words whose meaning is not known yet, at most so many.
    pub(crate) fn unmeant(&self, most: usize) -> Vec<Unmeant> {
        let unknown = self.words.iter().filter(|(fingerprint, _)| !self.meanings.has(**fingerprint));
        let unmeant = |(fingerprint, word): (&u64, &String)| Unmeant {
            fingerprint: *fingerprint,
            text: word.clone(),
            is_said: true,
        };
        unknown.take(most).map(unmeant).collect()
    }

    /// Learns a vector; none where this is no word of the street, otherwise as [`Vectors::learn`].
    pub(crate) fn learn(&mut self, fingerprint: u64, bytes: &[u8]) -> Option<bool> {
        self.words.contains_key(&fingerprint).then(|| self.meanings.learn(fingerprint, bytes))
    }

    /// Every word, if the meaning of all is known.
    pub(crate) fn all_meant(&self) -> Option<impl Iterator<Item = u64>> {
        (self.meanings.len() == self.words.len()).then(|| self.words.keys().copied())
    }

    /// The words nearest to what is asked, at most so many, each with its [`Vectors::closeness`].
    pub(crate) fn alike(&self, query: &[f32], most: usize) -> Vec<(&str, f32)> {
        let Some(near) = self.meanings.near(query) else { return vec![] };
        let word = |it: &u64| Some((self.words.get(it)?.as_str(), self.meanings.closeness(&near, *it)?));
        near.best.iter().filter_map(word).take(most).collect()
    }
}
