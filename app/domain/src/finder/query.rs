//! The query as it stands in an address: `/points?q=社保&division=510107&open=now&near=104.06,30.66`.

use crate::{
    Slug,
    divisions::DivisionCode,
    geo::Position,
    points::{Facility, KindCode, Level, ServiceCode},
};

/// The most characters of words that are looked at.
pub const MAX_WORDS: usize = 100;
/// The last page one can ask for.
const MAX_PAGE: u32 = 100_000;

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Words in the name first, then by level of government, open before closed.
    #[default]
    Best,
    /// Nearest first; needs a place to be near to.
    Distance,
    /// By name.
    Name,
}

impl Sort {
    /// Reads [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Best, Self::Distance, Self::Name].into_iter().find(|sort| sort.code() == code)
    }

    /// The value in an address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Distance => "distance",
            Self::Name => "name",
        }
    }
}

/// What a resident is looking for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointQuery {
    /// Words, all of which have to be there.
    pub words: String,
    /// Only this kind.
    pub kind: Option<KindCode>,
    /// Only this level of government.
    pub level: Option<Level>,
    /// Only in this division or zone.
    pub division: Option<DivisionCode>,
    /// Only where this can be done.
    pub service: Option<ServiceCode>,
    /// Only with this facility.
    pub facility: Option<Facility>,
    /// Only what is open now.
    pub open: bool,
    /// A place to measure distances from.
    pub near: Option<Position>,
    /// The order asked for.
    pub sort: Option<Sort>,
    /// The page, from 1.
    pub page: u32,
}

/// A parameter whose value says nothing; a page leaves it out and says so, an API answers 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadParameter(pub &'static str);

impl PointQuery {
    /// Reads the parameters of an address. Unknown ones are left alone, empty ones mean nothing; bad ones are left out and named.
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<BadParameter>) {
        let mut query = Self { page: 1, ..Self::default() };
        let mut bad = Vec::new();
        for (key, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let slug = || value.parse::<Slug>().ok();
            let read: Option<&'static str> = match key {
                "q" => (!query.read_words(value)).then_some("q"),
                "kind" => put(&mut query.kind, slug(), "kind"),
                "level" => put(&mut query.level, Level::from_code(value), "level"),
                "division" => put(&mut query.division, slug(), "division"),
                "service" => put(&mut query.service, slug(), "service"),
                "facility" => put(&mut query.facility, Facility::from_code(value), "facility"),
                "near" => put(&mut query.near, value.parse().ok(), "near"),
                "sort" => put(&mut query.sort, Sort::from_code(value), "sort"),
                "open" => {
                    query.open = value == "now";
                    (!query.open).then_some("open")
                }
                "page" => match value.parse() {
                    Ok(page @ 1..=MAX_PAGE) => {
                        query.page = page;
                        None
                    }
                    _ => Some("page"),
                },
                _ => None,
            };
            bad.extend(read.map(BadParameter));
        }
        (query, bad)
    }

    /// Keeps the words, without control characters and no more than [`MAX_WORDS`]; false if some had to go.
    fn read_words(&mut self, value: &str) -> bool {
        self.words = value.chars().filter(|c| !c.is_control()).take(MAX_WORDS).collect();
        self.words.chars().count() == value.chars().count()
    }

    /// The parameters of the address of this query, in a fixed order, nothing that is a default.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |key, value: Option<String>| pairs.extend(value.map(|value| (key, value)));
        add("q", (!self.words.is_empty()).then(|| self.words.clone()));
        add("kind", self.kind.map(String::from));
        add("level", self.level.map(|level| level.code().to_owned()));
        add("division", self.division.map(String::from));
        add("service", self.service.map(String::from));
        add("facility", self.facility.map(|facility| facility.code().to_owned()));
        add("open", self.open.then(|| "now".to_owned()));
        add("near", self.near.map(|near| near.to_string()));
        add("sort", self.sort.map(|sort| sort.code().to_owned()));
        add("page", (self.page > 1).then(|| self.page.to_string()));
        pairs
    }

    /// The order that holds: the nearest first when there is a place and nothing else was asked for.
    pub fn sort(&self) -> Sort {
        match (self.sort, self.near) {
            (Some(Sort::Distance) | None, Some(_)) => Sort::Distance,
            (Some(Sort::Distance) | None, None) => Sort::Best,
            (Some(sort), _) => sort,
        }
    }

    /// Whether anything but a page, an order and a place is asked for.
    pub fn is_filtered(&self) -> bool {
        let plain = Self { near: self.near, sort: self.sort, page: self.page, ..Self::default() };
        *self != plain
    }
}

fn put<T>(place: &mut Option<T>, value: Option<T>, name: &'static str) -> Option<&'static str> {
    let bad = value.is_none().then_some(name);
    *place = value;
    bad
}
