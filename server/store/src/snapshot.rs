//! The published content in memory, as one state: what every page, feed and search of this process is made from.
//!
//! It is read once per content revision; opening states are computed anew when a minute has passed. 4,000 points take a few
//! megabytes, so no page asks the database.

use std::{collections::HashMap, sync::Arc};

use domain::{
    Slug,
    calendar::Calendar,
    divisions::Divisions,
    finder::{Atlas, Vocabulary},
    hours::CHINA,
    identity::Belongs,
    points::{Organisation, Point, PointId, PointKind, PointSummary, Service},
};
use sea_orm::TransactionTrait;
use time::{Date, OffsetDateTime};

use crate::{Store, StoreError, calendar, divisions, points, revision};

/// What the database holds at one revision.
#[derive(Debug)]
pub struct Content {
    /// The revision.
    pub revision: i64,
    /// The statutory calendar.
    pub calendar: Calendar,
    /// The outlines of divisions as one GeoJSON feature collection.
    pub outlines: String,
    /// All points by number, those that have ended too.
    pub points: Vec<Point>,
    organisations: HashMap<Slug, Organisation>,
    kinds: Vec<PointKind>,
    services: Vec<Service>,
    divisions: Divisions,
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
        let (kinds, services) = points::load_vocabulary(&transaction).await?;
        let organisations = points::organisations(&transaction).await?;
        let content = Self {
            revision: revision::current(&transaction).await?,
            calendar: calendar::load(&transaction).await?,
            outlines: divisions::outlines(&transaction).await?,
            points: points::load(&transaction).await?,
            organisations: organisations.into_iter().map(|it| (it.code, it)).collect(),
            kinds,
            services,
            divisions: divisions::arranged(&transaction).await?,
        };
        transaction.commit().await?;
        Ok(Arc::new(content))
    }

    /// A point by number.
    pub fn point(&self, id: PointId) -> Option<&Point> {
        self.points.binary_search_by_key(&id, |point| point.id).ok().map(|i| &self.points[i])
    }

    /// Whether a published point has the photo at this address.
    pub fn shows_photo(&self, address: &str) -> bool {
        self.points.iter().flat_map(|point| &point.facts.photos).any(|photo| photo.url == address)
    }

    /// Where a point belongs.
    pub fn belongs(&self, point: &Point) -> Belongs {
        let within = self.divisions.within(point.facts.division);
        Belongs { within, organisation: Some(point.facts.organisation) }
    }

    /// Every organisation, in no order.
    pub fn organisations(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.values()
    }

    /// An organisation by code.
    pub fn organisation(&self, code: Slug) -> Option<&Organisation> {
        self.organisations.get(&code)
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
