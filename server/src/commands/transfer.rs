//! `import` and `export`: records from and to files.

use std::{collections::BTreeSet, io::Read, path::Path};

use domain::{audit::By, feed::FeatureCollection};
use store::{Store, calendar, divisions, points, snapshot::Content};

use super::{CommandError, ExportFormat, What, points_csv};
use crate::{clock, demonstration};

pub(super) async fn import(store: &Store, what: What, file: &Path, year: Option<i32>) -> Result<(), CommandError> {
    let text = read(file).map_err(|why| CommandError::Io { what: format!("the file {}", file.display()), why })?;
    let by = &By::console(clock::now());
    match what {
        What::Points => {
            let done = points::import(store, by, points_csv::read(&text)?).await?;
            eprintln!("{} added, {} changed, {} as they were", done.added, done.changed, done.same);
        }
        What::Calendar => {
            let days = demonstration::read_calendar(&text)?;
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
            let rows = demonstration::read_divisions(&text)?;
            eprintln!("{} divisions", rows.len());
            divisions::save(store, by, rows, vec![]).await?;
        }
        What::Outlines => {
            let outlines = demonstration::read_outlines(&text)?;
            eprintln!("{} outlines", outlines.len());
            divisions::save(store, by, vec![], outlines).await?;
        }
    }
    Ok(())
}

pub(super) async fn export(store: &Store, format: ExportFormat) -> Result<(), CommandError> {
    let content = Content::load(store).await?;
    match format {
        ExportFormat::Csv => print!("{}", points_csv::write(content.points.iter())),
        ExportFormat::Geojson => {
            let snapshot = content.at(clock::now());
            let points = snapshot.atlas.points();
            let collection = FeatureCollection::new(snapshot.now, points.len(), points.iter().cloned());
            print!("{}", serde_json::to_string(&collection).unwrap_or_default());
        }
    }
    Ok(())
}

fn read(file: &Path) -> std::io::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(file)
}
