//! Codes for staff: how often each was scanned, where it leads, and leading it elsewhere. Whoever may edit the points of an area sees
//! its codes; whoever may publish there leads them elsewhere.

mod elsewhere;
mod heat;
mod list;
mod one;

pub(crate) use elsewhere::lead_elsewhere;
pub use heat::scanned_points;
pub(crate) use list::list_page;
pub(crate) use one::code_page;

use domain::{
    codes::Thing,
    identity::{Action, Belongs},
};
use store::snapshot::Snapshot;
use time::{Date, Duration};

use crate::portal::Visit;

/// So many days are counted, with today.
const DAYS: i64 = 30;

/// The first day that is counted.
fn since(today: Date) -> Date {
    today - Duration::days(DAYS - 1)
}

/// Where a thing belongs, if it exists.
fn place(snapshot: &Snapshot, thing: Thing) -> Option<Belongs> {
    let divisions = &snapshot.atlas.divisions;
    let in_division =
        |code| divisions.get(code).map(|_| Belongs { within: divisions.within(code), organisation: None });
    match thing {
        Thing::Portal | Thing::Policy(_) => divisions.root().and_then(|root| in_division(root.code)),
        Thing::Division(code) | Thing::Chapter(code, _) => in_division(code),
        Thing::Point(id) | Thing::Window(id, _) => {
            snapshot.content.point(id).map(|point| snapshot.content.belongs(&point.facts))
        }
    }
}

/// Whether whoever is signed in may do this to a thing.
fn may(visit: &Visit, action: Action, thing: Thing) -> bool {
    let staff = visit.session.as_ref().map(|session| &session.staff);
    staff.zip(place(&visit.snapshot, thing)).is_some_and(|(staff, place)| staff.may(action, &place).is_ok())
}
