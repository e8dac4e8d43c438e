//! From the form of a point to its facts. What cannot be read is said field by field; nothing else is lost.

use domain::{
    Slug,
    geo::{Datum, Position},
    hours::{DAYS, Exception, HolidayRule, Schedule, Span, Week, plain},
    locale::Locale,
    points::{Ended, Facility, Level, NewPoint},
    width::listed,
};
use store::points::changes::Proposal;
use time::{Date, macros::format_description};

use super::named::{Named, Unclear};
use crate::forms::{Form, Wrong};

struct Reader<'a> {
    form: &'a Form,
    locale: Locale,
    wrong: Vec<Wrong>,
}

impl Reader<'_> {
    fn text(&self, name: &str) -> String {
        self.form.get(name).trim().to_owned()
    }

    fn wrong(&mut self, field: &'static str, zh: &str, en: &str) {
        self.wrong.push(Wrong { field, words: self.locale.pick(zh, en).to_owned() });
    }

    fn slug(&mut self, name: &'static str, zh: &str, en: &str) -> Option<Slug> {
        let slug = self.form.get(name).trim().parse().ok();
        if slug.is_none() {
            self.wrong(name, zh, en);
        }
        slug
    }

    /// What a name means; one that does not say it is wrong.
    fn named(&mut self, field: &'static str, meant: Result<Slug, Unclear>) -> Option<Slug> {
        meant.map_err(|(zh, en)| self.wrong(field, &zh, &en)).ok()
    }

    fn day(&mut self, name: &'static str, text: &str) -> Option<Date> {
        let format = format_description!("[year]-[month]-[day]");
        let day = Date::parse(text.trim(), format).ok();
        if day.is_none() && !text.trim().is_empty() {
            self.wrong(name, "日期写成 2026-12-01。", "Write the date as 2026-12-01.");
        }
        day
    }

    fn position(&mut self) -> Option<Position> {
        let (lon, lat) = (self.text("lon"), self.text("lat"));
        if lon.is_empty() && lat.is_empty() {
            return None;
        }
        let datum = Datum::from_code(self.form.get("datum")).unwrap_or(Datum::Wgs84);
        let position = format!("{lon},{lat}").parse::<Position>().ok().and_then(|it| it.read_as(datum));
        if position.is_none() {
            self.wrong(
                "lon",
                "位置写成两个数:经度 73 到 136,纬度 3 到 54。",
                "A position is two numbers: longitude 73 to 136, latitude 3 to 54.",
            );
        }
        position
    }

    fn spans(&mut self, field: &'static str, text: &str) -> Vec<Span> {
        let plain = plain(text);
        let spans: Result<Vec<Span>, _> = plain.split(',').filter(|it| !it.is_empty()).map(str::parse).collect();
        spans.unwrap_or_else(|_| {
            self.wrong(field, "时间写成 9:00-12:00,13:30-17:00。", "Write hours as 9:00-12:00,13:30-17:00.");
            vec![]
        })
    }

    fn week(&mut self) -> Option<Week> {
        if self.form.get("unchecked") == "on" {
            return None;
        }
        let days: Vec<String> = self.form.all("hours").map(plain).collect();
        let rules = DAYS.iter().zip(&days).filter(|(_, hours)| !hours.is_empty());
        let text = rules.map(|(day, hours)| format!("{day} {hours}")).collect::<Vec<_>>().join("; ");
        let week = text.parse().ok();
        if week.is_none() {
            self.wrong(
                "hours",
                "时间写成 9:00-12:00,13:30-17:00,前后不重叠;休息的日子空着。",
                "Write hours as 9:00-12:00,13:30-17:00 without overlap; leave days off empty.",
            );
        }
        week
    }

    fn schedule(&mut self) -> Schedule {
        Schedule {
            week: self.week(),
            holidays: HolidayRule::from_code(self.form.get("holidays")).unwrap_or_default(),
            exceptions: self.exceptions(),
        }
    }

    fn exceptions(&mut self) -> Vec<Exception> {
        let column = |name: &str| self.form.all(name).map(str::to_owned).collect::<Vec<_>>();
        let (from, to) = (column("exception-from"), column("exception-to"));
        let (hours, reasons) = (column("exception-hours"), column("exception-reason"));
        let mut list = Vec::new();
        for (i, from) in from.iter().enumerate() {
            let cell = |column: &[String]| column.get(i).map(|it| it.trim().to_owned()).unwrap_or_default();
            let (to, hours, reason) = (cell(&to), cell(&hours), cell(&reasons));
            if [from.trim(), &to, &hours, &reason].iter().all(|it| it.is_empty()) {
                continue;
            }
            let days = (self.day("exception-from", from), self.day("exception-from", &to));
            let hours = self.spans("exception-from", &hours);
            match (days, reason.is_empty()) {
                ((Some(from), Some(to)), false) => list.push(Exception { from, to, hours, reason }),
                _ => self.wrong(
                    "exception-from",
                    "临时变动要有开始、结束的日子和原因。",
                    "A change of hours needs its first and last day and a reason.",
                ),
            }
        }
        list
    }
}

/// Where the form says it is.
pub(super) fn position(form: &Form) -> Option<Position> {
    Reader { form, locale: Locale::Zh, wrong: Vec::new() }.position()
}

/// When the form says it is open; none where that cannot be read.
pub(super) fn schedule(form: &Form) -> Option<Schedule> {
    let mut reader = Reader { form, locale: Locale::Zh, wrong: Vec::new() };
    let schedule = reader.schedule();
    reader.wrong.is_empty().then_some(schedule)
}

/// What cannot be read of where it is.
pub(super) fn wrong_of_place(form: &Form, named: &Named<'_>, locale: Locale) -> Vec<Wrong> {
    let mut reader = Reader { form, locale, wrong: Vec::new() };
    reader.named("division", named.division(form.get("division")));
    reader.position();
    reader.wrong
}

/// The proposal of a form; what the form does not have stays as it is in `base`.
pub(super) fn read(
    form: &Form,
    base: Option<&NewPoint>,
    new_id: String,
    named: &Named<'_>,
    locale: Locale,
) -> Result<Proposal, Vec<Wrong>> {
    let mut reader = Reader { form, locale, wrong: Vec::new() };
    let it = &mut reader;
    let kind = it.slug("kind", "请选类别。", "Choose a kind.");
    // A division that has ended stays until somebody knows what follows it.
    let ended = base.map(|base| base.division).filter(|code| form.get("division").trim() == code.as_str());
    let division = ended.or_else(|| it.named("division", named.division(form.get("division"))));
    let organisation = it.named("organisation", named.office(form.get("organisation")));
    let level = Level::from_code(form.get("level"));
    if level.is_none() {
        it.wrong("level", "请选层级。", "Choose a level.");
    }
    let position = it.position();
    let schedule = it.schedule();
    if !it.text("spoken").is_empty() {
        it.wrong(
            "spoken",
            "门口牌子上的时间还没有填到每天:按“填到每天”,或者把它删掉。",
            "The hours on the door are not filled in yet: fill them in, or remove them.",
        );
    }
    let verified_on = it.day("verified-on", form.get("verified-on"));
    let successor = named.point(form.get("ended-successor"));
    let successor = successor.map_err(|(zh, en)| it.wrong("ended-successor", &zh, &en)).ok().flatten();
    let ended = it.day("ended-on", form.get("ended-on"));
    let ended = ended.map(|on| Ended { on, reason: it.text("ended-because"), successor });
    let effective_on = it.day("effective-on", form.get("effective-on"));
    let note = it.text("note");
    let telephones = listed(form.get("telephones")).flat_map(str::split_whitespace).map(str::to_owned).collect();
    let (name, name_en) = (it.text("name"), it.text("name-en"));
    let (address, source) = (it.text("address"), it.text("source"));
    let services = form.all("service").filter_map(|code| code.parse().ok()).collect();
    let facilities = form.all("facility").filter_map(Facility::from_code).collect();
    if !reader.wrong.is_empty() {
        return Err(reader.wrong);
    }
    let (Some(kind), Some(division), Some(organisation), Some(level)) = (kind, division, organisation, level) else {
        return Err(vec![]);
    };
    let facts = NewPoint {
        external_id: base.map_or(new_id, |base| base.external_id.clone()),
        kind,
        level,
        division,
        organisation,
        name,
        name_en,
        address,
        position,
        telephones,
        schedule,
        services,
        facilities,
        photos: base.map(|base| base.photos.clone()).unwrap_or_default(),
        verified_on,
        ended,
        source,
        demonstration: base.is_some_and(|base| base.demonstration),
    };
    Ok(Proposal { facts, effective_on, note })
}

#[cfg(test)]
mod tests {
    use domain::{
        divisions::{Division, DivisionLevel, Divisions},
        points::Organisation,
    };

    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::of(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    fn tried(form: &Form) -> Result<Proposal, Vec<Wrong>> {
        let division = |code: &str, name: &str, parent: Option<&str>| Division {
            code: code.parse().unwrap(),
            name: name.into(),
            name_en: String::new(),
            level: DivisionLevel::District,
            parent: parent.map(|it| it.parse().unwrap()),
            zone: None,
            center: None,
            ended: false,
        };
        let (code, there) = ("office".parse().unwrap(), "510107".parse().unwrap());
        let divisions = [("510100", "成都市", None), ("510107", "武侯区", Some("510100"))];
        let divisions = Divisions::new(divisions.map(|(code, name, parent)| division(code, name, parent)).to_vec());
        let office = Organisation { code, name: "示例办公室".into(), division: there };
        read(form, None, "desk-1".into(), &Named::new(&divisions, vec![&office], &[]), Locale::Zh)
    }

    const GOOD: [(&str, &str); 18] = [
        ("name", " 示例大厅 "),
        ("address", "示例路1号"),
        ("kind", "hall"),
        ("level", "district"),
        ("division", "510107"),
        ("organisation", "office"),
        ("lon", "104.0657"),
        ("lat", "30.6574"),
        ("datum", "wgs84"),
        ("hours", "９：00－12：00、13:30～17:00"),
        ("hours", ""),
        ("exception-from", "2026-12-01"),
        ("exception-to", "2026-12-02"),
        ("exception-hours", ""),
        ("exception-reason", "盘点"),
        ("telephones", "028-01111111,028-02222222"),
        ("holidays", "every-day"),
        ("ended-successor", ""),
    ];

    #[test]
    fn a_form_is_read_as_people_type() {
        let facts = tried(&form(&GOOD)).unwrap().facts;
        assert_eq!((facts.name.as_str(), facts.external_id.as_str()), ("示例大厅", "desk-1"));
        assert_eq!(facts.schedule.week.unwrap().to_string(), "Mo 09:00-12:00,13:30-17:00");
        assert_eq!(facts.schedule.holidays, HolidayRule::EveryDay);
        assert_eq!(facts.schedule.exceptions.len(), 1);
        assert_eq!(facts.telephones.len(), 2);
        assert_eq!(facts.position.unwrap().to_string(), "104.06570,30.65740");
    }

    #[test]
    fn a_division_and_an_office_are_known_by_name() {
        let named = GOOD.map(|(key, old)| match key {
            "division" => (key, " 成都市 武侯区"),
            "organisation" => (key, "示例办公室"),
            _ => (key, old),
        });
        let facts = tried(&form(&named)).unwrap().facts;
        assert_eq!((facts.division.as_str(), facts.organisation.as_str()), ("510107", "office"));
    }

    #[test]
    fn every_value_that_cannot_be_read_is_named() {
        for (name, value, field) in [
            ("kind", "", "kind"),
            ("level", "galaxy", "level"),
            ("division", "武侯", "division"),
            ("organisation", "办公室", "organisation"),
            ("lon", "1040.5", "lon"),
            ("lat", "NaN", "lon"),
            ("lon", "4.5", "lon"),
            ("hours", "早上", "hours"),
            ("hours", "9:00-12:00,11:00-13:00", "hours"),
            ("exception-from", "12月1日", "exception-from"),
            ("exception-reason", "", "exception-from"),
            ("ended-successor", "没有这样的地方", "ended-successor"),
        ] {
            let pairs = GOOD.map(|(key, old)| if key == name { (key, value) } else { (key, old) });
            let wrong = tried(&form(&pairs)).unwrap_err();
            assert!(wrong.iter().any(|it| it.field == field), "{name}={value}: {wrong:?}");
        }
    }
}
