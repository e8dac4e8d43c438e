//! The command line of 三个一: `sangeyi serve` is the server.

// The types of pages nest deeply: leptos makes one of every element and its children.
#![recursion_limit = "1024"]

use std::process::ExitCode;

use clap::Parser;
use server::commands::{Arguments, run};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sangeyi: {error}");
            ExitCode::FAILURE
        }
    }
}
