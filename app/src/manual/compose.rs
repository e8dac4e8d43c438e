//! What the whole manual says, from what is published: chapters that staff have written, and lists of points, offices, services and
//! policies. Nothing in it depends on the hour, so an edition changes only when something published does, a point ends, or a policy begins
//! or ceases to hold.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use domain::{
    Slug,
    divisions::{Division, DivisionCode, DivisionLevel, Divisions},
    locale::Locale,
    manual::{
        Head, OwnChapter, Part, Passage, Said, Template,
        document::{Block, Inline, Section, text},
    },
    points::{Point, Service},
    policies::{Policy, PolicyKind, Validity},
};
use store::snapshot::Content;
use time::Date;

use super::markdown;
use crate::{points::weekly, policies};

/// How many services an entry names before it only counts them.
const NAMED: usize = 6;
/// How many places of a district stand behind a guide.
const PLACES: usize = 5;
/// What is composed stands behind what is written.
const COMPOSED: i32 = 1_000;

/// Every passage in one language, as it is on a day.
pub fn compose(content: &Content, today: Date, locale: Locale) -> Vec<Passage> {
    passages(content, &content.manual, today, locale)
}

/// The same of other parts than those that are published: what a draft would make of it.
pub(super) fn passages(
    content: &Content,
    parts: &HashMap<DivisionCode, Part>,
    today: Date,
    locale: Locale,
) -> Vec<Passage> {
    let mut composer = Composer::new(content, today, locale);
    let mut owners: Vec<_> = parts.iter().collect();
    owners.sort_by_key(|(division, _)| content.divisions().lineage(**division).len());
    for (division, part) in owners {
        for (place, chapter) in (0..).zip(&part.chapters) {
            composer.chapter(*division, place, chapter);
        }
    }
    composer.passages
}

struct Composer<'a> {
    content: &'a Content,
    divisions: &'a Divisions,
    locale: Locale,
    today: Date,
    /// The points that have not ended, by the division they are listed in.
    places: BTreeMap<DivisionCode, Vec<&'a Point>>,
    services: HashMap<Slug, &'a Service>,
    passages: Vec<Passage>,
    /// Where each section stands among the passages.
    keys: HashMap<(DivisionCode, Slug, String), usize>,
}

impl<'a> Composer<'a> {
    fn new(content: &'a Content, today: Date, locale: Locale) -> Self {
        let divisions = content.divisions();
        let mut places: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for point in content.points.iter().filter(|point| point.ended(today).is_none()) {
            if let Some(listed) = listed_in(divisions, point.facts.division) {
                places.entry(listed.code).or_default().push(point);
            }
        }
        let order: HashMap<_, _> = content.kinds().iter().enumerate().map(|(i, kind)| (kind.code, i)).collect();
        for list in places.values_mut() {
            list.sort_by_key(|point| (order.get(&point.facts.kind).copied(), point.id));
        }
        let services = content.services().iter().map(|service| (service.code, service)).collect();
        Self { content, divisions, locale, today, places, services, passages: Vec::new(), keys: HashMap::new() }
    }

    fn chapter(&mut self, division: DivisionCode, place: i32, chapter: &OwnChapter) {
        let title = match self.locale {
            Locale::En if !chapter.title_en.is_empty() => &chapter.title_en,
            _ => &chapter.title,
        };
        let head = Head { title: title.trim().to_owned(), template: chapter.template, hidden: chapter.hidden };
        self.passages.push(Passage { division, chapter: chapter.slug, place, said: Said::Head(head) });
        self.written(division, chapter);
        match chapter.template {
            Template::Directory => self.directory(division, chapter),
            Template::Offices => self.offices(division, chapter),
            Template::Services => self.guides(division, chapter),
            Template::Policies => self.policies(division, chapter),
            // Its records do not exist yet: the chapter is what is written in it.
            Template::Written | Template::Catalogue => {}
        }
    }

    /// Puts a section behind those of its division and chapter; a key that is taken gets a number.
    fn say(&mut self, division: DivisionCode, chapter: Slug, place: i32, mut section: Section) {
        let plain = section.key.clone();
        let mut number = 2;
        while self.keys.contains_key(&(division, chapter, section.key.clone())) {
            section.key = format!("{plain}-{number}");
            number += 1;
        }
        self.keys.insert((division, chapter, section.key.clone()), self.passages.len());
        self.passages.push(Passage { division, chapter, place, said: Said::Section(section) });
    }

    fn written(&mut self, division: DivisionCode, chapter: &OwnChapter) {
        let words = match self.locale {
            Locale::En if !chapter.text_en.trim().is_empty() => &chapter.text_en,
            _ => &chapter.text,
        };
        for (place, (title, mut blocks)) in (0..).zip(markdown::parts(words)) {
            let service = self.content.services().iter().find(|service| {
                chapter.template == Template::Services && [&service.name, &service.name_en].contains(&&title)
            });
            let key = service.map_or_else(|| key_of(&title), |service| service.code.to_string());
            if let Some(service) = service.filter(|it| !it.synonyms.is_empty() && self.locale == Locale::Zh) {
                blocks.insert(0, Block::Facts(vec![("也叫".to_owned(), text(service.synonyms.join("、")))]));
            }
            let (keeper, verified_on) = (chapter.keeper.clone(), chapter.verified_on);
            self.say(division, chapter.slug, place, Section { key, title, keeper, verified_on, blocks });
        }
    }

    /// The points of every division at or below this one, by kind.
    fn directory(&mut self, division: DivisionCode, chapter: &OwnChapter) {
        for (listed, points) in self.below(division) {
            let points: Vec<_> = points
                .into_iter()
                .filter(|it| chapter.kinds.is_empty() || chapter.kinds.contains(&it.facts.kind))
                .collect();
            let mut blocks = Vec::new();
            let mut kind = None;
            for point in &points {
                if kind.replace(point.facts.kind) != Some(point.facts.kind) {
                    let known = self.content.kinds().iter().find(|it| it.code == point.facts.kind);
                    blocks.extend(known.map(|it| Block::Heading(1, text(it.label(self.locale)))));
                }
                blocks.push(self.entry(point));
            }
            self.list(listed, chapter.slug, "places", &points, blocks);
        }
    }

    /// The offices that keep points in every division at or below this one.
    fn offices(&mut self, division: DivisionCode, chapter: &OwnChapter) {
        for (listed, points) in self.below(division) {
            let mut offices: Vec<(Slug, Vec<&Point>)> = Vec::new();
            for point in &points {
                let office = point.facts.organisation;
                match offices.iter_mut().find(|(code, _)| *code == office) {
                    Some((_, list)) => list.push(point),
                    None => offices.push((office, vec![point])),
                }
            }
            let blocks = offices.iter().filter_map(|(code, points)| self.office(*code, points)).collect();
            self.list(listed, chapter.slug, "offices", &points, blocks);
        }
    }

    /// Behind the guide of a service, the places of a district where it is done.
    fn guides(&mut self, division: DivisionCode, chapter: &OwnChapter) {
        let words = self.locale.pick("在哪里办、什么时候办", "Where and when");
        for (listed, points) in self.below(division) {
            let upper = self
                .divisions
                .get(listed)
                .is_some_and(|it| matches!(it.level, DivisionLevel::City | DivisionLevel::District));
            if !upper {
                continue;
            }
            for (place, service) in (COMPOSED..).zip(self.content.services()) {
                let done: Vec<_> = points
                    .iter()
                    .filter(|it| it.facts.services.contains(&service.code))
                    .take(PLACES)
                    .copied()
                    .collect();
                if done.is_empty() {
                    continue;
                }
                let name = self.divisions.get(listed).map_or("", |it| it.name(self.locale));
                let mut blocks = vec![Block::Heading(1, text(format!("{name} · {words}")))];
                blocks.extend(done.iter().map(|point| self.entry(point)));
                let section = Section {
                    key: service.code.to_string(),
                    title: service.name(self.locale).to_owned(),
                    keeper: self.keepers(&done),
                    verified_on: oldest(&done),
                    blocks,
                };
                // The guide of this very division has its places in itself.
                match self.guide(listed, chapter.slug, service.code) {
                    Some(guide) => guide.blocks.extend(section.blocks),
                    None => self.say(listed, chapter.slug, place, section),
                }
            }
        }
    }

    /// The policies, by kind, those that hold before those that no longer do; not the laws, which are hundreds and not the division's.
    /// They are of no division, so they stand in the chapter that is furthest up.
    fn policies(&mut self, division: DivisionCode, chapter: &OwnChapter) {
        let above = self.divisions.lineage(division).into_iter().filter(|it| it.code != division);
        let is_same = |own: &OwnChapter| own.slug == chapter.slug && own.template == Template::Policies;
        if above.filter_map(|it| self.content.manual.get(&it.code)).any(|part| part.chapters.iter().any(is_same)) {
            return;
        }
        let kinds = PolicyKind::ALL.iter().filter(|kind| **kind != PolicyKind::Law);
        for (place, kind) in (COMPOSED..).zip(kinds) {
            let mut list: Vec<_> = self.content.policies.iter().filter(|it| it.facts.kind == *kind).collect();
            let over = |it: &Policy| matches!(it.facts.validity(self.today), Validity::Expired | Validity::Repealed);
            list.sort_by_key(|it| (over(it), Reverse((it.facts.issued_on, it.id))));
            let blocks: Vec<_> =
                list.into_iter().map(|it| policies::entry(it, self.content, self.today, self.locale)).collect();
            if blocks.is_empty() {
                continue;
            }
            let (key, title) = (kind.code().to_owned(), policies::kind_name(*kind, self.locale).to_owned());
            let section = Section { key, title, keeper: String::new(), verified_on: None, blocks };
            self.say(division, chapter.slug, place, section);
        }
    }

    fn guide(&mut self, division: DivisionCode, chapter: Slug, service: Slug) -> Option<&mut Section> {
        let at = *self.keys.get(&(division, chapter, service.to_string()))?;
        match &mut self.passages.get_mut(at)?.said {
            Said::Section(section) => Some(section),
            Said::Head(_) => None,
        }
    }

    /// The divisions at or below one in which points are listed, with their points.
    fn below(&self, division: DivisionCode) -> Vec<(DivisionCode, Vec<&'a Point>)> {
        let under = |code: &DivisionCode| self.divisions.within(*code).contains(&division);
        self.places.iter().filter(|(code, _)| under(code)).map(|(code, points)| (*code, points.clone())).collect()
    }

    fn list(&mut self, division: DivisionCode, chapter: Slug, key: &str, points: &[&Point], blocks: Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        let title = self.divisions.get(division).map(|it| it.name(self.locale).to_owned()).unwrap_or_default();
        let (keeper, verified_on) = (self.keepers(points), oldest(points));
        self.say(division, chapter, COMPOSED, Section { key: key.to_owned(), title, keeper, verified_on, blocks });
    }

    fn entry(&self, point: &Point) -> Block {
        let (locale, facts) = (self.locale, &point.facts);
        let title = match locale {
            Locale::En if !facts.name_en.is_empty() => &facts.name_en,
            _ => &facts.name,
        };
        let fact = |zh: &str, en: &str, runs: Vec<Inline>| (locale.pick(zh, en).to_owned(), runs);
        let mut list = vec![fact("地址", "Address", text(&facts.address))];
        if !facts.telephones.is_empty() {
            list.push(fact("电话", "Telephone", calls(&facts.telephones)));
        }
        list.push(fact("时间", "Hours", text(weekly(&facts.schedule, locale))));
        if !facts.services.is_empty() {
            let names: Vec<_> =
                facts.services.iter().filter_map(|code| self.services.get(code)).map(|it| it.name(locale)).collect();
            let some = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(locale.pick("、", ", "));
            let words = match names.len() {
                all if all > NAMED => {
                    locale.pick(format!("{some}等 {all} 件"), format!("{some} and others, {all} in all"))
                }
                _ => some,
            };
            list.push(fact("可办", "Services", text(words)));
        }
        Block::Entry { title: title.clone(), href: format!("/points/{}", point.id.0), facts: list }
    }

    fn office(&self, code: Slug, points: &[&Point]) -> Option<Block> {
        let (locale, office) = (self.locale, self.content.organisation(code)?);
        let seat = points.iter().find(|it| !it.facts.telephones.is_empty()).or(points.first())?;
        let mut fields: Vec<&str> = Vec::new();
        let services = points.iter().flat_map(|it| &it.facts.services).filter_map(|code| self.services.get(code));
        for service in services {
            if !fields.contains(&service.tag.as_str()) {
                fields.push(&service.tag);
            }
        }
        let fact = |zh: &str, en: &str, runs: Vec<Inline>| (locale.pick(zh, en).to_owned(), runs);
        let mut list = Vec::new();
        if !fields.is_empty() {
            list.push(fact("承办领域", "Fields", text(fields.join("、"))));
        }
        if !seat.facts.telephones.is_empty() {
            list.push(fact("电话", "Telephone", calls(&seat.facts.telephones)));
        }
        list.push(fact("地址", "Address", text(&seat.facts.address)));
        list.push(fact("点位", "Places", text(crate::points::text::count(points.len(), locale))));
        Some(Block::Entry { title: office.name.clone(), href: format!("/points/{}", seat.id.0), facts: list })
    }

    /// The offices that keep points, at most two by name.
    fn keepers(&self, points: &[&Point]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for office in points.iter().filter_map(|point| self.content.organisation(point.facts.organisation)) {
            if !names.contains(&office.name.as_str()) {
                names.push(&office.name);
            }
        }
        match names.len() {
            all if all > 2 => {
                let some = names[..2].join(self.locale.pick("、", ", "));
                self.locale.pick(format!("{some}等 {all} 个单位"), format!("{some} and others, {all} in all"))
            }
            _ => names.join(self.locale.pick("、", ", ")),
        }
    }
}

/// Telephone numbers as links.
pub(crate) fn calls(numbers: &[String]) -> Vec<Inline> {
    let mut runs = Vec::new();
    for number in numbers {
        if !runs.is_empty() {
            runs.push(Inline::Text(" ".to_owned()));
        }
        let dialled: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        runs.push(Inline::Link { href: format!("tel:{dialled}"), text: text(number) });
    }
    runs
}

/// The division whose list has what lies in this one: villages stand in that of their township.
fn listed_in(divisions: &Divisions, code: DivisionCode) -> Option<&Division> {
    divisions.lineage(code).into_iter().rev().find(|it| it.level != DivisionLevel::Village)
}

/// The day of the check that is longest ago; none if one was never checked.
fn oldest(points: &[&Point]) -> Option<Date> {
    points.iter().map(|point| point.facts.verified_on).min().flatten()
}

/// A title as the name of its section: letters, digits and characters, as they can stand in an address behind `#`.
fn key_of(title: &str) -> String {
    let key: String = title.chars().filter(|c| c.is_alphanumeric()).take(40).collect();
    if key.is_empty() { "text".to_owned() } else { key.to_lowercase() }
}
