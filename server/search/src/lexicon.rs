//! The words that the index has, by how they sound and look: what was typed by its sound (`shebaoka`, `sbk`), with another character
//! of the same sound (公基金) or with a wrong one becomes words that can be found.

use std::collections::{HashMap, HashSet};

use domain::search::is_han;
use pinyin::ToPinyinMulti;
use tantivy::{Searcher, TantivyError};

use crate::{
    schema::Fields,
    words::{cut_all, is_name, is_stop, plain},
};

/// The longest word that is looked at, in signs.
const LONGEST: usize = 12;
/// The longest name.
const LONGEST_NAME: usize = 24;
/// Of a character with several sounds so many are known, of a word so many together.
const SOUNDS: usize = 3;
const MOST_SOUNDS: usize = 6;
/// The most letters that are taken for sounds.
const LETTERS: usize = 60;
/// What a word is worth that people say, and a name: as much as one that stands in so many passages.
const SAID: u32 = 500;
const NAMED: u32 = 100;
/// Longer words that people say are whole phrases, which nobody mistypes for another.
const SHORT_PHRASE: usize = 4;
/// A longer text is a sentence.
const SHORT: usize = 6;
/// So many ways to read what was typed are given.
const READINGS: usize = 4;

#[derive(Debug)]
struct Entry {
    word: String,
    /// In how many passages it stands, more for names.
    weight: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    known: HashMap<String, u32>,
    /// By full sounds, exact and as people confuse them.
    sounds: HashMap<String, Vec<u32>>,
    alike: HashMap<String, Vec<u32>>,
    initials: HashMap<String, Vec<u32>>,
    /// Words of three signs and more with one of them left open.
    shapes: HashMap<String, Vec<u32>>,
    /// Names in order, for what begins with what was typed.
    names: Vec<(String, String)>,
}

impl Lexicon {
    /// Learns the words of an index, and others that people say.
    pub(crate) fn of<'a>(
        searcher: &Searcher,
        fields: &Fields,
        said: impl Iterator<Item = &'a str>,
    ) -> Result<Self, TantivyError> {
        let mut words: HashMap<String, u32> = HashMap::new();
        let mut spoken_of: HashSet<String> = HashSet::new();
        let mut names: HashSet<String> = HashSet::new();
        for segment in searcher.segment_readers() {
            for (field, factor) in [(fields.title, 4), (fields.words, 40), (fields.heading, 1), (fields.body, 1)] {
                let index = segment.inverted_index(field)?;
                let mut terms = index.terms().stream()?;
                while let Some((term, info)) = terms.next() {
                    let Ok(word) = std::str::from_utf8(term) else { continue };
                    if is_name(word) && word.chars().count() <= LONGEST {
                        if field == fields.words {
                            spoken_of.insert(word.to_owned());
                        }
                        *words.entry(word.to_owned()).or_default() += info.doc_freq * factor;
                    }
                }
            }
            if let Some(column) = segment.fast_fields().str("name")? {
                let mut stream = column.dictionary().stream().map_err(TantivyError::from)?;
                while stream.advance() {
                    if let Ok(name) = std::str::from_utf8(stream.key()) {
                        names.insert(name.to_owned());
                    }
                }
            }
        }
        for word in said.filter(|word| is_word_said(word)) {
            *words.entry(word.to_owned()).or_default() += SAID;
            spoken_of.insert(word.to_owned());
        }
        for name in &names {
            if let Some(signs) = signs_of(name) {
                *words.entry(signs).or_default() += NAMED;
            }
        }
        let mut lexicon = Self::default();
        let mut words: Vec<_> = words.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        // What people say comes first where letters leave it open.
        let (said, other): (Vec<_>, Vec<_>) = words.into_iter().partition(|(word, _)| spoken_of.contains(word));
        for (word, weight) in said.into_iter().chain(other) {
            lexicon.add(word, weight);
        }
        lexicon.names = names.into_iter().map(|name| (plain(&name), name)).collect();
        lexicon.names.sort();
        Ok(lexicon)
    }

    /// Learns some names besides, and words that people say.
    pub(crate) fn learn(&mut self, names: Vec<String>, said: Vec<String>) {
        said.into_iter().filter(|word| is_word_said(word)).for_each(|word| self.add(word, SAID));
        for name in names {
            if let Some(signs) = signs_of(&name) {
                self.add(signs, NAMED);
            }
            let entry = (plain(&name), name);
            if let Err(place) = self.names.binary_search(&entry) {
                self.names.insert(place, entry);
            }
        }
    }

    fn add(&mut self, word: String, weight: u32) {
        if self.known.contains_key(&word) {
            return;
        }
        let Ok(place) = u32::try_from(self.entries.len()) else { return };
        for (full, first) in spoken(&word) {
            push(&mut self.alike, confused(&full), place);
            push(&mut self.sounds, full, place);
            push(&mut self.initials, first, place);
        }
        let signs: Vec<char> = word.chars().collect();
        if (3..=8).contains(&signs.len()) && weight > 1 {
            for i in 0..signs.len() {
                push(&mut self.shapes, open(&signs, i), place);
            }
        }
        self.known.insert(word.clone(), weight);
        self.entries.push(Entry { word, weight });
    }

    fn best<'a>(&'a self, map: &'a HashMap<String, Vec<u32>>, key: &str) -> Option<&'a Entry> {
        map.get(key)?.first().map(|place| &self.entries[*place as usize])
    }

    /// What else may have been meant by plain, simplified words, the likeliest first.
    pub(crate) fn readings(&self, text: &str) -> Vec<String> {
        let mut readings = Vec::new();
        if text.chars().any(|c| c.is_ascii_lowercase()) {
            readings.extend(self.by_letters(text));
        } else {
            readings.extend(self.by_signs(text));
        }
        let mut seen = HashSet::from([text.to_owned()]);
        readings.retain(|it| seen.insert(it.clone()));
        readings.truncate(READINGS);
        readings
    }

    /// Letters, perhaps among Chinese signs, as sounds or as the first letters of sounds.
    fn by_letters(&self, text: &str) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let mut letters = String::new();
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            match sounds_of(c).into_iter().next() {
                Some(sound) => letters.push_str(&sound),
                None => letters.push(c),
            }
        }
        if letters.len() > LETTERS || !letters.is_ascii() {
            return all;
        }
        if text.chars().any(is_han) {
            all.extend(self.among_signs(text));
        }
        all.extend(self.spelled(&letters, &self.sounds));
        all.extend(self.spelled(&confused(&letters), &self.alike));
        if !text.chars().any(is_han) {
            let by_first = self.initials.get(&letters).into_iter().flatten();
            all.extend(by_first.take(READINGS).map(|place| self.entries[*place as usize].word.clone()));
            // Two words by their first letters, three or more of each.
            let two = (3..letters.len().saturating_sub(2)).filter_map(|middle| {
                let word = |part: &str| self.best(&self.initials, part).filter(|it| it.weight >= NAMED);
                let (first, second) = (word(&letters[..middle])?, word(&letters[middle..])?);
                Some((first.weight.min(second.weight), format!("{}{}", first.word, second.word)))
            });
            all.extend(two.max().filter(|_| letters.len() <= 8).map(|(_, words)| words));
            // The beginning of a longer name.
            let mut longer: Vec<_> =
                self.initials.iter().filter(|(first, _)| letters.len() > 2 && first.starts_with(&letters)).collect();
            longer.sort_by_key(|(first, places)| (first.len(), places[0]));
            all.extend(longer.into_iter().take(2).map(|(_, places)| self.entries[places[0] as usize].word.clone()));
        }
        all
    }

    /// Letters among signs as words, the signs as they are.
    fn among_signs(&self, text: &str) -> Option<String> {
        let (mut out, mut letters) = (String::new(), String::new());
        for c in text.chars().chain([' ']) {
            if c.is_ascii_lowercase() {
                letters.push(c);
                continue;
            }
            if !letters.is_empty() {
                let of_sounds = self.spelled(&letters, &self.sounds);
                out.push_str(&of_sounds.or_else(|| self.spelled(&letters, &self.initials))?);
                letters.clear();
            }
            out.extend(Some(c).filter(|c| !c.is_whitespace()));
        }
        Some(out)
    }

    /// Letters as a row of words by a map, with the fewest and commonest words.
    fn spelled(&self, letters: &str, map: &HashMap<String, Vec<u32>>) -> Option<String> {
        let mut ways: Vec<Option<(f32, usize, u32)>> = vec![None; letters.len() + 1];
        ways[0] = Some((0.0, 0, 0));
        for end in 1..=letters.len() {
            for start in end.saturating_sub(LETTERS)..end {
                let Some((cost, ..)) = ways[start] else { continue };
                let Some(place) = map.get(&letters[start..end]).and_then(|it| it.first()) else { continue };
                let weight = self.entries[*place as usize].weight;
                let cost = cost + 1.0 + 2.0 / (1.0 + (weight as f32).ln_1p());
                if ways[end].is_none_or(|(known, ..)| cost < known) {
                    ways[end] = Some((cost, start, *place));
                }
            }
        }
        let (mut words, mut end) = (Vec::new(), letters.len());
        while end > 0 {
            let (_, start, place) = ways[end]?;
            words.push(self.entries[place as usize].word.as_str());
            end = start;
        }
        words.reverse();
        (!words.is_empty()).then(|| words.concat())
    }

    /// Chinese signs of which some are others of the same sound or look, or stand in the wrong order.
    fn by_signs(&self, text: &str) -> Vec<String> {
        let signs: Vec<char> = text.chars().collect();
        // Where a word begins or goes on that is known: what is put in place of a window cuts none in two.
        let mut within = vec![false; signs.len() + 1];
        let mut at = 0;
        for word in cut_all(text) {
            let length = word.chars().count();
            if length > 1 && self.known.contains_key(word) {
                within[at + 1..at + length].fill(true);
            }
            at += length;
        }
        let mut fits: Vec<(f32, usize, usize, &str)> = Vec::new();
        for start in 0..signs.len() {
            for end in start + 2..=signs.len().min(start + 8) {
                let window = &signs[start..end];
                let word: String = window.iter().collect();
                let cuts = within[start] || within[end];
                // Little words in a long sentence are no mistakes.
                let joins = window.iter().any(|c| is_stop(c.encode_utf8(&mut [0; 4])));
                let small = (window.len() < 3 && signs.len() > SHORT) || (window.len() < 4 && joins);
                if cuts || small || !window.iter().all(|c| is_han(*c)) || self.known.contains_key(&word) {
                    continue;
                }
                let length = (end - start) as f32;
                let mut fit = |entry: Option<&'_ Entry>, worth: f32| {
                    if let Some(entry) = entry
                        && let Some((known, _)) = self.known.get_key_value(&entry.word)
                    {
                        let common = (entry.weight as f32).ln_1p();
                        fits.push((worth * (length * length + common), start, end, known));
                    }
                };
                let sound: String = window.iter().filter_map(|c| sounds_of(*c).into_iter().next()).collect();
                fit(self.best(&self.sounds, &sound), 1.0);
                fit(self.best(&self.alike, &confused(&sound)), 0.8);
                if window.len() >= 3 {
                    for i in 0..window.len() {
                        fit(self.best(&self.shapes, &open(window, i)), 0.7);
                    }
                    for i in 0..window.len() - 1 {
                        let mut swapped = window.to_vec();
                        swapped.swap(i, i + 1);
                        let swapped: String = swapped.into_iter().collect();
                        let place = self.known.get_key_value(&swapped);
                        if let Some((known, weight)) = place {
                            fits.push((0.9 * (length * length + (*weight as f32).ln_1p()), start, end, known));
                        }
                    }
                }
            }
        }
        fits.sort_by(|a, b| b.0.total_cmp(&a.0));
        let put = |chosen: &[&(f32, usize, usize, &str)]| {
            let mut chosen = chosen.to_vec();
            chosen.sort_by_key(|it| it.1);
            let (mut out, mut at) = (String::new(), 0);
            for (_, start, end, word) in chosen {
                out.extend(&signs[at..*start]);
                out.push_str(word);
                at = *end;
            }
            out.extend(&signs[at..]);
            out
        };
        // The best that do not overlap, together; then the best alone.
        let mut together: Vec<&(f32, usize, usize, &str)> = Vec::new();
        for fit in &fits {
            if together.iter().all(|it| fit.2 <= it.1 || it.2 <= fit.1) {
                together.push(fit);
            }
        }
        let mut all: Vec<String> = fits.iter().take(READINGS).map(|fit| put(&[fit])).collect();
        if together.len() > 1 {
            all.insert(1.min(all.len()), put(&together));
        }
        all
    }

    /// Names that begin with what was typed, in signs or by their sounds; then those that have it within. Only such as there still are.
    pub(crate) fn beginning(&self, typed: &str, most: usize, is_there: impl Fn(&str) -> bool) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if found.len() < most && !found.iter().any(|it| it == name) && is_there(name) {
                found.push(name.to_owned());
            }
        };
        let from = self.names.partition_point(|(plain, _)| plain.as_str() < typed);
        let begin = self.names[from..].iter().take_while(|(plain, _)| plain.starts_with(typed));
        let mut begin: Vec<_> = begin.take(200).collect();
        begin.sort_by_key(|(plain, _)| plain.chars().count());
        begin.iter().for_each(|(_, name)| add(name));
        if typed.chars().all(|c| c.is_ascii_lowercase()) && typed.len() <= LETTERS {
            for map in [&self.initials, &self.sounds] {
                let mut fits: Vec<(u32, usize)> = map
                    .iter()
                    .filter(|(key, _)| key.starts_with(typed))
                    .map(|(key, places)| (places[0], key.len()))
                    .collect();
                fits.sort_unstable();
                fits.iter().take(2 * most).for_each(|(place, _)| add(&self.entries[*place as usize].word));
            }
        } else if typed.chars().count() >= 2 {
            let within = self.names.iter().filter(|(plain, _)| plain.contains(typed)).take(50);
            within.for_each(|(_, name)| add(name));
        }
        found
    }
}

/// Whether what people say is a word that letters or wrong signs may mean.
fn is_word_said(said: &str) -> bool {
    is_name(said) && said.chars().count() <= SHORT_PHRASE
}

/// The Chinese signs of a name, if they make a word that is looked at.
fn signs_of(name: &str) -> Option<String> {
    let signs: String = plain(name).chars().filter(|c| is_han(*c)).collect();
    (2..=LONGEST_NAME).contains(&signs.chars().count()).then_some(signs)
}

fn push(map: &mut HashMap<String, Vec<u32>>, key: String, place: u32) {
    let places = map.entry(key).or_default();
    if places.len() < READINGS && places.last() != Some(&place) {
        places.push(place);
    }
}

/// A word with one sign left open.
fn open(signs: &[char], i: usize) -> String {
    signs.iter().enumerate().map(|(j, c)| if i == j { '*' } else { *c }).collect()
}

/// The sounds of a sign, without tones.
fn sounds_of(c: char) -> Vec<String> {
    let Some(all) = c.to_pinyin_multi() else { return vec![] };
    let mut sounds: Vec<String> = Vec::new();
    for sound in all.into_iter().map(|it| it.plain().replace('ü', "v")) {
        // 欸 is ê, which nobody types.
        if sound.is_ascii() && sounds.len() < SOUNDS && !sounds.contains(&sound) {
            sounds.push(sound);
        }
    }
    sounds
}

/// The ways to say a word: in full, and by first letters.
fn spoken(word: &str) -> Vec<(String, String)> {
    let mut ways = vec![(String::new(), String::new())];
    for c in word.chars() {
        let sounds = sounds_of(c);
        if sounds.is_empty() {
            return vec![];
        }
        let mut next = Vec::new();
        for sound in &sounds {
            for (full, first) in &ways {
                if next.len() < MOST_SOUNDS {
                    let letter: String = sound.chars().take(1).collect();
                    next.push((format!("{full}{sound}"), format!("{first}{letter}")));
                }
            }
        }
        ways = next;
    }
    ways
}

/// Sounds as many people in the south-west hear them: no difference between zh and z, n and l, ng and n.
fn confused(sounds: &str) -> String {
    sounds
        .replace("zh", "z")
        .replace("ch", "c")
        .replace("sh", "s")
        .replace("ang", "an")
        .replace("eng", "en")
        .replace("ing", "in")
        .replace('l', "n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let mut lexicon = Lexicon::default();
        for word in ["社会保险", "社保卡", "公积金", "养老保险", "银行", "身份证", "提取", "不动产", "登记"]
        {
            lexicon.add(word.to_owned(), 50);
        }
        lexicon
    }

    #[test]
    fn what_is_typed_by_its_sound_is_read() {
        let mut lexicon = lexicon();
        for (typed, read) in [
            ("shebaoka", "社保卡"),
            ("sbk", "社保卡"),
            ("yinhang", "银行"),
            ("shenfen证", "身份证"),
            ("gongjijintiqu", "公积金提取"),
            ("sebaoka", "社保卡"),
        ] {
            assert_eq!(lexicon.readings(typed).first().map(String::as_str), Some(read), "{typed}");
        }
        lexicon.learn(vec!["欸乃欸".to_owned()], vec![]);
        assert_eq!(lexicon.readings("xyzzyq"), Vec::<String>::new());
        assert_eq!(lexicon.readings(&"a".repeat(500)), Vec::<String>::new());
    }

    #[test]
    fn wrong_signs_are_put_right() {
        let lexicon = lexicon();
        for (typed, read) in [
            ("公基金", "公积金"),
            ("公基金提取", "公积金提取"),
            ("养老保睑", "养老保险"),
            ("养老宝险", "养老保险"),
            ("身证份", "身份证"),
        ] {
            assert!(lexicon.readings(typed).contains(&read.to_owned()), "{typed}: {:?}", lexicon.readings(typed));
        }
        assert_eq!(lexicon.readings("社保卡"), Vec::<String>::new());
    }
}
