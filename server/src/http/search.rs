//! The search for programs and for the browser: `/api/search`, suggestions as one types, that something found was opened, and how a
//! browser takes the search into its own box (OpenSearch 1.1).

use app::search::{Looked, Wanted, look};
use axum::{
    Json,
    extract::{Form, RawQuery, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{api::problem, pages};
use crate::{ServerState, clock};

/// So many names are suggested.
const SUGGESTED: usize = 8;
/// The results of a program, at most.
const RESULTS: usize = 50;

/// What is asked.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes, nothing is read through it")]
pub(super) struct Parameters {
    /// What is looked for, in words, by its sound, or by a number.
    #[param(max_length = 120)]
    q: String,
    /// Only this kind: service, point, policy, clause, interpretation, question, manual, office, post or division.
    kind: Option<String>,
    /// lon,lat: what is near is better.
    near: Option<String>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub(super) struct Results {
    /// As it was asked.
    query: String,
    /// The words that were looked for instead, where nothing was found by those that were asked.
    instead: Option<String>,
    /// Passages that answer a question, the best first.
    answers: Vec<Found>,
    /// The best of all, the best first.
    results: Vec<Found>,
}

/// A passage.
#[derive(Serialize, ToSchema)]
struct Found {
    /// What it is.
    kind: &'static str,
    /// What it is called.
    title: String,
    /// What it is part of.
    within: String,
    /// What it says, word for word.
    passage: String,
    /// The address of its page.
    url: String,
    /// How good it is; more is better.
    score: f32,
    /// As of when it is so, YYYY-MM-DD.
    date: Option<String>,
    /// Whether it holds.
    in_force: bool,
}

impl From<search::Hit> for Found {
    fn from(hit: search::Hit) -> Self {
        let passage = hit.passage;
        Self {
            kind: passage.kind.code(),
            title: passage.title,
            within: passage.heading,
            passage: passage.body,
            url: passage.address,
            score: hit.score,
            date: passage.date.map(|date| date.to_string()),
            in_force: passage.holds,
        }
    }
}

/// Reads the parameters; none where they are not percent-encoded UTF-8.
fn read(raw: Option<&str>) -> Option<Wanted> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(raw.unwrap_or_default()).ok()?;
    Some(Wanted::read(|name| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())))
}

/// Finds passages of everything published.
#[utoipa::path(
    get,
    path = "/api/search",
    params(Parameters),
    responses(
        (status = 200, description = "What was found, perhaps nothing", body = Results),
        (status = 400, description = "The query is not percent-encoded UTF-8, or the kind is none"),
        (status = 503, description = "The index does not answer")
    ),
    tag = "search"
)]
pub(super) async fn find(State(state): State<ServerState>, RawQuery(raw): RawQuery) -> Response {
    let Some(wanted) = read(raw.as_deref()) else {
        return problem(StatusCode::BAD_REQUEST, "the query is not percent-encoded UTF-8");
    };
    let asks_kind =
        raw.as_deref().unwrap_or_default().split('&').any(|pair| pair.starts_with("kind=") && pair != "kind=");
    if asks_kind && wanted.kind.is_none() {
        return problem(StatusCode::BAD_REQUEST, "there is no such kind");
    }
    match look(&state.portal, &state.portal.snapshot(), &wanted).await {
        Ok(Looked { answers, hits, instead, .. }) => {
            let list = |hits: Vec<search::Hit>| hits.into_iter().take(RESULTS).map(Found::from).collect();
            Json(Results { query: wanted.typed, instead, answers: list(answers), results: list(hits) }).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a search failed");
            problem(StatusCode::SERVICE_UNAVAILABLE, "the index does not answer")
        }
    }
}

/// `/search/suggest?q=`: names that begin so, as JSON.
pub(super) async fn suggest(State(state): State<ServerState>, RawQuery(raw): RawQuery) -> Response {
    let Some(wanted) = read(raw.as_deref()) else { return StatusCode::BAD_REQUEST.into_response() };
    let (index, typed) = (state.portal.index(), wanted.typed.clone());
    let kept = [(header::CACHE_CONTROL, HeaderValue::from_static("max-age=60"))];
    // A browser's own box wants what was typed with it.
    let for_browser = raw.as_deref().unwrap_or_default().split('&').any(|pair| pair == "for=browser");
    match tokio::task::spawn_blocking(move || index.suggest(&typed, SUGGESTED)).await {
        Ok(names) if for_browser => {
            let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/x-suggestions+json"))];
            (kept, kind, serde_json::json!([wanted.typed, names]).to_string()).into_response()
        }
        Ok(names) => (kept, Json(names)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What a page says when something it found was opened.
#[derive(Deserialize)]
pub(super) struct Opened {
    q: String,
    #[serde(default)]
    to: String,
}

/// `/search/opened`: counts that something found was opened.
pub(super) async fn opened(State(state): State<ServerState>, Form(opened): Form<Opened>) -> StatusCode {
    state.portal.opened(&opened.q, &opened.to, clock::now());
    StatusCode::NO_CONTENT
}

/// `/opensearch.xml`.
pub(super) async fn description(State(state): State<ServerState>, request: Request) -> Response {
    let locale = pages::visit(&state, &request, None).locale;
    let (site, origin) = (state.portal.site(), pages::origin(&state, request.headers()));
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let name = locale.pick(&site.name, &site.name_en);
    let short = escape(&name.chars().take(16).collect::<String>());
    let (name, origin) = (escape(name), escape(&origin));
    let (search, suggest, icon) = (locale.href("/search"), locale.href("/search/suggest"), "/seal.svg");
    let body = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{short}</ShortName>
<Description>{name}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Language>{}</Language>
<Image type="image/svg+xml">{origin}{icon}</Image>
<Url type="text/html" template="{origin}{search}?q={{searchTerms}}"/>
<Url type="application/json" rel="results" template="{origin}/api/search?q={{searchTerms}}"/>
<Url type="application/x-suggestions+json" template="{origin}{suggest}?for=browser&amp;q={{searchTerms}}"/>
</OpenSearchDescription>
"#,
        locale.tag(),
    );
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/opensearchdescription+xml"))], body).into_response()
}
