//! What passages mean, beside their words: a vector for each text, as a model outside gives it. All of them are in memory, a byte a
//! number, and a query is compared with every one.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
};

use domain::search::Kind;
use sha2::{Digest, Sha256};

use crate::Passage;

/// Of a longer text the beginning says what it is about.
const LONGEST: usize = 400;
/// So many passages near in meaning become candidates.
const NEAREST: usize = 60;

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

/// A vector with a byte a number; its direction is all that counts.
pub fn in_bytes(vector: &[f32]) -> Vec<u8> {
    let largest = vector.iter().fold(f32::MIN_POSITIVE, |largest, number| largest.max(number.abs()));
    vector.iter().map(|number| ((number / largest * 127.0).round() as i8).cast_unsigned()).collect()
}

/// A vector that is compared with others.
#[derive(Debug)]
pub(crate) struct Direction {
    numbers: Vec<i8>,
    length: f32,
}

impl Direction {
    fn of(bytes: &[u8]) -> Self {
        let numbers: Vec<i8> = bytes.iter().map(|byte| byte.cast_signed()).collect();
        let length = (product(&numbers, &numbers) as f32).sqrt().max(1.0);
        Self { numbers, length }
    }
}

/// Plain sums of whole numbers, which the compiler turns into steps of many at once.
fn product(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// The vectors of texts.
#[derive(Debug, Default)]
pub(crate) struct Meanings {
    /// Numbers in a vector.
    long: usize,
    fingerprints: Vec<u64>,
    rows: HashMap<u64, usize>,
    numbers: Vec<i8>,
    lengths: Vec<f32>,
    /// How many texts there are.
    living: usize,
}

/// Words of the street, by what they mean.
#[derive(Debug, Default)]
pub(crate) struct Said {
    words: HashMap<u64, String>,
    meanings: Meanings,
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

    /// Learns a vector; none where this is no word of the street, otherwise as [`Meanings::learn`].
    pub(crate) fn learn(&mut self, fingerprint: u64, bytes: &[u8]) -> Option<bool> {
        self.words.contains_key(&fingerprint).then(|| self.meanings.learn(fingerprint, bytes))
    }

    /// Every word, if the meaning of all is known.
    pub(crate) fn all_meant(&self) -> Option<impl Iterator<Item = u64>> {
        (self.meanings.len() == self.words.len()).then(|| self.words.keys().copied())
    }

    /// The words nearest to what is asked, at most so many, each with how much nearer it is than any.
    pub(crate) fn alike(&self, query: &[f32], most: usize) -> Vec<(&str, f32)> {
        let Some(near) = self.meanings.near(query) else { return vec![] };
        let word = |it: &u64| Some((self.words.get(it)?.as_str(), self.meanings.closeness(&near, *it)?));
        near.best.iter().filter_map(word).take(most).collect()
    }
}

/// How near texts are to a query.
#[derive(Debug)]
pub(crate) struct Near {
    query: Direction,
    /// What any text has, whatever it is about.
    any: f32,
    /// The nearest texts.
    pub(crate) best: Vec<u64>,
}

impl Meanings {
    /// Whether the meaning of a text is known.
    pub(crate) fn has(&self, fingerprint: u64) -> bool {
        self.rows.contains_key(&fingerprint)
    }

    pub(crate) fn len(&self) -> usize {
        self.fingerprints.len()
    }

    /// Learns a vector; whether it is as long as the others. One that is not is of another model.
    pub(crate) fn learn(&mut self, fingerprint: u64, bytes: &[u8]) -> bool {
        if self.fingerprints.is_empty() {
            self.long = bytes.len();
        }
        if bytes.is_empty() || bytes.len() != self.long {
            return false;
        }
        if self.has(fingerprint) {
            return true;
        }
        let Direction { numbers, length } = Direction::of(bytes);
        self.rows.insert(fingerprint, self.fingerprints.len());
        self.fingerprints.push(fingerprint);
        self.numbers.extend(numbers);
        self.lengths.push(length);
        true
    }

    /// The texts whose meaning is known.
    pub(crate) fn texts(&self) -> impl Iterator<Item = u64> {
        self.fingerprints.iter().copied()
    }

    /// How many texts there were when [`Self::keep`] was told.
    pub(crate) fn living(&self) -> usize {
        self.living
    }

    /// Forgets all but the texts that there are.
    pub(crate) fn keep(&mut self, texts: &HashSet<u64>) {
        self.living = texts.len();
        if self.fingerprints.iter().all(|it| texts.contains(it)) {
            return;
        }
        let before = std::mem::take(self);
        (self.long, self.living) = (before.long, before.living);
        for (fingerprint, numbers) in before.fingerprints.iter().zip(before.numbers.chunks_exact(before.long)) {
            if texts.contains(fingerprint) {
                let bytes: Vec<u8> = numbers.iter().map(|number| number.cast_unsigned()).collect();
                self.learn(*fingerprint, &bytes);
            }
        }
    }

    /// Compares a query with every text; none where nothing is known, or the query is of another model.
    pub(crate) fn near(&self, query: &[f32]) -> Option<Near> {
        if query.len() != self.long || self.fingerprints.is_empty() {
            return None;
        }
        let query = Direction::of(&in_bytes(query));
        let (mut sum, mut best) = (0.0, BinaryHeap::with_capacity(NEAREST + 1));
        for (row, numbers) in self.numbers.chunks_exact(self.long).enumerate() {
            let near = self.cosine(&query, row, numbers);
            sum += f64::from(near);
            // Cosines are above -1, so their bits have their order.
            best.push(Reverse(((near + 2.0).to_bits(), row)));
            if best.len() > NEAREST {
                best.pop();
            }
        }
        let any = (sum / self.fingerprints.len() as f64) as f32;
        let best = best.into_sorted_vec();
        let best = best.iter().filter_map(|Reverse((_, row))| self.fingerprints.get(*row).copied()).collect();
        Some(Near { query, any, best })
    }

    fn cosine(&self, query: &Direction, row: usize, numbers: &[i8]) -> f32 {
        let length = self.lengths.get(row).copied().unwrap_or(1.0);
        product(&query.numbers, numbers) as f32 / (query.length * length)
    }

    /// How much nearer than any text a text is to a query; none where its meaning is not known.
    pub(crate) fn closeness(&self, near: &Near, fingerprint: u64) -> Option<f32> {
        let row = *self.rows.get(&fingerprint)?;
        let numbers = self.numbers.get(row * self.long..(row + 1) * self.long)?;
        Some(self.cosine(&near.query, row, numbers) - near.any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_comes_first_whatever_its_length() {
        let mut known = Meanings::default();
        for (text, vector) in [(1, [1.0, 0.0, 0.1]), (2, [0.0, 5.0, 0.0]), (3, [0.5, 0.5, 0.0])] {
            assert!(known.learn(text, &in_bytes(&vector)));
        }
        let near = known.near(&[0.1, 0.1, 0.0]).expect("vectors of three numbers");
        assert_eq!(near.best.first(), Some(&3));
        let closeness = |text| known.closeness(&near, text);
        assert!(closeness(3) > closeness(1) && closeness(3) > Some(0.0) && closeness(4).is_none());
        assert!(known.near(&[1.0]).is_none(), "of another model");
    }

    #[test]
    fn texts_that_are_gone_are_forgotten_and_vectors_of_other_models_not_taken() {
        let mut known = Meanings::default();
        assert!((0..5).all(|text| known.learn(text, &in_bytes(&[text as f32, 1.0]))));
        known.keep(&HashSet::from([1, 3]));
        assert_eq!((known.len(), known.has(3), known.has(4)), (2, true, false));
        assert_eq!(known.near(&[3.0, 1.0]).expect("two numbers").best, [3, 1]);
        assert!(!known.learn(9, &in_bytes(&[1.0, 2.0, 3.0])) && !known.learn(10, &[]));
        assert_eq!((known.len(), known.has(3)), (2, true));
    }

    #[test]
    fn a_vector_of_zeros_or_one_number_is_no_panic() {
        let mut known = Meanings::default();
        assert!(known.learn(1, &in_bytes(&[0.0, 0.0])) && !Meanings::default().learn(1, &[]));
        let near = known.near(&[0.0, 0.0]).expect("two numbers");
        assert_eq!(known.closeness(&near, 1), Some(0.0));
    }
}
