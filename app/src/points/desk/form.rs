//! `/desk/points/{id}` and `/desk/points/new`: the form of a point. What is saved is a change, which somebody else publishes.

use domain::{
    divisions::DivisionLevel,
    geo::Datum,
    hours::HolidayRule,
    identity::Action,
    points::{Facility, Level, NewPoint, PointId, change::ChangeId},
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
    import::words as import_words,
    keeper::{self, KeeperForm},
    photos::{self, PhotoFields},
    words,
};
use crate::{
    desk::LiveNotice,
    forms::{Answer, Cookie, Form, Submitted},
    points::{stamp, text},
    portal::{Portal, Visit, visit},
    ui::{DeskWay, ErrorSummary, PageHead, SelectField, TextField},
};

/// How many changes of hours a form has room for.
const EXCEPTIONS: usize = 3;

/// The form of a point, with what is under way and its history.
pub(crate) async fn form_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse::<PointId>() else { return Answer::Status(404) };
    let by = visit.by();
    let loaded = async {
        let change = changes::of_point(portal.store(), &by, id).await?;
        Ok((change, changes::history(portal.store(), &by, id).await?))
    };
    match loaded.await {
        Ok((change, history)) => {
            let roster = match keepers::roster(portal.store(), &by).await {
                Ok(roster) => roster,
                Err(failure) => return keeper::refused(failure),
            };
            Answer::Page(Box::new(move || {
                view! { <Edit id=Some(id) change history /><KeeperForm id roster /> }.into_any()
            }))
        }
        Err(failure) => refused(failure),
    }
}

/// The form of a new point, or of one's draft of it.
pub(crate) async fn new_page(portal: &Portal, visit: &Visit, session: &Session) -> Answer {
    if session.staff.may_somewhere(Action::EditPoint).is_err() {
        return Answer::Status(403);
    }
    let change = match visit.parameter("change").and_then(|id| id.parse().ok()) {
        Some(id) => match changes::change(portal.store(), &visit.by(), ChangeId(id)).await {
            Ok(change) => Some(change),
            Err(failure) => return refused(failure),
        },
        None => None,
    };
    Answer::Page(Box::new(move || view! { <Edit id=None change history=vec![] /> }.into_any()))
}

fn refused(failure: Failure<Refused>) -> Answer {
    match failure {
        Failure::Store(error) => Answer::Failed(error),
        Failure::Forbidden | Failure::Refused(_) => Answer::Status(403),
    }
}

/// Saves a change, as a draft or for review.
pub(crate) async fn save(portal: &Portal, visit: &Visit, id: Option<&str>, form: &Form) -> Submitted {
    let point = match id.map(str::parse::<PointId>) {
        Some(Ok(id)) => Some(id),
        Some(Err(_)) => return Submitted::Status(404),
        None => None,
    };
    let content = &visit.snapshot.content;
    let base = point.and_then(|id| content.point(id)).map(|point| point.facts.clone());
    let number: [u8; 8] = portal.random();
    let new_id = format!("desk-{}", number.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let photos::Taken { form, photos, mut wrong } = match photos::take(portal, visit, form, base.as_ref()).await {
        Ok(taken) => taken,
        Err(Failure::Store(error)) => return Submitted::Failed(error),
        Err(_) => return Submitted::Status(403),
    };
    let proposal = match facts::read(&form, base.as_ref(), new_id, visit.locale) {
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
        <form class="p-form" method="post" action=action enctype="multipart/form-data">
            <input type="hidden" name="change" value=number />
            <input type="hidden" name="revision" value=revision />
            <Where facts=facts.clone() />
            <Hours facts=facts.clone() />
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
        <History history />
    }
}

/// What it is and where.
#[component]
fn Where(facts: Option<NewPoint>) -> impl IntoView {
    let visit = visit();
    let (locale, atlas) = (visit.locale, &visit.snapshot.atlas);
    let of = |read: fn(&NewPoint) -> String| facts.as_ref().map(read).unwrap_or_default();
    let choose = (String::new(), locale.pick("(请选)", "(choose)").to_owned());
    let kinds = atlas.kinds.iter().map(|it| (it.code.to_string(), it.label(locale).to_owned()));
    let kinds = std::iter::once(choose.clone()).chain(kinds).collect();
    let levels = Level::ALL.iter().map(|it| (it.code().to_owned(), text::level(*it, locale).to_owned()));
    let levels = std::iter::once(choose).chain(levels).collect();
    let coordinate = |which: fn(domain::geo::Position) -> f64| {
        let position = facts.as_ref().and_then(|it| it.position);
        position.map(|it| domain::geo::decimals(which(it), 6)).unwrap_or_default()
    };
    let datums = Datum::ALL.iter().map(|it| (it.code().to_owned(), import_words::datum(*it, locale).to_owned()));
    let mut offices: Vec<_> = visit.snapshot.content.organisations().collect();
    offices.sort_by_key(|it| it.code);
    let offices = offices.into_iter().map(|it| view! { <option value=it.code.to_string()>{it.name.clone()}</option> });
    let divisions = atlas.divisions.iter().filter(|it| it.level != DivisionLevel::Village && !it.ended);
    let divisions =
        divisions.map(|it| view! { <option value=it.code.to_string()>{it.name(locale).to_owned()}</option> });
    view! {
        <TextField name="name" label=locale.pick("名称", "Name") value=of(|it| it.name.clone()) maxlength=80 />
        <TextField name="name-en" label=locale.pick("英文名称(可不填)", "English name (may be empty)") value=of(|it| it.name_en.clone()) maxlength=160 />
        <SelectField name="kind" label=locale.pick("类别", "Kind") options=kinds value=of(|it| it.kind.to_string()) />
        <SelectField name="level" label=locale.pick("层级", "Level") options=levels value=of(|it| it.level.code().to_owned()) />
        <TextField name="division" label=locale.pick("地区(代码)", "Area (code)") value=of(|it| it.division.to_string()) list="divisions" maxlength=23 />
        <datalist id="divisions">{divisions.collect_view()}</datalist>
        <TextField name="organisation" label=locale.pick("维护单位(代码)", "Kept by (code)") value=of(|it| it.organisation.to_string()) list="offices" maxlength=23 />
        <datalist id="offices">{offices.collect_view()}</datalist>
        <TextField name="address" label=locale.pick("地址", "Address") hint=locale.pick("像告诉出租车司机那样写", "As one would tell a taxi driver") value=of(|it| it.address.clone()) />
        <fieldset class="p-fieldset p-fieldset--wide">
            <legend>{locale.pick("位置(没有测过就空着)", "Position (leave empty if nobody has measured it)")}</legend>
            <div class="p-filters__row">
                <TextField name="lon" label=locale.pick("经度", "Longitude") value=coordinate(domain::geo::Position::lon) maxlength=20 />
                <TextField name="lat" label=locale.pick("纬度", "Latitude") value=coordinate(domain::geo::Position::lat) maxlength=20 />
                <SelectField name="datum" label=locale.pick("从哪里抄来", "Measured in") options=datums.collect() />
            </div>
        </fieldset>
        <TextField name="telephones" label=locale.pick("电话(几个之间空一格)", "Telephones (with blanks between)") value=of(|it| it.telephones.join(" ")) maxlength=250 />
    }
}

/// When it is open.
#[component]
fn Hours(facts: Option<NewPoint>) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let filled = visit.filled.map(|it| it.form);
    let wrong = crate::ui::wrong_of("hours");
    let schedule = facts.map(|it| it.schedule).unwrap_or_default();
    let typed = |name: &str, i: usize, kept: String| {
        filled.as_ref().map_or(kept, |form| form.all(name).nth(i).unwrap_or_default().to_owned())
    };
    let days = words::WEEK.into_iter().enumerate().map(|(i, day)| {
        let kept = schedule.week.as_ref().map(|week| words::spans(week.on(day))).unwrap_or_default();
        let id = if i == 0 { "hours".to_owned() } else { format!("hours-{i}") };
        view! {
            <div class="p-field">
                <label class="p-field__label" for=id.clone()>{text::weekday(day, locale)}</label>
                <input class="p-input" id=id name="hours" value=typed("hours", i, kept) maxlength="80" autocomplete="off" />
            </div>
        }
    });
    let days = days.collect_view();
    let unchecked = filled.as_ref().map_or(schedule.week.is_none(), |form| form.get("unchecked") == "on");
    let rules = HolidayRule::ALL.map(|rule| (rule.code().to_owned(), words::holidays(rule, locale).to_owned()));
    let rows = (0..schedule.exceptions.len().max(EXCEPTIONS)).map(|i| {
        let kept = schedule.exceptions.get(i);
        let cell = |name: &'static str, zh: &'static str, en: &'static str, kind: &'static str, kept: String| {
            let id = if i == 0 { name.to_owned() } else { format!("{name}-{i}") };
            view! {
                <div class="p-field">
                    <label class="p-field__label" for=id.clone()>{locale.pick(zh, en)}</label>
                    <input class="p-input" id=id name=name type=kind value=typed(name, i, kept) maxlength="80" autocomplete="off" />
                </div>
            }
        };
        let day = |day: Option<time::Date>| day.map(|it| it.to_string()).unwrap_or_default();
        view! {
            <div class="p-filters__row">
                {cell("exception-from", "从哪天", "From", "date", day(kept.map(|it| it.from)))}
                {cell("exception-to", "到哪天", "To", "date", day(kept.map(|it| it.to)))}
                {cell("exception-hours", "时间(停办就空着)", "Hours (empty: closed)", "text", kept.map(|it| words::spans(&it.hours)).unwrap_or_default())}
                {cell("exception-reason", "原因", "Reason", "text", kept.map(|it| it.reason.clone()).unwrap_or_default())}
            </div>
        }
    });
    view! {
        <fieldset class="p-fieldset p-fieldset--wide">
            <legend>{locale.pick("每周开放时间", "Weekly opening hours")}</legend>
            <p class="p-field__hint">{locale.pick("写成 9:00-12:00,13:30-17:00;休息的日子空着", "Such as 9:00-12:00,13:30-17:00; leave days off empty")}</p>
            {wrong.map(|words| view! { <p class="p-field__wrong">{words}</p> })}
            <div class="p-filters__row p-filters__row--hours">{days}</div>
            <label class="p-check">
                <input type="checkbox" name="unchecked" value="on" checked=unchecked />
                <span>{locale.pick("时间还没有核实", "Nobody has checked the hours")}</span>
            </label>
            <SelectField name="holidays" label=locale.pick("节假日", "Holidays") options=rules.to_vec() value=schedule.holidays.code() />
        </fieldset>
        <fieldset class="p-fieldset p-fieldset--wide">
            <legend>{locale.pick("临时变动", "Changes for some days")}</legend>
            {crate::ui::wrong_of("exception-from").map(|words| view! { <p class="p-field__wrong">{words}</p> })}
            {rows.collect_view()}
        </fieldset>
    }
}

/// What can be done there and what it offers.
#[component]
fn Offers(facts: Option<NewPoint>) -> impl IntoView {
    let visit = visit();
    let (locale, atlas) = (visit.locale, &visit.snapshot.atlas);
    let filled = visit.filled.as_ref().map(|it| &it.form);
    let check = |name: &'static str, code: String, word: String, kept: bool| {
        let on = filled.map_or(kept, |form| form.all(name).any(|it| it == code));
        view! {
            <label class="p-check">
                <input type="checkbox" name=name value=code checked=on />
                <span>{word}</span>
            </label>
        }
    };
    let has = |code| facts.as_ref().is_some_and(|it| it.services.contains(&code));
    let services = atlas.services.iter();
    let services = services.map(|it| check("service", it.code.to_string(), it.name(locale).to_owned(), has(it.code)));
    let services = services.collect_view();
    let offers = |facility| facts.as_ref().is_some_and(|it| it.facilities.contains(&facility));
    let facilities = Facility::ALL.iter();
    let facilities = facilities
        .map(|it| check("facility", it.code().to_owned(), text::facility(*it, locale).0.to_owned(), offers(*it)));
    let facilities = facilities.collect_view();
    view! {
        <details class="p-filters__more">
            <summary>{locale.pick("能办的事", "Services")}</summary>
            <div class="p-checks">{services}</div>
        </details>
        <fieldset class="p-fieldset p-fieldset--wide">
            <legend>{locale.pick("设施", "Facilities")}</legend>
            <div class="p-checks">{facilities}</div>
        </fieldset>
    }
}

/// Verification, end, source.
#[component]
fn Rest(facts: Option<NewPoint>) -> impl IntoView {
    let locale = visit().locale;
    let day = |day: Option<time::Date>| day.map(|it| it.to_string()).unwrap_or_default();
    let ended = facts.as_ref().and_then(|it| it.ended.clone());
    let source = facts.as_ref().map(|it| it.source.clone()).unwrap_or_default();
    let ends = ended.is_some();
    view! {
        <TextField name="verified-on" label=locale.pick("最近到现场核实的日子", "Last checked on the spot") kind="date" value=day(facts.and_then(|it| it.verified_on)) />
        <TextField name="source" label=locale.pick("信息来源", "Where the facts come from") value=source />
        <details class="p-filters__more" open=ends>
            <summary>{locale.pick("停用这个点位", "End this place")}</summary>
            <TextField name="ended-on" label=locale.pick("从哪天起停用", "First day without it") kind="date" value=day(ended.as_ref().map(|it| it.on)) />
            <TextField name="ended-because" label=locale.pick("原因,居民会看到", "Why; residents read it") value=ended.map(|it| it.reason).unwrap_or_default() />
        </details>
    }
}

/// Every version that was published.
#[component]
fn History(history: Vec<Version>) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let pairs = history.iter().enumerate().map(|(i, version)| {
        let before = history.get(i + 1).map(|it| &it.facts);
        let changed = before.map(|before| domain::points::change::differences(before, &version.facts)).unwrap_or_default();
        let details = changed.iter().map(|field| {
            let (old, new) = (before.map(|it| words::value(*field, it, snapshot, locale)), words::value(*field, &version.facts, snapshot, locale));
            view! { <li>{words::field(*field, locale)}": "<del>{old}</del>" → "<ins>{new}</ins></li> }
        });
        let author = version.author.clone().unwrap_or_else(|| locale.pick("导入", "import").to_owned());
        view! {
            <li>
                <strong>{locale.pick(format!("第 {} 版", version.number), format!("Version {}", version.number))}</strong>
                " · "{stamp(version.at)}" · "{author}
                <ul class="p-list">{details.collect_view()}</ul>
            </li>
        }
    });
    let pairs = pairs.collect_view();
    (!history.is_empty()).then(|| {
        view! {
            <section class="p-section">
                <h2>{locale.pick("历次版本", "Versions")}</h2>
                <ol class="p-list" reversed>{pairs}</ol>
            </section>
        }
    })
}
