//! Policy documents.

pub mod clauses;
