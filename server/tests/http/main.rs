//! The portal as its clients meet it: the real router over a real database, filled with the demonstration city. Each module
//! asks about one promise; the name of a test is the promise.

mod harness;

mod api;
mod assets;
mod bad_queries;
mod caching;
mod code_desk;
mod code_scans;
mod codes;
mod commands;
mod dropped;
mod elder;
mod encodings;
mod ended;
mod errors;
mod escaping;
mod following;
mod headers;
mod imports;
mod interpreters;
mod keepers;
mod killed;
mod limits;
mod live;
mod manual;
mod manual_desk;
mod offline;
mod opening;
mod pages;
mod photos;
mod point_changes;
mod point_form;
mod policy_desk;
mod policy_pages;
mod posters;
mod prints;
mod question_desk;
mod questions;
mod reports;
mod search;
mod single_sign_on;
mod staff;
mod visits;
