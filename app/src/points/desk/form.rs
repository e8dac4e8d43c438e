//! `/desk/points/{id}` and `/desk/points/new`: the form of a point. What is saved is a change, which somebody else publishes.

mod history;
mod hours;
mod look;
mod offers;
mod place;
mod position;
mod reading;
mod rest;

use domain::{
    identity::Action,
    points::{NewPoint, PointId, change::ChangeId},
};
use leptos::prelude::*;
use store::{
    Failure,
    identity::Session,
    points::{
        changes::{self, Change, Proposal, Refused, Version},
        keepers,
    },
};

use super::{
    facts,
    keeper::KeeperForm,
    named::Named,
    photos::{self, PhotoFields},
    words,
};
use crate::{
    desk::LiveNotice,
    forms::{Answer, Cookie, Form, Submitted},
    portal::{Portal, Visit, portal, visit},
    ui::{DeskWay, ErrorSummary, PageHead, TextField},
};
use history::History;
use hours::Hours;
use look::{Look, look};
use offers::Offers;
use place::Place;
use rest::Rest;

/// The form of a point, with what is under way and its history.
pub(crate) async fn form_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse::<PointId>() else { return Answer::Status(404) };
    let by = visit.by();
    let loaded = async {
        let change = changes::of_point(portal.store(), &by, id).await?;
        Ok::<_, Failure<Refused>>((change, changes::history(portal.store(), &by, id).await?))
    };
    match loaded.await {
        Ok((change, history)) => {
            let roster = match keepers::roster(portal.store(), &by).await {
                Ok(roster) => roster,
                Err(failure) => return failure.into(),
            };
            Answer::Page(Box::new(move || {
                view! { <Edit id=Some(id) change history /><KeeperForm id roster /> }.into_any()
            }))
        }
        Err(failure) => failure.into(),
    }
}

/// The form of a new point, or of one's draft of it.
pub(crate) async fn new_page(portal: &Portal, visit: &Visit, session: &Session) -> Answer {
    if session.staff.may_somewhere(Action::EditPoint).is_err() {
        return Answer::Status(403);
    }
    // A form that is shown again says itself which draft it is of.
    let typed = visit.filled.as_ref().map(|filled| filled.form.get("change").to_owned());
    let change = match typed.or_else(|| visit.parameter("change")).and_then(|id| id.parse().ok()) {
        Some(id) => match changes::change(portal.store(), &visit.by(), ChangeId(id)).await {
            Ok(change) => Some(change),
            Err(failure) => return failure.into(),
        },
        None => None,
    };
    Answer::Page(Box::new(move || view! { <Edit id=None change history=vec![] /> }.into_any()))
}

/// What was typed into the form of a point, if it is that form which is shown again and not another one of its page.
fn typed(visit: &Visit) -> Option<&Form> {
    let form = visit.filled.as_ref().map(|filled| &filled.form);
    form.filter(|form| form.fields.iter().any(|(name, _)| name == "name"))
}

/// Saves a change, as a draft or for review; or only looks at what is filled in.
pub(crate) async fn save(portal: &Portal, visit: &Visit, id: Option<&str>, form: &Form) -> Submitted {
    let point = match id.map(str::parse::<PointId>) {
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return Submitted::Status(404),
        None => None,
    };
    if let Some(what) = Look::from_code(form.get("act")) {
        return look(portal, visit, point, form, what).await;
    }
    let content = &visit.snapshot.content;
    let base = point.and_then(|id| content.point(id)).map(|point| point.facts.clone());
    let number: [u8; 8] = portal.random();
    let new_id = format!("desk-{}", number.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let photos::Taken { form, photos, mut wrong } = match photos::take(portal, visit, form, base.as_ref()).await {
        Ok(taken) => taken,
        Err(Failure::Store(error)) => return Submitted::Failed(error),
        Err(_) => return Submitted::Status(403),
    };
    let proposal = match facts::read(&form, base.as_ref(), new_id, &Named::of(&visit.snapshot), visit.locale) {
        Ok(_) if !wrong.is_empty() => return Submitted::Refilled(form, wrong),
        Ok(Proposal { facts, effective_on, note }) => {
            Proposal { facts: NewPoint { photos, ..facts }, effective_on, note }
        }
        Err(more) => {
            wrong.splice(0..0, more);
            return Submitted::Refilled(form, wrong);
        }
    };
    let revision = form.get("revision").parse().unwrap_or_default();
    let change = form.get("change").parse().ok().map(|id| (ChangeId(id), revision));
    let submit = form.get("act") != "draft";
    match changes::save(portal.store(), &visit.by(), point, change, proposal, submit).await {
        Ok(change) => Submitted::Go(format!("/desk/changes/{}", change.0), Cookie::Keep),
        Err(failure) => match words::again(failure, visit) {
            Submitted::Again(wrong) => Submitted::Refilled(form, wrong),
            other => other,
        },
    }
}

/// Says that a point was found as it is published.
pub(crate) async fn verify(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Ok(id) = id.parse::<PointId>() else { return Submitted::Status(404) };
    let revision = form.get("revision").parse().unwrap_or_default();
    match changes::verify(portal.store(), &visit.by(), id, revision, None).await {
        Ok(()) => Submitted::Go(format!("/desk/points/{}", id.0), Cookie::Keep),
        Err(failure) => words::again(failure, visit),
    }
}

/// Makes a draft of an earlier version, and goes to the form with it.
pub(crate) async fn restore(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Ok(id) = id.parse::<PointId>() else { return Submitted::Status(404) };
    let number = form.get("number").parse().unwrap_or_default();
    match changes::restore(portal.store(), &visit.by(), id, number).await {
        Ok(_) => Submitted::Go(format!("/desk/points/{}", id.0), Cookie::Keep),
        Err(failure) => words::again(failure, visit),
    }
}

#[component]
fn Edit(id: Option<PointId>, change: Option<Change>, history: Vec<Version>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let mine = change.as_ref().filter(|it| it.state.is_open() && words::is_own(&visit, it.author.0)).cloned();
    let others = change.as_ref().filter(|_| mine.is_none()).cloned();
    let published = history.first().map(|version| version.facts.clone());
    let facts = mine.as_ref().map(|it| it.facts.clone()).or(published);
    let title = match &facts {
        Some(facts) if id.is_some() => facts.name.clone(),
        _ => locale.pick("新设一个点位", "Add a place").to_owned(),
    };
    let action = match id {
        Some(id) => locale.href(&format!("/desk/points/{}", id.0)),
        None => locale.href("/desk/points/new"),
    };
    let (here, there) = (action.clone(), action.clone());
    let under_way = others.map(|it| {
        let href = locale.href(&format!("/desk/changes/{}", it.id.0));
        view! {
            <p class="p-notice">
                {locale.pick(format!("{}正在改这个点位({})。", it.author.1, words::state(it.state, locale)), format!("{} is changing this place ({}).", it.author.1, words::state(it.state, locale)))}
                " "
                <a href=href>{locale.pick("去看看", "See it")}</a>
            </p>
        }
    });
    let returned = mine.as_ref().filter(|it| !it.comment.is_empty()).map(|it| {
        view! { <p class="p-notice">{locale.pick("退回的意见:", "Returned: ")}{it.comment.clone()}</p> }
    });
    let (number, revision) = mine.as_ref().map(|it| (it.id.0.to_string(), it.revision.to_string())).unwrap_or_default();
    let from = mine.as_ref().and_then(|it| it.effective_on).map(|it| it.to_string()).unwrap_or_default();
    let note = mine.map(|it| it.note).unwrap_or_default();
    let verify = id.zip(history.first().map(|it| it.number)).map(|(id, revision)| {
        let words = locale.pick("现场看过,和发布的一样", "I was there: everything is as published");
        view! {
            <form class="p-form" method="post" action=locale.href(&format!("/desk/points/{}/verify", id.0))>
                <input type="hidden" name="revision" value=revision.to_string() />
                <button class="p-button" type="submit">{words}</button>
            </form>
        }
    });
    view! {
        <PageHead title=title.clone() description=title.clone() />
        <DeskWay />
        <h1>{title}</h1>
        {id.map(|id| view! { <LiveNotice subject=id.subject() words=locale.pick("刚才有人改了这个点位。您填的都还在。", "Somebody has just changed this place. What you typed is still here.") /> })}
        {under_way}
        {returned}
        {verify}
        <ErrorSummary />
        <form class="p-form" id="point-form" method="post" action=action enctype="multipart/form-data">
            // The first button is what the enter key presses: it keeps nothing and hands nothing in.
            <button class="p-hidden" type="submit" name="act" value="check" tabindex="-1" aria-hidden="true">{locale.pick("检查", "Check")}</button>
            <input type="hidden" name="change" value=number />
            <input type="hidden" name="revision" value=revision />
            <Place id facts=facts.clone() action=there />
            <Hours facts=facts.clone() action=here />
            <Offers facts=facts.clone() />
            <PhotoFields facts=facts.clone() />
            <Rest facts=facts />
            <TextField
                name="effective-on"
                label=locale.pick("从哪天起生效", "Takes effect on")
                hint=locale.pick("不填,通过复核就生效", "Left empty: as soon as it is approved")
                kind="date"
                value=from
            />
            <TextField name="note" label=locale.pick("为什么改,依据是什么", "Why, and on what basis") value=note />
            <div class="p-acts">
                <button class="p-button p-button--main" type="submit" name="act" value="submit">{locale.pick("提交复核", "Hand in for review")}</button>
                <button class="p-button" type="submit" name="act" value="draft">{locale.pick("存为草稿", "Keep as a draft")}</button>
            </div>
        </form>
        <History id history />
        <script type="module" src=portal().asset("/point-form.js")></script>
    }
}
