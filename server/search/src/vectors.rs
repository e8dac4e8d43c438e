//! Vectors of texts, and which of them are near to one that is asked. All of them are in memory, a byte a number. A query is compared
//! with the signs of every vector first, a bit a number, and with the whole of those only that have most signs in common with it.

use std::collections::{HashMap, HashSet};

/// So many texts near to a query are told.
const NEAREST: usize = 60;
/// So many texts are compared with a query in full.
const COMPARED: usize = 1_000;
/// About so many texts tell how near any text is: those that their fingerprints choose, so the same ones on every server.
const SAMPLED: usize = 1_000;

/// A vector with a byte a number; its direction is all that counts.
pub fn in_bytes(vector: &[f32]) -> Vec<u8> {
    let largest = vector.iter().fold(f32::MIN_POSITIVE, |largest, number| largest.max(number.abs()));
    vector.iter().map(|number| ((number / largest * 127.0).round() as i8).cast_unsigned()).collect()
}

/// A vector that is compared with others.
#[derive(Debug)]
struct Direction {
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

/// The signs of a vector seen from the middle of all: models give vectors that have much in common.
fn signs<'a>(numbers: &'a [i8], length: f32, middle: &'a [f32]) -> impl Iterator<Item = u64> + 'a {
    numbers.chunks(64).zip(middle.chunks(64)).map(move |(numbers, middle)| {
        let pairs = numbers.iter().zip(middle).enumerate();
        pairs.fold(0, |bits, (i, (number, middle))| bits | u64::from(f32::from(*number) > middle * length) << i)
    })
}

/// The vectors of texts.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    /// Numbers in a vector.
    long: usize,
    fingerprints: Vec<u64>,
    rows: HashMap<u64, usize>,
    numbers: Vec<i8>,
    lengths: Vec<f32>,
    /// The middle of the first so many vectors, and the signs of all; none as long as every one is compared in full.
    middle: Vec<f32>,
    of_the_first: usize,
    signs: Vec<u64>,
    /// How many texts there are.
    living: usize,
}

/// How near texts are to a query.
#[derive(Debug)]
pub(crate) struct Near {
    query: Direction,
    /// How near any text is, whatever it is about.
    any: f32,
    /// How much texts differ in it: their standard deviation.
    spread: f32,
    /// The nearest texts.
    pub(crate) best: Vec<u64>,
}

impl Vectors {
    /// Whether the vector of a text is known.
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
        if !self.middle.is_empty() {
            self.signs.extend(signs(&numbers, length, &self.middle));
        }
        self.rows.insert(fingerprint, self.fingerprints.len());
        self.fingerprints.push(fingerprint);
        self.numbers.extend(numbers);
        self.lengths.push(length);
        // The middle moves as long as texts come; twice as many are worth another look.
        if self.len() > COMPARED && self.len() >= 2 * self.of_the_first {
            self.find_the_middle();
        }
        true
    }

    /// Sees all vectors from the middle of those there are.
    fn find_the_middle(&mut self) {
        let mut sums = vec![0.0; self.long];
        for (numbers, length) in self.each() {
            sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += f32::from(*number) / length);
        }
        let count = self.len();
        let middle: Vec<f32> = sums.into_iter().map(|sum| sum / count as f32).collect();
        self.signs = self.each().flat_map(|(numbers, length)| signs(numbers, length, &middle)).collect();
        (self.middle, self.of_the_first) = (middle, count);
    }

    /// The numbers and the length of each vector.
    fn each(&self) -> impl Iterator<Item = (&[i8], f32)> {
        // Without any, vectors have no length.
        self.numbers.chunks_exact(self.long.max(1)).zip(self.lengths.iter().copied())
    }

    /// The texts whose vector is known.
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
        for (fingerprint, (numbers, _)) in before.fingerprints.iter().zip(before.each()) {
            if texts.contains(fingerprint) {
                let bytes: Vec<u8> = numbers.iter().map(|number| number.cast_unsigned()).collect();
                self.learn(*fingerprint, &bytes);
            }
        }
    }

    /// Compares a query with the texts; none where nothing is known, or the query is of another model.
    pub(crate) fn near(&self, query: &[f32]) -> Option<Near> {
        if query.len() != self.long || self.fingerprints.is_empty() {
            return None;
        }
        let query = Direction::of(&in_bytes(query));
        let cosine = |row| self.cosine(&query, row).unwrap_or_default();
        let every = self.len().div_ceil(SAMPLED) as u64;
        let sampled = self.fingerprints.iter().enumerate().filter(|(_, text)| *text % every == 0);
        let sample: Vec<f32> = sampled.map(|(row, _)| cosine(row)).collect();
        let any = sample.iter().sum::<f32>() / sample.len().max(1) as f32;
        let variance = sample.iter().map(|near| (near - any).powi(2)).sum::<f32>() / sample.len().max(1) as f32;
        let mut best: Vec<(f32, usize)> = self.alike(&query).into_iter().map(|row| (cosine(row), row)).collect();
        best.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.truncate(NEAREST);
        let best = best.into_iter().filter_map(|(_, row)| self.fingerprints.get(row).copied()).collect();
        // Where all are as near, none is nearer than any.
        Some(Near { query, any, spread: variance.sqrt().max(1e-3), best })
    }

    /// The rows that have the most signs in common with a query, about as many as are compared in full.
    fn alike(&self, query: &Direction) -> Vec<usize> {
        if self.middle.is_empty() {
            return (0..self.len()).collect();
        }
        let asked: Vec<u64> = signs(&query.numbers, query.length, &self.middle).collect();
        let apart = |row: &[u64]| -> u32 { row.iter().zip(&asked).map(|(a, b)| (a ^ b).count_ones()).sum() };
        let apart: Vec<u32> = self.signs.chunks_exact(asked.len()).map(apart).collect();
        let mut sorted = apart.clone();
        let (_, furthest, _) = sorted.select_nth_unstable(COMPARED.min(apart.len() - 1));
        (0..apart.len()).filter(|row| apart[*row] <= *furthest).collect()
    }

    fn cosine(&self, query: &Direction, row: usize) -> Option<f32> {
        let numbers = self.numbers.get(row * self.long..(row + 1) * self.long)?;
        Some(product(&query.numbers, numbers) as f32 / (query.length * self.lengths.get(row)?))
    }

    /// How much nearer than any text a text is to a query, in standard deviations; none where its vector is not known.
    pub(crate) fn closeness(&self, near: &Near, fingerprint: u64) -> Option<f32> {
        let row = *self.rows.get(&fingerprint)?;
        Some((self.cosine(&near.query, row)? - near.any) / near.spread)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_comes_first_whatever_its_length() {
        let mut known = Vectors::default();
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
        let mut known = Vectors::default();
        assert!((0..5).all(|text| known.learn(text, &in_bytes(&[text as f32, 1.0]))));
        known.keep(&HashSet::from([1, 3]));
        assert_eq!((known.len(), known.has(3), known.has(4)), (2, true, false));
        assert_eq!(known.near(&[3.0, 1.0]).expect("two numbers").best, [3, 1]);
        assert!(!known.learn(9, &in_bytes(&[1.0, 2.0, 3.0])) && !known.learn(10, &[]));
        assert_eq!((known.len(), known.has(3)), (2, true));
    }

    #[test]
    fn a_vector_of_zeros_or_one_number_is_no_panic() {
        let mut known = Vectors::default();
        assert!(known.learn(1, &in_bytes(&[0.0, 0.0])) && !Vectors::default().learn(1, &[]));
        let near = known.near(&[0.0, 0.0]).expect("two numbers");
        assert_eq!(known.closeness(&near, 1), Some(0.0));
    }

    #[test]
    fn among_many_texts_that_have_much_in_common_the_nearest_are_found() {
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 40) as f32 / (1 << 24) as f32 - 0.5
        };
        let mut vector = |size: f32| -> Vec<f32> { (0..192).map(|_| size * next()).collect() };
        let sum = |a: &[f32], b: &[f32]| -> Vec<f32> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
        let common = vector(3.0);
        // Ten of a kind.
        let kinds: Vec<Vec<f32>> = (0..COMPARED / 2).map(|_| sum(&common, &vector(1.0))).collect();
        let texts: Vec<Vec<f32>> =
            kinds.iter().flat_map(|kind| (0..10).map(|_| sum(kind, &vector(0.6))).collect::<Vec<_>>()).collect();
        let mut known = Vectors::default();
        for (text, vector) in (0..).zip(&texts) {
            assert!(known.learn(text, &in_bytes(vector)));
        }
        assert_eq!(known.signs.len(), texts.len() * 3);
        for (wanted, kind) in kinds.iter().enumerate().step_by(100) {
            let query = sum(kind, &vector(0.4));
            let near = known.near(&query).expect("vectors of as many numbers");
            assert_eq!(near.best.len(), NEAREST);
            // As if every one were compared in full.
            let asked = Direction::of(&in_bytes(&query));
            let mut all: Vec<usize> = (0..texts.len()).collect();
            all.sort_by(|a, b| known.cosine(&asked, *b).partial_cmp(&known.cosine(&asked, *a)).expect("numbers"));
            assert!(all[..10].iter().all(|row| row / 10 == wanted && near.best.contains(&(*row as u64))), "{wanted}");
        }
    }
}
