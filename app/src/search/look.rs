//! A search: what stands in the address is asked of the index, and what comes out of it is checked against what is published now, so
//! that nothing is shown that is no more.

use std::{collections::HashSet, sync::Arc};

use domain::{
    Slug,
    divisions::DivisionCode,
    geo::Position,
    interpreters::{Interpreter, InterpreterId},
    points::PointId,
    policies::PolicyId,
    questions::QuestionId,
    search::{Kind, Query},
};
use search::{Ask, Facets, Found, Hit, IndexError, Only, answer};
use store::{Store, StoreError, questions, snapshot::Snapshot};

use super::sync::NotFollowed;
use crate::portal::Portal;

/// So many of each kind stand on the page of all kinds.
const OF_EACH: usize = 5;
/// So many stand on a page of one kind.
const A_PAGE: usize = 20;
/// No page further.
const LAST: usize = 10;
/// As [`crate::points`] writes it.
const NOW: &str = "now";
const YES: &str = "yes";
/// What has less than this share of what the best has is not shown.
const WORTH: f32 = 0.55;
/// What has less of what was asked is not found.
const LEAST: f32 = 0.2;
/// What is so near in meaning is found, whatever words it has.
const MEANT: f32 = 0.45;
/// The most passages that answer.
const ANSWERS: usize = 2;

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// As typed.
    pub typed: String,
    /// The same, read.
    pub query: Query,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Where somebody is.
    pub near: Option<Position>,
    /// Of one kind only what holds.
    pub holds: bool,
    /// Of one kind only what is open now.
    pub open: bool,
    /// Of one kind only what is in this part of the city.
    pub division: Option<DivisionCode>,
    /// The page of one kind, from 1.
    pub page: usize,
}

impl Wanted {
    /// Reads the parameters of an address; what makes no sense is left out.
    pub fn read(parameter: impl Fn(&str) -> Option<String>) -> Self {
        let typed = parameter("q").unwrap_or_default();
        let typed: String = typed.trim().chars().filter(|c| !c.is_control()).take(domain::search::MAX_QUERY).collect();
        Self {
            query: Query::read(&typed),
            typed,
            kind: parameter("kind").and_then(|it| Kind::from_code(&it)),
            near: parameter("near").and_then(|it| it.parse().ok()),
            holds: parameter("holds").is_some_and(|it| it == YES),
            open: parameter("open").is_some_and(|it| it == NOW),
            division: parameter("division").and_then(|it| it.parse().ok()),
            page: parameter("page").and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, LAST),
        }
    }

    /// The same words in everything.
    pub fn all(&self) -> Self {
        let (typed, query) = (self.typed.clone(), self.query.clone());
        Self { typed, query, near: self.near, page: 1, ..Self::default() }
    }

    /// The address of the page, without a language.
    pub fn address(&self) -> String {
        let mut pairs: Vec<(&str, String)> = vec![("q", self.typed.clone())];
        pairs.extend(self.kind.map(|kind| ("kind", kind.code().to_owned())));
        pairs.extend(self.near.map(|near| ("near", near.to_string())));
        pairs.extend(self.holds.then(|| ("holds", YES.to_owned())));
        pairs.extend(self.open.then(|| ("open", NOW.to_owned())));
        pairs.extend(self.division.map(|division| ("division", division.to_string())));
        pairs.extend((self.page > 1).then(|| ("page", self.page.to_string())));
        format!("/search?{}", serde_urlencoded::to_string(&pairs).unwrap_or_default())
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// The passages that answer, where a question was asked in words.
    pub answers: Vec<Hit>,
    /// The kinds that were found, the best first, each with how many have all that was asked and the best of them.
    pub groups: Vec<(Kind, usize, Vec<Hit>)>,
    /// The best of all kinds, the best first.
    pub hits: Vec<Hit>,
    /// Words that were looked for instead of those that were typed.
    pub instead: Option<String>,
    /// The words to mark.
    pub marks: Vec<String>,
    /// Whether there is another page of one kind.
    pub more: bool,
    /// What the results of one kind can be narrowed to.
    pub facets: Facets,
    /// Whether the index is still being made, so that there may be more.
    pub is_young: bool,
}

/// Looks.
pub async fn look(portal: &Portal, snapshot: &Snapshot, wanted: &Wanted) -> Result<Looked, NotFollowed> {
    if wanted.query.is_empty() {
        return Ok(Looked::default());
    }
    let index = portal.index();
    let meaning = match portal.model().filter(|_| wanted.query.is_worded()) {
        Some(model) => model.query(&wanted.query.words).await,
        None => None,
    };
    let asked = wanted.clone();
    let most = match wanted.kind {
        Some(_) => A_PAGE * wanted.page + 1,
        None => 100,
    };
    let open = Arc::new(match wanted.kind {
        Some(Kind::Point) => open_points(snapshot),
        _ => HashSet::new(),
    });
    let only = Only {
        kind: wanted.kind,
        holds: wanted.holds,
        place: wanted.division.map(|it| it.to_string()),
        things: wanted.open.then(|| Arc::clone(&open)),
    };
    let find = move || -> Result<Found, IndexError> {
        let narrow = asked.kind.map(|_| &open);
        let meaning = meaning.as_deref();
        index.find(&Ask { query: &asked.query, only: &only, narrow, near: asked.near, most, meaning })
    };
    // So many at once as there are hands for; the rest wait here, not in threads.
    let _turn = portal.search_turn().await;
    let mut found = tokio::task::spawn_blocking(find).await.map_err(|_| NotFollowed::Died)??;
    keep_published(portal.store(), snapshot, &mut found.hits).await?;
    let answers: Vec<Hit> = match wanted.kind {
        None => answer(&wanted.query, &found, ANSWERS).into_iter().cloned().collect(),
        Some(_) => vec![],
    };
    let best = found.hits.first().map_or(0.0, |hit| hit.share);
    let least = LEAST.max(best * WORTH);
    let worthy: Vec<Hit> = found.hits.into_iter().filter(|hit| hit.share >= least || hit.meant >= MEANT).collect();
    let (mut groups, mut more, mut facets) = (Vec::new(), false, Facets::default());
    match wanted.kind {
        Some(kind) => {
            facets = found.facets;
            let skipped = A_PAGE * (wanted.page - 1);
            more = worthy.len() > skipped + A_PAGE && wanted.page < LAST;
            let shown: Vec<Hit> = worthy.iter().skip(skipped).take(A_PAGE).cloned().collect();
            groups.push((kind, facets.all, shown));
        }
        None => {
            for hit in &worthy {
                match groups.iter_mut().find(|(kind, ..)| *kind == hit.passage.kind) {
                    Some((.., list)) if list.len() >= OF_EACH => {}
                    Some((.., list)) => list.push(hit.clone()),
                    None => {
                        let kind = hit.passage.kind;
                        groups.push((kind, count(&found.counts, kind), vec![hit.clone()]));
                    }
                }
            }
        }
    }
    let marks = found.marks;
    let is_young = !portal.index().is_whole();
    Ok(Looked { answers, groups, hits: worthy, instead: found.instead, marks, more, facets, is_young })
}

/// The points that are open now.
fn open_points(snapshot: &Snapshot) -> HashSet<u64> {
    let open = snapshot.atlas.points().iter().filter(|point| point.opening.state.is_open());
    open.filter_map(|point| point.id.0.try_into().ok()).collect()
}

fn count(counts: &[(Kind, usize)], kind: Kind) -> usize {
    counts.iter().find(|(it, _)| *it == kind).map_or(0, |(_, count)| *count)
}

/// Leaves out what is no longer published.
async fn keep_published(store: &Store, snapshot: &Snapshot, hits: &mut Vec<Hit>) -> Result<(), StoreError> {
    let number = |hit: &Hit| hit.key.split_once('/').and_then(|(_, number)| number.parse::<i64>().ok());
    let asked: Vec<QuestionId> =
        hits.iter().filter(|hit| hit.passage.kind == Kind::Question).filter_map(number).map(QuestionId).collect();
    let shown: HashSet<QuestionId> = questions::still_found(store, &asked).await?.into_iter().collect();
    let code = |hit: &Hit| hit.key.split_once('/').and_then(|(_, code)| code.parse::<Slug>().ok());
    let content = Arc::clone(&snapshot.content);
    let today = snapshot.today();
    hits.retain(|hit| match (hit.passage.kind, number(hit)) {
        (Kind::Point, Some(id)) => content.point(PointId(id)).is_some_and(|point| point.ended(today).is_none()),
        (Kind::Policy | Kind::Clause | Kind::Interpretation, Some(id)) => content.policy(PolicyId(id)).is_some(),
        (Kind::Question, Some(id)) => shown.contains(&QuestionId(id)),
        (Kind::Post, Some(id)) => content.interpreter(InterpreterId(id)).is_some_and(Interpreter::is_living),
        (Kind::Division, Some(_)) => {
            code(hit).is_some_and(|it| content.divisions().get(it).is_some_and(|it| !it.ended))
        }
        (Kind::Service, _) => code(hit).is_some_and(|it| content.services().iter().any(|service| service.code == it)),
        (Kind::Office, _) => code(hit).is_some_and(|it| content.organisation(it).is_some()),
        (Kind::Manual, _) => {
            let named = hit.key.strip_prefix("manual/").and_then(|it| it.split_once('/'));
            let named = named.and_then(|(division, slug)| division.parse().ok().zip(slug.parse().ok()));
            named.is_some_and(|(division, slug)| content.chapters(division).contains(&slug))
        }
        (_, None) => false,
    });
    Ok(())
}
