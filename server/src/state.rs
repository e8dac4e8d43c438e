//! What the handlers of a process share.

use std::sync::Arc;

use app::portal::{Assets, Portal, SingleSignOn, StaffParts};
use domain::{
    audit::{Actor, By},
    hours::CHINA,
};
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
    pub(crate) sign_on: Option<Arc<Provider>>,
}

impl ServerState {
    /// Reads the content once; [`Self::refresh`] keeps it current.
    pub async fn load(config: Config, store: Store, now: OffsetDateTime) -> Result<Self, StoreError> {
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
        let portal = Portal::new(config.identity(), config.map_notice(), config.root_division, assets, first, staff);
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

    /// Writes the scans that were counted into the database; those that cannot be written stay counted.
    pub async fn keep_scans(&self) -> Result<(), StoreError> {
        self.scans.flush(&self.store).await
    }

    /// Ends the streams of those who follow, so that the server can stop.
    pub fn end_streams(&self) {
        self.live.end();
    }
}
