//! The published content in memory, as one state: what every page, feed and search of this process is made from.
//!
//! At a new content revision the points that changed are read, and what they stand in (open lists, divisions, calendar) only when
//! that changed; opening states are computed anew when a minute has passed. 4,000 points take a few megabytes, so no page asks
//! the database.

mod ground;
mod touched;

use std::{collections::HashMap, sync::Arc};

use domain::{
    Slug,
    calendar::Calendar,
    codes::{Codes, Lead, Thing, lead},
    divisions::{DivisionCode, DivisionLevel, Divisions},
    finder::{Atlas, Vocabulary},
    geo::Position,
    hours::CHINA,
    identity::Belongs,
    interpreters::{Interpreter, InterpreterId},
    manual::Part,
    points::{NewPoint, Organisation, Point, PointId, PointKind, PointSummary, Service, import::Known, near::Grid},
    policies::{Policy, PolicyId},
    search::Synonym,
};
use sea_orm::TransactionTrait;
use time::{Date, OffsetDateTime};

pub use touched::Reads;
use touched::{Touched, Touches};

use crate::{Store, StoreError, calendar, codes, divisions, interpreters, manual, points, policies, revision, search};

/// What the database holds at one revision.
#[derive(Clone, Debug)]
pub struct Content {
    /// The revision.
    pub revision: i64,
    /// The statutory calendar.
    pub calendar: Calendar,
    /// The outlines of divisions as one GeoJSON feature collection.
    pub outlines: String,
    /// What each division says itself in its manual.
    pub manual: Arc<HashMap<DivisionCode, Part>>,
    /// All points by number, those that have ended too.
    pub points: Vec<Point>,
    /// Every code that was issued.
    pub codes: Arc<Codes>,
    /// Published policies without their texts, by number.
    pub policies: Arc<Vec<Policy>>,
    /// Interpreters' posts, by number.
    pub interpreters: Arc<Vec<Interpreter>>,
    /// Words of the street and what they stand for, in order.
    pub synonyms: Arc<Vec<Synonym>>,
    organisations: HashMap<Slug, Organisation>,
    kinds: Vec<PointKind>,
    services: Vec<Service>,
    divisions: Divisions,
    ground: Arc<ground::Ground>,
    /// The revision at which something else than points last changed.
    frame: i64,
    touches: Touches,
}

/// The content at one instant.
#[derive(Debug)]
pub struct Snapshot {
    /// The instant.
    pub now: OffsetDateTime,
    /// What does not depend on it.
    pub content: Arc<Content>,
    /// The points that have not ended, with their opening states, ready to be searched.
    pub atlas: Atlas,
}

impl Snapshot {
    /// The day it is in China.
    pub fn today(&self) -> Date {
        self.now.to_offset(CHINA).date()
    }
}

impl Content {
    /// Reads everything published, in one transaction.
    pub async fn load(store: &Store) -> Result<Arc<Self>, StoreError> {
        let transaction = store.database.begin().await?;
        // First of all: what is read after it may be newer, and is then read once more; never older.
        let counts = revision::current(&transaction).await?;
        let (kinds, services) = points::load_vocabulary(&transaction).await?;
        let organisations = points::organisations(&transaction).await?;
        let outlines = divisions::outlines(&transaction).await?;
        let content = Self {
            revision: counts.number,
            frame: counts.frame,
            touches: Touches::from(counts.number),
            calendar: calendar::load(&transaction).await?,
            ground: Arc::new(ground::Ground::new(&outlines)),
            outlines,
            manual: Arc::new(manual::load(&transaction).await?),
            points: points::load(&transaction).await?,
            codes: Arc::new(codes::load(&transaction).await?),
            policies: Arc::new(policies::load(&transaction).await?),
            interpreters: Arc::new(interpreters::load(&transaction).await?),
            synonyms: Arc::new(search::load(&transaction).await?),
            organisations: organisations.into_iter().map(|it| (it.code, it)).collect(),
            kinds,
            services,
            divisions: divisions::arranged(&transaction).await?,
        };
        transaction.commit().await?;
        Ok(Arc::new(content))
    }

    /// What is published by now, reading only what has changed since this.
    pub async fn next(&self, store: &Store) -> Result<Arc<Self>, StoreError> {
        let transaction = store.database.begin().await?;
        let counts = revision::current(&transaction).await?;
        if counts.frame != self.frame {
            transaction.rollback().await?;
            return Self::load(store).await;
        }
        let newer = points::newer(&transaction, &self.points).await?;
        let codes = codes::newer(&transaction, &self.codes).await?;
        transaction.commit().await?;
        let mut next = self.clone();
        next.revision = counts.number;
        next.touches.add(counts.number, if codes.is_some() { Touched::All } else { Touched::of(&newer) });
        next.codes = codes.map_or(next.codes, Arc::new);
        for point in newer {
            match next.points.binary_search_by_key(&point.id, |known| known.id) {
                Ok(i) => next.points[i] = point,
                Err(i) => next.points.insert(i, point),
            }
        }
        Ok(Arc::new(next))
    }

    /// Whether an answer that was made from this at revision `since` would be the same now. Where that is not known, it is no.
    pub fn leaves(&self, reads: &Reads, since: i64) -> bool {
        self.touches.leave(reads, since)
    }

    /// A point by number.
    pub fn point(&self, id: PointId) -> Option<&Point> {
        self.points.binary_search_by_key(&id, |point| point.id).ok().map(|i| &self.points[i])
    }

    /// A policy by number.
    pub fn policy(&self, id: PolicyId) -> Option<&Policy> {
        self.policies.binary_search_by_key(&id, |policy| policy.id).ok().map(|i| &self.policies[i])
    }

    /// An interpreter's post by number.
    pub fn interpreter(&self, id: InterpreterId) -> Option<&Interpreter> {
        self.interpreters.iter().find(|post| post.id == id)
    }

    /// The divisions, ended ones too.
    pub fn divisions(&self) -> &Divisions {
        &self.divisions
    }

    /// The open list of kinds, in order.
    pub fn kinds(&self) -> &[PointKind] {
        &self.kinds
    }

    /// The open list of services, in order.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// What has a code, from the day it is published.
    pub fn things(&self) -> impl Iterator<Item = Thing> {
        let divisions = self.divisions.iter().map(|division| Thing::Division(division.code));
        let manuals = self.divisions.iter().filter(|it| !it.ended && it.level != DivisionLevel::Village);
        let chapters =
            manuals.flat_map(|it| self.chapters(it.code).into_iter().map(|slug| Thing::Chapter(it.code, slug)));
        let points = self.points.iter().map(|point| Thing::Point(point.id));
        let window = |point: &Point| {
            let id = point.id;
            point.facts.services.clone().into_iter().map(move |service| Thing::Window(id, service))
        };
        let policies = self.policies.iter().map(|policy| Thing::Policy(policy.id));
        let windows = self.points.iter().flat_map(window);
        [Thing::Portal].into_iter().chain(divisions).chain(points).chain(chapters).chain(windows).chain(policies)
    }

    /// Where the code of a thing leads on a day.
    pub fn lead(&self, thing: Thing, today: Date) -> Lead {
        let chapter = |division, slug| self.chapters(division).contains(&slug);
        lead(thing, today, &self.divisions, |id| self.point(id), chapter, |id| self.policy(id).is_some())
    }

    /// The chapters a division's manual has, its own and those from above; not what is hidden.
    pub fn chapters(&self, division: DivisionCode) -> Vec<Slug> {
        let line = self.divisions.lineage(division);
        let all = line.iter().filter_map(|it| self.manual.get(&it.code)).flat_map(|part| &part.chapters);
        let (mut shown, mut hidden) = (Vec::new(), Vec::new());
        for chapter in all {
            let list = if chapter.hidden { &mut hidden } else { &mut shown };
            if !list.contains(&chapter.slug) {
                list.push(chapter.slug);
            }
        }
        shown.retain(|slug| !hidden.contains(slug));
        shown
    }

    /// Whether a published point has the photo at this address.
    pub fn shows_photo(&self, address: &str) -> bool {
        self.points.iter().flat_map(|point| &point.facts.photos).any(|photo| photo.url == address)
    }

    /// Where a point with these facts belongs.
    pub fn belongs(&self, facts: &NewPoint) -> Belongs {
        Belongs { within: self.divisions.within(facts.division), organisation: Some(facts.organisation) }
    }

    /// Every organisation, in no order.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.values()
    }

    /// An organisation by code.
    pub fn organisation(&self, code: Slug) -> Option<&Organisation> {
        self.organisations.get(&code)
    }

    /// Whether a position lies in a division; none where neither it nor one above it has an outline.
    pub fn is_inside(&self, division: DivisionCode, position: Position) -> Option<bool> {
        self.ground.is_inside(&self.divisions, division, position)
    }

    /// The division whose outline [`Self::is_inside`] goes by.
    pub fn outlined(&self, division: DivisionCode) -> Option<DivisionCode> {
        self.ground.outlined(&self.divisions, division)
    }

    /// Published points, by where they are.
    pub fn grid(&self) -> Grid<'_> {
        Grid::new(&self.points)
    }

    /// What a table of points can refer to.
    pub fn known<T>(&self, ask: impl FnOnce(&Known<'_>) -> T) -> T {
        let inside = |division, position| self.is_inside(division, position);
        let vocabulary = (self.kinds.as_slice(), self.services.as_slice());
        ask(&Known::new(&self.points, vocabulary, self.organisations(), &self.divisions, &inside))
    }

    /// The content at an instant. Takes a few milliseconds per 1,000 points.
    pub fn at(self: &Arc<Self>, now: OffsetDateTime) -> Snapshot {
        let letters: HashMap<_, _> = self.kinds.iter().map(|kind| (kind.code, kind.letter.as_str())).collect();
        let summary = |point: &Point| {
            let facts = &point.facts;
            PointSummary {
                id: point.id,
                name: facts.name.clone(),
                name_en: facts.name_en.clone(),
                kind: facts.kind,
                letter: letters.get(&facts.kind).copied().unwrap_or_default().to_owned(),
                level: facts.level,
                within: self.divisions.within(facts.division),
                place: self.divisions.place(facts.division),
                address: facts.address.clone(),
                telephone: facts.telephones.first().cloned().unwrap_or_default(),
                services: facts.services.clone(),
                facilities: facts.facilities.clone(),
                position: facts.position,
                opening: facts.schedule.opening(now, &self.calendar),
                demonstration: facts.demonstration,
            }
        };
        let today = now.to_offset(CHINA).date();
        let points = self.points.iter().filter(|point| point.ended(today).is_none()).map(summary).collect();
        let vocabulary = Vocabulary {
            kinds: self.kinds.clone(),
            services: self.services.clone(),
            divisions: self.divisions.iter().cloned().collect(),
        };
        Snapshot { now, content: Arc::clone(self), atlas: Atlas::new(points, vocabulary) }
    }
}
