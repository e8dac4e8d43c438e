//! Staff accounts, how they sign in, and their sessions. Sessions live in the database, so several servers share them.
//!
//! Secrets come in as random bytes from the caller; what is kept of a session or a recovery code is its SHA-256.

mod accounts;
mod attempts;
mod entity;
mod passwords;
mod second_factor;
mod sessions;
mod sign_in;
mod single_sign_on;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use domain::identity::{AccountId, BadGrants, BadName, BadPassword, Staff};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

pub use accounts::{
    Account, NewAccount, accounts, end_account, open_account, reset_password, reset_second_factor, set_grants,
};
pub(crate) use accounts::{display_name, everybody, hold};
pub use second_factor::{Enrolment, confirm_second_factor, drop_second_factor, enrol};
pub use sessions::{SessionRow, end_other_sessions, peek, session, sessions, sign_out};
pub use sign_in::{Attempt, change_password, pass_second, sign_in};
pub use single_sign_on::{Person, UnderWay, WAY, enter, not_signed_in, resume, send};

use crate::Failure;

/// After so long nobody stays signed in, however busy.
const LONGEST: Duration = Duration::hours(12);
/// How long a name or an address has to wait after too many failures.
pub const LOCK: Duration = Duration::minutes(5);

/// Why an account, a sign-in or a change of it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Name, password or code are wrong; which of them is not said.
    Wrong,
    /// Too many failures: not before this instant.
    Locked(OffsetDateTime),
    /// The new password.
    Password(BadPassword),
    /// The name of a new account.
    Name(BadName),
    /// There is an account of this name.
    NameTaken,
    /// The roles of an account.
    Grants(BadGrants),
    /// A division or an office of a grant does not exist.
    NoSuchPlace,
    /// Somebody has to be left who runs accounts.
    LastAdministrator,
    /// Name, password and roles are the provider's business.
    FromProvider,
    /// So many points are in the name of the account: they get another keeper first.
    KeepsPoints(u64),
    /// These interpreters' posts are in the name of the account: somebody else serves there first.
    Interprets(Vec<String>),
    /// Not one's own account: 三员 watch each other, nobody themselves.
    OwnAccount,
    /// The session has ended meanwhile.
    NoSession,
    /// Somebody else changed it first.
    Outdated,
}

/// What a session still has to do before it may do anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Type the code of the second factor.
    SecondFactor,
    /// Replace the first password.
    NewPassword,
    /// Set up a second factor.
    Enrolment,
    /// Nothing.
    Ready,
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// What is kept of the token.
    pub digest: String,
    /// Who.
    pub staff: Staff,
    /// What is still to be done.
    pub stage: Stage,
    /// When they signed in.
    pub began_at: OffsetDateTime,
    /// Whether the account has a second factor.
    pub has_second_factor: bool,
    /// Whether the account comes from a provider of identities: it has no password here.
    pub from_provider: bool,
}

/// What goes into the cookie of a session.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl Token {
    /// A token of random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads the value of a cookie.
    pub fn read(text: &str) -> Option<Self> {
        BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// The value of a cookie.
    pub fn text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    fn digest(&self) -> String {
        digest(&self.0)
    }
}

fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

type Result<T> = std::result::Result<T, Failure<Refused>>;

fn refuse<T>(why: Refused) -> Result<T> {
    Err(Failure::Refused(why))
}

fn subject(id: AccountId) -> String {
    format!("account {}", id.0)
}
