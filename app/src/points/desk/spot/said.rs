//! What somebody says who stands at a point.

use domain::{
    geo::Position,
    hours::CHINA,
    locale::Locale,
    points::{NewPoint, Point, Sighting},
    width::listed,
};
use store::{
    Failure,
    points::changes::{self, Proposal, Refused},
};

use super::{
    super::{photos, words},
    WORDS, editable,
};
use crate::{
    forms::{Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit},
};

/// How far from the point they were, if the point and the telephone say.
fn sighting(form: &Form, point: &Point) -> Option<Sighting> {
    let here = Position::new(form.get("lon").parse().ok()?, form.get("lat").parse().ok()?).ok()?;
    Some(Sighting::new(point.facts.position?, here, form.get("accuracy").parse().unwrap_or(f64::MAX)))
}

/// The question whether one is at the right place, where that is not answered yet.
fn far(seen: Option<Sighting>, form: &Form, locale: Locale) -> Option<Wrong> {
    let Sighting { metres, accuracy } = seen.filter(|it| it.is_far() && form.get("sure") != "on")?;
    let zh = format!(
        "您离登记的位置有 {metres} 米(定位误差 {accuracy} 米)。是不是走错了?如果就在这里,请再按一次;登记的位置不对,请在完整的表里改。"
    );
    let en = format!(
        "You are {metres} m from the place on the map (give or take {accuracy} m). Is it another place? If you are there, press once \
         more; if the map is wrong, correct it in the whole form."
    );
    Some(Wrong { field: "sure", words: locale.pick(zh, en) })
}

/// Everything is as published.
pub(crate) async fn same(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Some(point) = editable(visit, id) else { return Submitted::Status(403) };
    let seen = sighting(form, point);
    if let Some(far) = far(seen, form, visit.locale) {
        return Submitted::Again(vec![far]);
    }
    let revision = form.get("revision").parse().unwrap_or_default();
    match changes::verify(portal.store(), &visit.by(), point.id, revision, seen).await {
        Ok(()) => Submitted::Go(format!("/desk/points/{}/visit?done=same", point.id.0), Cookie::Keep),
        Err(failure) => words::again(failure, visit),
    }
}

/// Something differs: a change for somebody else to review.
pub(crate) async fn differs(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Some(point) = editable(visit, id) else { return Submitted::Status(403) };
    let seen = sighting(form, point);
    let locale = visit.locale;
    let photos::Taken { form, photos, mut wrong } = match photos::take(portal, visit, form, Some(&point.facts)).await {
        Ok(taken) => taken,
        Err(Failure::Store(error)) => return Submitted::Failed(error),
        Err(_) => return Submitted::Status(403),
    };
    if form.get("revision") != point.revision.to_string() {
        return refilled(form, words::again(Failure::Refused(Refused::Outdated), visit));
    }
    let telephones = listed(form.get("telephones")).flat_map(str::split_whitespace);
    let before = &point.facts;
    let after = NewPoint {
        name: form.get("name").trim().to_owned(),
        address: form.get("address").trim().to_owned(),
        telephones: telephones.map(str::to_owned).collect(),
        photos,
        ..before.clone()
    };
    let said = form.get("said").trim().to_owned();
    if said.is_empty() && after == *before && wrong.is_empty() {
        let words = locale
            .pick("请写下哪里不一样,或者拍一张照片,或者直接改。", "Say what differs, take a photo, or correct it.");
        wrong.push(Wrong { field: "said", words: words.to_owned() });
    } else if said.chars().count() > WORDS {
        let words = locale.pick(format!("最多 {WORDS} 个字。"), format!("At most {WORDS} characters."));
        wrong.push(Wrong { field: "said", words });
    }
    wrong.extend(far(seen, &form, locale));
    if !wrong.is_empty() {
        return Submitted::Refilled(form, wrong);
    }
    let distance = seen.map(|it| {
        locale.pick(
            format!("(现场定位:离登记的位置 {} 米,误差 {} 米)", it.metres, it.accuracy),
            format!("(on the spot: {} m from the place on the map, give or take {} m)", it.metres, it.accuracy),
        )
    });
    let note = [Some(locale.pick("现场核实。", "Seen on the spot.").to_owned()), Some(said), distance];
    let note = note.into_iter().flatten().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    // Somebody was there, so the day changes with it; the reviewer sees what they said and decides.
    let facts = NewPoint { verified_on: Some(visit.now.to_offset(CHINA).date()), ..after };
    let proposal = Proposal { facts, effective_on: None, note };
    match changes::save(portal.store(), &visit.by(), Some(point.id), None, proposal, true).await {
        Ok(change) => Submitted::Go(format!("/desk/changes/{}", change.0), Cookie::Keep),
        Err(failure) => refilled(form, words::again(failure, visit)),
    }
}

/// A refusal with the form as it is by now.
fn refilled(form: Form, submitted: Submitted) -> Submitted {
    match submitted {
        Submitted::Again(wrong) => Submitted::Refilled(form, wrong),
        other => other,
    }
}
