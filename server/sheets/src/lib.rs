//! Tables as people keep them: CSV, XLSX and GeoJSON to rows of text, and back. What a column means is not known here.
//!
//! A file comes from anybody's disk: its kind is told by its content, and size, rows, cells and what it unpacks to have limits.

mod csv_text;
mod geojson;
mod xlsx;

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// The most rows that are read.
pub const MOST_ROWS: usize = 50_000;
/// The most columns that are read.
pub const MOST_COLUMNS: usize = 200;
/// The longest cell, in characters.
pub const LONGEST_CELL: usize = 4_000;
/// What a workbook may unpack to, in bytes.
pub const MOST_UNPACKED: u64 = 200 * 1024 * 1024;

/// What a cell with a formula begins with; a text that only looks like one has no such sign.
pub const FORMULA: char = '\u{1}';

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Comma-separated, in UTF-8 (or UTF-16).
    Csv,
    /// Comma-separated, in GB18030, as a Chinese Excel writes it.
    CsvGb18030,
    /// A workbook; its first sheet that is not empty.
    Xlsx,
    /// A GeoJSON feature collection of points.
    GeoJson,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The row people see, from 1.
    pub number: usize,
    /// What stands in it, merged cells filled; a formula begins with [`FORMULA`].
    pub cells: Vec<String>,
}

/// A file as a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it was.
    pub kind: Kind,
    /// The rows that are not empty, headings too.
    pub rows: Vec<Row>,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is nothing in it.
    #[error("the table is empty")]
    Empty,
    /// More than [`MOST_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// More than [`MOST_ROWS`].
    #[error("the table has too many rows")]
    TooManyRows,
    /// More than [`MOST_COLUMNS`].
    #[error("the table has too many columns")]
    TooManyColumns,
    /// A cell longer than [`LONGEST_CELL`], in this row.
    #[error("row {0} has a cell that is too long")]
    LongCell(usize),
    /// It unpacks to more than [`MOST_UNPACKED`].
    #[error("the workbook unpacks to too much")]
    Bomb,
    /// An old or encrypted workbook.
    #[error("the workbook is of the old kind, or has a password")]
    OldWorkbook,
    /// Neither of the kinds.
    #[error("not a table")]
    Unknown,
    /// One of the kinds, but damaged.
    #[error("the file is damaged: {0}")]
    Broken(String),
}

/// Reads a file, whatever it is called.
pub fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    if bytes.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let first = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).ok_or(Unreadable::Empty)?;
    let table = match &bytes[first..] {
        [b'P', b'K', 3 | 5, ..] => xlsx::read(bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(Unreadable::OldWorkbook),
        [b'{', ..] => geojson::read(bytes)?,
        _ => csv_text::read(bytes)?,
    };
    if table.rows.is_empty() { Err(Unreadable::Empty) } else { Ok(table) }
}

pub use csv_text::{guarded, write as csv};
pub use geojson::write as geojson;
pub use xlsx::write as xlsx;

/// Adds a row, unless it is empty or one too many.
fn push(rows: &mut Vec<Row>, number: usize, mut cells: Vec<String>) -> Result<(), Unreadable> {
    while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    if cells.is_empty() {
        return Ok(());
    }
    if rows.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    if cells.len() > MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    // A character has at most four bytes; most cells need no counting.
    if cells.iter().any(|cell| cell.len() > LONGEST_CELL && cell.chars().count() > LONGEST_CELL) {
        return Err(Unreadable::LongCell(number));
    }
    rows.push(Row { number, cells });
    Ok(())
}
