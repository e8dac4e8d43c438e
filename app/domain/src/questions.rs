//! A resident asks at a sentence of a policy; its interpreter answers in the page. What happened to a question is a list of events;
//! its state, and until when it is to be answered, follow from them. The office that got a question first hands it on in the open
//! (首接负责).

pub mod templates;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::{calendar::Calendar, hours::CHINA, interpreters::InterpreterId, policies::clauses::Anchor};

/// The number of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub i64);

impl QuestionId {
    /// The question in the audit log and in news.
    pub fn subject(self) -> String {
        format!("question {}", self.0)
    }
}

/// Within so many working days a question is answered.
pub const WORKING_DAYS: u32 = 5;
/// Within so many working days somebody calls back who was not satisfied (上海市优化营商环境条例 第30条).
pub const CALL_BACK_DAYS: u32 = 1;
/// From so many questions on a clause is probably not clear.
pub const UNCLEAR: i64 = 3;
/// The longest question, in signs.
pub const MAX_WORDS: usize = 600;
/// The longest answer, in signs.
pub const MAX_ANSWER: usize = 3000;
/// The longest way to reach somebody, in signs.
pub const MAX_CONTACT: usize = 60;

choices! {
    /// 五级好差评.
    Rating {
        /// 非常满意.
        VeryGood = "very-good",
        /// 满意.
        Good = "good",
        /// 基本满意.
        Fair = "fair",
        /// 不满意.
        Bad = "bad",
        /// 非常不满意.
        VeryBad = "very-bad",
    }
}

impl Rating {
    /// Whether whoever gave it is to be called back.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Bad | Self::VeryBad)
    }
}

/// Something that happened to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// It came in.
    Asked,
    /// An interpreter began to work on it (办理中).
    Taken,
    /// It was handed to another interpreter (转办).
    HandedOver {
        /// Who had it.
        from: InterpreterId,
        /// Who has it now.
        to: InterpreterId,
        /// Why.
        reason: String,
    },
    /// It was answered.
    Answered {
        /// The answer.
        words: String,
        /// The clauses it rests on.
        cites: Vec<Anchor>,
    },
    /// Whoever asked has one more question about the answer (追问).
    AskedBack {
        /// In their words.
        words: String,
    },
    /// Whoever asked says that it is not settled, and why (未解决).
    Reopened {
        /// In their words.
        words: String,
    },
    /// Whoever asked rates the answer.
    Rated {
        /// How good it was.
        rating: Rating,
    },
    /// It asks the same as another (同问) and is answered together with it.
    Joined {
        /// The other.
        to: QuestionId,
    },
    /// Somebody called back whoever was not satisfied (回访).
    CalledBack {
        /// What came of it.
        words: String,
    },
}

impl Step {
    /// What whoever asked says in their own words, when they come back.
    pub fn said(&mut self) -> Option<&mut String> {
        match self {
            Self::AskedBack { words } | Self::Reopened { words } => Some(words),
            _ => None,
        }
    }

    /// Whether the clock begins to run with it.
    fn begins(&self) -> bool {
        matches!(self, Self::Asked | Self::AskedBack { .. } | Self::Reopened { .. })
    }

    fn rating(&self) -> Option<Rating> {
        match self {
            Self::Rated { rating } => Some(*rating),
            _ => None,
        }
    }
}

/// An event of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What.
    #[serde(flatten)]
    pub step: Step,
}

choices! {
    /// Where a question is.
    State {
        /// 已收到.
        Received = "received",
        /// 办理中.
        InHand = "in-hand",
        /// 已答复.
        Answered = "answered",
    }
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is answered already.
    Answered,
    /// It is not answered yet.
    NotAnswered,
    /// Whoever asked has asked back before.
    AskedBack,
    /// Words are missing.
    NoWords,
    /// There are too many of them.
    TooLong,
    /// It is this interpreter's already.
    Same,
    /// This answer was rated already.
    Rated,
    /// Nobody is to be called back.
    NoCall,
    /// The way to reach somebody is too long, or is none.
    Contact,
}

/// The words of a question or a reason, if they can be taken.
pub fn words(text: &str, most: usize) -> Result<String, Refused> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refused::NoWords),
        many if many > most => Err(Refused::TooLong),
        _ => Ok(text.to_owned()),
    }
}

/// An answer as figures need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Who gave it.
    pub by: InterpreterId,
    /// When the clock began to run.
    pub since: OffsetDateTime,
    /// When it came.
    pub at: OffsetDateTime,
}

/// What happened to a question, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Who has it.
    pub interpreter: InterpreterId,
    /// What happened, in order; the first is that it was asked.
    pub events: Vec<Event>,
}

impl Thread {
    /// A question that has just come in.
    pub fn asked(interpreter: InterpreterId, at: OffsetDateTime) -> Self {
        Self { interpreter, events: vec![Event { at, step: Step::Asked }] }
    }

    /// Where it is.
    pub fn state(&self) -> State {
        let moved = self.events.iter().rev().find_map(|event| match event.step {
            Step::Answered { .. } => Some(State::Answered),
            Step::Taken | Step::Joined { .. } => Some(State::InHand),
            // Whoever has it now has not begun yet.
            Step::Asked | Step::HandedOver { .. } | Step::AskedBack { .. } | Step::Reopened { .. } => {
                Some(State::Received)
            }
            Step::Rated { .. } | Step::CalledBack { .. } => None,
        });
        moved.unwrap_or(State::Received)
    }

    /// When the clock began to run: when it was asked, or came back. Handing it on does not stop the clock.
    pub fn since(&self) -> Option<OffsetDateTime> {
        self.events.iter().rev().find(|event| event.step.begins()).map(|event| event.at)
    }

    /// The last day for the answer, while there is none. The day it came does not count.
    pub fn due(&self, calendar: &Calendar) -> Option<Date> {
        let open = self.state() != State::Answered;
        let since = self.since().filter(|_| open)?;
        Some(calendar.after_working_days(since.to_offset(CHINA).date(), WORKING_DAYS))
    }

    /// The last answer, the clauses it rests on, and when it was given; also where whoever asked has come back since.
    pub fn answer(&self) -> Option<(&str, &[Anchor], OffsetDateTime)> {
        self.events.iter().rev().find_map(|event| match &event.step {
            Step::Answered { words, cites } => Some((words.as_str(), cites.as_slice(), event.at)),
            _ => None,
        })
    }

    /// Every answer: whose it is, and since when it was waited for.
    pub fn answers(&self) -> Vec<Given> {
        let first = self.events.iter().find_map(|event| match event.step {
            Step::HandedOver { from, .. } => Some(from),
            _ => None,
        });
        let (mut by, mut since, mut given) = (first.unwrap_or(self.interpreter), None, Vec::new());
        for event in &self.events {
            match event.step {
                ref step if step.begins() => since = Some(event.at),
                Step::HandedOver { to, .. } => by = to,
                Step::Answered { .. } => given.extend(since.map(|since| Given { by, since, at: event.at })),
                _ => {}
            }
        }
        given
    }

    /// How the last answer was rated; none where whoever asked has come back since.
    pub fn rating(&self) -> Option<Rating> {
        let since = self.events.iter().rev().map(|event| &event.step);
        since.skip_while(|step| matches!(step, Step::CalledBack { .. })).map(Step::rating).next().flatten()
    }

    /// When the bad rating came after which nobody has called back yet. An answer that is given meanwhile does not settle it, a better
    /// rating of that answer does.
    pub fn call_owed(&self) -> Option<OffsetDateTime> {
        let last = self.events.iter().rev().find(|it| matches!(it.step, Step::Rated { .. } | Step::CalledBack { .. }));
        last.filter(|it| it.step.rating().is_some_and(Rating::is_bad)).map(|it| it.at)
    }

    /// The last day to call back whoever was not satisfied. The day of the rating does not count.
    pub fn call_due(&self, calendar: &Calendar) -> Option<Date> {
        Some(calendar.after_working_days(self.call_owed()?.to_offset(CHINA).date(), CALL_BACK_DAYS))
    }

    /// Begins to work on it; nothing changes where somebody has.
    pub fn take(self, at: OffsetDateTime) -> Result<Self, Refused> {
        match self.state() {
            State::Received => Ok(self.with(at, Step::Taken)),
            State::InHand => Ok(self),
            State::Answered => Err(Refused::Answered),
        }
    }

    /// Hands it to another interpreter, who is told why.
    pub fn hand_over(self, to: InterpreterId, reason: &str, at: OffsetDateTime) -> Result<Self, Refused> {
        let (reason, from) = (words(reason, MAX_WORDS)?, self.interpreter);
        match self.state() {
            State::Answered => Err(Refused::Answered),
            _ if to == from => Err(Refused::Same),
            _ => Ok(Self { interpreter: to, ..self.with(at, Step::HandedOver { from, to, reason }) }),
        }
    }

    /// Answers it.
    pub fn reply(self, text: &str, cites: Vec<Anchor>, at: OffsetDateTime) -> Result<Self, Refused> {
        let words = words(text, MAX_ANSWER)?;
        match self.state() {
            State::Answered => Err(Refused::Answered),
            _ => Ok(self.with(at, Step::Answered { words, cites })),
        }
    }

    /// Joins it with another that asks the same.
    pub fn join(self, to: QuestionId, at: OffsetDateTime) -> Result<Self, Refused> {
        match self.state() {
            State::Answered => Err(Refused::Answered),
            _ => Ok(self.with(at, Step::Joined { to })),
        }
    }

    /// Whether whoever asked may still ask back: once.
    pub fn may_ask_back(&self) -> bool {
        !self.events.iter().any(|event| matches!(event.step, Step::AskedBack { .. }))
    }

    /// Whoever asked has one more question about the answer. What is not settled then can be said as often as it is so
    /// ([`Self::reopen`]).
    pub fn ask_back(self, text: &str, at: OffsetDateTime) -> Result<Self, Refused> {
        let words = words(text, MAX_WORDS)?;
        match self.state() {
            State::Answered if self.may_ask_back() => Ok(self.with(at, Step::AskedBack { words })),
            State::Answered => Err(Refused::AskedBack),
            _ => Err(Refused::NotAnswered),
        }
    }

    /// Whoever asked is not helped yet.
    pub fn reopen(self, text: &str, at: OffsetDateTime) -> Result<Self, Refused> {
        let words = words(text, MAX_WORDS)?;
        match self.state() {
            State::Answered => Ok(self.with(at, Step::Reopened { words })),
            _ => Err(Refused::NotAnswered),
        }
    }

    /// Rates the answer, once.
    pub fn rate(self, rating: Rating, at: OffsetDateTime) -> Result<Self, Refused> {
        match (self.state(), self.rating()) {
            (State::Answered, None) => Ok(self.with(at, Step::Rated { rating })),
            (State::Answered, Some(_)) => Err(Refused::Rated),
            _ => Err(Refused::NotAnswered),
        }
    }

    /// Somebody has called back, and says what came of it.
    pub fn call_back(self, text: &str, at: OffsetDateTime) -> Result<Self, Refused> {
        let words = words(text, MAX_WORDS)?;
        match self.call_owed() {
            Some(_) => Ok(self.with(at, Step::CalledBack { words })),
            None => Err(Refused::NoCall),
        }
    }

    fn with(mut self, at: OffsetDateTime, step: Step) -> Self {
        self.events.push(Event { at, step });
        self
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    const AT: OffsetDateTime = datetime!(2026-11-23 10:00 +8);

    fn thread() -> Thread {
        Thread::asked(InterpreterId(1), AT)
    }

    #[test]
    fn a_question_is_taken_answered_rated_and_comes_back() {
        let later = AT + time::Duration::days(2);
        let taken = thread().take(AT).unwrap();
        assert_eq!((thread().state(), taken.state()), (State::Received, State::InHand));
        assert_eq!(taken.clone().take(AT).unwrap(), taken, "once is enough");
        let answered = taken.reply(" 可以。 ", vec![], AT).unwrap();
        assert_eq!((answered.state(), answered.answer().unwrap().0), (State::Answered, "可以。"));
        assert_eq!(answered.clone().reply("再答", vec![], AT), Err(Refused::Answered));
        let rated = answered.clone().rate(Rating::Bad, AT).unwrap();
        assert_eq!((rated.state(), rated.rating()), (State::Answered, Some(Rating::Bad)));
        assert_eq!(rated.clone().rate(Rating::Good, AT), Err(Refused::Rated));
        assert_eq!(rated.clone().reopen(" ", later), Err(Refused::NoWords));
        let back = rated.reopen("没有说清楚要不要带原件", later).unwrap();
        assert_eq!((back.state(), back.answer().unwrap().0, back.rating()), (State::Received, "可以。", None));
        assert_eq!(back.clone().rate(Rating::Good, later), Err(Refused::NotAnswered));
        assert_eq!(back.since(), Some(later));
        assert!(back.reply("要带原件。", vec![], later).unwrap().rate(Rating::Good, later).is_ok());
    }

    #[test]
    fn the_clock_runs_on_when_a_question_is_handed_over() {
        let calendar = Calendar::default();
        let handed =
            thread().take(AT).unwrap().hand_over(InterpreterId(2), "由民政局解释", AT + time::Duration::days(3));
        let handed = handed.unwrap();
        assert_eq!((handed.interpreter, handed.state()), (InterpreterId(2), State::Received));
        assert_eq!(handed.due(&calendar), Some(date!(2026 - 11 - 30)));
        assert_eq!(handed.clone().hand_over(InterpreterId(2), "再转", AT), Err(Refused::Same));
        assert_eq!(handed.clone().hand_over(InterpreterId(3), "", AT), Err(Refused::NoWords));
        let answered = handed.reply("可以。", vec![], AT).unwrap();
        assert_eq!(answered.due(&calendar), None);
        assert_eq!(answered.hand_over(InterpreterId(3), "晚了", AT), Err(Refused::Answered));
    }

    #[test]
    fn a_question_that_is_joined_with_another_is_in_hand_and_its_clock_runs_on() {
        let calendar = Calendar::default();
        let joined = thread().join(QuestionId(7), AT + time::Duration::days(2)).unwrap();
        assert_eq!((joined.state(), joined.due(&calendar)), (State::InHand, Some(date!(2026 - 11 - 30))));
        let answered = joined.reply("可以。", vec![], AT).unwrap();
        assert_eq!(answered.clone().join(QuestionId(8), AT), Err(Refused::Answered));
        assert!(answered.reopen("还是不懂", AT).unwrap().join(QuestionId(8), AT).is_ok());
    }

    #[test]
    fn whoever_is_not_satisfied_is_called_back_on_the_next_working_day() {
        let calendar = Calendar::default();
        let answered = thread().reply("可以。", vec![], AT).unwrap();
        assert_eq!(answered.clone().call_back("已说明", AT), Err(Refused::NoCall));
        // Monday, Friday, Saturday, and Sunday late in the evening by the clock of Greenwich, when it is Monday in China.
        for (rated_at, due) in [
            (AT, date!(2026 - 11 - 24)),
            (datetime!(2026-11-27 18:00 +8), date!(2026 - 11 - 30)),
            (datetime!(2026-11-28 09:00 +8), date!(2026 - 11 - 30)),
            (datetime!(2026-11-29 17:00 UTC), date!(2026 - 12 - 01)),
        ] {
            let rated = answered.clone().rate(Rating::Bad, rated_at).unwrap();
            assert_eq!(rated.call_due(&calendar), Some(due), "{rated_at}");
        }
        for rating in [Rating::VeryGood, Rating::Good, Rating::Fair] {
            assert_eq!(answered.clone().rate(rating, AT).unwrap().call_owed(), None, "{rating:?}");
        }
        let more = answered.clone().ask_back("复印件呢", AT).unwrap();
        assert_eq!((more.state(), more.since(), more.may_ask_back()), (State::Received, Some(AT), false));
        assert_eq!(more.clone().ask_back("再问", AT), Err(Refused::NotAnswered));
        let more = more.reply("也可以。", vec![], AT).unwrap();
        assert_eq!((more.clone().ask_back("再问", AT), more.answers().len()), (Err(Refused::AskedBack), 2), "once");
        assert!(more.reopen("没有说清楚", AT).is_ok(), "as often as it is so");
        let rated = answered.rate(Rating::VeryBad, AT).unwrap();
        assert_eq!(rated.clone().call_back(" ", AT), Err(Refused::NoWords));
        let called = rated.clone().call_back("已说明", AT).unwrap();
        assert_eq!(
            (called.call_owed(), called.state(), called.rating()),
            (None, State::Answered, Some(Rating::VeryBad))
        );
        assert_eq!(called.clone().rate(Rating::Good, AT), Err(Refused::Rated), "once");
        assert_eq!(called.call_back("再打", AT), Err(Refused::NoCall));
        // Coming back, and another answer, do not settle it; being satisfied does.
        let again = rated.reopen("没说清楚", AT).unwrap().reply("要带原件。", vec![], AT).unwrap();
        assert_eq!((again.call_owed(), again.rating()), (Some(AT), None));
        assert_eq!(again.rate(Rating::Good, AT).unwrap().call_owed(), None);
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(words(&"长".repeat(MAX_WORDS + 1), MAX_WORDS), Err(Refused::TooLong));
        assert_eq!(thread().reply(&"长".repeat(MAX_ANSWER + 1), vec![], AT), Err(Refused::TooLong));
    }
}
