//! What the handlers of a process share.

use std::{collections::HashMap, sync::Arc};

use app::{
    portal::{Assets, Portal, SingleSignOn, StaffParts},
    search::NotFollowed,
};
use domain::{
    audit::{Actor, By},
    hours::CHINA,
};
use search::{Index, IndexError};
use store::{Store, StoreError, codes, snapshot::Content};
use time::{Date, Duration, OffsetDateTime};
use tokio::sync::Mutex;

use crate::{
    config::Config,
    http::{Pages, Posters},
    live::{Live, Seats},
    manual,
    scans::Scans,
    sign_on::Provider,
};

/// The settings, the database, the published content and the cache of pages. Cheap to clone.
#[derive(Clone, Debug)]
pub struct ServerState {
    pub(crate) config: Arc<Config>,
    pub(crate) store: Store,
    pub(crate) portal: Portal,
    pub(crate) pages: Pages,
    pub(crate) posters: Posters,
    pub(crate) live: Live,
    pub(crate) staff_seats: Seats,
    pub(crate) resident_seats: Seats,
    pub(crate) scans: Scans,
    /// The content revision and the day the manual was last composed from.
    composed: Arc<Mutex<(i64, Date)>>,
    indexed: Arc<Mutex<Indexed>>,
    pub(crate) sign_on: Option<Arc<Provider>>,
}

/// What the index was last brought up to.
#[derive(Debug, Default)]
struct Indexed {
    /// Its things with their stamps.
    known: HashMap<String, u64>,
    /// The content revision, the day, the edition of the manual and the last event.
    state: Option<(i64, Date, Option<i64>, i64)>,
}

/// Why a portal cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum NotLoaded {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error("{0}; it is kept in {1} and may be removed, for it is made from the database")]
    Index(#[source] IndexError, String),
}

impl ServerState {
    /// Reads the content once; [`Self::refresh`] keeps it current.
    pub async fn load(config: Config, store: Store, now: OffsetDateTime) -> Result<Self, NotLoaded> {
        let (_, told) = store.counts().await?;
        let by = By { actor: Actor::Clock, origin: String::new(), at: now };
        let content = codes::complete(&store, &by, Content::load(&store).await?, crate::chance::fill).await?;
        let composed = (content.revision, now.to_offset(CHINA).date());
        let first = (content.at(now), manual::compose(&store, &content, now).await?);
        let assets = Assets(crate::http::asset_hashes(&config.site_root));
        let staff = StaffParts {
            store: store.clone(),
            vault: config.vault(),
            idle: Duration::minutes(config.session_idle_minutes.into()),
            own_review: config.own_review,
            verify_days: config.verify_days,
            report_limit: config.report_limit,
            // Whether it can be read was looked at when the settings were.
            sensitive_words: config.sensitive_words().unwrap_or_default(),
            // Whether it makes sense was looked at when the settings were.
            model: config.model().unwrap_or_default(),
            single_sign_on: config
                .oidc
                .is_set()
                .then(|| SingleSignOn { label: config.oidc.label.clone(), label_en: config.oidc.label_en.clone() }),
            random: crate::chance::fill,
        };
        for rule in &config.oidc.roles {
            let office = rule.organisation.is_none_or(|code| first.0.content.organisation(code).is_some());
            if !office || first.0.atlas.divisions.get(rule.division).is_none() {
                tracing::warn!(
                    value = rule.value,
                    "single sign-on: the place of a role does not exist; it lets nobody in"
                );
            }
        }
        let sign_on = Provider::of(&config.oidc);
        let folder = config.index_folder();
        let failed = |why| NotLoaded::Index(why, folder.display().to_string());
        let index = Index::open(&folder).map_err(failed)?;
        let known = index.stamps().map_err(failed)?;
        let index = Arc::new(index);
        let portal =
            Portal::new(config.identity(), config.map_notice(), config.root_division, assets, first, index, staff);
        Ok(Self {
            config: Arc::new(config),
            store,
            portal,
            pages: Pages::new(),
            posters: Posters::new(),
            live: Live::new(told),
            staff_seats: Seats::of_staff(),
            resident_seats: Seats::of_residents(),
            scans: Scans::default(),
            composed: Arc::new(Mutex::new(composed)),
            indexed: Arc::new(Mutex::new(Indexed { known, state: None })),
            sign_on,
        })
    }

    /// Brings the content up to an instant: reads it anew if another revision is published, and computes opening states if a
    /// minute has passed. Then it tells those who follow.
    pub async fn refresh(&self, now: OffsetDateTime) -> Result<(), StoreError> {
        let current = self.portal.snapshot();
        let minute = |instant: OffsetDateTime| instant.unix_timestamp().div_euclid(60);
        let (revision, told) = self.store.counts().await?;
        let content = match revision {
            revision if revision != current.content.revision => {
                let by = By { actor: Actor::Clock, origin: String::new(), at: now };
                let next = current.content.next(&self.store).await?;
                // Nothing is shown before it has its code.
                Some(codes::complete(&self.store, &by, next, crate::chance::fill).await?)
            }
            _ if minute(now) != minute(current.now) => Some(Arc::clone(&current.content)),
            _ => None,
        };
        if let Some(content) = content {
            self.portal.replace(content.at(now));
        }
        self.live.hand_on(&self.store, told).await
    }

    /// Brings the manual up to the content, if that is another or of another day than the manual was composed from. It takes longer than
    /// everything else that follows a change, so nothing waits for it.
    pub async fn compose(&self) -> Result<(), StoreError> {
        let mut composed = self.composed.lock().await;
        let snapshot = self.portal.snapshot();
        let state = (snapshot.content.revision, snapshot.today());
        if *composed != state {
            self.portal.replace_manual(manual::compose(&self.store, &snapshot.content, snapshot.now).await?);
            *composed = state;
        }
        Ok(())
    }

    /// Brings the index up to what is shown, if that has changed; how many things were put in or taken out.
    pub async fn index(&self) -> Result<usize, NotFollowed> {
        let mut indexed = self.indexed.lock().await;
        let (snapshot, manual) = (self.portal.snapshot(), self.portal.manual());
        let edition = manual.edition.map(|it| it.number);
        let state = Some((snapshot.content.revision, snapshot.today(), edition, self.live.last()));
        if indexed.state == state {
            return Ok(0);
        }
        let followed = app::search::follow(&self.portal, &mut indexed.known).await;
        if followed.is_err() {
            // What came of it, the index itself knows best.
            if let Ok(known) = self.portal.index().stamps() {
                indexed.known = known;
            }
        } else {
            self.portal.index().is_whole_now();
            indexed.state = state;
        }
        followed
    }

    /// Whether another process had the first index of the folder open already.
    pub(crate) fn shares_index(&self) -> bool {
        self.portal.index().process() > 1
    }

    /// Makes the index anew; how many things it has.
    pub async fn index_anew(&self) -> Result<usize, NotFollowed> {
        let mut indexed = self.indexed.lock().await;
        self.portal.index().clear()?;
        *indexed = Indexed::default();
        drop(indexed);
        self.index().await
    }

    /// Writes the scans and the searches that were counted into the database; those that cannot be written stay counted.
    pub async fn keep_counts(&self) -> Result<(), StoreError> {
        self.scans.flush(&self.store).await?;
        self.portal.keep_searches().await
    }

    /// Ends the streams of those who follow, so that the server can stop.
    pub fn end_streams(&self) {
        self.live.end();
    }
}
