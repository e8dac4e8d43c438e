//! Who did what: the line every write leaves behind, kept at least six months (网络安全法 第21条).

/// Who changes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person at the command line of the server; the operating system has checked who.
    Console,
}

impl Actor {
    /// The actor in the audit log.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Console => "console",
        }
    }
}
