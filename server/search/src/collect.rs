//! One pass over what a query matches: how many there are of each kind, and the best of each.

use std::{cmp::Reverse, collections::BinaryHeap};

use domain::search::Kind;
use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
};

/// A candidate: its score, in a form that has an order, and where it is.
type Candidate = (u32, DocAddress);

pub(crate) struct ByKind {
    /// So many of each kind.
    pub(crate) most: usize,
    /// Only this one is wanted, the others are counted.
    pub(crate) only: Option<u64>,
}

#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) counts: [usize; Kind::ALL.len()],
    pub(crate) best: Vec<(Score, DocAddress)>,
}

pub(crate) struct OfSegment {
    kinds: Column<u64>,
    segment: SegmentOrdinal,
    most: usize,
    only: Option<u64>,
    counts: [usize; Kind::ALL.len()],
    heaps: Vec<BinaryHeap<Reverse<Candidate>>>,
}

impl Collector for ByKind {
    type Fruit = Candidates;
    type Child = OfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<OfSegment> {
        Ok(OfSegment {
            kinds: reader.fast_fields().u64("kind")?,
            segment,
            most: self.most,
            only: self.only,
            counts: Default::default(),
            heaps: Kind::ALL.iter().map(|_| BinaryHeap::new()).collect(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<<OfSegment as SegmentCollector>::Fruit>) -> tantivy::Result<Candidates> {
        let mut all = Candidates::default();
        let mut heaps: Vec<Vec<Candidate>> = Kind::ALL.iter().map(|_| vec![]).collect();
        for (counts, of_segment) in segments {
            all.counts.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            heaps.iter_mut().zip(of_segment).for_each(|(all, some)| all.extend(some));
        }
        for mut heap in heaps {
            heap.sort_unstable_by_key(|it| Reverse(*it));
            all.best.extend(heap.into_iter().take(self.most).map(|(score, at)| (Score::from_bits(score), at)));
        }
        Ok(all)
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = ([usize; Kind::ALL.len()], Vec<Vec<Candidate>>);

    fn collect(&mut self, doc: DocId, score: Score) {
        let Some(number) = self.kinds.first(doc) else { return };
        let Some(heap) = usize::try_from(number).ok().and_then(|kind| self.heaps.get_mut(kind)) else { return };
        self.counts[number as usize] += 1;
        if self.only.is_some_and(|only| only != number) {
            return;
        }
        // Scores are not negative, so their bits have the same order.
        let candidate = Reverse((score.to_bits(), DocAddress::new(self.segment, doc)));
        if heap.len() < self.most {
            heap.push(candidate);
        } else if let Some(mut last) = heap.peek_mut()
            && candidate < *last
        {
            *last = candidate;
        }
    }

    fn harvest(self) -> Self::Fruit {
        (self.counts, self.heaps.into_iter().map(|heap| heap.into_iter().map(|Reverse(it)| it).collect()).collect())
    }
}
