//! `import` and `export`: records from and to files.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    path::Path,
};

use domain::{
    audit::By,
    feed::FeatureCollection,
    points::{
        NewPoint, Point,
        import::{Cells, Outcome, Settings, find_headings, plan as import_plan},
        table::{COLUMNS, row},
    },
};
use store::{Store, calendar, divisions, points, snapshot::Content};

use super::{CommandError, ExportFormat, What};
use crate::{clock, demonstration};

pub(super) async fn import(store: &Store, what: What, file: &Path, year: Option<i32>) -> Result<(), CommandError> {
    let by = &By::console(clock::now());
    let bytes = || read(file).map_err(|why| CommandError::Io { what: format!("the file {}", file.display()), why });
    let text = || Ok::<_, CommandError>(String::from_utf8_lossy(&bytes()?).into_owned());
    match what {
        // Those may be a folder.
        What::Policies => super::policies::import(store, by, file).await?,
        What::Points => {
            let done = points::import(store, by, read_points(&*Content::load(store).await?, &bytes()?)?).await?;
            eprintln!("{} added, {} changed, {} as they were", done.added, done.changed, done.same);
        }
        What::Calendar => {
            let days = demonstration::read_calendar(&text()?)?;
            let years: BTreeSet<i32> = days.iter().map(|(date, _)| date.year()).collect();
            let replaced = match year {
                Some(year) => [year].into(),
                None if years.len() > 1 => return Err(CommandError::WhichYear(years)),
                None => years,
            };
            eprintln!("{} special days", days.len());
            calendar::replace_years(store, by, &replaced, days).await?;
        }
        What::Divisions => {
            let rows = demonstration::read_divisions(&text()?)?;
            eprintln!("{} divisions", rows.len());
            divisions::save(store, by, rows, vec![]).await?;
        }
        What::Outlines => {
            let outlines = demonstration::read_outlines(&text()?)?;
            eprintln!("{} outlines", outlines.len());
            divisions::save(store, by, vec![], outlines).await?;
        }
    }
    Ok(())
}

/// The points of a table, all or none.
fn read_points(content: &Content, bytes: &[u8]) -> Result<Vec<NewPoint>, CommandError> {
    let table = sheets::read(bytes)?;
    let rows: Vec<_> = table.rows.iter().map(|row| Cells { number: row.number, cells: &row.cells }).collect();
    let headings = find_headings(&rows).ok_or(CommandError::Headings)?;
    let rows = &rows[headings.row + 1..];
    let settings = Settings::of(&headings);
    let lines = content.known(|known| {
        let evidence = known.evidence(rows, &settings, &headings);
        import_plan(rows, &settings.seeing(&evidence), known, &|_| true)
    });
    let mut points = Vec::new();
    for line in lines {
        match line.outcome {
            Outcome::New(facts) | Outcome::Changed(_, _, facts) => points.push(*facts),
            Outcome::Same(id) => points.extend(content.point(id).map(|point| point.facts.clone())),
            Outcome::Bad(why) => return Err(CommandError::Row { row: line.number, why: format!("{why:?}") }),
        }
    }
    Ok(points)
}

/// The points as a table.
pub(crate) fn table<'a>(points: impl Iterator<Item = &'a Point>) -> impl Iterator<Item = Vec<String>> {
    std::iter::once(COLUMNS.map(str::to_owned).to_vec()).chain(points.map(row))
}

pub(super) async fn export(store: &Store, format: ExportFormat) -> Result<(), CommandError> {
    let content = Content::load(store).await?;
    match format {
        ExportFormat::Csv => write(&sheets::csv(table(content.points.iter())))?,
        ExportFormat::Xlsx => write(&sheets::xlsx("points", table(content.points.iter()))?)?,
        ExportFormat::Geojson => {
            let snapshot = content.at(clock::now());
            let points = snapshot.atlas.points();
            let collection = FeatureCollection::new(snapshot.now, points.len(), points.iter().cloned());
            print!("{}", serde_json::to_string(&collection).unwrap_or_default());
        }
    }
    Ok(())
}

fn write(bytes: &[u8]) -> Result<(), CommandError> {
    std::io::stdout().write_all(bytes).map_err(|why| CommandError::Io { what: "standard output".into(), why })
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(file)
}
