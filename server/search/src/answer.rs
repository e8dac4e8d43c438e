//! Whether what was found answers a question that was asked in words. The answer is a passage word for word; where none has enough of
//! what was asked, there is none, and that is said.

use domain::search::{Kind, Query};

use crate::{Found, Hit};

/// From this share of what was asked on, a passage may stand as the answer.
const LEAST: f32 = 0.56;
/// The same where it was looked for in other words than were typed.
const LEAST_OF_OTHER: f32 = 0.8;
/// A passage of a better kind goes first if its score is not lower by more.
const WITHIN: f32 = 0.15;
/// No answer is so much worse than the best that was found.
const BELOW: f32 = 0.35;
/// Kinds that answer, the best first.
const KINDS: [Kind; 4] = [Kind::Question, Kind::Interpretation, Kind::Manual, Kind::Clause];

/// The passages that answer, the best first, at most `most`.
pub fn answer<'a>(query: &Query, found: &'a Found, most: usize) -> Vec<&'a Hit> {
    // What letters may have meant is too little to answer.
    let guessed = found.instead.is_some() && query.words.chars().any(|c| c.is_ascii_alphabetic());
    if !query.is_asked() || guessed {
        return vec![];
    }
    let least = if found.instead.is_some() { LEAST_OF_OTHER } else { LEAST };
    let fit = |hit: &&Hit| KINDS.contains(&hit.passage.kind) && hit.share >= least && hit.passage.holds;
    // What only mentions the words of something that is found itself is no answer.
    let top = found.hits.first().map_or(0.0, |hit| hit.score);
    let fits: Vec<&Hit> = found.hits.iter().filter(fit).filter(|hit| hit.score >= top - BELOW).collect();
    let Some(best) = fits.first() else { return vec![] };
    let mut near: Vec<&Hit> = fits.iter().copied().filter(|hit| hit.score >= best.score - WITHIN).collect();
    near.sort_by_key(|hit| KINDS.iter().position(|kind| *kind == hit.passage.kind));
    near.truncate(most);
    near
}
