//! The words a query is looked for in. They stand in one text, so that a word is looked for once, not once a point.

use super::Entry;
use crate::{
    points::{PointKind, PointSummary, Service},
    width::narrow,
};

/// Where a word was found in a point; the better match is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// Nowhere.
    None,
    /// In its address, in what its kind is called or in what can be done there.
    Elsewhere,
    /// In its name.
    Name,
}

/// The words of all points, and once for all of them those of kinds and services.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// A line a point, its name first.
    lines: String,
    /// Where the name of each point ends in `lines`, and where its line does.
    ends: Vec<(usize, usize)>,
    kinds: Vec<String>,
    services: Vec<String>,
}

/// A word that was looked for.
pub(super) struct Word {
    points: Vec<Match>,
    kinds: Vec<bool>,
    services: Vec<bool>,
}

impl Text {
    pub(super) fn new(points: &[PointSummary], kinds: &[PointKind], services: &[Service]) -> Self {
        let mut lines = String::new();
        let ends = points.iter().map(|p| {
            lines.extend(folded(&format!("{} {}", p.name, p.name_en)));
            let name = lines.len();
            lines.extend(folded(&format!(" {} {} {}\n", p.place, p.address, p.telephone)));
            (name, lines.len())
        });
        let ends = ends.collect();
        lines.shrink_to_fit();
        let words = |s: &Service| fold(&format!("{} {} {} {}", s.name, s.name_en, s.tag, s.synonyms.join(" ")));
        Self {
            lines,
            ends,
            kinds: kinds.iter().map(|k| fold(&format!("{} {}", k.label, k.label_en))).collect(),
            services: services.iter().map(words).collect(),
        }
    }

    /// Looks for a folded word.
    pub(super) fn look_for(&self, word: &str) -> Word {
        let mut points = vec![Match::None; self.ends.len()];
        let mut i = 0;
        for (at, _) in self.lines.match_indices(word) {
            while self.ends[i].1 <= at {
                i += 1;
            }
            // The name comes first in a line: a later match of the same word is no better.
            if points[i] == Match::None {
                points[i] = if at < self.ends[i].0 { Match::Name } else { Match::Elsewhere };
            }
        }
        let called = |names: &[String]| names.iter().map(|name| name.contains(word)).collect();
        Word { points, kinds: called(&self.kinds), services: called(&self.services) }
    }
}

impl Word {
    /// Where the word is in the point in this place.
    pub(super) fn in_point(&self, place: usize, entry: &Entry) -> Match {
        let by_name = || {
            entry.kind.is_some_and(|kind| self.kinds[kind])
                || entry.services.iter().any(|service| self.services[*service as usize])
        };
        match self.points[place] {
            Match::None if by_name() => Match::Elsewhere,
            found => found,
        }
    }
}

/// Lower case (of ASCII: Chinese has none) and half width, so that `ＡＢＣ１２` finds `abc12`.
pub(super) fn fold(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| narrow(c).to_ascii_lowercase())
}
