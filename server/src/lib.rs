//! The process: configuration, middleware, formats that are not HTML, the command line. [`router`] is what `main` serves and
//! what the tests talk to.

// The types of pages nest deeply: leptos makes one of every element and its children.
#![recursion_limit = "1024"]

mod chance;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demonstration;
mod http;
mod jobs;
mod live;
mod manual;
mod middleware;
mod scans;
mod sign_on;
mod state;

pub use http::router;
pub use jobs::{
    NotLearnt, apply_due, forget_audit, forget_events, forget_meanings, forget_unneeded, keep_counts, keep_fresh,
    keep_index, keep_manual, keep_meanings, learn_meanings, listen, print, print_next,
};
pub use state::{NotLoaded, ServerState};
