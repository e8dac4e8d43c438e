//! The one door from a request to what it needs: the published content, the language, the reading mode, the site's identity.
//!
//! The server makes one [`Portal`] for the process and one [`Visit`] for the request; pages take both from the context and read
//! neither the clock, nor settings, nor headers.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use axum::{body::Body, extract::Request, response::Response};
use domain::{
    audit::{Actor, By},
    divisions::{Division, DivisionCode},
    locale::Locale,
    points::Freshness,
    reading::Reading,
    sensitive::SensitiveWords,
    site::{MapNotice, SiteIdentity},
};
use leptos::prelude::*;
use meaning::Model;
use search::Index;
use store::{
    Store, StoreError,
    identity::{Session, Token},
    limits::Allowance,
    search as searches,
    snapshot::{Reads, Snapshot},
    vault::Vault,
};
use time::{Date, Duration, OffsetDateTime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    forms::{Filled, Loaded},
    manual::Living,
    search::{Counts, district_of},
};

/// So many searches are made at once.
const SEARCHES: usize = 4;

/// What is the same for every request.
#[derive(Clone, Debug)]
pub struct Portal(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    site: SiteIdentity,
    map: MapNotice,
    root: DivisionCode,
    assets: Assets,
    snapshot: RwLock<Arc<Snapshot>>,
    manual: RwLock<Arc<Living>>,
    index: Arc<Index>,
    searches: Counts,
    search_turns: Arc<Semaphore>,
    staff: StaffParts,
}

/// What pages of staff and forms of residents need.
#[derive(Clone, Debug)]
pub struct StaffParts {
    /// The database.
    pub store: Store,
    /// For sealing secrets.
    pub vault: Vault,
    /// After so long without a request a session ends.
    pub idle: Duration,
    /// A tiny office may let an author review their own change; it stands in the audit log.
    pub own_review: bool,
    /// After so many days a point has to be checked on the spot again.
    pub verify_days: u16,
    /// How many reports one device may send in an hour, and its network four times as many; 0 for no limit.
    pub report_limit: u32,
    /// Words for which a second person looks at a question before it is public.
    pub sensitive_words: SensitiveWords,
    /// The model that says what texts mean, where there is one.
    pub model: Option<Model>,
    /// The way to sign in elsewhere, where there is one.
    pub single_sign_on: Option<SingleSignOn>,
    /// Fills bytes with randomness; an argument so that tests can say what comes.
    pub random: fn(&mut [u8]),
}

/// How the way to sign in elsewhere is called.
#[derive(Clone, Debug)]
pub struct SingleSignOn {
    /// In Chinese.
    pub label: String,
    /// In English.
    pub label_en: String,
}

/// The content hashes of static files, by path, for addresses that may be cached for ever.
#[derive(Clone, Debug, Default)]
pub struct Assets(pub HashMap<String, String>);

/// One request.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The language.
    pub locale: Locale,
    /// The path without the language.
    pub path: String,
    /// The query as it came.
    pub query: String,
    /// The ordinary pages, or 长辈版: large type and few choices.
    pub reading: Reading,
    /// The content at the time of the request.
    pub snapshot: Arc<Snapshot>,
    /// The manual at the time of the request.
    pub manual: Arc<Living>,
    /// The last event that is in this content: what a page of staff follows from.
    pub told: i64,
    /// The page to show is the page of this error.
    pub failure: Option<u16>,
    /// When it came.
    pub now: OffsetDateTime,
    /// The address of the client.
    pub origin: String,
    /// What the client says it is.
    pub agent: String,
    /// What the device is called for the hour in which is counted what it sends.
    pub device: Option<String>,
    /// Who is signed in; looked up for pages of staff only.
    pub session: Option<Session>,
    /// The form that was refused and is shown again.
    pub filled: Option<Filled>,
}

impl Portal {
    /// A portal over a first snapshot.
    pub fn new(
        site: SiteIdentity,
        map: MapNotice,
        root: DivisionCode,
        assets: Assets,
        first: (Snapshot, Living),
        index: Arc<Index>,
        staff: StaffParts,
    ) -> Self {
        // Leptos spawns on tokio; a second call, in the same process, changes nothing.
        drop(any_spawner::Executor::init_tokio());
        let (snapshot, manual) = (RwLock::new(Arc::new(first.0)), RwLock::new(Arc::new(first.1)));
        let (searches, search_turns) = (Counts::default(), Arc::new(Semaphore::new(SEARCHES)));
        Self(Arc::new(Shared { site, map, root, assets, snapshot, manual, index, searches, search_turns, staff }))
    }

    /// The database, for pages of staff.
    pub(crate) fn store(&self) -> &Store {
        &self.0.staff.store
    }

    /// For sealing secrets.
    pub(crate) fn vault(&self) -> &Vault {
        &self.0.staff.vault
    }

    /// After so long without a request a session ends.
    pub(crate) fn idle(&self) -> Duration {
        self.0.staff.idle
    }

    /// Whether an author may review their own change.
    pub(crate) fn own_review(&self) -> bool {
        self.0.staff.own_review
    }

    /// How fresh a point is.
    pub(crate) fn freshness(&self, today: Date, verified_on: Option<Date>) -> Freshness {
        Freshness::on(today, verified_on, self.0.staff.verify_days)
    }

    /// The last day on which a check of this day still holds.
    pub(crate) fn verify_by(&self, verified_on: Date) -> Date {
        Freshness::due(verified_on, self.0.staff.verify_days)
    }

    /// How much the device of a visit may send.
    pub(crate) fn allowance(&self, visit: &Visit) -> Allowance {
        Allowance { device: visit.device.clone(), most: self.0.staff.report_limit }
    }

    /// Words for which a second person looks at a question before it is public.
    pub(crate) fn sensitive_words(&self) -> &SensitiveWords {
        &self.0.staff.sensitive_words
    }

    /// How the way to sign in elsewhere is called, where there is one.
    pub(crate) fn single_sign_on(&self, locale: Locale) -> Option<String> {
        let names = self.0.staff.single_sign_on.as_ref()?;
        Some(locale.pick(&names.label, &names.label_en).clone())
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0.staff.random)(&mut bytes);
        bytes
    }

    /// The living session of a token.
    pub async fn session(&self, now: OffsetDateTime, token: &Token) -> Result<Option<Session>, StoreError> {
        store::identity::session(self.store(), now, self.idle(), token).await
    }

    /// The same for what a page asks by itself: it is no sign that somebody is there.
    pub async fn peek(&self, now: OffsetDateTime, token: &Token) -> Result<Option<Session>, StoreError> {
        store::identity::peek(self.store(), now, self.idle(), token).await
    }

    /// Who runs the site.
    pub fn site(&self) -> &SiteIdentity {
        &self.0.site
    }

    /// What is printed on the map.
    pub fn map(&self) -> &MapNotice {
        &self.0.map
    }

    /// The content as last read.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The manual as last composed.
    pub fn manual(&self) -> Arc<Living> {
        Arc::clone(&self.0.manual.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What can be found.
    pub fn index(&self) -> Arc<Index> {
        Arc::clone(&self.0.index)
    }

    /// The model that says what texts mean, where there is one.
    pub fn model(&self) -> Option<&Model> {
        self.0.staff.model.as_ref()
    }

    /// Waits for a turn to search; it is over when this value is gone.
    pub(crate) async fn search_turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0.search_turns).acquire_owned().await.ok()
    }

    /// What was looked for.
    pub(crate) fn searches(&self) -> &Counts {
        &self.0.searches
    }

    /// Counts that something a search found was opened, and in which part of the city that lies.
    pub fn opened(&self, typed: &str, address: &str, now: OffsetDateTime) {
        self.searches().opened(typed, district_of(&self.snapshot().content, address), now);
    }

    /// Writes what was looked for into the database; what cannot be written stays counted.
    pub async fn keep_searches(&self) -> Result<(), StoreError> {
        let counts = self.searches().take();
        let written = searches::add(self.store(), &counts).await;
        if written.is_err() {
            self.searches().give_back(counts);
        }
        written
    }

    /// Puts a newer manual in place; before the content it is composed from.
    pub fn replace_manual(&self, manual: Living) {
        *self.0.manual.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(manual);
    }

    /// Puts newer content in place; requests under way finish with what they have.
    pub fn replace(&self, snapshot: Snapshot) {
        *self.0.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    /// What the browser is given, in a word: another one after every change of a static file.
    pub(crate) fn build(&self) -> String {
        let mut hashes: Vec<_> = self.0.assets.0.values().collect();
        hashes.sort();
        let mut hasher = DefaultHasher::new();
        hashes.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// The address of a static file, with its content hash.
    pub fn asset(&self, path: &str) -> String {
        match self.0.assets.0.get(path) {
            Some(hash) => format!("{path}?v={hash}"),
            None => path.to_owned(),
        }
    }
}

impl Visit {
    /// The same page in a language, as an address.
    pub fn here(&self, locale: Locale) -> String {
        let path = locale.href(&self.path);
        if self.query.is_empty() { path } else { format!("{path}?{}", self.query) }
    }

    /// A parameter of the address.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.query).unwrap_or_default();
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether this page of staff follows what happens.
    pub(crate) fn follows(&self) -> bool {
        let lists = ["/desk/points", "/desk/changes", "/desk/questions", "/desk/interpreters"];
        let followed = lists.iter().any(|it| self.path.starts_with(it));
        followed && self.session.is_some()
    }

    /// Who does something, from where and when.
    pub fn by(&self) -> By {
        let actor = self.session.as_ref().map_or(Actor::Anyone, |session| Actor::Staff(session.staff.clone()));
        By { actor, origin: self.origin.clone(), at: self.now }
    }
}

/// A page whose data is loaded already, until it is rendered.
#[derive(Clone)]
struct Prepared(Arc<Mutex<Option<Loaded>>>);

/// The page that was loaded for this request, if it is a page of staff.
pub(crate) fn prepared() -> Option<Loaded> {
    let Prepared(loaded) = use_context()?;
    loaded.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// What the page of this request is made from, as it says itself.
#[derive(Clone, Default)]
struct Noted(Arc<Mutex<Reads>>);

/// A page says what it is made from, so that it is kept while that stays; a page that says nothing is made anew whenever any point
/// changes. Whoever shows more of the content on such a page has to say so here too.
pub(crate) fn reads(reads: Reads) {
    if let Some(Noted(noted)) = use_context() {
        *noted.lock().unwrap_or_else(PoisonError::into_inner) = reads;
    }
}

/// The portal of this request.
pub(crate) fn portal() -> Portal {
    expect_context()
}

/// This request.
pub(crate) fn visit() -> Visit {
    expect_context()
}

/// The division the site is for, if it is among the divisions.
pub(crate) fn root(visit: &Visit) -> Option<Division> {
    let divisions = &visit.snapshot.atlas.divisions;
    divisions.get(portal().0.root).or_else(|| divisions.root()).cloned()
}

/// Renders the page of a visit and says, among the extensions, what it was made from ([`Reads`]). It finishes whatever the
/// client does meanwhile: a reader who goes away in the middle of a render would otherwise tear the reactive graph down under it
/// (leptos 0.8).
pub async fn render(
    portal: Portal,
    visit: Visit,
    request: Request,
    loaded: Option<Loaded>,
) -> Result<Response, RenderFailed> {
    let loaded = Prepared(Arc::new(Mutex::new(loaded)));
    let noted = Noted::default();
    let made_from = Arc::clone(&noted.0);
    let handler = leptos_axum::render_app_async_with_context(
        move || {
            provide_context(portal.clone());
            provide_context(visit.locale);
            provide_context(loaded.clone());
            provide_context(noted.clone());
            provide_context(visit.clone());
        },
        crate::shell::App,
    );
    let rendering = async move {
        let response = handler(request).await;
        let (mut parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.map_err(|_| RenderFailed)?;
        // Behind the document leptos writes an inline script with the data of resources. Islands here take theirs from the
        // page, so it is empty, and the policy of this site allows no inline script.
        let end = find(&bytes, b"</html>").ok_or(RenderFailed)?;
        parts.extensions.insert(made_from.lock().unwrap_or_else(PoisonError::into_inner).clone());
        Ok(Response::from_parts(parts, Body::from(bytes.slice(..end))))
    };
    tokio::spawn(rendering).await.map_err(|_| RenderFailed)?
}

/// The page could not be rendered; the reason is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenderFailed;

/// Where `needle` ends, looking from the back.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).rposition(|window| window == needle).map(|start| start + needle.len())
}
