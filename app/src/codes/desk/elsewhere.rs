//! What staff do to a code: lead it elsewhere, and issue those of a point's counters.

use domain::codes::{Thing, Token};
use store::{
    Failure,
    codes::{self, Refused},
};

use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    points::desk::point_called,
    portal::{Portal, Visit},
};

/// Leads a code elsewhere.
pub(crate) async fn lead_elsewhere(portal: &Portal, visit: &Visit, token: &str, form: &Form) -> Submitted {
    let Ok(token) = token.parse::<Token>() else { return Submitted::Status(404) };
    let wrong = |field, words: String| Submitted::Again(vec![Wrong { field, words }]);
    let say = |field, zh: &str, en: &str| wrong(field, visit.locale.pick(zh, en).to_owned());
    let to = match target(visit, form.get("to")) {
        Ok(Some(to)) => to,
        Ok(None) => return say("to", "请写带到哪里。", "Say where to."),
        Err((zh, en)) => return wrong("to", visit.locale.pick(zh, en)),
    };
    match codes::lead_elsewhere(portal.store(), &visit.by(), token, to, form.get("reason")).await {
        Ok(()) => Submitted::Go(format!("/desk/codes/{}", token.plain()), Cookie::Keep),
        Err(Failure::Store(error)) => Submitted::Failed(error),
        Err(Failure::Forbidden) => Submitted::Status(403),
        Err(Failure::Refused(Refused::Thing)) => say("to", "没有这样的地方。", "There is no such place."),
        Err(Failure::Refused(Refused::Same)) => say("to", "它已经带到那里了。", "It leads there already."),
        Err(Failure::Refused(Refused::Reason)) => {
            say("reason", "请写原因,最多 200 个字。", "Say why, in at most 200 characters.")
        }
    }
}

/// What is meant: a page of this site by its address, or a point by its number or name.
fn target(visit: &Visit, text: &str) -> Result<Option<Thing>, (String, String)> {
    let text = text.trim();
    if !text.starts_with('/') {
        return point_called(&visit.snapshot, text).map(|id| id.map(Thing::Point));
    }
    let path = text.strip_prefix("/en").filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(text);
    match Thing::at(if path.is_empty() { "/" } else { path }) {
        Some(thing) => Ok(Some(thing)),
        None => Err((
            format!("“{text}”不是点位、地区或首页的地址。"),
            format!("“{text}” is not the address of a place, an area or the home page."),
        )),
    }
}
