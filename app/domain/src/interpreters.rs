//! 解读人: who interprets policies, by post. A post outlives the people in it, so what it has answered stays its own. One that ends
//! leaves its policies and its open questions to a successor.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, Weekday};

use crate::{
    Slug,
    calendar::Calendar,
    hours::{CHINA, Opening, Schedule},
    identity::AccountId,
    points::is_telephone,
    questions::Thread,
    slug::number,
};

/// The number of an interpreter's post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InterpreterId(pub i64);

impl InterpreterId {
    /// The post in the audit log.
    pub fn subject(self) -> String {
        format!("interpreter {}", self.0)
    }
}

/// The text is not the number of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadInterpreterId;

impl FromStr for InterpreterId {
    type Err = BadInterpreterId;

    /// A post has one address: `+1` and `01` are not 1.
    fn from_str(text: &str) -> Result<Self, BadInterpreterId> {
        number(text).map(Self).ok_or(BadInterpreterId)
    }
}

choices! {
    /// Which kind of interpreter.
    Tier {
        /// 解读人: of the office that drafted the document.
        Office = "office",
        /// 补充解读人: community workers and others who know it from practice.
        Supplementary = "supplementary",
        /// 线上解读人.
        Online = "online",
    }
}

/// How a post ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Since this day.
    pub on: Date,
    /// Who has its policies and its questions now; none where it had neither.
    pub successor: Option<InterpreterId>,
    /// Why, for residents.
    pub reason: String,
}

/// An interpreter's post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpreter {
    /// Its number.
    pub id: InterpreterId,
    /// The office.
    pub organisation: Slug,
    /// The post.
    pub post: String,
    /// Who is in it.
    pub person: String,
    /// The telephone of the office.
    pub telephone: String,
    /// When somebody is there.
    pub schedule: Schedule,
    /// Which kind.
    pub tier: Tier,
    /// What it knows about, in residents' words.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Who helps while nobody is there.
    #[serde(default)]
    pub deputy: Option<InterpreterId>,
    /// Who serves at the desk: staff's business, shown to nobody else.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// How it ended, if it has.
    #[serde(default)]
    pub ended: Option<Ended>,
    /// Made up, to show what the portal does.
    #[serde(default)]
    pub demonstration: bool,
}

/// The longest name of a post, in signs.
pub const MAX_POST: usize = 60;
/// The longest name of a person, in signs.
pub const MAX_PERSON: usize = 30;
/// A post has so many subjects at most.
pub const MAX_SUBJECTS: usize = 12;
/// The longest subject, in signs.
pub const MAX_SUBJECT: usize = 20;
/// The longest reason of an end, in signs.
pub const MAX_REASON: usize = 200;

/// What is wrong with a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadInterpreter {
    /// It is not said which post it is, or in more than [`MAX_POST`] signs.
    Post,
    /// It is not said who is in it, or in more than [`MAX_PERSON`] signs.
    Person,
    /// There is no telephone, or what stands there is none.
    Telephone,
    /// It is not said when somebody is there.
    Hours,
    /// More than [`MAX_SUBJECTS`] subjects, or one of more than [`MAX_SUBJECT`] signs.
    Subjects,
    /// The deputy is the post itself, has ended, or is none.
    Deputy,
}

impl Interpreter {
    /// Whether somebody is on duty at an instant, and until or from when.
    pub fn duty(&self, now: OffsetDateTime, calendar: &Calendar) -> Opening {
        self.schedule.opening(now, calendar)
    }

    /// Whether it has not ended.
    pub fn is_living(&self) -> bool {
        self.ended.is_none()
    }

    /// Everything that is wrong with it, among these posts.
    pub fn check(&self, posts: &[Self]) -> Vec<BadInterpreter> {
        let said = |text: &str, most: usize| {
            (1..=most).contains(&text.trim().chars().count()) && !text.chars().any(char::is_control)
        };
        let open = self
            .schedule
            .week
            .as_ref()
            .is_some_and(|week| (0..7).any(|day| !week.on(Weekday::Monday.nth_next(day)).is_empty()));
        let helps = |id| posts.iter().any(|post| post.id == id && post.id != self.id && post.is_living());
        let subjects = self.subjects.len() <= MAX_SUBJECTS && self.subjects.iter().all(|it| said(it, MAX_SUBJECT));
        [
            (said(&self.post, MAX_POST), BadInterpreter::Post),
            (said(&self.person, MAX_PERSON), BadInterpreter::Person),
            (is_telephone(&self.telephone), BadInterpreter::Telephone),
            (open, BadInterpreter::Hours),
            (subjects, BadInterpreter::Subjects),
            (self.deputy.is_none_or(helps), BadInterpreter::Deputy),
        ]
        .into_iter()
        .filter_map(|(good, why)| (!good).then_some(why))
        .collect()
    }

    /// Who helps instead while nobody is there.
    pub fn stands_in<'a>(&self, posts: &'a [Self], now: OffsetDateTime, calendar: &Calendar) -> Option<&'a Self> {
        let deputy = self.deputy.filter(|_| !self.duty(now, calendar).state.is_open())?;
        posts.iter().find(|post| post.id == deputy && post.is_living())
    }
}

/// Who has the work of a post: itself, or by now whoever took it over from whoever took it over.
pub fn holder(posts: &[Interpreter], id: InterpreterId) -> Option<&Interpreter> {
    let find = |id: InterpreterId| posts.iter().find(|post| post.id == id);
    let next = |post: &&Interpreter| post.ended.as_ref().and_then(|ended| ended.successor).and_then(find);
    // No line of successors is longer than there are posts.
    std::iter::successors(find(id), next).take(posts.len()).find(|post| post.is_living())
}

/// What a post has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// So many questions have an answer of this post.
    pub answered: usize,
    /// Within so many working days came at least half of its answers: counted like the deadline, from when the question came or came
    /// back, whoever had it meanwhile; the day it came does not count, so 0 is the same day.
    pub median: Option<u32>,
}

impl Figures {
    /// The figures of a post from its questions.
    pub fn of<'a>(post: InterpreterId, threads: impl IntoIterator<Item = &'a Thread>, calendar: &Calendar) -> Self {
        let (mut answered, mut waits) = (0, Vec::new());
        for thread in threads {
            let given: Vec<_> = thread.answers().into_iter().filter(|it| it.by == post).collect();
            answered += usize::from(!given.is_empty());
            let day = |at: OffsetDateTime| at.to_offset(CHINA).date();
            waits.extend(given.iter().map(|it| calendar.working_days(day(it.since), day(it.at))));
        }
        waits.sort_unstable();
        let median = waits.len().checked_sub(1).map(|last| waits[last / 2]);
        Self { answered, median }
    }
}

#[cfg(test)]
mod tests {
    use time::{
        Duration,
        macros::{date, datetime},
    };

    use super::*;

    const MONDAY: OffsetDateTime = datetime!(2026-11-23 10:00 +8);

    fn post(id: i64) -> Interpreter {
        Interpreter {
            id: InterpreterId(id),
            organisation: "510100-civil".parse().unwrap(),
            post: "养老服务处(示例岗位)".into(),
            person: "示例解读人".into(),
            telephone: "028-00000012".into(),
            schedule: Schedule { week: "Mo-Fr 09:00-12:00".parse().ok(), ..Schedule::default() },
            tier: Tier::Office,
            subjects: vec!["养老服务".into()],
            deputy: None,
            account: None,
            ended: None,
            demonstration: true,
        }
    }

    fn ended(id: i64, successor: Option<i64>) -> Interpreter {
        let successor = successor.map(InterpreterId);
        Interpreter { ended: Some(Ended { on: date!(2026 - 11 - 20), successor, reason: "示例".into() }), ..post(id) }
    }

    #[test]
    fn a_post_says_who_is_there_when_and_under_which_number() {
        let others = [post(1), post(2), ended(3, Some(2))];
        assert_eq!(post(1).check(&others), []);
        let deputy = |id| Interpreter { deputy: Some(InterpreterId(id)), ..post(1) };
        let closed = Schedule { week: "off".parse().ok(), ..Schedule::default() };
        for (bad, why) in [
            (Interpreter { post: " ".into(), ..post(1) }, BadInterpreter::Post),
            (Interpreter { post: "长".repeat(61), ..post(1) }, BadInterpreter::Post),
            (Interpreter { person: "甲\n乙".into(), ..post(1) }, BadInterpreter::Person),
            (Interpreter { telephone: String::new(), ..post(1) }, BadInterpreter::Telephone),
            (Interpreter { telephone: "请打总机".into(), ..post(1) }, BadInterpreter::Telephone),
            (Interpreter { schedule: Schedule::default(), ..post(1) }, BadInterpreter::Hours),
            (Interpreter { schedule: closed, ..post(1) }, BadInterpreter::Hours),
            (Interpreter { subjects: vec!["示例".into(); 13], ..post(1) }, BadInterpreter::Subjects),
            (Interpreter { subjects: vec!["长".repeat(21)], ..post(1) }, BadInterpreter::Subjects),
            (deputy(1), BadInterpreter::Deputy),
            (deputy(3), BadInterpreter::Deputy),
            (deputy(9), BadInterpreter::Deputy),
        ] {
            assert_eq!(bad.check(&others), [why], "{bad:?}");
        }
        assert_eq!(deputy(2).check(&others), []);
    }

    #[test]
    fn the_deputy_helps_while_nobody_is_there() {
        let calendar = Calendar::default();
        let first = Interpreter { deputy: Some(InterpreterId(2)), ..post(1) };
        let posts = [first.clone(), post(2)];
        assert_eq!(first.stands_in(&posts, MONDAY, &calendar), None);
        let evening = MONDAY + Duration::hours(9);
        assert_eq!(first.stands_in(&posts, evening, &calendar).map(|it| it.id.0), Some(2));
        assert_eq!(first.stands_in(&[first.clone(), ended(2, None)], evening, &calendar), None);
    }

    #[test]
    fn work_goes_to_the_last_successor() {
        let posts =
            [ended(1, Some(2)), ended(2, Some(3)), post(3), ended(4, None), ended(5, Some(6)), ended(6, Some(5))];
        for (id, has_it) in [(1, Some(3)), (2, Some(3)), (3, Some(3)), (4, None), (5, None), (9, None)] {
            assert_eq!(holder(&posts, InterpreterId(id)).map(|it| it.id.0), has_it, "{id}");
        }
    }

    #[test]
    fn half_of_the_answers_came_within_the_median() {
        let calendar = Calendar::default();
        let (one, two) = (InterpreterId(1), InterpreterId(2));
        let answer = |thread: Thread, days| thread.reply("示例", vec![], MONDAY + Duration::days(days)).unwrap();
        let after = |days| answer(Thread::asked(one, MONDAY), days);
        assert_eq!(Figures::of(one, &[Thread::asked(one, MONDAY)], &calendar), Figures::default());
        // Monday to the same day, to Wednesday, and over the weekend to the next Monday.
        for (days, median) in [(&[0][..], 0), (&[0, 2], 0), (&[2, 7], 2), (&[0, 2, 7], 2), (&[7, 7, 0], 5)] {
            let threads: Vec<_> = days.iter().map(|days| after(*days)).collect();
            let figures = Figures { answered: days.len(), median: Some(median) };
            assert_eq!(Figures::of(one, &threads, &calendar), figures, "{days:?}");
        }
        // It came back and went to another post: each answer is the work of who gave it, each wait began anew.
        let back = after(1).reopen("还有一问", MONDAY + Duration::days(2)).unwrap();
        let handed = back.hand_over(two, "示例", MONDAY + Duration::days(3)).unwrap();
        let both = [answer(handed, 4)];
        assert_eq!(Figures::of(one, &both, &calendar), Figures { answered: 1, median: Some(1) });
        assert_eq!(Figures::of(two, &both, &calendar), Figures { answered: 1, median: Some(2) });
    }

    #[test]
    fn a_post_has_one_address() {
        for (text, id) in [("1", Some(1)), ("01", None), ("+1", None), ("x", None), ("", None), ("0", None)] {
            assert_eq!(text.parse::<InterpreterId>().ok(), id.map(InterpreterId), "{text}");
        }
    }
}
