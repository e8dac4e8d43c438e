//! A text as the rules read it: full-width signs narrow, signs that cannot be seen left out, so that neither hides a number.

use crate::width::narrow;

/// One sign of a text.
#[derive(Clone, Copy)]
struct Mark {
    /// Narrow.
    c: char,
    from: u32,
}

/// The signs of a text, and one without meaning where it ends.
pub(super) struct Marks(Vec<Mark>);

/// What stands beyond both ends of a text: no letter, no digit, no blank.
const NOTHING: char = '\0';

impl Marks {
    /// Texts of more than 4 GB are read as far as that.
    pub(super) fn new(text: &str) -> Self {
        let mark = |(from, c): (usize, char)| Some(Mark { c: plain(c), from: u32::try_from(from).ok()? });
        let signs = text.char_indices().filter(|(_, c)| !invisible(*c));
        Self(signs.chain([(text.len(), NOTHING)]).map_while(mark).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The sign at a place.
    pub(super) fn at(&self, i: usize) -> char {
        self.0.get(i).map_or(NOTHING, |mark| mark.c)
    }

    /// The sign before a place.
    pub(super) fn before(&self, i: usize) -> char {
        i.checked_sub(1).map_or(NOTHING, |i| self.at(i))
    }

    /// The signs of a range, which may reach beyond the end.
    pub(super) fn slice(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = char> + Clone {
        self.0.get(from.min(to)..to.min(self.len())).unwrap_or_default().iter().map(|mark| mark.c)
    }

    /// The signs of a range as text.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.slice(from, to).collect()
    }

    /// Whether a word, in lower case, stands at a place; where it ends then.
    pub(super) fn word(&self, i: usize, word: &str) -> Option<usize> {
        let mut end = i;
        for c in word.chars() {
            if self.at(end).to_ascii_lowercase() != c {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The first of these words that stands at a place: where it ends.
    pub(super) fn one_of(&self, i: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| self.word(i, word))
    }

    /// Whether one of these words stands in the `reach` signs before a place.
    pub(super) fn shortly_before(&self, i: usize, reach: usize, words: &[&str]) -> bool {
        (i.saturating_sub(reach)..i).any(|start| self.one_of(start, words).is_some_and(|end| end <= i))
    }

    /// The first place from `i` on, at most `most` further, where `skip` does not hold.
    pub(super) fn after(&self, i: usize, most: usize, skip: impl Fn(char) -> bool) -> usize {
        i + self.slice(i, i + most).take_while(|c| skip(*c)).count()
    }

    /// A range of signs in bytes of the text, with what cannot be seen after the last.
    pub(super) fn bytes(&self, from: usize, to: usize) -> (usize, usize) {
        let byte = |i: usize| self.0.get(i).map_or(0, |mark| mark.from as usize);
        (byte(from), byte(to))
    }
}

/// A Chinese character, as names are written with.
pub(super) fn han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// Narrow, and digits of other fonts as digits.
fn plain(c: char) -> char {
    let c = narrow(c);
    match u32::from(c) {
        // The mathematical digits: five fonts of ten.
        it @ 0x1d7ce..=0x1d7ff => char::from_digit((it - 0x1d7ce) % 10, 10).unwrap_or(c),
        _ => c,
    }
}

/// Of no width, or written over the sign before: joiners, marks of direction, accents, the frame of a keycap.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}
