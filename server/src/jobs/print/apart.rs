//! The press in a process of its own (`sangeyi press`): a text that takes all memory ends that process and not the portal, and what it
//! took is given back. Whoever drops the future ends the process.

use std::{path::Path, process::Stdio};

use press::Order;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    process::Command,
};

use crate::commands::press as says;

/// A file that was made, and how many pages it has.
pub(crate) type Made = (Vec<u8>, Option<u32>);

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotMade {
    /// There is no font with Chinese characters.
    #[error("no font with Chinese characters: {0}")]
    NoFont(String),
    /// The press refused or broke down; its last words.
    #[error("the press: {0}")]
    Press(String),
    /// It could not be started or spoken with.
    #[error("the press could not be started: {0}")]
    Io(#[from] std::io::Error),
}

/// Has an order made; `far` is told how much of how much is done.
pub(crate) async fn made(program: &Path, order: &Order, mut far: impl FnMut(u32, u32)) -> Result<Made, NotMade> {
    let text = serde_json::to_vec(order).map_err(|error| NotMade::Press(error.to_string()))?;
    let mut child = Command::new(program)
        .arg("press")
        // One heap for all threads (glibc): what one of them gives back serves the others, a seventh less memory for a city.
        .env("MALLOC_ARENA_MAX", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let tell = async move {
        // One that ends before it has heard all says why.
        if let Some(mut stdin) = stdin {
            drop(stdin.write_all(&text).await);
        }
    };
    let fetch = async move {
        let mut file = Vec::new();
        if let Some(mut stdout) = stdout {
            stdout.read_to_end(&mut file).await?;
        }
        Ok::<_, std::io::Error>(file)
    };
    let (mut pages, mut no_font, mut last) = (None, None, String::new());
    let listen = async {
        let Some(stderr) = stderr else { return Ok(()) };
        let mut lines = BufReader::new(stderr).lines();
        while let Some(line) = lines.next_line().await? {
            let number = |text: &str| text.parse::<u32>().ok();
            if let Some(rest) = line.strip_prefix(says::FAR) {
                if let Some((done, total)) = rest.split_once(' ').and_then(|(a, b)| number(a).zip(number(b))) {
                    far(done, total);
                }
            } else if let Some(rest) = line.strip_prefix(says::PAGES) {
                pages = number(rest);
            } else if let Some(rest) = line.strip_prefix(says::NO_FONT) {
                no_font = Some(rest.to_owned());
            } else {
                last = line;
            }
        }
        Ok::<_, std::io::Error>(())
    };
    let ((), file, listened) = tokio::join!(tell, fetch, listen);
    listened?;
    let status = child.wait().await?;
    match (status.success(), no_font) {
        (true, _) => Ok((file?, pages)),
        (false, Some(folders)) => Err(NotMade::NoFont(folders)),
        (false, None) => Err(NotMade::Press(format!("{status}: {last}"))),
    }
}
