//! What the form of a point does without keeping anything: looking at the position, filling hours in, making room. The page comes
//! again, filled in.

use domain::{
    geo::{Datum, decimals},
    hours::Spoken,
    identity::Action,
    points::PointId,
};
use store::{Failure, points::changes};

use super::super::{
    facts,
    named::Named,
    photos::{self, Taken},
    words,
};
use crate::{
    forms::{Form, Submitted, Wrong},
    portal::{Portal, Visit},
};

/// What a button of the form asks for, besides keeping it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Look {
    /// Look at the position and the hours.
    Check,
    /// Fill the week from what stands on the door.
    Fill,
    /// Monday's hours hold from Tuesday to Friday.
    Copy,
    /// Room for one more change of hours.
    More,
}

impl Look {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "check" => Self::Check,
            "hours" => Self::Fill,
            "copy" => Self::Copy,
            "more" => Self::More,
            _ => return None,
        })
    }
}

/// The columns of a change of hours.
pub(super) const EXCEPTION: [&str; 4] = ["exception-from", "exception-to", "exception-hours", "exception-reason"];

/// The page again, once what was asked for is done with the form.
pub(super) async fn look(portal: &Portal, visit: &Visit, point: Option<PointId>, form: &Form, look: Look) -> Submitted {
    let by = visit.by();
    let may = match point {
        Some(id) => changes::of_point(portal.store(), &by, id).await.map(drop),
        None => by.actor.may_somewhere(Action::EditPoint).map_err(Failure::from),
    };
    let base = point.and_then(|id| visit.snapshot.content.point(id)).map(|point| &point.facts);
    // A browser fills files in again no more than a server does: they are kept now.
    let taken = match may {
        Ok(()) => photos::take(portal, visit, form, base).await.map_err(|failure| match failure {
            Failure::Store(error) => Submitted::Failed(error),
            _ => Submitted::Status(403),
        }),
        Err(Failure::Store(error)) => Err(Submitted::Failed(error)),
        Err(_) => Err(Submitted::Status(403)),
    };
    let Taken { mut form, mut wrong, .. } = match taken {
        Ok(taken) => taken,
        Err(answer) => return answer,
    };
    match look {
        Look::Check => wrong.extend(check(&mut form, visit)),
        Look::Copy => {
            let monday = form.get("hours").to_owned();
            let days: Vec<_> = form.all("hours").map(str::to_owned).collect();
            let days = days.into_iter().enumerate();
            let days: Vec<_> = days.map(|(i, day)| if i < 5 { monday.clone() } else { day }).collect();
            form.set("hours", days);
        }
        Look::Fill => {
            if let Some(bad) = fill(&mut form, visit) {
                wrong.push(bad);
                return Submitted::Refilled(form, wrong);
            }
        }
        Look::More => form.fields.extend(EXCEPTION.map(|column| (column.to_owned(), String::new()))),
    }
    Submitted::Looked(form, wrong)
}

/// Degrees of another datum become those that are kept; what cannot be read is said.
fn check(form: &mut Form, visit: &Visit) -> Vec<Wrong> {
    let named = Named::of(&visit.snapshot);
    let datum = Datum::from_code(form.get("datum")).unwrap_or(Datum::Wgs84);
    if let Some(position) = facts::position(form).filter(|_| datum != Datum::Wgs84) {
        form.set("lon", [decimals(position.lon(), 6)]);
        form.set("lat", [decimals(position.lat(), 6)]);
        form.set("datum", [Datum::Wgs84.code().to_owned()]);
        form.set("converted-from", [datum.code().to_owned()]);
    }
    let wrong = facts::wrong_of_place(form, &named, visit.locale);
    // The script asks about the hours alone.
    wrong.into_iter().filter(|_| form.fields.iter().any(|(name, _)| name == "lon")).collect()
}

/// The week as it stands on the door.
fn fill(form: &mut Form, visit: &Visit) -> Option<Wrong> {
    let spoken: Result<Spoken, _> = form.get("spoken").parse();
    let Ok(Spoken { week, holidays, assumed }) = spoken else {
        let words = visit.locale.pick(
            "看不懂这几个字。写成这样:周一至周五 9:00-12:00,13:30-17:00;周六 9:00-12:00;节假日休息。",
            "This cannot be read. Write it like this: Mon-Fri 9:00-12:00,13:30-17:00; Sat 9:00-12:00.",
        );
        return Some(Wrong { field: "spoken", words: words.to_owned() });
    };
    form.set("unchecked", week.is_none().then(|| "on".to_owned()));
    let days = words::WEEK.map(|day| week.as_ref().map(|week| words::spans(week.on(day))).unwrap_or_default());
    form.set("hours", days);
    if let Some(rule) = holidays {
        form.set("holidays", [rule.code().to_owned()]);
    }
    form.set("spoken", [String::new()]);
    form.set("days-assumed", assumed.then(|| "on".to_owned()));
    None
}
