//! `/desk/interpreters/new` and `/desk/interpreters/{id}`: a post in a form.

use domain::{
    hours::{HolidayRule, Schedule, Spoken},
    identity::{AccountId, Action, Staff},
    interpreters::{Interpreter, InterpreterId, MAX_PERSON, MAX_POST, Tier},
    locale::Locale,
    width::listed,
};
use leptos::prelude::*;
use store::interpreters::{self, Registered};

use super::super::text;
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong},
    points::{
        desk::{office_called, office_texts},
        text as points, weekly,
    },
    portal::{Portal, Visit, visit},
    ui::{Breadcrumbs, ErrorSummary, PageHead, SelectField, TextArea, TextField, lang_of},
};

/// The form of a new post.
pub(crate) async fn new_page(portal: &Portal, visit: &Visit) -> Answer {
    match interpreters::people(portal.store(), &visit.by()).await {
        Ok(people) => Answer::Page(Box::new(move || view! { <PostForm known=None people /> }.into_any())),
        Err(failure) => failure.into(),
    }
}

/// The form of a post.
pub(crate) async fn edit_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse::<InterpreterId>() else { return Answer::Status(404) };
    let loaded = async {
        let people = interpreters::people(portal.store(), &visit.by()).await?;
        Ok((find(portal, visit, id).await?, people))
    };
    match loaded.await {
        Ok((Some(it), _)) if !it.post.is_living() => {
            Answer::Page(Box::new(move || view! { <Over post=it.post /> }.into_any()))
        }
        Ok((Some(it), people)) => {
            Answer::Page(Box::new(move || view! { <PostForm known=Some(it) people /> }.into_any()))
        }
        // Whether it exists is not said.
        Ok((None, _)) => Answer::Status(403),
        Err(failure) => store::Failure::<interpreters::Refused>::into(failure),
    }
}

/// A post of the register that one may keep.
pub(super) async fn find(
    portal: &Portal,
    visit: &Visit,
    id: InterpreterId,
) -> Result<Option<Registered>, store::Failure<interpreters::Refused>> {
    let all = interpreters::register(portal.store(), &visit.by()).await?;
    Ok(all.into_iter().find(|it| it.post.id == id && it.may_keep))
}

/// Breadcrumbs of pages of the register.
pub(super) fn way(locale: Locale) -> Vec<(String, String)> {
    let way = [("工作台", "Desk", "/desk"), ("解读人名录", "Register of interpreters", "/desk/interpreters")];
    way.map(|(zh, en, path)| (locale.pick(zh, en).to_owned(), path.to_owned())).to_vec()
}

#[component]
fn PostForm(known: Option<Registered>, people: Vec<Staff>) -> impl IntoView {
    let visit = visit();
    let (locale, snapshot) = (visit.locale, &visit.snapshot);
    let post = known.as_ref().map(|it| it.post.clone());
    let revision = known.as_ref().map(|it| it.revision.to_string());
    let id = post.as_ref().map(|it| it.id);
    let path = id.map_or_else(|| "/desk/interpreters/new".to_owned(), |id| format!("/desk/interpreters/{}", id.0));
    let title = match (&post, id) {
        (Some(post), Some(id)) => locale.pick(post.post.clone(), format!("Post {}", id.0)),
        _ => locale.pick("登记一个岗位", "Add a post").to_owned(),
    };
    let name = post.as_ref().map_or_else(|| title.clone(), |post| post.post.clone());
    let value = |read: fn(&Interpreter) -> String| post.as_ref().map(read).unwrap_or_default();
    let office = post.as_ref().map(|post| office_texts(snapshot)(post.organisation)).unwrap_or_default();
    let offices = offices(&visit);
    let hours = post.as_ref().map(|post| written(&post.schedule, locale)).unwrap_or_default();
    let tiers = Tier::ALL.iter().map(|it| (it.code().to_owned(), text::tier_at_length(*it, locale).to_owned()));
    let none = || (String::new(), locale.pick("(没有)", "(none)").to_owned());
    let others = snapshot.content.interpreters.iter().filter(|it| it.is_living() && Some(it.id) != id);
    let others = others.map(|it| (it.id.0.to_string(), it.post.clone()));
    let people = people.iter().map(|it| (it.id.0.to_string(), format!("{} ({})", it.display_name, it.name)));
    let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let deputy = number(post.as_ref().and_then(|it| it.deputy).map(|id| id.0));
    let account = number(post.as_ref().and_then(|it| it.account).map(|id| id.0));
    let links = id.map(|id| {
        view! {
            <p class="p-acts">
                <a class="p-button p-button--quiet" href=locale.href(&format!("/interpreters/{}", id.0))>{locale.pick("居民看到的页面", "The page residents see")}</a>
                <a class="p-button p-button--quiet" href=locale.href(&format!("/desk/interpreters/{}/hand-over", id.0))>{locale.pick("交接并停用", "Hand over and end")}</a>
            </p>
        }
    });
    view! {
        <PageHead title=title.clone() description=title />
        <Breadcrumbs way=way(locale) />
        <h1 lang=lang_of(&name, locale)>{name.clone()}</h1>
        {links}
        <ErrorSummary />
        <form class="p-form" method="post" action=locale.href(&path)>
            {revision.map(|revision| view! { <input type="hidden" name="revision" value=revision /> })}
            <TextField name="organisation" label=locale.pick("单位(名称或代码)", "Office (name or code)") value=office list="offices" maxlength=80 />
            <datalist id="offices">{offices}</datalist>
            <TextField name="post" label=locale.pick("岗位", "Post") hint=locale.pick("岗位比人长久:写处室和职务,如 养老服务处 处长", "A post outlives who is in it: section and function") value=value(|it| it.post.clone()) maxlength=MAX_POST />
            <TextField name="person" label=locale.pick("现在在岗的人", "Who is in it now") hint=locale.pick("向居民公开", "Residents read it") value=value(|it| it.person.clone()) maxlength=MAX_PERSON />
            <TextField name="telephone" label=locale.pick("办公电话", "Telephone of the office") kind="tel" value=value(|it| it.telephone.clone()) maxlength=30 />
            <TextArea
                name="hours"
                label=locale.pick("什么时候有人", "When somebody is there")
                hint=locale.pick("例如:周一至周五 9:00-12:00,13:30-17:00;节假日休息", "Such as: Mon-Fri 9:00-12:00,13:30-17:00")
                maxlength=300
                rows=2
                value=hours
            />
            <SelectField name="tier" label=locale.pick("类别", "Kind") options=tiers.collect() value=value(|it| it.tier.code().to_owned()) />
            <TextField name="subjects" label=locale.pick("解读哪些事", "What it knows about") hint=locale.pick("用居民的话,用顿号分开;可以不填", "In residents' words, with commas between; may be empty") value=value(|it| it.subjects.join("、")) maxlength=260 />
            <SelectField name="deputy" label=locale.pick("不在岗时找谁", "Who helps while nobody is there") options=std::iter::once(none()).chain(others).collect() value=deputy />
            <SelectField name="account" label=locale.pick("经办账号(在工作台答复,不公开)", "Account that answers at the desk (not shown to residents)") options=std::iter::once(none()).chain(people).collect() value=account />
            <button class="p-button p-button--main" type="submit">{locale.pick("保存并发布", "Save and publish")}</button>
        </form>
    }
}

/// The offices whose posts somebody may keep, to choose from.
fn offices(visit: &Visit) -> AnyView {
    let (content, by) = (&visit.snapshot.content, visit.by());
    let belongs = |it: &domain::points::Organisation| domain::identity::Belongs {
        within: content.divisions().within(it.division),
        organisation: Some(it.code),
    };
    let mine = content.organisations().filter(|it| by.actor.may(Action::KeepInterpreters, &belongs(it)).is_ok());
    let mut mine: Vec<_> = mine.collect();
    mine.sort_by_key(|it| it.code);
    let name = office_texts(&visit.snapshot);
    let options = mine.into_iter().map(|it| view! { <option value=name(it.code)>{it.code.to_string()}</option> });
    options.collect_view().into_any()
}

/// Hours as the form has them, and reads them again.
fn written(schedule: &Schedule, locale: Locale) -> String {
    let week = schedule.week.as_ref().map(ToString::to_string).unwrap_or_default();
    locale.pick(weekly(schedule, Locale::Zh), week)
}

/// A post that has ended.
#[component]
fn Over(post: Interpreter) -> impl IntoView {
    let visit = visit();
    let locale = visit.locale;
    let title = locale.pick(post.post.clone(), format!("Post {}", post.id.0));
    let ended = post.ended.clone().map(|ended| {
        let on = points::day(ended.on, visit.snapshot.today(), locale);
        let next = ended.successor.and_then(|id| visit.snapshot.content.interpreter(id)).map(|it| {
            let href = locale.href(&format!("/desk/interpreters/{}", it.id.0));
            view! { <p>{locale.pick("接手的岗位:", "Taken over by ")}<a href=href lang="zh-CN">{it.post.clone()}</a></p> }
        });
        view! {
            <div class="p-notice">
                <p>{locale.pick(format!("自{on}起停用。"), format!("Ended on {on}."))}</p>
                <p lang=lang_of(&ended.reason, locale)>{ended.reason.clone()}</p>
                {next}
            </div>
        }
    });
    view! {
        <PageHead title=title.clone() description=title />
        <Breadcrumbs way=way(locale) />
        <h1 lang="zh-CN">{post.post}</h1>
        {ended}
    }
}

/// Adds a post, or changes one.
pub(crate) async fn save(portal: &Portal, visit: &Visit, id: Option<&str>, form: &Form) -> Submitted {
    let id = match id.map(str::parse::<InterpreterId>).transpose() {
        Ok(id) => id,
        Err(_) => return Submitted::Status(404),
    };
    if visit.by().actor.may_somewhere(Action::KeepInterpreters).is_err() {
        return Submitted::Status(403);
    }
    let new = match read(visit, id, form) {
        Ok(new) => new,
        Err(wrong) => return Submitted::Again(wrong),
    };
    let known = id.map(|id| (id, form.get("revision").parse().unwrap_or_default()));
    match interpreters::save(portal.store(), &visit.by(), known, new).await {
        Ok(_) => Submitted::Go("/desk/interpreters".into(), Cookie::Keep),
        Err(failure) => text::again(failure, visit),
    }
}

/// A post as its form says, or everything in it that cannot be read.
fn read(visit: &Visit, id: Option<InterpreterId>, form: &Form) -> Result<Interpreter, Vec<Wrong>> {
    let (locale, content) = (visit.locale, &visit.snapshot.content);
    let before = id.and_then(|id| content.interpreter(id));
    let office = office_called(&visit.snapshot, form.get("organisation"))
        .map_err(|(zh, en)| Wrong { field: "organisation", words: locale.pick(zh, en) });
    let hours = match form.get("hours").trim() {
        // That they are missing is said with all the rest.
        "" => Ok(Spoken { week: None, holidays: None, assumed: false }),
        hours => hours
            .parse::<Spoken>()
            .map_err(|_| Wrong { field: "hours", words: locale.pick(text::HOURS.0, text::HOURS.1).to_owned() }),
    };
    let text = |name: &str| form.get(name).trim().to_owned();
    let subjects = listed(form.get("subjects"));
    let kept = before.map(|it| it.schedule.clone()).unwrap_or_default();
    let make = |organisation, hours: Spoken| {
        let holidays = hours.holidays.unwrap_or(if before.is_some() { kept.holidays } else { HolidayRule::Statutory });
        Interpreter {
            id: id.unwrap_or(InterpreterId(0)),
            organisation,
            post: text("post"),
            person: text("person"),
            telephone: text("telephone"),
            schedule: Schedule { week: hours.week, holidays, exceptions: kept.exceptions.clone() },
            tier: Tier::from_code(form.get("tier")).unwrap_or(Tier::Office),
            subjects: subjects.clone().map(str::to_owned).collect(),
            deputy: form.get("deputy").parse().ok(),
            account: form.get("account").parse().ok().map(AccountId),
            ended: None,
            demonstration: false,
        }
    };
    let wrong = match (office, hours) {
        (Ok(office), Ok(hours)) => return Ok(make(office, hours)),
        (office, hours) => [office.err(), hours.err()],
    };
    // All that is wrong is said at once.
    let unread = Spoken { week: None, holidays: None, assumed: false };
    let any = content.organisations().next().map(|it| make(it.code, unread));
    let rest = any.map(|it| it.check(&content.interpreters)).unwrap_or_default();
    let mut wrong: Vec<_> = wrong.into_iter().flatten().collect();
    for bad in rest.into_iter().map(|why| text::bad(why, locale)) {
        let is_missing = bad.field != "hours" || form.get("hours").trim().is_empty();
        if is_missing && !wrong.iter().any(|it| it.field == bad.field) {
            wrong.push(bad);
        }
    }
    Err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_the_form_writes_them() {
        for week in ["Mo-Fr 09:00-12:00,13:30-17:00", "Mo-Su 00:00-24:00", "Tu,Th 09:00-12:00; Sa 10:00-11:00"] {
            for holidays in [HolidayRule::Statutory, HolidayRule::EveryDay] {
                let schedule = Schedule { week: week.parse().ok(), holidays, exceptions: vec![] };
                for locale in [Locale::Zh, Locale::En] {
                    let spoken: Spoken = written(&schedule, locale).parse().expect("hours");
                    assert_eq!(spoken.week, schedule.week, "{week}");
                    assert_eq!(spoken.holidays.unwrap_or(holidays), holidays, "{week}");
                }
            }
        }
    }
}
