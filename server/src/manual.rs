//! The manual of a content: composed by the app, kept by the store as an edition if it says something new.

use std::sync::Arc;

use app::manual::{Living, compose as composed};
use domain::{
    audit::{Actor, By},
    hours::CHINA,
    locale::Locale,
};
use store::{Store, StoreError, manual::editions, snapshot::Content};
use time::OffsetDateTime;

/// Composes the manual in both languages and keeps it.
pub(crate) async fn compose(store: &Store, content: &Arc<Content>, now: OffsetDateTime) -> Result<Living, StoreError> {
    let today = now.to_offset(CHINA).date();
    let source = Arc::clone(content);
    let composing = move || [Locale::Zh, Locale::En].map(|locale| composed(&source, today, locale));
    // That it panics is a mistake in it; an empty manual must not become an edition.
    let failed = |error: tokio::task::JoinError| StoreError::Unreadable { column: "manual", value: error.to_string() };
    let [zh, en] = tokio::task::spawn_blocking(composing).await.map_err(failed)?;
    let by = By { actor: Actor::Clock, origin: String::new(), at: now };
    let manuals = [(Locale::Zh, zh.as_slice()), (Locale::En, en.as_slice())];
    let edition = editions::keep(store, &by, (content.revision, today), manuals).await?;
    let touched = editions::touched(store).await?;
    Ok(Living::new(Some(edition), touched, zh, en))
}
