//! `press`: typesets one order, which comes as JSON on standard input; the file goes to standard output, what there is to say to standard
//! error. `serve` starts it for every print: however much memory a text takes, the portal goes on.

use std::{io::Write, ops::ControlFlow};

use press::{Order, PressError};

use super::CommandError;

/// No typesetting may take more address space than this, in bytes: a manual of 4,000 entries takes a fourth of it.
const MOST: u64 = 3 * 1024 * 1024 * 1024;

/// How the press says how far it is, how many pages there are, and that there is no font.
pub(crate) const FAR: &str = "far ";
pub(crate) const PAGES: &str = "pages ";
pub(crate) const NO_FONT: &str = "no font: ";

pub(super) fn press() -> Result<(), CommandError> {
    let io = |what: &'static str| move |why| CommandError::Io { what: what.to_owned(), why };
    // Where there is no such limit there is none.
    drop(rlimit::setrlimit(rlimit::Resource::AS, MOST, MOST));
    let order: Order =
        serde_json::from_reader(std::io::stdin().lock()).map_err(|error| CommandError::Press(error.to_string()))?;
    let mut told = |done: usize, total: usize| {
        eprintln!("{FAR}{done} {total}");
        ControlFlow::Continue(())
    };
    let (file, pages) = match order.make(&mut told) {
        Ok(made) => made,
        Err(PressError::NoFont(folders)) => {
            eprintln!("{NO_FONT}{folders:?}");
            return Err(CommandError::Press("there is no font".into()));
        }
        Err(error) => return Err(CommandError::Press(error.to_string())),
    };
    if let Some(pages) = pages {
        eprintln!("{PAGES}{pages}");
    }
    let mut out = std::io::stdout().lock();
    out.write_all(&file).and_then(|()| out.flush()).map_err(io("the file"))
}
