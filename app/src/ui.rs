//! The design system: the pieces every slice builds its pages from.

#[cfg(feature = "ssr")]
mod bars;
mod copy;
mod device;
mod foreign;
#[cfg(feature = "ssr")]
mod form;
mod icon;
mod language;
#[cfg(feature = "ssr")]
mod page;
mod print;
#[cfg(feature = "ssr")]
pub mod qr;
#[cfg(feature = "ssr")]
mod read_aloud;
#[cfg(feature = "ssr")]
mod share;
#[cfg(feature = "ssr")]
mod size;
#[cfg(feature = "ssr")]
mod text_area;

#[cfg(feature = "ssr")]
pub(crate) use bars::{CountBar, DayBars};
pub use copy::CopyText;
pub(crate) use device::has as device_has;
pub use foreign::lang_of;
#[cfg(feature = "ssr")]
pub(crate) use form::{ErrorSummary, FileField, SelectField, TextField, wrong_of};
pub use icon::Icon;
pub use language::locale;
#[cfg(feature = "ssr")]
pub(crate) use page::{Article, Breadcrumbs, Chip, Column, DataBlock, DeskWay, PageHead, Pages};
pub use print::PrintPage;
#[cfg(feature = "ssr")]
pub(crate) use read_aloud::ReadAloud;
#[cfg(feature = "ssr")]
pub(crate) use share::SharePage;
#[cfg(feature = "ssr")]
pub(crate) use size::file_size;
#[cfg(feature = "ssr")]
pub(crate) use text_area::TextArea;
