//! The portal in a test: its router over a database with the demonstration city, at a fixed instant, asked without a network.

mod answer;
mod browser;
mod city;
mod decoders;
mod provider;

use std::{fs, net::SocketAddr, path::Path};

use axum::{Router, body::Body, extract::ConnectInfo};
use domain::{
    Slug,
    audit::By,
    points::{NewPoint, Point, PointId},
};
use http::{HeaderName, Method, Request, header};
use server::{ServerState, config::Config};
use store::{Store, points, snapshot::Content, testing::TestStore};
use tempfile::TempDir;
use time::{OffsetDateTime, macros::datetime};
use tower::ServiceExt;

pub(crate) use answer::{Answer, attributes, texts};
pub(crate) use browser::{Browser, FIRST, OWN};
pub(crate) use decoders::{printed, read_by_rqrr, read_by_zbar};
pub(crate) use provider::{Provider, Told};

/// A Monday morning, when offices are open.
pub(crate) const MONDAY: OffsetDateTime = datetime!(2026-11-23 10:00 +8);
/// What the tests take for the address of the portal.
pub(crate) const HOST: &str = "127.0.0.1:3000";

/// A portal. It goes away with this value, and its files with it.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) site: TempDir,
    pub(crate) state: ServerState,
    router: Router,
    folder: Option<TempDir>,
}

impl App {
    /// The demonstration city in SQLite.
    pub(crate) async fn demonstration() -> Self {
        Self::with(|_| ()).await
    }

    /// The same, with other settings.
    pub(crate) async fn with(set: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = Self::over(city::copy(folder.path()).await, set).await;
        Self { folder: Some(folder), ..app }
    }

    /// The demonstration city in this database.
    pub(crate) async fn new(test: &TestStore) -> Self {
        server::commands::fill_demonstration(&test.store, MONDAY).await.expect("the demonstration city");
        Self::over(test.store.clone(), |_| ()).await
    }

    /// The first points of the city in this database, for tests that render thousands of pages.
    pub(crate) async fn small(test: &TestStore) -> Self {
        let (store, by) = (&test.store, &By::console(MONDAY));
        let city = server::demonstration::city(MONDAY.date()).expect("the demonstration city");
        let (kinds, services) = (city.vocabulary.kinds, city.vocabulary.services);
        let points = city.points.into_iter().take(60).collect();
        store::divisions::save(store, by, city.vocabulary.divisions, vec![]).await.expect("divisions");
        points::save_vocabulary(store, by, kinds, services, city.organisations).await.expect("open lists");
        points::import(store, by, points).await.expect("points");
        Self::over(store.clone(), |_| ()).await
    }

    /// Another server over the same database, with other settings.
    pub(crate) async fn beside(&self, set: impl FnOnce(&mut Config)) -> Self {
        Self::over(self.store.clone(), set).await
    }

    async fn over(store: Store, set: impl FnOnce(&mut Config)) -> Self {
        let site = site();
        let mut config = Config {
            rate_limit: 0,
            site_root: site.path().to_owned(),
            data_folder: site.path().join("data"),
            press: env!("CARGO_BIN_EXE_sangeyi").into(),
            ..Config::default()
        };
        set(&mut config);
        let state = ServerState::load(config, store.clone(), MONDAY).await.expect("the published content");
        Self { store, site, router: server::router(state.clone()), state, folder: None }
    }

    /// Brings the portal to another instant, and to what the database holds now.
    pub(crate) async fn refresh(&self, now: OffsetDateTime) {
        self.state.refresh(now).await.expect("the published content");
        self.state.compose().await.expect("the manual");
    }

    /// Brings the index up to what is shown, as a job does four times a second.
    pub(crate) async fn index(&self) -> usize {
        self.state.index().await.expect("an index")
    }

    /// Asks the model for every meaning that is not known; how many.
    pub(crate) async fn learn_meanings(&self) -> usize {
        let mut all = 0;
        loop {
            match server::learn_meanings(&self.state).await.expect("a model") {
                0 => return all,
                some => all += some,
            }
        }
    }

    /// Writes the scans that were counted into the database, as a job does every four seconds.
    pub(crate) async fn keep_counts(&self) {
        self.state.keep_counts().await.expect("a database");
    }

    /// Prints what waits longest; whether there was something.
    pub(crate) async fn print(&self) -> bool {
        server::print_next(&self.state).await.expect("the prints")
    }

    /// Ends what a server ends that stops.
    pub(crate) fn end_streams(&self) {
        self.state.end_streams();
    }

    /// What the database holds.
    pub(crate) async fn content(&self) -> std::sync::Arc<Content> {
        Content::load(&self.store).await.expect("the published content")
    }

    /// The database itself.
    pub(crate) fn store(&self) -> Store {
        self.store.clone()
    }

    /// A point of a division that has not ended.
    pub(crate) async fn a_point_of(&self, division: &str) -> PointId {
        let content = self.content().await;
        let there = |it: &&Point| it.facts.division.as_str() == division && it.facts.ended.is_none();
        content.points.iter().find(there).expect("a point").id
    }

    /// Publishes points as a clerk would.
    pub(crate) async fn import(&self, points: Vec<NewPoint>, now: OffsetDateTime) {
        points::import(&self.store, &By::console(now), points).await.expect("an import");
        self.refresh(now).await;
    }

    /// The address of the database, for another process; only of [`Self::demonstration`].
    pub(crate) fn database_url(&self) -> String {
        city::url(self.folder.as_ref().expect("a database of SQLite").path())
    }

    /// The service itself, for what [`Self::send`] cannot do.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router().oneshot(request).await.expect("a router does not fail");
        Answer::read(response).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(request(Method::GET, path, &[], "")).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
        self.send(request(Method::GET, path, headers, "")).await
    }

    pub(crate) async fn call(&self, method: Method, path: &str) -> Answer {
        self.send(request(method, path, &[], "")).await
    }

    /// Submits a form as a browser does from a page of this site.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(form).expect("a form");
        let origin = format!("http://{HOST}");
        let site = HeaderName::from_static("sec-fetch-site");
        let headers = [(header::CONTENT_TYPE, FORM), (header::ORIGIN, origin.as_str()), (site, "same-origin")];
        self.send(request(Method::POST, path, &headers, body)).await
    }
}

/// The content type of a plain form.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A request from the machine itself.
pub(crate) fn request(
    method: Method,
    path: &str,
    headers: &[(HeaderName, &str)],
    body: impl Into<Body>,
) -> Request<Body> {
    let peer = ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000)));
    let builder = Request::builder().method(method).uri(path).header(header::HOST, HOST).extension(peer);
    let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(name, *value));
    builder.body(body.into()).expect("a request")
}

/// A site with files of the names the real one has.
fn site() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    fs::create_dir(folder.path().join("pkg")).expect("a folder");
    for (name, text) in [
        ("islands.js", "export {};"),
        ("portal-map.js", "export {};"),
        ("seal.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("icons.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("offline.js", "export {};"),
        ("waiting.js", "export {};"),
        ("reading.js", "export {};"),
        ("sw.js", "self;"),
        ("icon-192.png", "png"),
        ("icon-512.png", "png"),
        ("icon-full.png", "png"),
        ("robots.txt", "User-agent: *\nAllow: /\n"),
        ("pkg/sangeyi.js", "export default () => {};"),
        ("pkg/sangeyi.wasm", "\0asm"),
        ("pkg/sangeyi.css", "body { margin: 0 }"),
        ("pkg/sangeyi.css.br", "as brotli"),
        ("pkg/sangeyi.css.gz", "as gzip"),
    ] {
        write(name, text);
    }
    folder
}

/// The names of the files at the root of a site.
pub(crate) fn file(site: &Path, name: &str) -> Vec<u8> {
    fs::read(site.join(name)).expect("a file of the site")
}

/// The fields of a form.
pub(crate) fn fields(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A code.
pub(crate) fn slug(text: &str) -> Slug {
    text.parse().expect("a code")
}

/// Percent-encodes the value of a parameter.
pub(crate) fn percent(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).expect("a parameter").split_off(1)
}
