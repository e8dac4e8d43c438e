//! `/desk/points/{id}/visit`: for whoever stands at a point with a telephone in one hand. Everything as published: one tap. Something
//! differs: a photo, some words, the simple fields; that is a change which somebody else reviews.
//!
//! Where they stand is compared with the point; kept of it is a distance in metres.

mod said;

use domain::{
    identity::Action,
    points::{NewPoint, Point, change::Field},
};
use leptos::prelude::*;
use store::{
    Failure,
    points::{
        changes::{self, Change},
        keepers,
    },
};

use super::{
    super::{OpenTag, text},
    photos::{self, shows},
    visits::mine,
    words,
};
pub(crate) use said::{differs, same};

use crate::{
    desk::LiveNotice,
    forms::{Answer, Form},
    photos::TAKEN,
    portal::{Portal, Visit, portal, visit},
    ui::{Breadcrumbs, ErrorSummary, FileField, Icon, PageHead, TextArea, TextField, wrong_of},
};

/// How many characters somebody writes about what differs.
const WORDS: usize = 500;

/// The point of an address, if whoever is signed in may edit it.
fn editable<'a>(visit: &'a Visit, id: &str) -> Option<&'a Point> {
    let content = &visit.snapshot.content;
    let point = content.point(id.parse().ok()?)?;
    let staff = &visit.session.as_ref()?.staff;
    staff.may(Action::EditPoint, &content.belongs(&point.facts)).ok().map(|()| point)
}

/// The page.
pub(crate) async fn spot_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Some(point) = editable(visit, id).cloned() else { return Answer::Status(403) };
    let change = match changes::of_point(portal.store(), &visit.by(), point.id).await {
        Ok(change) => change,
        Err(Failure::Store(error)) => return Answer::Failed(error),
        Err(_) => return Answer::Status(403),
    };
    if visit.parameter("done").is_none() {
        return Answer::Page(Box::new(move || view! { <Spot point change /> }.into_any()));
    }
    let next = match keepers::roster(portal.store(), &visit.by()).await {
        Ok(roster) => mine(portal, visit, &roster).into_iter().map(|(it, _)| it).find(|it| it.id != point.id).cloned(),
        Err(Failure::Store(error)) => return Answer::Failed(error),
        Err(_) => None,
    };
    Answer::Page(Box::new(move || view! { <Done point next /> }.into_any()))
}

/// It is written down; where to go next.
#[component]
fn Done(point: Point, next: Option<Point>) -> impl IntoView {
    let locale = visit().locale;
    let title = locale.pick("记下了:今天核实过", "Noted: checked today");
    let next = next.map(|next| {
        let href = locale.href(&format!("/desk/points/{}/visit", next.id.0));
        view! { <a class="p-button p-button--main p-spot__big" href=href>{locale.pick("下一处:", "Next: ")}{next.facts.name}</a> }
    });
    view! {
        <PageHead title description=title />
        <Way />
        <div role="status">
            <h1>{title}</h1>
            <p>{point.facts.name.clone()}</p>
        </div>
        <p class="p-spot__acts">
            {next}
            <a class="p-button p-spot__big" href=locale.href("/desk/visits")>{locale.pick("回到我的清单", "Back to my list")}</a>
        </p>
    }
}

#[component]
fn Way() -> impl IntoView {
    let locale = visit().locale;
    let way = [("工作台", "Desk", "/desk"), ("我要去核实的点位", "Places I have to check", "/desk/visits")];
    view! { <Breadcrumbs way=way.map(|(zh, en, path)| (locale.pick(zh, en).to_owned(), path.to_owned())).to_vec() /> }
}

#[component]
fn Spot(point: Point, change: Option<Change>) -> impl IntoView {
    let (portal, visit) = (portal(), visit());
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let facts = point.facts.clone();
    let path = locale.href(&format!("/desk/points/{}/visit", point.id.0));
    let opening = snapshot.atlas.get(point.id).map(|it| it.opening.clone());
    let opening = opening.map(|opening| view! { <OpenTag opening today=snapshot.today() locale /> });
    let calls = facts.telephones.iter().map(|number| {
        view! { <a class="p-spot__call" href=format!("tel:{number}")><Icon name="phone" />{number.clone()}</a> }
    });
    let calls = calls.collect_view();
    let last = facts
        .verified_on
        .map_or_else(|| locale.pick("从来没有", "never").to_owned(), |day| text::day(day, snapshot.today(), locale));
    let services = facts.services.len();
    let facts_shown = view! {
        <dl class="p-facts p-spot__facts">
            <dt>{locale.pick("地址", "Address")}</dt>
            <dd>{facts.address.clone()}</dd>
            <dt>{locale.pick("电话", "Telephone")}</dt>
            <dd>{calls}</dd>
            <dt>{locale.pick("开放时间", "Hours")}</dt>
            <dd>{words::value(Field::Schedule, &facts, snapshot, locale)}</dd>
            <dt>{locale.pick("能办的事", "Services")}</dt>
            <dd>{locale.pick(format!("{services} 项"), services.to_string())}</dd>
            <dt>{locale.pick("上次核实", "Last checked")}</dt>
            <dd>{last}</dd>
        </dl>
    };
    let under_way = change.as_ref().map(|change| {
        let own = words::is_own(&visit, change.author.0);
        let open = own && change.state.is_open();
        let to = if open { format!("/desk/points/{}", point.id.0) } else { format!("/desk/changes/{}", change.id.0) };
        let said = match own {
            true => locale
                .pick("您对这个点位的修改还没有办完。", "Your own change of this place is still under way.")
                .to_owned(),
            false => locale.pick(
                format!("{}正在改这个点位。", change.author.1),
                format!("{} is changing this place.", change.author.1),
            ),
        };
        view! { <p class="p-notice">{said}" "<a href=locale.href(&to)>{locale.pick("去看看", "See it")}</a></p> }
    });
    let free = under_way.is_none();
    let sure = is_asked(&visit, false);
    let press = if sure {
        locale.pick("我就在这里,照样确认", "I am there: confirm it all the same")
    } else {
        locale.pick("和发布的一样", "Everything as published")
    };
    view! {
        <PageHead title=facts.name.clone() description=facts.name.clone() />
        <Way />
        <h1>{facts.name.clone()}</h1>
        <LiveNotice subject=point.id.subject() words=locale.pick("刚才有人改了这个点位。您填的都还在。", "Somebody has just changed this place. What you typed is still here.") />
        <Question />
        <div>
            <p>{opening}</p>
            <Position point=point.clone() />
            {facts_shown}
            <form class="p-spot__acts p-spot__acts--near" method="post" action=format!("{path}/same")>
                <Carried revision=point.revision sure />
                <button class="p-button p-button--main p-spot__big" type="submit" id=sure.then_some("sure")>
                    <Icon name="circle-check" />
                    {press}
                </button>
            </form>
        </div>
        <section class="p-section">
            <h2>{locale.pick("有不一样的地方", "Something differs")}</h2>
            {under_way}
            {free.then(|| view! { <Differs point=point.clone() action=format!("{path}/differs") /> })}
            <p><a href=locale.href(&format!("/desk/points/{}", point.id.0))>{locale.pick("要改的多:打开完整的表", "More to change: open the whole form")}</a></p>
        </section>
        <script type="module" src=portal.asset("/desk-spot.js")></script>
    }
}

/// What every form of the page carries: what it is about, and where the telephone was, if it said.
#[component]
fn Carried(revision: i32, sure: bool) -> impl IntoView {
    let filled = visit().filled.map(|it| it.form).unwrap_or_default();
    let spot = ["lon", "lat", "accuracy"];
    let spot =
        spot.map(|name| view! { <input type="hidden" name=name data-spot=name value=filled.get(name).to_owned() /> });
    view! {
        <input type="hidden" name="revision" value=revision.to_string() />
        {sure.then(|| view! { <input type="hidden" name="sure" value="on" /> })}
        {spot.into_iter().collect_view()}
    }
}

/// Whether the form that was refused is the one of what differs.
fn is_differs(form: &Form) -> bool {
    !form.get("photos").is_empty()
}

/// Whether a form was sent back with the question of whether one is at the right place, and it was this one.
fn is_asked(visit: &Visit, differs: bool) -> bool {
    visit.filled.as_ref().is_some_and(|it| is_differs(&it.form) == differs) && wrong_of("sure").is_some()
}

/// What is wrong with a form; or, where nothing is, that question alone, which forbids nothing.
#[component]
fn Question() -> impl IntoView {
    let wrong = visit().filled.map(|it| it.wrong).unwrap_or_default();
    match wrong.as_slice() {
        [only] if only.field == "sure" => {
            view! { <p class="p-notice" role="alert"><a href="#sure">{only.words.clone()}</a></p> }.into_any()
        }
        _ => view! { <ErrorSummary /> }.into_any(),
    }
}

/// Compares where one stands with where the point is. Lives with a script; nothing is asked before the press.
#[component]
fn Position(point: Point) -> impl IntoView {
    let locale = visit().locale;
    let Some(position) = point.facts.position else {
        let words = locale.pick(
            "这个点位还没有测定位置,可以在完整的表里填。",
            "Nobody has measured where this place is; the whole form has room for it.",
        );
        return view! { <p class="p-quiet">{words}</p> }.into_any();
    };
    view! {
        <div
            id="spot"
            class="p-needs-script"
            data-lon=position.lon().to_string()
            data-lat=position.lat().to_string()
            data-wait=locale.pick("正在定位……", "Looking for your position …")
            data-near=locale.pick("您离登记的位置约 {m} 米(误差 {a} 米)。", "You are about {m} m from the place on the map (give or take {a} m).")
            data-far=locale.pick("请看看是不是走错了,或者登记的位置不对。", "Is this another place, or is the map wrong?")
            data-failed=text::lost(locale)
        >
            <button class="p-button" type="button"><Icon name="locate" />{locale.pick("用手机定位核对", "Compare with my position")}</button>
            <p role="status"></p>
            <p class="p-quiet">{locale.pick("只记下相差多少米,不记您的位置。", "Kept is only the distance, not where you are.")}</p>
        </div>
    }
    .into_any()
}

/// What differs.
#[component]
fn Differs(point: Point, action: String) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let facts = point.facts.clone();
    let sure = is_asked(&visit, true);
    let press = if sure {
        locale.pick("我就在这里,照样提交", "I am there: hand it in all the same")
    } else {
        locale.pick("提交复核", "Hand in for review")
    };
    view! {
        <form class="p-form" method="post" action=action enctype="multipart/form-data">
            <Carried revision=point.revision sure />
            <TextArea name="said" label=locale.pick("哪里不一样", "What differs") hint=locale.pick("比如:门口的牌子上周六上午也开", "Such as: the sign says open on Saturday mornings too") maxlength=WORDS />
            <Photos facts=facts.clone() />
            <details class="p-filters__more" open=visit.filled.as_ref().is_some_and(|it| is_differs(&it.form))>
                <summary>{locale.pick("直接改名称、地址、电话", "Correct name, address, telephones")}</summary>
                <TextField name="name" label=locale.pick("名称", "Name") value=facts.name.clone() maxlength=80 />
                <TextField name="address" label=locale.pick("地址", "Address") value=facts.address.clone() />
                <TextField name="telephones" label=locale.pick("电话(几个之间空一格)", "Telephones (with blanks between)") kind="tel" value=facts.telephones.join(" ") maxlength=250 />
            </details>
            <button class="p-button p-button--main p-spot__big" type="submit" id=sure.then_some("sure")>{press}</button>
        </form>
    }
}

/// The photos it has stay; one that was sent with a refused form stands here with its words.
#[component]
fn Photos(facts: NewPoint) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let had = facts.photos;
    let form = visit.filled.as_ref().map(|filled| &filled.form);
    let rows = photos::rows(form, had.clone());
    let rows = rows.into_iter().map(|(url, alt)| match had.iter().any(|it| it.url == url) {
        true => view! { <input type="hidden" name="photo" value=url /><input type="hidden" name="photo-alt" value=alt /> }.into_any(),
        false => view! {
            <div class="p-photo-row">
                <img src=url.clone() alt="" />
                <div class="p-photo-row__words">
                    <input type="hidden" name="photo" value=url />
                    <label class="p-field__label" for="photo-alt">{shows(locale)}</label>
                    <input class="p-input" id="photo-alt" name="photo-alt" value=alt maxlength="100" autocomplete="off" />
                </div>
            </div>
        }
        .into_any(),
    });
    let rows = rows.collect_view();
    view! {
        <input type="hidden" name="photos" value="shown" />
        {wrong_of("photo-alt").map(|words| view! { <p class="p-field__wrong">{words}</p> })}
        {rows}
        <div class="p-photo-new">
            <FileField accept=TAKEN name="photo-file" label=locale.pick("拍一张照片(可不拍)", "Take a photo (if you like)") />
            <TextField name="photo-shows" label=shows(locale) maxlength=100 />
        </div>
    }
}
