//! What a table tells about its own coordinates: the datum and their order are seldom written down.

use super::{Cells, Column, Known, cells};
use crate::geo::{Datum, Position};

/// How many lines are looked at.
const SAMPLE: usize = 2_000;
/// So many points that are known already are enough to decide by.
const ENOUGH: usize = 3;

/// How well the coordinates fit when read in a datum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatumEvidence {
    /// The datum.
    pub datum: Datum,
    /// Lines that then lie inside their division.
    pub inside: usize,
    /// Lines whose division has an outline.
    pub of: usize,
    /// The median distance to the same points as published, in metres; none where fewer than three are.
    pub off: Option<f64>,
}

/// What the coordinates look like.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Lines whose coordinates make sense as they stand.
    pub straight: usize,
    /// Lines that make sense only with longitude and latitude swapped.
    pub swapped: usize,
    /// For each datum.
    pub datums: Vec<DatumEvidence>,
    /// What the headings say.
    pub named: Option<Datum>,
}

impl Evidence {
    /// Whether the columns seem to be swapped.
    pub fn looks_swapped(&self) -> bool {
        self.swapped > self.straight
    }

    /// The datum that fits best: by points that are known; by what the headings say; by the outlines, where they tell the
    /// datums apart; else WGS-84.
    pub fn datum(&self) -> Datum {
        let off = |it: &&DatumEvidence| it.off.unwrap_or(f64::MAX);
        let nearest = self.datums.iter().filter(|it| it.off.is_some()).min_by(|a, b| off(a).total_cmp(&off(b)));
        if let Some(nearest) = nearest {
            return nearest.datum;
        }
        if let Some(named) = self.named {
            return named;
        }
        let best = self.datums.iter().max_by_key(|it| it.inside);
        let plain = self.datums.iter().find(|it| it.datum == Datum::Wgs84).map_or(0, |it| it.inside);
        // Close to a border a few lines say nothing.
        best.filter(|best| best.inside > plain + best.of / 50).map_or(Datum::Wgs84, |best| best.datum)
    }
}

/// Looks at the coordinates of the lines below the headings.
pub(super) fn look(rows: &[Cells<'_>], columns: &[Column], named: Option<Datum>, known: &Known<'_>) -> Evidence {
    let mut evidence = Evidence { straight: 0, swapped: 0, datums: vec![], named };
    let near = |it: Option<Position>| it.and_then(|it| it.read_as(Datum::Wgs84)).is_some();
    let pairs: Vec<_> =
        rows.iter().take(SAMPLE).filter_map(|row| Some((row, super::known::degrees(row, columns)?))).collect();
    for (_, pair) in &pairs {
        if near(cells::position(*pair, false)) {
            evidence.straight += 1;
        } else if near(cells::position(*pair, true)) {
            evidence.swapped += 1;
        }
    }
    let swapped = evidence.looks_swapped();
    let placed: Vec<_> = pairs
        .into_iter()
        .filter_map(|(row, pair)| {
            let position = cells::position(pair, swapped)?;
            Some((position, known.division_of(row, columns), known.published(row, columns)))
        })
        .collect();
    for datum in Datum::ALL.iter().copied() {
        let (mut inside, mut of, mut offs) = (0, 0, Vec::new());
        for (position, division, published) in &placed {
            let Some(position) = position.read_as(datum) else { continue };
            if let Some(is_inside) = division.and_then(|division| known.is_inside(division, position)) {
                of += 1;
                inside += usize::from(is_inside);
            }
            offs.extend(published.map(|there| there.distance(position)));
        }
        offs.sort_by(f64::total_cmp);
        let off = (offs.len() >= ENOUGH).then(|| offs[offs.len() / 2]);
        evidence.datums.push(DatumEvidence { datum, inside, of, off });
    }
    evidence
}
