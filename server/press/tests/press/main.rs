//! What is printed, read back: by eyes made of other programs.

mod book;
mod epub;
mod posters;
mod samples;
