//! From the plan of a point to all that staff would have entered about it. Everything follows from its number in the source.

use domain::{
    Slug,
    calendar::{Calendar, Day},
    divisions::DivisionCode,
    hours::{Exception, HolidayRule, Schedule, Span},
    points::{Level, NewPoint},
};
use time::{Date, Duration};

use super::{
    chance::Chance,
    ground::{Spot, position},
    offers::{Kind, Menu},
    seed::BadSeed,
};

/// What makes a point this one and not another.
pub(super) struct Plan {
    /// The number in the source, after `demo-` and the kind.
    pub(super) number: String,
    pub(super) kind: Kind,
    pub(super) level: Level,
    pub(super) division: DivisionCode,
    pub(super) organisation: Slug,
    pub(super) name: String,
    pub(super) name_en: String,
    /// From [`address`].
    pub(super) address: String,
    pub(super) spot: Spot,
}

/// An address that says it is made up: the division, and a number that those at one site share.
pub(super) fn address(place: &str, site: Spot) -> String {
    let site = position(site).map_or_else(String::new, |site| site.to_string());
    format!("{place}（示例地址）{}号", 1 + Chance::of(&site).below(299))
}

/// What the facts of all points depend on.
pub(super) struct Writer<'a> {
    pub(super) menu: Menu<'a>,
    pub(super) calendar: Calendar,
    pub(super) today: Date,
}

impl Writer<'_> {
    /// Everything about a point.
    pub(super) fn write(&self, plan: Plan) -> Result<NewPoint, BadSeed> {
        let Plan { number, kind, level, division, organisation, name, name_en, address, spot } = plan;
        let external_id = format!("demo-{}-{number}", kind.code());
        let chance = &mut Chance::of(&external_id);
        let telephones =
            (0..if kind == Kind::Board { 0 } else { 1 + u32::from(level != Level::Village && chance.percent(20)) })
                // No subscriber's number begins with 0, so these ring nowhere.
                .map(|_| format!("028-0{:07}", chance.below(10_000_000)))
                .collect();
        Ok(NewPoint {
            kind: self.menu.kind(kind)?,
            level,
            division,
            organisation,
            name,
            name_en,
            address,
            position: position(spot),
            telephones,
            schedule: self.schedule(kind, level, chance)?,
            services: self.menu.services(kind, chance)?,
            facilities: kind.facilities(chance),
            photos: Vec::new(),
            verified_on: self.verified(chance),
            ended: None,
            source: "示例数据".to_owned(),
            demonstration: true,
            external_id,
        })
    }

    fn schedule(&self, kind: Kind, level: Level, chance: &mut Chance) -> Result<Schedule, BadSeed> {
        if level != Level::City && chance.percent(2) {
            return Ok(Schedule::default());
        }
        let (week, holidays) = kind.hours(chance);
        let exceptions = match chance.below(120) {
            0 | 1 => vec![self.suspended(kind, chance)],
            2 | 3 => self.shortened(kind, holidays)?,
            _ => Vec::new(),
        };
        Ok(Schedule { week: Some(week.parse()?), holidays, exceptions })
    }

    /// Closed for two weeks that began in the last ten days or begin in the next three (停办).
    fn suspended(&self, kind: Kind, chance: &mut Chance) -> Exception {
        let reason = match (kind, chance.below(2)) {
            (Kind::Board | Kind::Machine, _) => "设备检修，暂停使用",
            (_, 0) => "场地维修，暂停办理",
            _ => "办公场所搬迁，暂停办理",
        };
        let from = self.day(i64::from(chance.below(14)) - 10);
        Exception { from, to: from.saturating_add(Duration::days(13)), hours: Vec::new(), reason: reason.to_owned() }
    }

    /// Shorter hours in the weeks around today. An exception holds on each of its days, weekends and holidays too; so offices get
    /// one for every run of workdays.
    fn shortened(&self, kind: Kind, holidays: HolidayRule) -> Result<Vec<Exception>, BadSeed> {
        let (hours, reason) = match kind {
            Kind::Board | Kind::Library => return Ok(Vec::new()),
            Kind::Machine => ("08:00-20:00", "所在场所调整开放时间"),
            _ => ("09:00-12:00", "工作人员培训，仅上午办理"),
        };
        let span: Span = hours.parse()?;
        let mut exceptions: Vec<Exception> = Vec::new();
        for date in (-4..=11).map(|ahead| self.day(ahead)) {
            if holidays != HolidayRule::EveryDay && self.calendar.day(date) != Day::Workday {
                continue;
            }
            match exceptions.last_mut() {
                Some(last) if last.to.next_day() == Some(date) => last.to = date,
                _ => exceptions.push(Exception { from: date, to: date, hours: vec![span], reason: reason.to_owned() }),
            }
        }
        Ok(exceptions)
    }

    /// Mostly checked within the last 150 days; some long ago, a few never.
    fn verified(&self, chance: &mut Chance) -> Option<Date> {
        match chance.below(100) {
            0..3 => None,
            3..14 => Some(self.day(-181 - i64::from(chance.below(220)))),
            _ => Some(self.day(-1 - i64::from(chance.below(150)))),
        }
    }

    pub(super) fn day(&self, ahead: i64) -> Date {
        self.today.saturating_add(Duration::days(ahead))
    }
}
