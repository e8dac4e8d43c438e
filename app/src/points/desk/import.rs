//! `/desk/points/import`: a table is uploaded, looked at in a dry run, and handed to review as one. Nothing changes before somebody
//! else has published it.

mod page;
pub(super) mod words;

use domain::{
    geo::Datum,
    identity::Action,
    points::import::{Cells, Column, Counts, Evidence, Headings, Line, Outcome, Settings, find_headings, hold, plan},
};
use leptos::prelude::*;
use store::{
    Failure, StoreError,
    points::{
        changes::{
            Refused,
            batches::{self, Row},
        },
        imports::{self, Import, ImportId},
    },
};

use super::words::again;
use crate::{
    forms::{Answer, Cookie, Form, Submitted, Wrong},
    portal::{Portal, Visit},
};

/// What a table would do.
pub(super) struct DryRun {
    pub(super) import: Import,
    pub(super) kind: sheets::Kind,
    pub(super) headings: Headings,
    /// The first values of each column.
    pub(super) samples: Vec<String>,
    pub(super) settings: Settings,
    pub(super) evidence: Evidence,
    pub(super) lines: Vec<Line>,
    pub(super) counts: Counts,
    /// The rows that cannot be taken, as they came.
    pub(super) bad: Vec<(Vec<String>, String)>,
}

/// Why there is no dry run.
enum NoRun {
    Failure(Failure<Refused>),
    /// A table that could be read when it came, and cannot any more.
    NoTable,
}

impl From<StoreError> for NoRun {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

async fn dry_run(portal: &Portal, visit: &Visit, id: ImportId) -> Result<DryRun, NoRun> {
    let import = imports::import(portal.store(), &visit.by(), id).await.map_err(NoRun::Failure)?;
    let busy = batches::under_way_everywhere(portal.store()).await?;
    let Some(session) = visit.session.clone() else { return Err(NoRun::Failure(Failure::Forbidden)) };
    let (snapshot, locale) = (visit.snapshot.clone(), visit.locale);
    // Reading a large table takes a second: not on the threads that answer everybody.
    let reading = tokio::task::spawn_blocking(move || {
        let content = &snapshot.content;
        let (kind, rows) =
            sheets::read(&import.file).map(|table| (table.kind, table.rows)).map_err(|_| NoRun::NoTable)?;
        let cells: Vec<_> = rows.iter().map(|row| Cells { number: row.number, cells: &row.cells }).collect();
        let headings = find_headings(&cells).ok_or(NoRun::NoTable)?;
        let below = &cells[headings.row + 1..];
        let (settings, evidence, mut lines) = content.known(|known| {
            let first = import.settings.clone().unwrap_or_else(|| Settings::of(&headings));
            let evidence = known.evidence(below, &first, &headings);
            // Before anybody has chosen, what the table itself suggests.
            let settings = if import.settings.is_none() { first.seeing(&evidence) } else { first };
            let lines = plan(below, &settings, known, &|facts| {
                session.staff.may(Action::EditPoint, &content.belongs(facts)).is_ok()
            });
            (settings, evidence, lines)
        });
        hold(&mut lines, &busy);
        let bad = lines.iter().zip(below).filter_map(|(line, row)| match &line.outcome {
            Outcome::Bad(why) => Some((row.cells.to_vec(), words::problems(why, locale))),
            _ => None,
        });
        let samples = (0..headings.labels.len()).map(|i| {
            let cells = below.iter().filter_map(|row| row.cells.get(i)).filter(|cell| !cell.is_empty());
            cells.take(2).cloned().collect::<Vec<_>>().join(locale.pick(";", "; "))
        });
        let (bad, samples) = (bad.collect(), samples.collect());
        let counts = Counts::of(&lines);
        Ok(DryRun { kind, samples, settings, evidence, counts, bad, headings, lines, import })
    });
    reading.await.unwrap_or(Err(NoRun::NoTable))
}

fn may_somewhere(visit: &Visit) -> bool {
    visit.session.as_ref().is_some_and(|session| session.staff.may_somewhere(Action::EditPoint).is_ok())
}

/// Where a table is uploaded, and those that were.
pub(crate) async fn upload_page(portal: &Portal, visit: &Visit) -> Answer {
    if !may_somewhere(visit) {
        return Answer::Status(403);
    }
    match imports::own(portal.store(), &visit.by()).await {
        Ok(own) => Answer::Page(Box::new(move || view! { <page::Uploading own /> }.into_any())),
        Err(Failure::Store(error)) => Answer::Failed(error),
        Err(_) => Answer::Status(403),
    }
}

/// Takes a table.
pub(crate) async fn upload(portal: &Portal, visit: &Visit, form: &Form) -> Submitted {
    if !may_somewhere(visit) {
        return Submitted::Status(403);
    }
    let wrong = |words| Submitted::Again(vec![Wrong { field: "file", words }]);
    let Some(file) = form.file("file") else {
        return wrong(visit.locale.pick("请选一个文件。", "Choose a file.").to_owned());
    };
    let bytes = file.bytes.clone();
    let read = tokio::task::spawn_blocking(move || {
        let table = sheets::read(&bytes)?;
        let rows: Vec<_> = table.rows.iter().map(|row| Cells { number: row.number, cells: &row.cells }).collect();
        Ok(find_headings(&rows).is_some())
    });
    match read.await.unwrap_or(Err(sheets::Unreadable::Unknown)) {
        Ok(true) => {}
        Ok(false) => return wrong(words::no_headings(visit.locale)),
        Err(why) => return wrong(words::unreadable(&why, visit.locale)),
    }
    match imports::keep(portal.store(), &visit.by(), &file.name, &file.bytes).await {
        Ok(id) => Submitted::Go(format!("/desk/points/import/{}", id.0), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}

/// The dry run of a table.
pub(crate) async fn dry_run_page(portal: &Portal, visit: &Visit, id: &str) -> Answer {
    let Ok(id) = id.parse().map(ImportId) else { return Answer::Status(404) };
    match dry_run(portal, visit, id).await {
        Ok(run) => Answer::Page(Box::new(move || view! { <page::Dry run /> }.into_any())),
        Err(NoRun::Failure(Failure::Store(error))) => Answer::Failed(error),
        Err(_) => Answer::Status(403),
    }
}

/// Looks again with other settings, or hands the lines in.
pub(crate) async fn act(portal: &Portal, visit: &Visit, id: &str, form: &Form) -> Submitted {
    let Ok(id) = id.parse().map(ImportId) else { return Submitted::Status(404) };
    if form.get("act") == "check" {
        return match imports::choose(portal.store(), &visit.by(), id, &read_settings(form)).await {
            Ok(()) => Submitted::Go(format!("/desk/points/import/{}", id.0), Cookie::Keep),
            Err(failure) => again(failure, visit),
        };
    }
    let only_good = form.get("act") == "good";
    let run = match dry_run(portal, visit, id).await {
        Ok(run) => run,
        Err(NoRun::Failure(failure)) => return again(failure, visit),
        Err(NoRun::NoTable) => return Submitted::Status(403),
    };
    if run.counts.bad > 0 && !only_good {
        let words = visit
            .locale
            .pick("还有问题行,不能全部提交。", "There are lines that cannot be taken, so not all can be handed in.");
        return Submitted::Again(vec![Wrong { field: "", words: words.to_owned() }]);
    }
    let content = &visit.snapshot.content;
    let rows = run.lines.into_iter().filter_map(|line| match line.outcome {
        Outcome::New(facts) => Some(Row { point: None, facts: *facts }),
        Outcome::Changed(id, _, facts) => {
            Some(Row { point: Some((id, content.point(id)?.facts.clone())), facts: *facts })
        }
        Outcome::Same(_) | Outcome::Bad(_) => None,
    });
    match imports::submit(portal.store(), &visit.by(), id, rows.collect()).await {
        Ok(batch) => Submitted::Go(format!("/desk/batches/{}", batch.0), Cookie::Keep),
        Err(failure) => again(failure, visit),
    }
}

fn read_settings(form: &Form) -> Settings {
    let optional = |name: &str| form.get(name).trim().parse().ok();
    Settings {
        columns: form.all("column").map(|code| Column::from_code(code).unwrap_or(Column::Skip)).collect(),
        datum: Datum::from_code(form.get("datum")).unwrap_or(Datum::Wgs84),
        swapped: form.get("swapped") == "on",
        division: optional("division"),
        organisation: optional("organisation"),
        kind: optional("kind"),
    }
}

/// The rows that cannot be taken, as a table to correct and upload again: as they came, with the reasons in a column of their own.
pub async fn bad_rows(portal: &Portal, visit: &Visit, id: i64) -> Result<Vec<Vec<String>>, Failure<()>> {
    let run = dry_run(portal, visit, ImportId(id)).await.map_err(|why| match why {
        NoRun::Failure(Failure::Store(error)) => Failure::Store(error),
        _ => Failure::Forbidden,
    })?;
    let width = run.headings.labels.len();
    let heading = run.headings.labels.into_iter().chain([visit.locale.pick("问题", "Problems").to_owned()]).collect();
    let rows = run.bad.into_iter().map(|(mut cells, why)| {
        cells.resize(width, String::new());
        cells.push(why);
        cells
    });
    Ok(std::iter::once(heading).chain(rows).collect())
}
