//! 解读人: who interprets policies, by post. A post outlives the people in it, so what it has answered stays its own.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    Slug,
    calendar::Calendar,
    hours::{Opening, Schedule},
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
    /// Made up, to show what the portal does.
    #[serde(default)]
    pub demonstration: bool,
}

impl Interpreter {
    /// Whether somebody is on duty at an instant, and until or from when.
    pub fn duty(&self, now: OffsetDateTime, calendar: &Calendar) -> Opening {
        self.schedule.opening(now, calendar)
    }
}
