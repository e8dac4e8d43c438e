//! A proposed change of a point: drafted and submitted by one person, published or returned by another. When somebody else's
//! change was published meanwhile, the two are merged field by field; nothing is overwritten silently.

use serde::{Deserialize, Serialize};

use super::NewPoint;
use crate::identity::AccountId;

/// The number of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeId(pub i64);

impl ChangeId {
    /// The change in the audit log and in events.
    pub fn subject(self) -> String {
        format!("change {}", self.0)
    }
}

/// The number of a batch of changes that are reviewed as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchId(pub i64);

impl BatchId {
    /// The batch in the audit log and in events.
    pub fn subject(self) -> String {
        format!("batch {}", self.0)
    }
}

choices! {
    /// What a batch came from.
    Origin {
        /// A table.
        Import = "import",
        /// A change of many points at once.
        Bulk = "bulk",
        /// Another batch, which is taken back.
        Undo = "undo",
    }
}

choices! {
    /// Where a change is on its way.
    ChangeState {
        /// 草稿: its author still works on it.
        Draft = "draft",
        /// 待复核.
        Submitted = "submitted",
        /// 待生效: approved, and published on its day by itself.
        Scheduled = "scheduled",
        /// 已发布.
        Published = "published",
        /// 已退回, with a comment; its author may work on it again.
        Returned = "returned",
        /// 已撤回 by its author.
        Withdrawn = "withdrawn",
    }
}

/// Why a step cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoStep {
    /// Not from the state it is in.
    State(ChangeState),
    /// Only its author may.
    NotAuthor,
    /// The author cannot review their own change.
    OwnChange,
    /// A change is returned with a comment.
    NoComment,
    /// It changes nothing.
    Nothing,
    /// Both changed these fields, differently.
    Conflict(Vec<Field>),
}

impl ChangeState {
    /// Whether its author may still work on it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// The author hands it to a reviewer.
    pub fn submit(self) -> Result<Self, NoStep> {
        if self.is_open() { Ok(Self::Submitted) } else { Err(NoStep::State(self)) }
    }

    /// The author takes it back.
    pub fn withdraw(self) -> Result<Self, NoStep> {
        match self {
            Self::Draft | Self::Returned | Self::Submitted | Self::Scheduled => Ok(Self::Withdrawn),
            Self::Published | Self::Withdrawn => Err(NoStep::State(self)),
        }
    }

    /// A reviewer approves it: it is published at once, or waits for its day. `own_allowed` is a setting of tiny offices.
    pub fn approve(
        self,
        author: AccountId,
        reviewer: AccountId,
        own_allowed: bool,
        waits: bool,
    ) -> Result<Self, NoStep> {
        match self {
            Self::Submitted if author == reviewer && !own_allowed => Err(NoStep::OwnChange),
            Self::Submitted if waits => Ok(Self::Scheduled),
            Self::Submitted => Ok(Self::Published),
            state => Err(NoStep::State(state)),
        }
    }

    /// Its day has come.
    pub fn take_effect(self) -> Result<Self, NoStep> {
        if self == Self::Scheduled { Ok(Self::Published) } else { Err(NoStep::State(self)) }
    }

    /// A reviewer returns it, saying why.
    pub fn give_back(self, comment: &str) -> Result<Self, NoStep> {
        match self {
            Self::Submitted | Self::Scheduled if comment.trim().is_empty() => Err(NoStep::NoComment),
            Self::Submitted | Self::Scheduled => Ok(Self::Returned),
            state => Err(NoStep::State(state)),
        }
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $field:ident $code:literal),+ $(,)?) => {
        choices! {
            /// A field of the facts about a point.
            Field { $($(#[$doc])* $variant = $code),+ }
        }

        /// The fields in which two versions differ.
        pub fn differences(a: &NewPoint, b: &NewPoint) -> Vec<Field> {
            let mut list = Vec::new();
            $(if a.$field != b.$field { list.push(Field::$variant); })+
            list
        }

        /// Puts a change, made from `base`, onto what is published by now. What only one side changed is taken from it; what
        /// both changed differently is a conflict.
        pub fn merge(base: &NewPoint, published: &NewPoint, proposed: NewPoint) -> Result<NewPoint, NoStep> {
            let mut merged = published.clone();
            let mut conflicts = Vec::new();
            $(
                if proposed.$field != base.$field && proposed.$field != published.$field {
                    if published.$field == base.$field {
                        merged.$field = proposed.$field;
                    } else {
                        conflicts.push(Field::$variant);
                    }
                }
            )+
            if conflicts.is_empty() { Ok(merged) } else { Err(NoStep::Conflict(conflicts)) }
        }
    };
}

fields! {
    /// The number in the source.
    ExternalId = external_id "external-id",
    /// Its kind.
    Kind = kind "kind",
    /// The level of government.
    Level = level "level",
    /// The division.
    Division = division "division",
    /// The office that keeps it.
    Organisation = organisation "organisation",
    /// In Chinese.
    Name = name "name",
    /// In English.
    NameEn = name_en "name-en",
    /// The address.
    Address = address "address",
    /// The position.
    Position = position "position",
    /// Telephones.
    Telephones = telephones "telephones",
    /// Hours, holidays and exceptions.
    Schedule = schedule "schedule",
    /// What can be done there.
    Services = services "services",
    /// What it offers.
    Facilities = facilities "facilities",
    /// Pictures.
    Photos = photos "photos",
    /// The day of the last check.
    VerifiedOn = verified_on "verified-on",
    /// Its end.
    Ended = ended "ended",
    /// Where the facts come from.
    Source = source "source",
    /// Made up.
    Demonstration = demonstration "demonstration",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{hours::Schedule, points::Level};

    fn facts() -> NewPoint {
        NewPoint {
            external_id: "a".into(),
            kind: "hall".parse().unwrap(),
            level: Level::District,
            division: "510107".parse().unwrap(),
            organisation: "office".parse().unwrap(),
            name: "甲".into(),
            name_en: String::new(),
            address: "一号".into(),
            position: None,
            telephones: vec![],
            schedule: Schedule::default(),
            services: vec![],
            facilities: vec![],
            photos: vec![],
            verified_on: None,
            ended: None,
            source: String::new(),
            demonstration: true,
        }
    }

    #[test]
    fn a_change_goes_from_author_to_reviewer_and_perhaps_back() {
        use ChangeState::{Draft, Published, Returned, Scheduled, Submitted, Withdrawn};
        let (author, other) = (AccountId(1), AccountId(2));
        for (state, submit, publish, give_back, withdraw) in [
            (Draft, Some(Submitted), None, None, Some(Withdrawn)),
            (Submitted, None, Some(Published), Some(Returned), Some(Withdrawn)),
            (Scheduled, None, None, Some(Returned), Some(Withdrawn)),
            (Returned, Some(Submitted), None, None, Some(Withdrawn)),
            (Published, None, None, None, None),
            (Withdrawn, None, None, None, None),
        ] {
            assert_eq!(state.submit().ok(), submit, "{state:?}");
            assert_eq!(state.approve(author, other, false, false).ok(), publish, "{state:?}");
            let waits = publish.map(|_| Scheduled);
            assert_eq!(state.approve(author, other, false, true).ok(), waits, "{state:?}");
            assert_eq!(state.take_effect().ok(), (state == Scheduled).then_some(Published), "{state:?}");
            assert_eq!(state.give_back("请核对").ok(), give_back, "{state:?}");
            assert_eq!(state.withdraw().ok(), withdraw, "{state:?}");
        }
        assert_eq!(Submitted.approve(author, author, false, true), Err(NoStep::OwnChange));
        assert_eq!(Submitted.approve(author, author, true, false), Ok(Published));
        assert_eq!(Submitted.give_back(" "), Err(NoStep::NoComment));
    }

    #[test]
    fn two_changes_of_different_fields_are_merged_and_of_one_field_are_a_conflict() {
        let base = facts();
        let published = NewPoint { address: "二号".into(), ..facts() };
        let proposed = NewPoint { name: "乙".into(), ..facts() };
        let merged = merge(&base, &published, proposed).unwrap();
        assert_eq!((merged.name.as_str(), merged.address.as_str()), ("乙", "二号"));
        let same = NewPoint { address: "二号".into(), ..facts() };
        assert_eq!(merge(&base, &published, same).unwrap(), published, "the same change twice is none");
        let other = NewPoint { address: "三号".into(), name: "乙".into(), ..facts() };
        assert_eq!(merge(&base, &published, other), Err(NoStep::Conflict(vec![Field::Address])));
    }

    #[test]
    fn differences_name_the_fields() {
        let other = NewPoint { name: "乙".into(), telephones: vec!["028-0".into()], ..facts() };
        assert_eq!(differences(&facts(), &other), [Field::Name, Field::Telephones]);
        assert_eq!(differences(&facts(), &facts()), []);
        assert_eq!(Field::Name.code(), "name");
    }
}
