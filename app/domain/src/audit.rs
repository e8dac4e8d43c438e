//! Who did what, when and from where: the line every write leaves behind, kept at least six months (网络安全法 第21条).

use time::OffsetDateTime;

use crate::identity::{AccountId, Action, Belongs, Forbidden, Staff};

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person at the command line of the server; the operating system has checked who.
    Console,
    /// Somebody on the staff, signed in.
    Staff(Staff),
    /// The clock: what was decided before takes effect on its day.
    Clock,
    /// Nobody we know, such as who tries to sign in.
    Anyone,
}

impl Actor {
    /// The actor in the audit log.
    pub fn code(&self) -> String {
        match self {
            Self::Console => "console".to_owned(),
            Self::Staff(staff) => format!("staff:{}", staff.name),
            Self::Clock => "clock".to_owned(),
            Self::Anyone => "anyone".to_owned(),
        }
    }

    /// The account they act for; the command line and the clock have none.
    pub fn account(&self) -> Result<AccountId, Forbidden> {
        match self {
            Self::Staff(staff) => Ok(staff.id),
            Self::Console | Self::Clock | Self::Anyone => Err(Forbidden),
        }
    }

    /// Whether they may do this to that.
    pub fn may(&self, action: Action, thing: &Belongs) -> Result<(), Forbidden> {
        match self {
            Self::Console => Ok(()),
            Self::Staff(staff) => staff.may(action, thing),
            Self::Clock | Self::Anyone => Err(Forbidden),
        }
    }

    /// Whether there is anything they may do this to.
    pub fn may_somewhere(&self, action: Action) -> Result<(), Forbidden> {
        match self {
            Self::Console => Ok(()),
            Self::Staff(staff) => staff.may_somewhere(action),
            Self::Clock | Self::Anyone => Err(Forbidden),
        }
    }
}

/// Who does something, from where, and when: what every write needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// The address of the client; empty at the command line.
    pub origin: String,
    /// When.
    pub at: OffsetDateTime,
}

impl By {
    /// The command line, now.
    pub fn console(at: OffsetDateTime) -> Self {
        Self { actor: Actor::Console, origin: String::new(), at }
    }
}
