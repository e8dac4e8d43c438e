//! What is printed in the background: posters for the things of a division, a manual or a chapter of it, a policy. What is asked for twice is made
//! once, until the content it comes from has changed.

use serde::{Deserialize, Serialize};

use crate::{Slug, divisions::DivisionCode, locale::Locale, policies::PolicyId};

/// How large a poster is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sheet {
    /// For a wall.
    A4,
    /// For a counter.
    A5,
    /// For a door or a thing.
    A6,
}

impl Sheet {
    /// Every size.
    pub const ALL: [Self; 3] = [Self::A4, Self::A5, Self::A6];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
            Self::A6 => "a6",
        }
    }

    /// The size of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sheet| sheet.code() == code)
    }
}

/// How a manual is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// For a desk.
    A4,
    /// For a pocket: pages of A5, as many as fill sheets of A4 that are folded once. How they lie on the sheets is the printer's
    /// business (“booklet” in its dialogue), so that the file reads in its order on a screen too.
    Booklet,
    /// A4 in type of 18 points and more.
    Large,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 3] = [Self::A4, Self::Booklet, Self::Large];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Booklet => "a5",
            Self::Large => "large",
        }
    }

    /// The layout of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.code() == code)
    }
}

/// Which things of a division get posters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Things {
    /// Points of service.
    Points,
    /// The counters of points that have a code.
    Windows,
    /// The division and those in it.
    Divisions,
}

impl Things {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Points, Self::Windows, Self::Divisions];

    /// Its name in forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Windows => "windows",
            Self::Divisions => "divisions",
        }
    }

    /// The kind of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// The form a manual is made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Pages.
    Pdf(Layout),
    /// Text that flows.
    Epub,
}

/// What is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// Posters, a page each.
    Posters {
        /// Of this division and those in it.
        division: DivisionCode,
        /// How large.
        sheet: Sheet,
        /// For what.
        things: Things,
        /// The content they were asked for with.
        revision: i64,
    },
    /// A manual.
    Manual {
        /// Whose.
        division: DivisionCode,
        /// Only this chapter of it.
        chapter: Option<Slug>,
        /// Which edition.
        edition: i64,
        /// As what.
        form: Form,
        /// In which language.
        language: Locale,
    },
    /// A policy with what it means.
    Policy {
        /// Which.
        policy: PolicyId,
        /// The second it last changed in when it was asked for.
        updated: i64,
        /// As what.
        form: Form,
        /// In which language.
        language: Locale,
    },
}

impl What {
    /// The end of the name of its file.
    pub fn ending(&self) -> &'static str {
        match self {
            Self::Manual { form: Form::Epub, .. } | Self::Policy { form: Form::Epub, .. } => "epub",
            _ => "pdf",
        }
    }

    /// The division it is about, if it is about one.
    pub fn division(&self) -> Option<DivisionCode> {
        match self {
            Self::Posters { division, .. } | Self::Manual { division, .. } => Some(*division),
            Self::Policy { .. } => None,
        }
    }
}

/// Where a print is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its turn.
    Queued,
    /// It is being made.
    Running,
    /// It can be fetched.
    Done,
    /// It could not be made.
    Failed(Trouble),
    /// Somebody no longer wanted it.
    Cancelled,
}

/// Why something could not be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server has no font with Chinese characters.
    NoFont,
    /// The file could not be kept: no room, or the database refused.
    NotKept,
    /// There is nothing of the kind.
    Nothing,
    /// There are more things than one file may hold.
    TooMany,
    /// The server was stopped again and again while it was made.
    Stopped,
    /// The press refused.
    Press,
}

impl Trouble {
    /// Every trouble.
    pub const ALL: [Self; 6] = [Self::NoFont, Self::NotKept, Self::Nothing, Self::TooMany, Self::Stopped, Self::Press];

    /// Its name, as kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoFont => "no_font",
            Self::NotKept => "not_kept",
            Self::Nothing => "nothing",
            Self::TooMany => "too_many",
            Self::Stopped => "stopped",
            Self::Press => "press",
        }
    }
}

impl State {
    /// Whether it is still to come.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }

    /// Its name and its trouble, as kept.
    pub fn code(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Queued => ("queued", None),
            Self::Running => ("running", None),
            Self::Done => ("done", None),
            Self::Failed(trouble) => ("failed", Some(trouble.code())),
            Self::Cancelled => ("cancelled", None),
        }
    }

    /// Reads [`Self::code`].
    pub fn from_code(state: &str, trouble: Option<&str>) -> Option<Self> {
        let failed = Trouble::ALL.into_iter().map(Self::Failed);
        let all = [Self::Queued, Self::Running, Self::Done, Self::Cancelled].into_iter().chain(failed);
        all.into_iter().find(|it| it.code() == (state, trouble))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_kept() {
        for trouble in Trouble::ALL {
            let (state, kept) = State::Failed(trouble).code();
            assert_eq!(State::from_code(state, kept), Some(State::Failed(trouble)));
        }
        assert_eq!(State::from_code("failed", None), None);
        assert_eq!(State::from_code("running", None), Some(State::Running));
    }
}
