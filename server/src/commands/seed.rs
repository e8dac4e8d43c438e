//! `seed`: the demonstration city into an empty database.

use domain::{audit::By, hours::CHINA};
use store::{Store, calendar, codes, divisions, points, snapshot::Content};

use super::CommandError;
use crate::{chance, clock, demonstration, manual};

pub(super) async fn seed(store: &Store) -> Result<(), CommandError> {
    let now = clock::now();
    match points::count(store).await? {
        0 => fill(store, now).await,
        points => Err(CommandError::NotEmpty(points)),
    }
}

/// Fills a database with the city as of an instant.
pub async fn fill(store: &Store, now: time::OffsetDateTime) -> Result<(), CommandError> {
    let city = demonstration::city(now.to_offset(CHINA).date())?;
    let by = &By::console(now);
    let total = city.points.len();
    eprintln!("filling the empty database with the demonstration city: {total} points …");
    divisions::save(store, by, city.vocabulary.divisions, city.outlines).await?;
    let (kinds, services) = (city.vocabulary.kinds, city.vocabulary.services);
    points::save_vocabulary(store, by, kinds, services, city.organisations).await?;
    let years = city.calendar.iter().map(|(date, _)| date.year()).collect();
    calendar::replace_years(store, by, &years, city.calendar).await?;
    points::import(store, by, city.points).await?;
    store::manual::seed(store, by, city.manual).await?;
    store::interpreters::seed(store, by, city.interpreters).await?;
    store::policies::import(store, by, city.policies).await?;
    let content = codes::complete(store, by, Content::load(store).await?, chance::fill).await?;
    // The first edition, so that a server that starts over it finds it made.
    manual::compose(store, &content, now).await?;
    Ok(())
}
