//! What is shown: the shell, the route table, and a module a slice.
//!
//! Pages are built on the host alone (feature `ssr`); islands and what they share with pages compile for the browser too.
#![recursion_limit = "256"] // the types of leptos views nest deeply

#[cfg(feature = "ssr")]
pub mod codes;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
mod divisions;
#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
mod identity;
#[cfg(feature = "ssr")]
mod interpreters;
#[cfg(feature = "ssr")]
pub mod manual;
#[cfg(feature = "ssr")]
mod offline;
#[cfg(feature = "ssr")]
mod photos;
pub mod points;
pub mod policies;
#[cfg(feature = "ssr")]
pub mod portal;
#[cfg(feature = "ssr")]
pub mod prints;
#[cfg(feature = "ssr")]
mod reports;
#[cfg(feature = "ssr")]
pub mod residents;
#[cfg(feature = "ssr")]
pub mod search;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod site;
pub mod ui;

#[cfg(feature = "ssr")]
pub use identity::{first_password, refused_in_english};
#[cfg(feature = "ssr")]
pub use shell::App;
