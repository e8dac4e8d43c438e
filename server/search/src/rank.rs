//! The order of what was found: by how much of what was asked a passage has, where it has it, and what it is.

use std::{cell::LazyCell, collections::HashSet, iter};

use domain::search::{Kind, Number, Synonyms, synonyms_of};

use crate::{
    Passage,
    words::{bare, cut, cut_all, cut_small, is_stop, is_weak, plain},
};

/// Something that was asked for: words of which one is enough.
#[derive(Debug)]
struct Group {
    /// What was typed first, then what it may be called.
    words: Vec<String>,
    /// The smaller words of each.
    parts: Vec<Vec<String>>,
    /// How many signs those have.
    signs: Vec<Vec<usize>>,
    /// How much it tells passages apart.
    weight: f32,
    /// Whether anything has it at all.
    is_known: bool,
}

/// All that was asked for.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    all: Vec<Group>,
    /// Of everything, and of what anything has.
    sum: f32,
    known: f32,
    /// The pairs of neighbouring signs of what was typed.
    pairs: Vec<String>,
}

/// How good a passage is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked {
    /// To put passages in order.
    pub(crate) score: f32,
    /// How much of what was asked it has, from 0 to 1.
    pub(crate) share: f32,
    /// How well it fits the words as they stand, whatever it is.
    pub(crate) fits: f32,
}

/// The texts of a passage as words are compared with them, each with how much a word is worth there.
pub(crate) struct Texts {
    title: String,
    heading: String,
    words: String,
    body: String,
}

impl Texts {
    pub(crate) fn of(passage: &Passage) -> Self {
        let (title, heading) = (plain(bare(&passage.title)), plain(bare(&passage.heading)));
        Self { title, heading, words: plain(&passage.words), body: plain(&passage.body) }
    }

    fn places(&self) -> [(&str, f32); 4] {
        [(&self.title, TITLE), (&self.words, WORDS), (&self.heading, HEADING), (&self.body, BODY)]
    }
}

/// Words that ask for a side of a thing count so much less than those that name it.
const WEAK: f32 = 0.4;
/// So many pairs of signs are looked at.
const PAIRS: usize = 40;
/// How much a word is worth where it stands.
const TITLE: f32 = 1.0;
const WORDS: f32 = 0.97;
const HEADING: f32 = 0.92;
const BODY: f32 = 0.88;

impl Groups {
    /// What plain, simplified words ask for; `frequency` says in how many passages a word stands, and how many there are.
    pub(crate) fn of(text: &str, synonyms: &Synonyms, frequency: impl Fn(&str) -> (u64, u64)) -> Self {
        let mut groups: Vec<Vec<String>> = Vec::new();
        let edges = LazyCell::new(|| edges(text));
        // Up to here all is in a group; from there on the next is looked for.
        let (mut done, mut from) = (0, 0);
        for (said, means) in synonyms_of(synonyms, text) {
            let Some(at) = text[from..].find(said).map(|place| from + place) else { continue };
            from = at + said.len();
            if cuts(&edges, said, at) {
                continue;
            }
            groups.extend(typed(&text[done..at]));
            groups.extend(match means {
                // All of its words, or what was said.
                [name] => name.iter().map(|word| vec![said.to_owned(), word.clone()]).collect(),
                names => vec![iter::once(said.to_owned()).chain(names.iter().map(|name| name.join(" "))).collect()],
            });
            done = from;
        }
        groups.extend(typed(&text[done..]));
        let mut seen = HashSet::new();
        let mut all = Vec::new();
        for words in groups {
            if !seen.insert(words.clone()) {
                continue;
            }
            let parts: Vec<Vec<String>> =
                words.iter().map(|word| cut_small(word).into_iter().map(str::to_owned).collect()).collect();
            // Of several names for it, the commonest tells least.
            let weight = parts.iter().map(|parts| rarest(parts, &frequency)).fold(f32::MAX, f32::min);
            let weight = if words.iter().any(|word| is_weak(word)) { WEAK * weight } else { weight };
            let is_known = parts.iter().flatten().any(|part| frequency(part).0 > 0);
            let signs = |parts: &Vec<String>| parts.iter().map(|part| part.chars().count()).collect();
            let signs = parts.iter().map(signs).collect();
            all.push(Group { words, parts, signs, weight, is_known });
        }
        let weights = |of: &dyn Fn(&&Group) -> bool| all.iter().filter(of).map(|group| group.weight).sum();
        let (sum, known) = (weights(&|_| true), weights(&|group| group.is_known));
        let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let pairs = signs.windows(2).take(PAIRS).map(|pair| pair.iter().collect()).collect();
        Self { all, sum, known, pairs }
    }

    /// Every word to look for, with its weight.
    pub(crate) fn terms(&self) -> Vec<(String, f32)> {
        let mut terms: Vec<(String, f32)> = Vec::new();
        for group in &self.all {
            for (i, (word, parts)) in group.words.iter().zip(&group.parts).enumerate() {
                for part in parts {
                    let share = part.chars().count() as f32 / word.chars().count() as f32;
                    let weight = if i == 0 { share.max(0.4) } else { 0.9 * share.max(0.4) };
                    match terms.iter_mut().find(|(known, _)| known == part) {
                        Some(known) => known.1 = known.1.max(weight),
                        None => terms.push((part.clone(), weight)),
                    }
                }
            }
        }
        terms
    }

    /// For each thing that was asked for, the ways to have it: the words of each.
    pub(crate) fn ways(&self) -> impl Iterator<Item = &Vec<Vec<String>>> {
        self.all.iter().map(|group| &group.parts)
    }

    /// The words to mark.
    pub(crate) fn marks(&self) -> Vec<String> {
        let words = self.all.iter().flat_map(|group| group.words.iter().chain(group.parts.iter().flatten()));
        let mut words: Vec<String> = words.filter(|word| word.chars().count() > 1).cloned().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.dedup();
        words
    }

    /// How much of what was asked is in these texts, where all of it is [`Self::sum`].
    fn had(&self, texts: &Texts) -> f32 {
        let places = texts.places();
        // The place where it is worth most first: where it stands there, no other is looked at.
        let best = |group: &Group, best: f32, (text, worth): &(&str, f32)| {
            if best >= *worth { best } else { best.max(worth * group.within(text)) }
        };
        let had = |group: &Group| places.iter().fold(0.0, |so_far, place| best(group, so_far, place)) * group.weight;
        self.all.iter().map(had).sum()
    }

    /// How much of what was asked is in these texts, from 0 to 1.
    pub(crate) fn share(&self, texts: &Texts) -> f32 {
        if self.sum > 0.0 { self.had(texts) / self.sum } else { 0.0 }
    }

    /// How good a passage is for what was asked; `first` is how good the index found it, from 0 to 1.
    pub(crate) fn rank(
        &self,
        (passage, texts): (&Passage, &Texts),
        numbers: &[Number],
        asked: &str,
        first: f32,
    ) -> Ranked {
        let Texts { title, heading, words, body } = texts;
        let mut had = self.had(texts);
        let (mut sum, mut known) = (self.sum, self.known);
        // A number counts as much as two rare words.
        for number in numbers {
            let token = number.token();
            sum += 12.0;
            known += 12.0;
            let ends = |known: &String| known.len() > 6 && token.ends_with(&known[1..]);
            if passage.numbers.iter().any(|known| *known == token || (token.starts_with('t') && ends(known))) {
                had += 12.0;
            }
        }
        // A text may have as a whole what the index has only in pieces.
        let of = |all: f32| if all > 0.0 { (had / all).min(1.0) } else { 0.0 };
        let (share, of_known) = (of(sum), of(known));
        let near = |text: &str| {
            let count = self.pairs.iter().filter(|pair| text.contains(pair.as_str())).count();
            if self.pairs.is_empty() { 0.0 } else { count as f32 / self.pairs.len() as f32 }
        };
        let together = near(title).max(near(body)).max(near(words));
        let asked: String = asked.chars().filter(|c| !c.is_whitespace()).collect();
        let exact = match () {
            () if asked.is_empty() => 0.0,
            () if *title == asked => 0.5,
            () if words.split(['|', ' ', '、']).any(|word| word == asked) => 0.4,
            () if title.contains(&asked) => 0.25 * asked.len() as f32 / title.len() as f32,
            () => 0.0,
        };
        // The policy that is named, and not another with words of its name.
        let policy =
            if passage.kind == Kind::Policy { title.as_str() } else { heading.split(' ').next().unwrap_or_default() };
        let is_named = policy.chars().count() >= 3 && asked.contains(policy);
        // Who names an article of a law does not mean the law.
        let misses = numbers.iter().any(|number| !passage.numbers.contains(&number.token()));
        let (named, exact) = if misses { (0.0, 0.0) } else { (if is_named { 0.3 } else { 0.0 }, exact) };
        let prior = match passage.kind {
            Kind::Service => 0.12,
            Kind::Question => 0.08,
            Kind::Interpretation | Kind::Policy => 0.05,
            Kind::Manual => 0.04,
            Kind::Clause => 0.02,
            Kind::Office | Kind::Division | Kind::Post => 0.0,
            Kind::Point => -0.02,
        };
        let validity = if passage.holds { 0.0 } else { -0.25 };
        let fits = share + 0.25 * together + exact;
        Ranked { score: of_known + 0.25 * together + exact + named + prior + validity + 0.15 * first, share, fits }
    }
}

/// Where words begin and end.
fn edges(text: &str) -> HashSet<usize> {
    let ends = cut_all(text).into_iter().scan(0, |end, word| {
        *end += word.len();
        Some(*end)
    });
    iter::once(0).chain(ends).collect()
}

/// Whether what people say stands there only by chance, as 低保 in 最低保修期: it begins and ends within other words, or is short and does
/// one of both.
fn cuts(edges: &HashSet<usize>, said: &str, at: usize) -> bool {
    let (begins, ends) = (edges.contains(&at), edges.contains(&(at + said.len())));
    if said.chars().count() > 2 { !begins && !ends } else { !begins || !ends }
}

/// The groups of a piece of text without synonyms: a word each.
fn typed(text: &str) -> impl Iterator<Item = Vec<String>> {
    cut(text).into_iter().filter(|word| !is_stop(word)).map(|word| vec![word.to_owned()])
}

/// How rare the rarest of some words is.
fn rarest(words: &[String], frequency: impl Fn(&str) -> (u64, u64)) -> f32 {
    let weight = |word: &String| {
        let (with, all) = frequency(word);
        let (with, all) = (with as f32, all as f32);
        (1.0 + (all - with + 0.5).max(0.0) / (with + 0.5)).ln().max(0.2)
    };
    words.iter().map(weight).fold(0.2, f32::max)
}

impl Group {
    /// How much of it a text has: all of a name for it, or some of the words of one.
    fn within(&self, text: &str) -> f32 {
        let of = |((word, parts), signs): ((&String, &Vec<String>), &Vec<usize>)| {
            if text.contains(word.as_str()) {
                return 1.0;
            }
            let long = parts.iter().zip(signs).filter(|(_, signs)| **signs > 1);
            let (all, had) = long.fold((0_usize, 0_usize), |(all, had), (part, signs)| {
                (all + signs, had + if text.contains(part.as_str()) { *signs } else { 0 })
            });
            if all == 0 { 0.0 } else { 0.8 * had as f32 / all as f32 }
        };
        self.words.iter().zip(&self.parts).zip(&self.signs).map(of).fold(0.0, f32::max)
    }
}
