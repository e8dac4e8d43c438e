//! 三审三校: how a document comes to be published. Three people review and proofread it one after the other, and before the last of
//! them somebody records the 保密审查 with its basis (政府信息公开条例 第17条: nothing is published before it was examined).
//! What happened is a list of events; where it is follows from them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::PolicyId;
use crate::{identity::AccountId, questions};

choices! {
    /// One of the three reviews, each with its proofreading.
    Level {
        /// 初审初校: of the office that wrote it.
        First = "first",
        /// 复审二校: of the department.
        Second = "second",
        /// 终审三校: of whoever answers for it; with it the document is published.
        Final = "final",
    }
}

/// Something that happened to a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// It was handed in.
    Submitted,
    /// A review was passed.
    Passed {
        /// Which one.
        level: Level,
    },
    /// 保密审查: nothing in it is secret, and on what that rests.
    Cleared {
        /// The basis, in words.
        basis: String,
    },
    /// It goes back to its author.
    Returned {
        /// What has to be mended.
        comment: String,
    },
    /// Its author has given it up.
    Withdrawn,
    /// It was published.
    Published {
        /// As this policy.
        policy: PolicyId,
    },
}

/// An event of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// Who did it.
    pub by: AccountId,
    /// What they were called then.
    pub name: String,
    /// What.
    #[serde(flatten)]
    pub step: Step,
}

choices! {
    /// Where a draft is.
    Stage {
        /// Its author works on it.
        Draft = "draft",
        /// It was handed in and is reviewed.
        Review = "review",
        /// It came back to its author.
        Returned = "returned",
        /// It was given up.
        Withdrawn = "withdrawn",
        /// It was published.
        Published = "published",
    }
}

impl Stage {
    /// Whether its author may write.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Whether nothing more happens to it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Published)
    }
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoStep {
    /// Not from where it is.
    Stage,
    /// It is somebody else's.
    NotAuthor,
    /// Nobody reviews what they have written themselves.
    Own,
    /// They have passed another review of it: three people review.
    Twice,
    /// The 保密审查 is not recorded yet.
    NotCleared,
    /// It is recorded already.
    Cleared,
    /// Words are missing, or there are too many.
    Words,
}

/// The longest comment or basis, in signs.
pub const MAX_WORDS: usize = 500;

/// A draft on its way, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Whose it is.
    pub author: AccountId,
    /// What happened, in order.
    pub events: Vec<Event>,
}

/// Who does something, and when.
#[derive(Clone, Debug)]
pub struct Hand {
    /// Whose.
    pub by: AccountId,
    /// What they are called.
    pub name: String,
    /// When.
    pub at: OffsetDateTime,
}

impl Dossier {
    /// Where it is.
    pub fn stage(&self) -> Stage {
        match self.events.last().map(|event| &event.step) {
            None => Stage::Draft,
            Some(Step::Submitted | Step::Passed { .. } | Step::Cleared { .. }) => Stage::Review,
            Some(Step::Returned { .. }) => Stage::Returned,
            Some(Step::Withdrawn) => Stage::Withdrawn,
            Some(Step::Published { .. }) => Stage::Published,
        }
    }

    /// What happened since it was last handed in: a document that came back is reviewed anew.
    fn round(&self) -> &[Event] {
        let begins = self.events.iter().rposition(|event| event.step == Step::Submitted);
        begins.map_or(&[], |i| &self.events[i..])
    }

    /// The review that comes next, while it is reviewed.
    pub fn next(&self) -> Option<Level> {
        let passed = self.round().iter().filter(|event| matches!(event.step, Step::Passed { .. })).count();
        Level::ALL.get(passed).copied().filter(|_| self.stage() == Stage::Review)
    }

    /// Whether the 保密审查 of this round is recorded.
    pub fn is_cleared(&self) -> bool {
        self.round().iter().any(|event| matches!(event.step, Step::Cleared { .. }))
    }

    /// Why it came back, where it did.
    pub fn comment(&self) -> Option<&str> {
        match self.events.last().map(|event| &event.step) {
            Some(Step::Returned { comment }) => Some(comment),
            _ => None,
        }
    }

    /// Its author hands it in.
    pub fn submit(self, hand: Hand) -> Result<Self, NoStep> {
        match self.stage() {
            _ if hand.by != self.author => Err(NoStep::NotAuthor),
            stage if stage.is_open() => Ok(self.with(hand, Step::Submitted)),
            _ => Err(NoStep::Stage),
        }
    }

    /// Its author gives it up.
    pub fn withdraw(self, hand: Hand) -> Result<Self, NoStep> {
        match self.stage() {
            _ if hand.by != self.author => Err(NoStep::NotAuthor),
            stage if stage.is_over() => Err(NoStep::Stage),
            _ => Ok(self.with(hand, Step::Withdrawn)),
        }
    }

    /// Somebody else passes the next review. `alone` lets one person do it all, for an office that has no other.
    pub fn pass(self, hand: Hand, alone: bool) -> Result<(Self, Level), NoStep> {
        let level = self.next().ok_or(NoStep::Stage)?;
        let twice = |event: &Event| event.by == hand.by && matches!(event.step, Step::Passed { .. });
        match level {
            _ if !alone && hand.by == self.author => Err(NoStep::Own),
            _ if !alone && self.round().iter().any(twice) => Err(NoStep::Twice),
            Level::Final if !self.is_cleared() => Err(NoStep::NotCleared),
            _ => Ok((self.with(hand, Step::Passed { level }), level)),
        }
    }

    /// Somebody else records that nothing in it is secret.
    pub fn clear(self, hand: Hand, basis: &str, alone: bool) -> Result<Self, NoStep> {
        let basis = words(basis)?;
        match self.stage() {
            _ if !alone && hand.by == self.author => Err(NoStep::Own),
            Stage::Review if self.is_cleared() => Err(NoStep::Cleared),
            Stage::Review => Ok(self.with(hand, Step::Cleared { basis })),
            _ => Err(NoStep::Stage),
        }
    }

    /// A reviewer returns it, saying why.
    pub fn give_back(self, hand: Hand, comment: &str) -> Result<Self, NoStep> {
        let comment = words(comment)?;
        match self.stage() {
            Stage::Review => Ok(self.with(hand, Step::Returned { comment })),
            _ => Err(NoStep::Stage),
        }
    }

    /// It has become a policy.
    #[must_use]
    pub fn published(self, hand: Hand, policy: PolicyId) -> Self {
        self.with(hand, Step::Published { policy })
    }

    fn with(mut self, hand: Hand, step: Step) -> Self {
        self.events.push(Event { at: hand.at, by: hand.by, name: hand.name, step });
        self
    }
}

fn words(text: &str) -> Result<String, NoStep> {
    questions::words(text, MAX_WORDS).map_err(|_| NoStep::Words)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn hand(by: i64) -> Hand {
        Hand { by: AccountId(by), name: format!("示例{by}"), at: datetime!(2026-11-23 10:00 +8) }
    }

    fn submitted() -> Dossier {
        Dossier { author: AccountId(1), events: vec![] }.submit(hand(1)).unwrap()
    }

    #[test]
    fn three_people_review_and_one_says_that_nothing_is_secret() {
        let draft = submitted();
        assert_eq!((draft.stage(), draft.next()), (Stage::Review, Some(Level::First)));
        assert_eq!(draft.clone().pass(hand(1), false), Err(NoStep::Own));
        let (draft, level) = draft.pass(hand(2), false).unwrap();
        assert_eq!((level, draft.clone().pass(hand(2), false)), (Level::First, Err(NoStep::Twice)));
        let (draft, _) = draft.pass(hand(3), false).unwrap();
        assert_eq!(draft.clone().pass(hand(4), false), Err(NoStep::NotCleared));
        assert_eq!(draft.clone().clear(hand(1), "不涉密", false), Err(NoStep::Own));
        assert_eq!(draft.clone().clear(hand(3), " ", false), Err(NoStep::Words));
        let draft = draft.clear(hand(3), "不涉密", false).unwrap();
        assert_eq!(draft.clone().clear(hand(4), "不涉密", false), Err(NoStep::Cleared));
        let (draft, level) = draft.pass(hand(4), false).unwrap();
        assert_eq!((level, draft.next()), (Level::Final, None));
        let done = draft.published(hand(4), PolicyId(7));
        assert_eq!(done.stage(), Stage::Published);
        assert_eq!(done.withdraw(hand(1)), Err(NoStep::Stage));
    }

    #[test]
    fn what_comes_back_is_reviewed_anew() {
        let (draft, _) = submitted().clear(hand(2), "不涉密", false).unwrap().pass(hand(2), false).unwrap();
        assert_eq!(draft.clone().give_back(hand(3), ""), Err(NoStep::Words));
        let back = draft.give_back(hand(3), "文号不对").unwrap();
        assert_eq!((back.stage(), back.comment(), back.next()), (Stage::Returned, Some("文号不对"), None));
        assert_eq!(back.clone().submit(hand(2)), Err(NoStep::NotAuthor));
        let again = back.submit(hand(1)).unwrap();
        assert_eq!((again.next(), again.is_cleared()), (Some(Level::First), false));
        assert!(again.pass(hand(2), false).is_ok(), "whoever reviewed it before may again");
    }

    #[test]
    fn one_person_may_do_it_all_only_where_that_is_set() {
        let (draft, _) = submitted().pass(hand(1), true).unwrap();
        let (draft, _) = draft.pass(hand(1), true).unwrap();
        let (draft, _) = draft.clear(hand(1), "不涉密", true).unwrap().pass(hand(1), true).unwrap();
        assert!(draft.is_cleared());
        assert_eq!(submitted().withdraw(hand(2)), Err(NoStep::NotAuthor));
        assert_eq!(submitted().withdraw(hand(1)).unwrap().stage(), Stage::Withdrawn);
    }
}
