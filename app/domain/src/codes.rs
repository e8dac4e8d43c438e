//! 一个码: one permanent code for every thing. What a code leads to is decided when somebody follows it: to the thing, to what has
//! taken its place, or to the page that says it has ended. A token is issued once and never used for anything else.

mod lead;
mod token;

use std::{collections::HashMap, fmt};

pub use lead::{Lead, STEPS, lead};
pub use token::{BadToken, Token};

use crate::{
    Slug,
    divisions::DivisionCode,
    points::{PointId, ServiceCode},
    policies::PolicyId,
};

/// Something that has a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// The portal itself.
    Portal,
    /// A division.
    Division(DivisionCode),
    /// A point of service.
    Point(PointId),
    /// The counter where one service is done at one point.
    Window(PointId, ServiceCode),
    /// A chapter of a division's manual.
    Chapter(DivisionCode, Slug),
    /// A policy.
    Policy(PolicyId),
}

/// A kind and a subject do not name a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadThing;

impl Thing {
    /// Its kind, as kept.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Division(_) => "division",
            Self::Point(_) => "point",
            Self::Window(..) => "window",
            Self::Chapter(..) => "chapter",
            Self::Policy(_) => "policy",
        }
    }

    /// Which one of its kind, as kept.
    pub fn subject(self) -> String {
        match self {
            Self::Portal => String::new(),
            Self::Division(code) => code.to_string(),
            Self::Point(id) => id.0.to_string(),
            Self::Window(id, service) => format!("{}/{service}", id.0),
            Self::Chapter(division, chapter) => format!("{division}/{chapter}"),
            Self::Policy(id) => id.0.to_string(),
        }
    }

    /// Reads [`Self::kind`] and [`Self::subject`].
    pub fn read(kind: &str, subject: &str) -> Result<Self, BadThing> {
        let thing = match (kind, subject.split_once('/')) {
            ("portal", None) if subject.is_empty() => Some(Self::Portal),
            ("division", None) => subject.parse().ok().map(Self::Division),
            ("point", None) => subject.parse().ok().map(Self::Point),
            ("policy", None) => subject.parse().ok().map(Self::Policy),
            ("window", Some((id, service))) => {
                id.parse().ok().zip(service.parse().ok()).map(|(a, b)| Self::Window(a, b))
            }
            ("chapter", Some((place, chapter))) => {
                place.parse().ok().zip(chapter.parse().ok()).map(|(a, b)| Self::Chapter(a, b))
            }
            _ => None,
        };
        thing.ok_or(BadThing)
    }

    /// The point it lies at, if it does.
    pub fn point(self) -> Option<PointId> {
        match self {
            Self::Point(id) | Self::Window(id, _) => Some(id),
            Self::Portal | Self::Division(_) | Self::Chapter(..) | Self::Policy(_) => None,
        }
    }

    /// The thing of a page, by its address without a language; that it exists is not said.
    pub fn at(address: &str) -> Option<Self> {
        let steps: Vec<&str> = address.strip_prefix('/')?.split('/').collect();
        match steps[..] {
            [""] => Some(Self::Portal),
            ["divisions", code] => code.parse().ok().map(Self::Division),
            ["points", id] => id.parse().ok().map(Self::Point),
            ["policies", id] => id.parse().ok().map(Self::Policy),
            ["manual", place, chapter] => {
                place.parse().ok().zip(chapter.parse().ok()).map(|(a, b)| Self::Chapter(a, b))
            }
            _ => None,
        }
    }

    /// The address of its page, without a language.
    pub fn address(self) -> String {
        match self {
            Self::Portal => "/".into(),
            Self::Division(code) => format!("/divisions/{code}"),
            Self::Point(id) => format!("/points/{}", id.0),
            Self::Window(id, service) => format!("/points/{}#service-{service}", id.0),
            Self::Chapter(division, chapter) => format!("/manual/{division}/{chapter}"),
            Self::Policy(id) => format!("/policies/{}", id.0),
        }
    }
}

/// `point 17`, as in the audit log.
impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind(), self.subject())
    }
}

/// Every code there is, and where staff have led some of them.
#[derive(Clone, Debug, Default)]
pub struct Codes {
    tokens: HashMap<Thing, Token>,
    things: HashMap<Token, Thing>,
    moves: HashMap<Token, Thing>,
    moved: usize,
}

impl Codes {
    /// Arranges codes, and where they were led, the oldest first.
    pub fn new(codes: Vec<(Token, Thing)>, moves: Vec<(Token, Thing)>) -> Self {
        let tokens = codes.iter().map(|(token, thing)| (*thing, *token)).collect();
        let moved = moves.len();
        Self { tokens, things: codes.into_iter().collect(), moves: moves.into_iter().collect(), moved }
    }

    /// Adds what was issued.
    pub fn add(&mut self, codes: impl IntoIterator<Item = (Token, Thing)>) {
        for (token, thing) in codes {
            self.tokens.insert(thing, token);
            self.things.insert(token, thing);
        }
    }

    /// The code of a thing.
    pub fn token(&self, thing: Thing) -> Option<Token> {
        self.tokens.get(&thing).copied()
    }

    /// The thing a code was issued for.
    pub fn issued_for(&self, token: Token) -> Option<Thing> {
        self.things.get(&token).copied()
    }

    /// The thing a code stands for now.
    pub fn thing(&self, token: Token) -> Option<Thing> {
        self.moves.get(&token).copied().or_else(|| self.issued_for(token))
    }

    /// Every code with what it was issued for, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (Token, Thing)> {
        self.things.iter().map(|(token, thing)| (*token, *thing))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    /// How often one was led elsewhere.
    pub fn moved(&self) -> usize {
        self.moved
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_kept_as_two_texts_and_read_again() {
        let (place, other) = ("510107".parse().unwrap(), "how-to".parse().unwrap());
        for thing in [
            Thing::Portal,
            Thing::Division(place),
            Thing::Point(PointId(17)),
            Thing::Window(PointId(17), other),
            Thing::Chapter(place, other),
            Thing::Policy(PolicyId(2)),
        ] {
            assert_eq!(Thing::read(thing.kind(), &thing.subject()), Ok(thing));
            let address = thing.address();
            match thing {
                Thing::Window(..) => assert!(address.starts_with("/points/17#"), "{address}"),
                _ => assert_eq!(Thing::at(&address), Some(thing)),
            }
        }
    }

    #[test]
    fn an_address_of_no_thing_is_none() {
        for address in ["", "points/1", "//", "/points", "/points/0", "/points/1/report", "/desk", "/divisions/武侯"]
        {
            assert_eq!(Thing::at(address), None, "{address}");
        }
    }

    #[test]
    fn what_names_nothing_is_said_to_name_nothing() {
        for (kind, subject) in [
            ("", ""),
            ("portal", "x"),
            ("point", ""),
            ("point", "-1"),
            ("point", "017"),
            ("policy", "02"),
            ("policy", "0"),
            ("point", "1/2"),
            ("window", "17"),
            ("window", "17/"),
            ("window", "17/A"),
            ("division", "武侯"),
            ("case", "1"),
        ] {
            assert_eq!(Thing::read(kind, subject), Err(BadThing), "{kind} {subject}");
        }
    }

    #[test]
    fn a_code_that_was_led_elsewhere_stands_for_the_last_thing_it_was_led_to() {
        let token = |number: u8| Token::new([number; 16]);
        let (a, b, c) = (Thing::Point(PointId(1)), Thing::Point(PointId(2)), Thing::Portal);
        let mut codes = Codes::new(vec![(token(1), a), (token(2), b)], vec![(token(1), b), (token(1), c)]);
        assert_eq!((codes.thing(token(1)), codes.issued_for(token(1))), (Some(c), Some(a)));
        assert_eq!((codes.thing(token(2)), codes.token(a), codes.len()), (Some(b), Some(token(1)), 2));
        codes.add([(token(3), c)]);
        assert_eq!((codes.thing(token(3)), codes.token(c), codes.thing(token(9))), (Some(c), Some(token(3)), None));
    }
}
