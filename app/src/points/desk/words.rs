//! The words for fields and values of a point, for forms and for the comparison of versions.

use domain::{
    hours::{HolidayRule, Span},
    identity::AccountId,
    locale::Locale,
    points::{
        BadPoint, Freshness, NewPoint,
        change::{ChangeState, Field, NoStep},
    },
};
use leptos::prelude::*;
use store::{Failure, points::changes::Refused, snapshot::Snapshot};
use time::Weekday;

use super::super::text;
use crate::{
    forms::{Submitted, Wrong},
    portal::Visit,
};

/// The days of a week, from Monday.
pub(crate) const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The name of a field.
pub(super) fn field(field: Field, locale: Locale) -> &'static str {
    let (zh, en) = match field {
        Field::ExternalId => ("外部编号", "External number"),
        Field::Kind => ("类别", "Kind"),
        Field::Level => ("层级", "Level"),
        Field::Division => ("地区", "Area"),
        Field::Organisation => ("维护单位", "Kept by"),
        Field::Name => ("名称", "Name"),
        Field::NameEn => ("英文名称", "English name"),
        Field::Address => ("地址", "Address"),
        Field::Position => ("位置", "Position"),
        Field::Telephones => ("电话", "Telephones"),
        Field::Schedule => ("开放时间", "Opening hours"),
        Field::Services => ("能办的事", "Services"),
        Field::Facilities => ("设施", "Facilities"),
        Field::Photos => ("照片", "Photos"),
        Field::VerifiedOn => ("最近核实", "Last verified"),
        Field::Ended => ("停用", "End"),
        Field::Source => ("来源", "Source"),
        Field::Demonstration => ("示例数据", "Sample data"),
    };
    locale.pick(zh, en)
}

/// The names of fields in a row.
pub(super) fn fields(list: &[Field], locale: Locale) -> String {
    list.iter().map(|it| field(*it, locale)).collect::<Vec<_>>().join(locale.pick("、", ", "))
}

/// What a field holds, in words.
pub(super) fn value(field: Field, facts: &NewPoint, snapshot: &Snapshot, locale: Locale) -> String {
    let atlas = &snapshot.atlas;
    match field {
        Field::ExternalId => facts.external_id.clone(),
        Field::Kind => atlas.kind(facts.kind).map_or_else(|| facts.kind.to_string(), |it| it.label(locale).to_owned()),
        Field::Level => text::level(facts.level, locale).to_owned(),
        Field::Division => atlas.divisions.place(facts.division),
        Field::Organisation => {
            let office = snapshot.content.organisation(facts.organisation);
            office.map_or_else(|| facts.organisation.to_string(), |it| it.name.clone())
        }
        Field::Name => facts.name.clone(),
        Field::NameEn => facts.name_en.clone(),
        Field::Address => facts.address.clone(),
        Field::Position => facts.position.map(|it| it.to_string()).unwrap_or_default(),
        Field::Telephones => facts.telephones.join(" "),
        Field::Schedule => schedule(facts, locale),
        Field::Services => {
            let names = facts.services.iter().map(|code| {
                let service = atlas.services.iter().find(|it| it.code == *code);
                service.map_or_else(|| code.to_string(), |it| it.name(locale).to_owned())
            });
            names.collect::<Vec<_>>().join(locale.pick("、", ", "))
        }
        Field::Facilities => {
            let names = facts.facilities.iter().map(|it| text::facility(*it, locale).0);
            names.collect::<Vec<_>>().join(locale.pick("、", ", "))
        }
        Field::Photos => facts.photos.iter().map(|it| it.alt.clone()).collect::<Vec<_>>().join(" "),
        Field::VerifiedOn => facts.verified_on.map(|it| it.to_string()).unwrap_or_default(),
        Field::Ended => ended(facts, snapshot, locale),
        Field::Source => facts.source.clone(),
        Field::Demonstration => facts.demonstration.to_string(),
    }
}

fn ended(facts: &NewPoint, snapshot: &Snapshot, locale: Locale) -> String {
    let Some(ended) = &facts.ended else { return String::new() };
    let successor = ended.successor.and_then(|id| snapshot.content.point(id)).map(|it| {
        let (name, id) = (&it.facts.name, it.id.0);
        locale.pick(format!(",由“{name}”({id})接替"), format!("; “{name}” ({id}) takes its place"))
    });
    format!("{} {}{}", ended.on, ended.reason, successor.unwrap_or_default())
}

/// What a field holds, to be looked at.
pub(super) fn shown(field: Field, facts: &NewPoint, snapshot: &Snapshot, locale: Locale) -> AnyView {
    if field != Field::Photos {
        return value(field, facts, snapshot, locale).into_any();
    }
    let thumbs = facts.photos.iter().map(|photo| {
        let (url, alt) = (photo.url.clone(), photo.alt.clone());
        view! { <figure><img src=url alt="" loading="lazy" /><figcaption>{alt}</figcaption></figure> }
    });
    view! { <div class="p-photo-thumbs">{thumbs.collect_view()}</div> }.into_any()
}

fn schedule(facts: &NewPoint, locale: Locale) -> String {
    let mut lines = Vec::new();
    match &facts.schedule.week {
        None => lines.push(locale.pick("时间待核", "Hours to be checked").to_owned()),
        Some(week) => {
            let days = WEEK.into_iter().filter(|day| !week.on(*day).is_empty());
            lines.extend(days.map(|day| format!("{} {}", text::weekday(day, locale), spans(week.on(day)))));
        }
    }
    lines.push(holidays(facts.schedule.holidays, locale).to_owned());
    lines.extend(facts.schedule.exceptions.iter().map(|it| {
        let hours = if it.hours.is_empty() { locale.pick("停办", "closed").to_owned() } else { spans(&it.hours) };
        format!("{}–{} {hours} {}", it.from, it.to, it.reason)
    }));
    lines.join("\n")
}

/// 09:00-12:00,13:30-17:00.
pub(super) fn spans(spans: &[Span]) -> String {
    spans.iter().map(Span::to_string).collect::<Vec<_>>().join(",")
}

/// What a place does on holidays.
pub(super) fn holidays(rule: HolidayRule, locale: Locale) -> &'static str {
    match rule {
        HolidayRule::Statutory => locale.pick("节假日休息,调休日上班", "Closed on holidays, open on make-up workdays"),
        HolidayRule::ClosedOnHolidays => locale.pick("节假日休息,调休日不上班", "Closed on holidays"),
        HolidayRule::EveryDay => locale.pick("节假日照常", "Open whatever the calendar says"),
    }
}

/// Where a change is.
pub(crate) fn state(state: ChangeState, locale: Locale) -> &'static str {
    let (zh, en) = match state {
        ChangeState::Draft => ("草稿", "Draft"),
        ChangeState::Submitted => ("待复核", "Waiting for review"),
        ChangeState::Scheduled => ("待生效", "Waiting for its day"),
        ChangeState::Published => ("已发布", "Published"),
        ChangeState::Returned => ("已退回", "Returned"),
        ChangeState::Withdrawn => ("已撤回", "Withdrawn"),
    };
    locale.pick(zh, en)
}

/// What is wrong with facts, in both languages.
pub(super) fn bad_facts(why: &BadPoint) -> (&'static str, &'static str) {
    match why {
        BadPoint::Name => ("名称要有 1 到 80 个字。", "A name has 1 to 80 characters."),
        BadPoint::Address => ("地址要有 1 到 200 个字。", "An address has 1 to 200 characters."),
        BadPoint::Telephone => {
            ("电话最多 8 个,只能有数字、横线、加号。", "At most 8 telephones, of digits, dashes and plus.")
        }
        BadPoint::Services => ("事项太多了。", "Too many services."),
        BadPoint::Exception => ("临时变动结束的日子早于开始的日子。", "A change of hours ends before it begins."),
        BadPoint::Ended => ("停用要写明原因。", "An end needs its reason."),
        BadPoint::Successor => ("点位不能由它自己接替。", "A place cannot take its own place."),
    }
}

/// How fresh a point is.
pub(crate) fn freshness(fresh: Freshness, locale: Locale) -> &'static str {
    match fresh {
        Freshness::Fresh => locale.pick("有效", "verified"),
        Freshness::Soon => locale.pick("快到期", "due soon"),
        Freshness::Overdue => locale.pick("该核实了", "due"),
    }
}

/// What a refused change is answered with.
pub(super) fn again(failure: Failure<Refused>, visit: &Visit) -> Submitted {
    let locale = visit.locale;
    let wrong = |field: &'static str, zh: String, en: String| {
        Submitted::Again(vec![Wrong { field, words: locale.pick(zh, en) }])
    };
    let plain = |field, zh: &str, en: &str| wrong(field, zh.to_owned(), en.to_owned());
    match failure {
        Failure::Store(error) => Submitted::Failed(error),
        Failure::Forbidden => Submitted::Status(403),
        Failure::Refused(why) => match why {
            Refused::Outdated => plain(
                "",
                "刚才有人动过这项修改,请看看现在的内容再试。",
                "Somebody has touched this change meanwhile; look at it again.",
            ),
            Refused::UnderWay(who) => {
                wrong("", format!("{who}正在改这个点位,等这次改完再来。"), format!("{who} is changing this place."))
            }
            Refused::InBatch => {
                plain("", "这项修改属于一批,请在那一批里处理。", "It belongs to a batch: decide there.")
            }
            Refused::Taken(number) => wrong(
                "",
                format!("编号“{number}”已经有点位用了。"),
                format!("The number “{number}” belongs to another place."),
            ),
            Refused::Conflict(name, list) => wrong(
                "",
                format!("“{name}”的这些内容别人也改了,已经发布:{}。请退回。", fields(&list, Locale::Zh)),
                format!("{name}: somebody else's change of these was published: {}.", fields(&list, Locale::En)),
            ),
            Refused::Missing(what) => {
                let (field, zh) = match what {
                    "kind" => ("kind", "类别"),
                    "division" => ("division", "地区"),
                    "organisation" => ("organisation", "维护单位"),
                    "successor" => ("ended-successor", "接替的点位"),
                    _ => ("", "事项"),
                };
                wrong(field, format!("{zh}不存在。"), format!("This {what} does not exist."))
            }
            Refused::Facts(why) => {
                let (zh, en) = bad_facts(&why);
                let field = match why {
                    BadPoint::Name => "name",
                    BadPoint::Address => "address",
                    BadPoint::Telephone => "telephones",
                    BadPoint::Services => "",
                    BadPoint::Exception => "exception-from",
                    BadPoint::Ended => "ended-because",
                    BadPoint::Successor => "ended-successor",
                };
                plain(field, zh, en)
            }
            Refused::Step(NoStep::Nothing) => plain("", "没有改动。", "Nothing is changed."),
            Refused::Step(NoStep::NoComment) => plain("comment", "退回要写明原因。", "Say why it is returned."),
            Refused::Step(NoStep::OwnChange) => {
                plain("", "不能复核自己的修改,请另一位审核员来看。", "Nobody reviews their own change.")
            }
            Refused::Step(NoStep::NotAuthor) => plain("", "只有作者能改。", "Only its author may."),
            Refused::Step(NoStep::State(now)) => wrong(
                "",
                format!("这项修改现在是“{}”,不能这样做。", state(now, Locale::Zh)),
                format!("The change is now: {}.", state(now, Locale::En)),
            ),
            Refused::Step(NoStep::Conflict(list)) => wrong(
                "",
                format!("这些内容别人也改了,已经发布:{}。请退回作者,对照现在的内容再改。", fields(&list, Locale::Zh)),
                format!(
                    "Somebody else's change of these was published: {}. Return it to its author.",
                    fields(&list, Locale::En)
                ),
            ),
        },
    }
}

/// Whether a change is somebody's own.
pub(crate) fn is_own(visit: &Visit, author: AccountId) -> bool {
    visit.session.as_ref().is_some_and(|session| session.staff.id == author)
}
