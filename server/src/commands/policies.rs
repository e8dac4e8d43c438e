//! `import policies`: texts of policies out of a file or a folder of them, Markdown or DOCX, all or none. A text that would not be
//! kept whole is refused. They come as laws and regulations of the state: what is the division's own is interpreted, so it is
//! written at the desk.

use std::path::{Path, PathBuf};

use app::policies::read_document;
use domain::{
    audit::By,
    policies::{Facts, PolicyKind, clauses::Text},
};
use store::{Store, policies};
use time::{Date, macros::format_description};

use super::CommandError;

/// What a file of a policy may end in.
const ENDINGS: [&str; 3] = ["md", "txt", "docx"];

pub(super) async fn import(store: &Store, by: &By, path: &Path) -> Result<(), CommandError> {
    let mut all = Vec::new();
    for file in files(path)? {
        all.push(policy(&file)?);
    }
    let clauses: usize = all.iter().map(|(_, text)| text.clauses.len()).sum();
    eprintln!("{} texts, {clauses} clauses", all.len());
    let done = policies::import(store, by, all).await?;
    eprintln!("{} added, {} changed, {} as they were", done.added, done.changed, done.same);
    Ok(())
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> CommandError {
    let what = path.display().to_string();
    move |why| CommandError::Io { what: what.clone(), why }
}

fn files(path: &Path) -> Result<Vec<PathBuf>, CommandError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(io(path))? {
        let file = entry.map_err(io(path))?.path();
        if file.extension().is_some_and(|it| ENDINGS.iter().any(|ending| it.eq_ignore_ascii_case(ending))) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn policy(file: &Path) -> Result<(Facts, Text), CommandError> {
    let bad = |why: String| CommandError::Policy { file: file.display().to_string(), why };
    let bytes = std::fs::read(file).map_err(io(file))?;
    let (text, _) = read_document(bytes).map_err(|why| bad(why.to_string()))?;
    let name = file.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let facts = Facts {
        title: if text.title.is_empty() { name.clone() } else { text.title.clone() },
        issued_on: day(&name),
        external_id: name,
        number: String::new(),
        kind: PolicyKind::Law,
        issuers: vec![],
        subjects: vec![],
        written_on: None,
        effective_on: None,
        fate: None,
        interpretations: vec![],
        interpreters: vec![],
        exemption: String::new(),
        source: String::new(),
        organisation: None,
        index_number: String::new(),
        audience: String::new(),
        attachments: vec![],
        demonstration: false,
    };
    Ok((facts, text))
}

/// The day at the end of a name, as in `某条例(2019-03-24)`.
fn day(name: &str) -> Option<Date> {
    let inside = name.strip_suffix(')')?.rsplit_once('(')?.1;
    Date::parse(inside, format_description!("[year]-[month]-[day]")).ok()
}
