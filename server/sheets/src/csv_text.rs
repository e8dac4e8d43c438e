//! Comma-separated text, in the encodings spreadsheets write it in.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::{FORMULA, Kind, Row, Table, Unreadable, push};

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    let (text, kind) = decode(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|error| Unreadable::Broken(error.to_string()))?;
        // The reader stands before the ends of lines it has yet to skip: the row begins behind them.
        let byte = record.position().map_or(0, csv::Position::byte);
        let at = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
        let at = at + text.as_bytes()[at..].iter().take_while(|sign| matches!(sign, b'\r' | b'\n')).count();
        line += text.as_bytes()[counted..at.max(counted)].iter().filter(|sign| **sign == b'\n').count();
        counted = at.max(counted);
        let cells = record.iter().map(unguarded).collect();
        push(&mut rows, line, cells)?;
    }
    Ok(Table { kind, rows })
}

fn decode(bytes: &[u8]) -> Result<(String, Kind), Unreadable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if wrong { Err(Unreadable::Unknown) } else { Ok((text.into_owned(), Kind::Csv)) };
    }
    // Nothing that is text has a zero byte in these encodings.
    if bytes.contains(&0) {
        return Err(Unreadable::Unknown);
    }
    for (encoding, kind) in [(UTF_8, Kind::Csv), (GB18030, Kind::CsvGb18030)] {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return Ok((text.into_owned(), kind));
        }
    }
    Err(Unreadable::Unknown)
}

/// What stands most often in the first line: a comma, a tab or a semicolon.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |sign: u8| line.bytes().filter(|byte| *byte == sign).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// A table with a byte order mark (spreadsheets then read it as UTF-8), and a `'` before what they would take for a formula.
pub fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        // Writing to memory does not fail.
        drop(writer.write_record(row.into_iter().map(guarded)));
    }
    writer.into_inner().unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula.
pub fn guarded(value: String) -> String {
    let value = value.trim_start_matches(FORMULA).to_owned();
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) && value.parse::<f64>().is_err() {
        format!("'{value}")
    } else {
        value
    }
}

/// What was guarded is text; what begins with `=` and was not, a spreadsheet would run.
fn unguarded(value: &str) -> String {
    match value.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        None if value.starts_with('=') => format!("{FORMULA}{value}"),
        _ => value.to_owned(),
    }
}
