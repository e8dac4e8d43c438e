//! Static files: what `scripts/site.sh` built. An address with the content's hash may be kept for ever.

use std::{
    collections::HashMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use axum::{
    Router,
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderValue, header};
use tower_http::services::{ServeDir, ServeFile};

use crate::ServerState;

pub(super) const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// Stands between the reader and the network, so an old one must not stay.
const WORKER: &str = "/sw.js";
const ASK: HeaderValue = HeaderValue::from_static("no-cache");
/// What a browser may fetch before a link is pressed; it asks for this type.
const RULES: (&str, HeaderValue) =
    ("/speculation-rules.json", HeaderValue::from_static("application/speculationrules+json"));

/// The files at the root of the site, and the folder of what is compiled.
pub(super) fn routes(state: &ServerState) -> Router<ServerState> {
    let site = &state.config.site_root;
    let files =
        files(site).into_iter().filter(|path| !path.starts_with("/pkg/")).fold(Router::new(), |router, path| {
            let file = ServeFile::new(site.join(&path[1..])).precompressed_br().precompressed_gzip();
            router.route_service(&path, file)
        });
    let compiled = ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip();
    files.nest_service("/pkg", compiled).layer(axum::middleware::from_fn_with_state(state.clone(), keep))
}

/// Content hashes by path, for addresses that change with the content.
pub(crate) fn hashes(site: &Path) -> HashMap<String, String> {
    let hash = |path: &String| {
        let content = fs::read(site.join(&path[1..])).ok()?;
        let mut hasher = DefaultHasher::new();
        content.hash(&mut hasher);
        Some(format!("{:016x}", hasher.finish()))
    };
    files(site).into_iter().filter_map(|path| Some((path.clone(), hash(&path)?))).collect()
}

/// Every file of the site as an absolute path of the site, without the compressed copies.
fn files(site: &Path) -> Vec<String> {
    let list = |folder: &str| {
        let entries = fs::read_dir(site.join(folder)).into_iter().flatten().flatten();
        let names =
            entries.filter(|entry| entry.path().is_file()).filter_map(|entry| entry.file_name().into_string().ok());
        let plain = names.filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"));
        plain.map(|name| format!("/{folder}{name}")).collect::<Vec<_>>()
    };
    [list(""), list("pkg/")].concat()
}

/// For ever only under the hash of the content: under any other name it would never be seen to change.
async fn keep(State(state): State<ServerState>, uri: OriginalUri, request: Request, next: Next) -> Response {
    let versioned = uri.path_and_query().is_some_and(|it| state.portal.asset(uri.path()) == it.as_str());
    let for_ever = versioned && uri.query().is_some();
    let (is_rules, is_worker) = (uri.path() == RULES.0, uri.path() == WORKER);
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let how = match (is_worker, for_ever) {
            (true, _) => ASK,
            (false, true) => FOR_EVER,
            (false, false) => AN_HOUR,
        };
        response.headers_mut().insert(header::CACHE_CONTROL, how);
        if is_rules {
            response.headers_mut().insert(header::CONTENT_TYPE, RULES.1);
        }
    }
    response
}
