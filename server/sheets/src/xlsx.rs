//! Workbooks (ECMA-376). Cells are read one after another: a workbook that names a cell far away costs nothing.

use std::io::{Cursor, Read, copy, sink};

use calamine::{Data, DataRef, Dimensions, Reader, Xlsx, XlsxError};
use rust_xlsxwriter::{Format, Workbook, XlsxError as WriteError};

use crate::{Kind, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED, Table, Unreadable, push};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    unpacks_to_little(bytes)?;
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    for name in book.sheet_names() {
        let rows = sheet(&mut book, &name)?;
        if !rows.is_empty() {
            return Ok(Table { kind: Kind::Xlsx, rows });
        }
    }
    Err(Unreadable::Empty)
}

fn broken(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::OldWorkbook,
        error => Unreadable::Broken(error.to_string()),
    }
}

/// What an entry says of its own size may be a lie, so it is unpacked once, into nothing.
fn unpacks_to_little(bytes: &[u8]) -> Result<(), Unreadable> {
    let damaged = |error: zip::result::ZipError| Unreadable::Broken(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = MOST_UNPACKED;
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(damaged)?;
        let size = copy(&mut entry.take(left + 1), &mut sink()).map_err(|why| Unreadable::Broken(why.to_string()))?;
        left = left.checked_sub(size).ok_or(Unreadable::Bomb)?;
    }
    Ok(())
}

fn sheet(book: &mut Book, name: &str) -> Result<Vec<crate::Row>, Unreadable> {
    let mut grid: Vec<Vec<String>> = Vec::new();
    match values(book, name, &mut grid) {
        // A sheet of a chart has no cells.
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(vec![]),
        done => done.map_err(broken)??,
    }
    formulas(book, name, &mut grid).map_err(broken)??;
    merge(&mut grid, book.merge_cells_by_sheet_name(name).unwrap_or_default());
    let mut rows = Vec::new();
    for (i, cells) in grid.into_iter().enumerate() {
        push(&mut rows, i + 1, cells)?;
    }
    Ok(rows)
}

type Filled = Result<Result<(), Unreadable>, XlsxError>;

fn values(book: &mut Book, name: &str, grid: &mut Vec<Vec<String>>) -> Filled {
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        let value = text(cell.get_value());
        if !value.is_empty() {
            match place(grid, cell.get_position()) {
                Ok(cell) => *cell = value,
                Err(why) => return Ok(Err(why)),
            }
        }
    }
    Ok(Ok(()))
}

fn formulas(book: &mut Book, name: &str, grid: &mut Vec<Vec<String>>) -> Filled {
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_formula()? {
        if !cell.get_value().is_empty() {
            match place(grid, cell.get_position()) {
                Ok(there) => *there = format!("={}", cell.get_value()),
                Err(why) => return Ok(Err(why)),
            }
        }
    }
    Ok(Ok(()))
}

/// Every cell of a merged region says what its first one says, as far as the table goes: a column may be merged down to the end of
/// the sheet.
fn merge(grid: &mut [Vec<String>], regions: Vec<Dimensions>) {
    let width = grid.iter().map(Vec::len).max().unwrap_or_default();
    for Dimensions { start, end } in regions {
        let (top, left) = (start.0 as usize, start.1 as usize);
        let Some(value) = grid.get(top).and_then(|row| row.get(left)).filter(|it| !it.is_empty()).cloned() else {
            continue;
        };
        let bottom = (end.0 as usize).min(grid.len() - 1);
        let right = (end.1 as usize).min(width - 1);
        for row in &mut grid[top..=bottom] {
            if row.len() <= right {
                row.resize_with(right + 1, String::new);
            }
            row[left..=right].iter_mut().for_each(|cell| cell.clone_from(&value));
        }
    }
}

/// The cell at a row and a column.
fn place(grid: &mut Vec<Vec<String>>, (row, column): (u32, u32)) -> Result<&mut String, Unreadable> {
    let (row, column) = (row as usize, column as usize);
    if row > MOST_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    if column >= MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    if grid.len() <= row {
        grid.resize_with(row + 1, Vec::new);
    }
    let cells = &mut grid[row];
    if cells.len() <= column {
        cells.resize_with(column + 1, String::new);
    }
    Ok(&mut cells[column])
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        value => match Data::from(value.clone()) {
            Data::Empty => String::new(),
            Data::DateTime(moment) => {
                let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
                // A day without a time, a time without a day.
                if moment.as_f64() < 1.0 {
                    format!("{hour:02}:{minute:02}")
                } else {
                    format!("{year:04}-{month:02}-{day:02}")
                }
            }
            Data::Error(_) => "=error".to_owned(),
            other => other.to_string(),
        },
    }
}

/// A workbook with one sheet: bold headings that stay in sight, every cell text, so that no telephone loses its zero.
pub fn write(name: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, Unreadable> {
    let failed = |error: WriteError| Unreadable::Broken(error.to_string());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name).map_err(failed)?;
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    let bold = Format::new().set_bold();
    for (i, row) in (0..).zip(rows) {
        for (j, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            let done =
                if i == 0 { sheet.write_string_with_format(i, j, cell, &bold) } else { sheet.write_string(i, j, cell) };
            done.map_err(failed)?;
        }
    }
    book.save_to_buffer().map_err(failed)
}
