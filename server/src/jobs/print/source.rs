//! Where a print takes from what it prints.

use app::{codes, manual};
use domain::{
    codes::Thing,
    manual::{Manual, document::Book},
    prints::{Form, Things, Trouble, What},
};
use press::{Poster, Work};
use store::{StoreError, manual::editions, policies, snapshot::Snapshot};
use time::OffsetDateTime;

use crate::ServerState;

/// More in one file would take more memory than a server should give.
const MOST: usize = 1_000;

/// What a print is made from.
pub(super) async fn of(state: &ServerState, what: &What) -> Result<Result<Work, Trouble>, StoreError> {
    Ok(match what {
        What::Posters { sheet, .. } => posters(state, what).map(|posters| Work::Posters(posters, *sheet)),
        What::Manual { form, .. } => {
            let found = book(state, what).await?;
            found.map(|(book, at)| made(book, at, *form)).ok_or(Trouble::Nothing)
        }
        What::Policy { policy: id, form, language, .. } => {
            let snapshot = state.portal.snapshot();
            let text = policies::text(&state.store, *id).await?;
            let found = snapshot.content.policy(*id).zip(text);
            let work = |(policy, text)| {
                let book = app::policies::policy_book(&state.portal, &snapshot, policy, &text, *language);
                made(book, policy.updated_at, *form)
            };
            found.map(work).ok_or(Trouble::Nothing)
        }
    })
}

fn made(book: Book, at: OffsetDateTime, form: Form) -> Work {
    match form {
        Form::Pdf(layout) => Work::Book(Box::new(book), layout),
        Form::Epub => Work::Epub(Box::new(book), at),
    }
}

/// The book of a manual at its edition, and when that was published.
async fn book(state: &ServerState, what: &What) -> Result<Option<(Book, OffsetDateTime)>, StoreError> {
    let What::Manual { division, chapter, edition, language, .. } = what else { return Ok(None) };
    let Some(edition) = editions::find(&state.store, *edition).await? else { return Ok(None) };
    let snapshot = state.portal.snapshot();
    let scope = manual::scope(&snapshot.atlas.divisions, *division);
    let passages = editions::read(&state.store, edition.number, *language, &scope).await?;
    let said = Manual::new(passages);
    let book = manual::book(&state.portal, &snapshot, &said, edition, (*division, *chapter), *language);
    Ok(book.map(|book| (book, edition.at)))
}

fn posters(state: &ServerState, what: &What) -> Result<Vec<Poster>, Trouble> {
    let snapshot = state.portal.snapshot();
    let things = things(&snapshot, what);
    match things.len() {
        0 => return Err(Trouble::Nothing),
        too_many if too_many > MOST => return Err(Trouble::TooMany),
        _ => {}
    }
    let posters: Vec<_> = things.into_iter().filter_map(|thing| poster(state, &snapshot, thing)).collect();
    if posters.is_empty() { Err(Trouble::Nothing) } else { Ok(posters) }
}

/// The things posters are asked for, those of one place together.
fn things(snapshot: &Snapshot, what: &What) -> Vec<Thing> {
    let What::Posters { division, things, .. } = what else { return Vec::new() };
    let (divisions, today) = (&snapshot.atlas.divisions, snapshot.today());
    let inside = |place| divisions.within(place).contains(division);
    let mut points: Vec<_> = snapshot.content.points.iter().filter(|point| point.ended(today).is_none()).collect();
    points.retain(|point| inside(point.facts.division));
    points.sort_by_key(|point| (point.facts.division, point.facts.name.clone()));
    match things {
        Things::Points => points.into_iter().map(|point| Thing::Point(point.id)).collect(),
        Things::Windows => {
            let windows = points.into_iter().flat_map(|point| {
                point.facts.services.iter().map(|service| Thing::Window(point.id, *service)).collect::<Vec<_>>()
            });
            windows.filter(|window| snapshot.content.codes.token(*window).is_some()).collect()
        }
        Things::Divisions => {
            let living = divisions.iter().filter(|it| !it.ended && inside(it.code));
            living.map(|it| Thing::Division(it.code)).collect()
        }
    }
}

/// The poster of a thing that exists and has a code.
pub(crate) fn poster(state: &ServerState, snapshot: &Snapshot, thing: Thing) -> Option<Poster> {
    let site = state.portal.site();
    let codes::Poster { name, gives, token, url } = codes::poster(&state.portal, snapshot, thing, &site.domain)?;
    let english = |(zh, en): (String, String)| {
        let en = if en == zh { String::new() } else { en };
        (zh, en)
    };
    let ((name, name_en), (gives, gives_en)) = (english(name), english(gives));
    let issuer = if site.demonstration { format!("{} · 示例", site.organiser) } else { site.organiser.clone() };
    let typed_at = format!("{}/codes", site.domain);
    Some(Poster { name, name_en, gives, gives_en, token: token.to_string(), url, typed_at, issuer })
}
