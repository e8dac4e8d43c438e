//! Where a print takes from what it prints.

use app::codes;
use domain::{
    codes::Thing,
    manual::document::Book,
    prints::{Form, Sheet, Things, Trouble, What},
};
use press::Poster;
use store::snapshot::Snapshot;
use time::OffsetDateTime;

use crate::ServerState;

/// More in one file would take more memory than a server should give.
const MOST: usize = 1_000;

/// What goes to the press.
pub(super) enum Source {
    /// A page each.
    Posters(Vec<Poster>, Sheet),
    /// A manual, in a form, as of an instant.
    Book(Box<Book>, Form, OffsetDateTime),
}

/// What a print is made from.
pub(super) fn of(state: &ServerState, what: &What) -> Result<Source, Trouble> {
    match what {
        What::Posters { sheet, .. } => posters(state, what).map(|posters| Source::Posters(posters, *sheet)),
        What::Manual { form, .. } => {
            let (book, modified) = book(state, what).ok_or(Trouble::Nothing)?;
            Ok(Source::Book(Box::new(book), *form, modified))
        }
    }
}

/// The book of a manual at its edition, and when that was published. The slice `manual` gives it; until it does there is none.
fn book(_: &ServerState, _: &What) -> Option<(Book, OffsetDateTime)> {
    None
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
