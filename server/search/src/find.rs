//! A query is asked: candidates from the index, put in order; once more in other words where little was found.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use domain::{
    geo::Position,
    search::{Kind, Number, Query, Synonyms},
};
use tantivy::{
    DocAddress, Searcher, TantivyDocument, Term,
    collector::Count,
    query::{BooleanQuery, BoostQuery, Occur, Query as Wanted, TermQuery, TermSetQuery},
    schema::{Field, IndexRecordOption, document::Value as _},
};

use crate::{
    Index, IndexError, Passage,
    collect::{ByKind, Facets, Narrowing, Only},
    rank::{Groups, Ranked, Texts},
    schema::searched,
    words::{bare, simplified},
};

/// So many candidates of each kind are looked at.
const CANDIDATES: usize = 24;
/// From here on the best passage fits well enough for no other words to be tried.
const ENOUGH: f32 = 1.1;
/// Other words have to fit so much better.
const BETTER: f32 = 0.12;
/// A question of so many signs says enough by its meaning, where that is known.
const TOLD: usize = 7;
/// In longer words nobody looks for what else they may mean.
const SHORT: usize = 40;
/// From what is nearer than any passage by so many standard deviations on, meaning counts.
const MEANT: f32 = 1.0;
/// The nearest in meaning is at least by so many standard deviations nearer than that.
const AT_LEAST: f32 = 1.5;
/// What is nearer by so many says the same in other words.
const SAID_OTHERWISE: f32 = 9.0;
/// What is nearest in meaning counts as much as so many of the words themselves.
const MEANING: f32 = 0.7;
/// So many words of the street are taken that mean what was asked.
const SAID: usize = 6;
/// What is nearer in meaning than any of them by so many standard deviations may be one; the nearest surely is, at least by so many more.
const SAID_LIKE: f32 = 3.25;
const SAID_ALIKE: f32 = 3.0;
/// What has all that such a word stands for counts as much as so many of the words themselves.
const STANDS_FOR: f32 = 2.5;
/// What the next of such words stands for adds so much of that.
const NEXT: f32 = 0.5;
/// From what fits so much less than enough on, all of it counts.
const NEEDED: f32 = 0.7;
/// From the third passage of the same thing on, each counts so much less.
const SAME: f32 = 0.04;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The query.
    pub query: &'a Query,
    /// Only these.
    pub only: &'a Only,
    /// Things that results of one kind can be narrowed to, to be counted.
    pub narrow: Option<&'a Arc<HashSet<u64>>>,
    /// What is near here is better.
    pub near: Option<Position>,
    /// At most so many.
    pub most: usize,
    /// What the query means, as the model says of which the meanings of passages are.
    pub meaning: Option<&'a [f32]>,
}

/// A passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which thing it is of.
    pub key: String,
    /// The passage.
    pub passage: Passage,
    /// How good it is; more is better.
    pub score: f32,
    /// How much of what was asked it has, from 0 to 1.
    pub share: f32,
    /// How near it is in meaning, 0 for no nearer than any passage and 1 for what is said in other words.
    pub meant: f32,
    /// How far it is, in metres.
    pub distance: Option<f64>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The best, the best first.
    pub hits: Vec<Hit>,
    /// How many passages of each kind have all of what was asked.
    pub counts: Vec<(Kind, usize)>,
    /// The words that were looked for instead of those that were typed.
    pub instead: Option<String>,
    /// What the results of one kind can be narrowed to, among those that have all of what was asked.
    pub facets: Facets,
    /// The words that have to be marked in what was found.
    pub marks: Vec<String>,
}

/// A passage as the index has it.
struct Read {
    key: String,
    passage: Passage,
    texts: Texts,
    /// How much nearer to the query it is in meaning than any, in standard deviations.
    nearer: f32,
    /// How much it has of what the words of the street stand for that mean what was asked.
    stands: f32,
}

/// A passage, and how good it is.
struct Scored {
    read: Rc<Read>,
    score: f32,
    share: f32,
    meant: f32,
    distance: Option<f64>,
}

/// A query, and what of it is the same in whatever words it is asked.
struct Asking<'a> {
    ask: &'a Ask<'a>,
    searcher: Searcher,
    synonyms: Arc<Synonyms>,
    /// How much nearer a text is than any, in standard deviations.
    closeness: &'a dyn Fn(u64) -> f32,
    /// The same of the nearest, from where on meaning counts.
    nearest: f32,
    /// What the words of the street stand for that mean the same, each with how surely they do, from 0 to 1.
    stands_for: &'a [(Groups, f32)],
    /// What comes by its meaning.
    others: Vec<DocAddress>,
    read: HashMap<DocAddress, Option<Rc<Read>>>,
}

impl Index {
    /// Finds.
    pub fn find(&self, ask: &Ask<'_>) -> Result<Found, IndexError> {
        if ask.query.is_empty() {
            return Ok(Found::default());
        }
        let words = bare(&simplified(&ask.query.words)).to_owned();
        let (searcher, synonyms) = (self.reader.searcher(), self.synonyms());
        // Before the meanings are locked: whoever learns locks them last.
        let stands_for = match ask.meaning {
            Some(meaning) => self.stands_for(&searcher, &synonyms, meaning),
            None => vec![],
        };
        let meanings = self.meanings();
        let near = ask.meaning.and_then(|meaning| meanings.near(meaning));
        let closeness = |text| near.as_ref().and_then(|near| meanings.closeness(near, text)).unwrap_or_default();
        let alike = near.as_ref().map_or(&[][..], |near| &near.best);
        let nearest = alike.first().map_or(AT_LEAST, |text| (closeness(*text) - MEANT).max(AT_LEAST));
        let mut others = Vec::new();
        let mut also = |wanted: &dyn Wanted, most| -> Result<(), IndexError> {
            let found = searcher.search(wanted, &ByKind { most, only: ask.only })?.best;
            others.extend(found.into_iter().map(|(_, at)| at));
            Ok(())
        };
        for wanted in stands_for.iter().filter_map(|(groups, _)| self.wanted(groups, &[])) {
            also(&wanted, CANDIDATES)?;
        }
        if !alike.is_empty() {
            let term = |text: &u64| Term::from_field_u64(self.fields.meaning, *text);
            // All of them: the words have no say in which.
            also(&TermSetQuery::new(alike.iter().map(term)), alike.len())?;
        }
        let (closeness, stands_for, read) = (&closeness, &stands_for, HashMap::new());
        let mut asking = Asking { ask, searcher, synonyms, closeness, nearest, stands_for, others, read };
        let (worth, found) = self.once(&mut asking, &words)?;
        let long = words.chars().count();
        let is_told = ask.query.is_asked() && ask.meaning.is_some() && long >= TOLD;
        if words.is_empty() || long > SHORT || ((worth >= ENOUGH || is_told) && !found.hits.is_empty()) {
            return Ok(found);
        }
        let mut best: Option<(f32, Found)> = None;
        let readings = self.lexicon().readings(&words);
        for reading in readings {
            let (other_worth, other) = self.once(&mut asking, &reading)?;
            if other_worth > best.as_ref().map_or(worth, |(known, _)| *known) + BETTER {
                best = Some((other_worth, Found { instead: Some(reading), ..other }));
            }
        }
        Ok(best.map_or(found, |(_, other)| other))
    }

    /// Names that begin with what was typed so far.
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<String> {
        let query = Query::read(typed);
        if query.words.is_empty() {
            return vec![];
        }
        let searcher = self.reader.searcher();
        self.lexicon().beginning(&simplified(&query.words), most, |name| self.is_there(&searcher, name))
    }

    /// What the words of the street stand for that mean what was asked, each with how surely they do.
    fn stands_for(&self, searcher: &Searcher, synonyms: &Synonyms, meaning: &[f32]) -> Vec<(Groups, f32)> {
        let said = self.said();
        let groups = |word| Groups::of(word, synonyms, |word| self.frequency(searcher, word));
        let alike = said.alike(meaning, SAID);
        let nearest = alike.first().map_or(SAID_ALIKE, |(_, nearer)| (nearer - SAID_LIKE).max(SAID_ALIKE));
        let surely = alike.into_iter().map(|(word, nearer)| (word, (nearer - SAID_LIKE) / nearest));
        surely.filter(|(_, surely)| *surely > 0.0).map(|(word, surely)| (groups(word), surely)).collect()
    }

    /// Asks in these words; also how well the best that was found fits, 1 and more for what has everything as it was asked.
    fn once(&self, asking: &mut Asking<'_>, words: &str) -> Result<(f32, Found), IndexError> {
        let ask = asking.ask;
        let groups = Groups::of(words, &asking.synonyms, |word| self.frequency(&asking.searcher, word));
        let Some(wanted) = self.wanted(&groups, &ask.query.numbers) else { return Ok((0.0, Found::default())) };
        let most = if ask.only.kind.is_some() { ask.most.max(CANDIDATES) } else { CANDIDATES };
        let by_words = asking.searcher.search(&wanted, &ByKind { most, only: ask.only })?.best;
        let highest = by_words.iter().map(|(score, _)| *score).fold(f32::MIN_POSITIVE, f32::max);
        let others: Vec<_> = asking.others.iter().map(|at| (0.0, *at)).collect();
        let (mut worth, mut known, mut scored): (f32, _, _) = (0.0, HashSet::new(), Vec::new());
        for (score, at) in by_words.into_iter().chain(others) {
            if !known.insert(at) {
                continue;
            }
            let Some(read) = self.read(asking, at)? else { continue };
            let Ranked { score, share, fits } =
                groups.rank((&read.passage, &read.texts), &ask.query.numbers, words, score / highest);
            worth = worth.max(fits);
            let meant = (read.nearer / SAID_OTHERWISE).clamp(0.0, 1.0);
            let distance = ask.near.zip(read.passage.position).map(|(here, there)| here.distance(there));
            // Next door is worth as much as a word more; 5 km are worth little.
            let nearby = distance.map_or(0.0, |metres| 0.3 * (-metres / 2_000.0).exp() as f32);
            let score = score + nearby + MEANING * ((read.nearer - MEANT) / asking.nearest).clamp(0.0, 1.0);
            scored.push(Scored { read, score, share, meant, distance });
        }
        // What the words themselves find needs no others.
        let needed = ((ENOUGH - worth) / NEEDED).clamp(0.0, 1.0);
        for it in &mut scored {
            it.score += STANDS_FOR * needed * it.read.stands;
            it.meant = it.meant.max(needed * it.read.stands).min(1.0);
        }
        let by_score = |a: &Scored, b: &Scored| b.score.total_cmp(&a.score).then_with(|| a.read.key.cmp(&b.read.key));
        scored.sort_by(by_score);
        // Much of the same policy leaves room for other things.
        let mut seen: HashMap<String, u8> = HashMap::new();
        for it in &mut scored {
            let before = seen.entry(it.read.key.clone()).or_default();
            it.score -= SAME * f32::from(before.saturating_sub(1));
            *before = before.saturating_add(1);
        }
        scored.sort_by(by_score);
        scored.truncate(ask.most);
        let hits = scored.into_iter().map(|Scored { read, score, share, meant, distance }| {
            let (key, passage) = (read.key.clone(), read.passage.clone());
            Hit { key, passage, score, share, meant, distance }
        });
        let (counts, facets) = self.count(&asking.searcher, ask, &groups)?;
        Ok((worth, Found { hits: hits.collect(), counts, facets, instead: None, marks: groups.marks() }))
    }

    /// How many passages of each kind have all of what was asked, not some of it, and what they can be narrowed to.
    fn count(
        &self,
        searcher: &Searcher,
        ask: &Ask<'_>,
        groups: &Groups,
    ) -> Result<(Vec<(Kind, usize)>, Facets), IndexError> {
        let all = self.wanted_all(groups, &ask.query.numbers);
        let counts = match &all {
            Some(all) => searcher.search(all, &ByKind { most: 0, only: ask.only })?.counts,
            None => Default::default(),
        };
        let facets = match ask.narrow.zip(all) {
            Some((things, all)) => searcher.search(&all, &Narrowing { only: ask.only, things })?,
            None => Facets::default(),
        };
        Ok((Kind::ALL.iter().copied().zip(counts).filter(|(_, count)| *count > 0).collect(), facets))
    }

    /// A passage, read once for a query; none for what has another form than this program writes.
    fn read(&self, asking: &mut Asking<'_>, at: DocAddress) -> Result<Option<Rc<Read>>, IndexError> {
        if let Some(read) = asking.read.get(&at) {
            return Ok(read.clone());
        }
        let document: TantivyDocument = asking.searcher.doc(at)?;
        let text = document.get_first(self.fields.meaning).and_then(|it| it.as_u64());
        let read = self.passage(&document).map(|(key, passage)| {
            let texts = Texts::of(&passage);
            let each = asking.stands_for.iter().map(|(groups, surely)| surely * groups.share(&texts));
            let mut each: Vec<f32> = each.collect();
            each.sort_by(|a, b| b.total_cmp(a));
            let stands = each.into_iter().rfold(0.0, |next, stands| stands + NEXT * next);
            Rc::new(Read { key, passage, texts, nearer: text.map_or(0.0, asking.closeness), stands })
        });
        asking.read.insert(at, read.clone());
        Ok(read)
    }

    /// Whether a name or a word is still that of anything; the lexicon does not forget what is gone.
    fn is_there(&self, searcher: &Searcher, name: &str) -> bool {
        let named = TermQuery::new(Term::from_field_text(self.fields.name, name), IndexRecordOption::Basic);
        self.synonyms().has(name)
            || self.frequency(searcher, name).0 > 0
            || searcher.search(&named, &Count).is_ok_and(|count| count > 0)
    }

    /// In how many passages a word stands, of how many there are.
    fn frequency(&self, searcher: &Searcher, word: &str) -> (u64, u64) {
        let count = |field| searcher.doc_freq(&Term::from_field_text(field, word)).unwrap_or_default();
        let fields = [self.fields.body, self.fields.title, self.fields.words];
        (fields.into_iter().map(count).max().unwrap_or_default(), searcher.num_docs())
    }

    /// What passages have to have all of; none where nothing is asked.
    fn wanted_all(&self, groups: &Groups, numbers: &[Number]) -> Option<BooleanQuery> {
        let either = |any: Vec<Box<dyn Wanted>>| -> Box<dyn Wanted> { Box::new(BooleanQuery::union(any)) };
        let anywhere =
            |word: &str| either(searched(&self.fields).into_iter().map(|(field, _)| term(field, word, 1.0)).collect());
        let mut all: Vec<Box<dyn Wanted>> = Vec::new();
        for ways in groups.ways() {
            let way = |parts: &Vec<String>| -> Box<dyn Wanted> {
                Box::new(BooleanQuery::intersection(parts.iter().map(|part| anywhere(part)).collect()))
            };
            all.push(either(ways.iter().map(way).collect()));
        }
        all.extend(numbers.iter().map(|number| term(self.fields.number, &number.token(), 1.0)));
        (!all.is_empty()).then(|| BooleanQuery::intersection(all))
    }

    /// What candidates have to have something of; none where nothing is asked.
    fn wanted(&self, groups: &Groups, numbers: &[Number]) -> Option<BooleanQuery> {
        let mut parts: Vec<(Occur, Box<dyn Wanted>)> = Vec::new();
        for (word, weight) in groups.terms() {
            for (field, boost) in searched(&self.fields) {
                parts.push((Occur::Should, term(field, &word, boost * weight)));
            }
        }
        for number in numbers {
            parts.push((Occur::Should, term(self.fields.number, &number.token(), 6.0)));
            if let Number::Telephone(digits) = number {
                // Without the code of the area.
                for local in [7, 8].into_iter().filter(|length| digits.len() > *length) {
                    let token = Number::Telephone(digits[digits.len() - local..].to_owned()).token();
                    parts.push((Occur::Should, term(self.fields.number, &token, 4.0)));
                }
            }
        }
        (!parts.is_empty()).then(|| BooleanQuery::new(parts))
    }
}

fn term(field: Field, text: &str, boost: f32) -> Box<dyn Wanted> {
    let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
    Box::new(BoostQuery::new(Box::new(query), boost))
}
