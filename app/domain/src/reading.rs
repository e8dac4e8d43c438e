//! How a reader likes to read: the ordinary pages, or 长辈版 in one of three sizes.

/// The size of the main text. 工信厅信管函〔2021〕67号 asks 长辈版 for at least 18 px; here it has 20, 24 or 30.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The ordinary pages.
    #[default]
    Standard,
    /// 长辈版, 大字.
    Large,
    /// 长辈版, 特大字.
    Larger,
    /// 长辈版, 最大字.
    Largest,
}

impl Reading {
    /// All of them, the smallest first.
    pub const ALL: [Self; 4] = [Self::Standard, Self::Large, Self::Larger, Self::Largest];

    /// The value in forms and in the cookie.
    pub fn code(self) -> &'static str {
        match self {
            Self::Standard => "0",
            Self::Large => "1",
            Self::Larger => "2",
            Self::Largest => "3",
        }
    }

    /// Reads [`Self::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// Whether it is 长辈版.
    pub fn is_elder(self) -> bool {
        self != Self::Standard
    }
}
