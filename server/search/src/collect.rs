//! One pass over what a query matches: how many there are of each kind and the best of each, or what one kind can be narrowed to.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet},
    sync::Arc,
};

use domain::search::Kind;
use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{Column, StrColumn},
};

use crate::schema::number_of;

/// What passages have to be, beside having the words.
#[derive(Clone, Debug, Default)]
pub struct Only {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Such as holds.
    pub holds: bool,
    /// In this place.
    pub place: Option<String>,
    /// Of one of these things: the numbers in their keys.
    pub things: Option<Arc<HashSet<u64>>>,
}

/// How many passages of one kind would be left, with what else was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// All of them.
    pub all: usize,
    /// Of what holds alone.
    pub holding: usize,
    /// Of the things that were asked for alone.
    pub things: usize,
    /// In each place alone, the fullest first.
    pub places: Vec<(String, usize)>,
}

/// [`Only`] for the passages of a segment.
struct Keeps {
    kinds: Column<u64>,
    kind: Option<u64>,
    holds: Option<Column<bool>>,
    places: Option<StrColumn>,
    /// The place in this segment's list of places; none where it is not in it.
    place: Option<Option<u64>>,
    numbers: Option<Column<u64>>,
    things: Option<Arc<HashSet<u64>>>,
}

impl Keeps {
    fn new(only: &Only, reader: &SegmentReader) -> tantivy::Result<Self> {
        let fields = reader.fast_fields();
        let places = fields.str("place")?;
        let ordinal = |place: &String| match &places {
            Some(places) => places.dictionary().term_ord(place.as_bytes()),
            None => Ok(None),
        };
        Ok(Self {
            kinds: fields.u64("kind")?,
            kind: only.kind.map(number_of),
            holds: fields.bool("holds").ok(),
            place: only.place.as_ref().map(ordinal).transpose()?,
            places,
            numbers: fields.u64("number_of_thing").ok(),
            things: only.things.clone(),
        })
    }

    fn holds(&self, doc: DocId) -> bool {
        self.holds.as_ref().and_then(|holds| holds.first(doc)).unwrap_or(true)
    }

    fn place(&self, doc: DocId) -> Option<u64> {
        self.places.as_ref().and_then(|places| places.term_ords(doc).next())
    }

    fn is_there(&self, doc: DocId) -> bool {
        self.place.is_none_or(|place| place.is_some() && place == self.place(doc))
    }

    fn is_one_of(&self, things: &HashSet<u64>, doc: DocId) -> bool {
        self.numbers.as_ref().and_then(|numbers| numbers.first(doc)).is_some_and(|number| things.contains(&number))
    }
}

type Candidate = (u32, DocAddress);

pub(crate) struct ByKind<'a> {
    /// So many of each kind.
    pub(crate) most: usize,
    /// Only these are wanted; others of other kinds are counted.
    pub(crate) only: &'a Only,
}

#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) counts: [usize; Kind::ALL.len()],
    pub(crate) best: Vec<(Score, DocAddress)>,
}

pub(crate) struct OfSegment {
    keeps: Keeps,
    holds: bool,
    segment: SegmentOrdinal,
    most: usize,
    counts: [usize; Kind::ALL.len()],
    heaps: Vec<BinaryHeap<Reverse<Candidate>>>,
}

impl Collector for ByKind<'_> {
    type Fruit = Candidates;
    type Child = OfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<OfSegment> {
        Ok(OfSegment {
            keeps: Keeps::new(self.only, reader)?,
            holds: self.only.holds,
            segment,
            most: self.most,
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

impl OfSegment {
    fn is_wanted(&self, kind: u64, doc: DocId) -> bool {
        let keeps = &self.keeps;
        keeps.kind.is_none_or(|only| only == kind)
            && (!self.holds || keeps.holds(doc))
            && keeps.is_there(doc)
            && keeps.things.as_ref().is_none_or(|things| keeps.is_one_of(things, doc))
    }
}

impl SegmentCollector for OfSegment {
    type Fruit = ([usize; Kind::ALL.len()], Vec<Vec<Candidate>>);

    fn collect(&mut self, doc: DocId, score: Score) {
        let Some(number) = self.keeps.kinds.first(doc) else { return };
        let is_wanted = self.is_wanted(number, doc);
        let Some(heap) = usize::try_from(number).ok().and_then(|kind| self.heaps.get_mut(kind)) else { return };
        self.counts[number as usize] += 1;
        if !is_wanted {
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

/// Counts what one kind can be narrowed to: to what holds, to a place, to some things.
pub(crate) struct Narrowing<'a> {
    pub(crate) only: &'a Only,
    pub(crate) things: &'a Arc<HashSet<u64>>,
}

pub(crate) struct NarrowingOfSegment {
    keeps: Keeps,
    only_holding: bool,
    things: Arc<HashSet<u64>>,
    facets: Facets,
    places: HashMap<u64, usize>,
}

impl Collector for Narrowing<'_> {
    type Fruit = Facets;
    type Child = NarrowingOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<NarrowingOfSegment> {
        Ok(NarrowingOfSegment {
            keeps: Keeps::new(self.only, reader)?,
            only_holding: self.only.holds,
            things: Arc::clone(self.things),
            facets: Facets::default(),
            places: HashMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Facets>) -> tantivy::Result<Facets> {
        let (mut all, mut places) = (Facets::default(), HashMap::<String, usize>::new());
        for one in segments {
            all.all += one.all;
            all.holding += one.holding;
            all.things += one.things;
            one.places.into_iter().for_each(|(place, count)| *places.entry(place).or_default() += count);
        }
        all.places = places.into_iter().collect();
        all.places.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(all)
    }
}

impl SegmentCollector for NarrowingOfSegment {
    type Fruit = Facets;

    fn collect(&mut self, doc: DocId, _: Score) {
        let keeps = &self.keeps;
        if keeps.kind.is_some() && keeps.kinds.first(doc) != keeps.kind {
            return;
        }
        let (holds, is_one) = (keeps.holds(doc), keeps.is_one_of(&self.things, doc));
        let fits_holding = !self.only_holding || holds;
        let fits_things = keeps.things.is_none() || is_one;
        let fits_place = keeps.is_there(doc);
        self.facets.all += usize::from(fits_holding && fits_things && fits_place);
        self.facets.holding += usize::from(holds && fits_things && fits_place);
        self.facets.things += usize::from(is_one && fits_holding && fits_place);
        if let Some(place) = keeps.place(doc).filter(|_| fits_holding && fits_things) {
            *self.places.entry(place).or_default() += 1;
        }
    }

    fn harvest(mut self) -> Facets {
        if let Some(known) = &self.keeps.places {
            for (ordinal, count) in self.places {
                let mut place = String::new();
                if known.ord_to_str(ordinal, &mut place).is_ok() {
                    self.facets.places.push((place, count));
                }
            }
        }
        self.facets
    }
}
