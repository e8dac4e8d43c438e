//! What a text means, as a vector of which near ones mean alike. A model apart from the portal makes it, asked the way most of
//! them are asked: `POST …/v1/embeddings` with JSON. Without a model, or with one that does not answer in time, everything else works.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use moka::future::Cache;
use reqwest::{Client, Url, header};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

/// Somebody who searches waits no longer for what their words mean.
const PATIENCE: Duration = Duration::from_millis(400);
/// Passages have time.
const LONG_PATIENCE: Duration = Duration::from_secs(60);
/// A model that did not answer in time is left alone for so long by those who search.
const PAUSE: Duration = Duration::from_secs(5);
/// So many queries are remembered.
const REMEMBERED: u64 = 2_000;
/// No answer is longer, in bytes: 64 texts of 4,096 numbers.
const LONGEST: usize = 8 * 1024 * 1024;
/// No vector has more numbers.
const MOST_NUMBERS: usize = 4_096;

/// Why there is no vector.
#[derive(Debug, thiserror::Error)]
pub enum MeaningError {
    /// The address of the model is none.
    #[error("{0} is no address of a model: http://host:port/v1/embeddings")]
    Address(String),
    /// It could not be asked.
    #[error("the model for meaning: {0}")]
    Http(#[from] reqwest::Error),
    /// It answered something else.
    #[error("the model for meaning answered what is no list of vectors: {0}")]
    Answer(String),
}

/// A text is asked with, or can be found: some models make a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// What somebody asks.
    Query,
    /// What can be found.
    Passage,
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: &'a [&'a str],
    input_type: Side,
    encoding_format: &'static str,
}

#[derive(Deserialize)]
struct Response {
    data: Vec<One>,
}

#[derive(Deserialize)]
struct One {
    index: usize,
    embedding: Vec<f32>,
}

/// A model that is asked.
#[derive(Clone, Debug)]
pub struct Model {
    http: Client,
    address: Url,
    name: Arc<str>,
    queries: Cache<String, Arc<[f32]>>,
    rests_until: Arc<Mutex<Option<Instant>>>,
}

impl Model {
    /// The model of this name at an address; nothing is asked yet.
    pub fn new(address: &str, name: &str) -> Result<Self, MeaningError> {
        // What sqlx uses as well; a second call changes nothing.
        drop(rustls::crypto::ring::default_provider().install_default());
        let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let address = url.ok_or_else(|| MeaningError::Address(address.to_owned()))?;
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build()?;
        let queries = Cache::builder().max_capacity(REMEMBERED).build();
        Ok(Self { http, address, name: name.into(), queries, rests_until: Arc::default() })
    }

    /// What it is called: vectors of another model cannot be compared with its own.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The vectors of passages, in their order.
    pub async fn passages(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, MeaningError> {
        self.ask(texts, Side::Passage, LONG_PATIENCE).await
    }

    /// The vectors of what people may ask, in their order.
    pub async fn queries(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, MeaningError> {
        self.ask(texts, Side::Query, LONG_PATIENCE).await
    }

    /// The vector of what somebody asks; none where the model does not answer in time, which the log says.
    pub async fn query(&self, words: &str) -> Option<Arc<[f32]>> {
        if let Some(known) = self.queries.get(words).await {
            return Some(known);
        }
        if self.rests().is_some_and(|until| Instant::now() < until) {
            return None;
        }
        match self.ask(&[words], Side::Query, PATIENCE).await {
            Ok(mut vectors) => {
                let vector: Arc<[f32]> = vectors.pop()?.into();
                self.queries.insert(words.to_owned(), Arc::clone(&vector)).await;
                Some(vector)
            }
            Err(error) => {
                tracing::warn!(%error, "a search goes by its words alone");
                *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + PAUSE);
                None
            }
        }
    }

    fn rests(&self) -> Option<Instant> {
        *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(&self, texts: &[&str], side: Side, patience: Duration) -> Result<Vec<Vec<f32>>, MeaningError> {
        let wrong = |why: String| MeaningError::Answer(why);
        let request = Request { model: &self.name, input: texts, input_type: side, encoding_format: "float" };
        let body = serde_json::to_vec(&request).map_err(|error| wrong(error.to_string()))?;
        let sent = self.http.post(self.address.clone()).header(header::CONTENT_TYPE, "application/json").body(body);
        let mut answer = sent.timeout(patience).send().await?.error_for_status()?;
        let mut bytes = Vec::new();
        while let Some(part) = answer.chunk().await? {
            if bytes.len() + part.len() > LONGEST {
                return Err(wrong("it is too long".to_owned()));
            }
            bytes.extend_from_slice(&part);
        }
        let mut response: Response = serde_json::from_slice(&bytes).map_err(|error| wrong(error.to_string()))?;
        response.data.sort_by_key(|one| one.index);
        let vectors: Vec<Vec<f32>> = response.data.into_iter().map(|one| one.embedding).collect();
        let long = vectors.first().map_or(0, Vec::len);
        let good = |vector: &Vec<f32>| vector.len() == long && vector.iter().all(|number| number.is_finite());
        if vectors.len() != texts.len() || !(1..=MOST_NUMBERS).contains(&long) || !vectors.iter().all(good) {
            return Err(wrong(format!("{} vectors of {long} numbers for {} texts", vectors.len(), texts.len())));
        }
        Ok(vectors)
    }
}
