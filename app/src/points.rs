//! 一张图: points of service as a list and a map, and the page of each.

mod card;
mod choices;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
#[cfg(feature = "ssr")]
mod feed;
#[cfg(feature = "ssr")]
mod filters;
mod finder;
#[cfg(feature = "ssr")]
mod hours;
#[cfg(feature = "ssr")]
mod list;
mod nearby;
#[cfg(feature = "ssr")]
mod show;
pub mod text;
#[cfg(feature = "ssr")]
mod travel;
#[cfg(feature = "ssr")]
mod weekly;

#[cfg(feature = "ssr")]
pub(crate) use card::percent;
pub use card::{OpenTag, PointCard};
#[cfg(feature = "ssr")]
pub use feed::feed;
pub use finder::PointFinder;
#[cfg(feature = "ssr")]
pub(crate) use list::{MapFoot, PointsPage, address, card_of};
pub use nearby::Nearby;
#[cfg(feature = "ssr")]
pub(crate) use show::{EndedPoint, PointPage, others, stamp};
#[cfg(feature = "ssr")]
pub(crate) use weekly::weekly;
