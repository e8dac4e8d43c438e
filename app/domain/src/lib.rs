//! What is true about the openness of government affairs: points of service, opening hours, the statutory calendar, divisions.
//!
//! Decides, validates and computes; never awaits, logs, or knows HTTP, SQL or wording. Time and place come in as arguments.

#[macro_use]
mod choices;

pub mod audit;
pub mod calendar;
pub mod codes;
pub mod divisions;
pub mod events;
pub mod feed;
pub mod finder;
pub mod geo;
pub mod hours;
pub mod identity;
pub mod interpreters;
pub mod likeness;
pub mod locale;
pub mod manual;
pub mod numerals;
pub mod points;
pub mod policies;
pub mod prints;
pub mod privacy;
pub mod questions;
pub mod reading;
pub mod reports;
pub mod search;
pub mod sensitive;
mod signs;
pub mod site;
mod slug;
pub mod width;

pub use slug::{BadSlug, Slug};
