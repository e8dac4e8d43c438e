//! Reading lists kept as files: rows under a line of column names, and errors that say where to look.

use domain::hours::BadHours;

/// Why a list cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSeed {
    /// A line of a file says something that cannot be.
    #[error("{file}, line {line}: {why}")]
    Line {
        /// Which list, by the name of its seed file.
        file: &'static str,
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        why: Why,
    },
    /// A feature of a GeoJSON file, which has no lines to speak of.
    #[error("{file}, feature {feature}: {why}")]
    Feature {
        /// Which list, by the name of its seed file.
        file: &'static str,
        /// The feature, from 1.
        feature: usize,
        /// What is wrong with it.
        why: Why,
    },
    /// The generator asks for something that a list does not have.
    #[error("{file} has no {wanted}")]
    Missing {
        /// Which list, by the name of its seed file.
        file: &'static str,
        /// What is not there.
        wanted: String,
    },
    /// Hours written in the generator cannot be read.
    #[error(transparent)]
    Hours(#[from] BadHours),
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The file is not what its name says.
    #[error("cannot be read: {0}")]
    Format(String),
    /// The line of column names lacks one.
    #[error("there is no column {0}")]
    NoColumn(&'static str),
    /// A field that must not be empty.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// A field whose value is none of those allowed.
    #[error("{column} cannot be {value:?}: {rule}")]
    Value {
        /// The column.
        column: &'static str,
        /// What it says.
        value: String,
        /// What it may say.
        rule: &'static str,
    },
    /// A key that was there before.
    #[error("{0} is listed twice")]
    Twice(String),
    /// A reference to something that is not in the list.
    #[error("{0} is not in the list")]
    Dangling(String),
}

/// A line of a list, its fields in the order the columns were asked for.
pub(super) struct Row<const N: usize> {
    file: &'static str,
    line: u64,
    columns: [&'static str; N],
    fields: [String; N],
}

/// Reads a list with these columns; others are left alone. Takes what spreadsheets write: a byte order mark, blanks around fields,
/// empty lines.
pub(super) fn rows<const N: usize>(
    file: &'static str,
    text: &str,
    columns: [&'static str; N],
) -> Result<Vec<Row<N>>, BadSeed> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let format = |line, error: csv::Error| BadSeed::Line { file, line, why: Why::Format(error.to_string()) };
    let header = reader.headers().map_err(|error| format(1, error))?.clone();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let found = header.iter().position(|name| name == column);
        *place = found.ok_or(BadSeed::Line { file, line: 1, why: Why::NoColumn(column) })?;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| format(lines.at(error.position()), error))?;
        let line = lines.at(record.position());
        if !record.iter().all(str::is_empty) {
            let fields = places.map(|place| record.get(place).unwrap_or_default().to_owned());
            rows.push(Row { file, line, columns, fields });
        }
    }
    Ok(rows)
}

/// Counts lines as an editor does. The reader's own count is behind after `\r\n` and after empty lines.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a record, from 1; records are asked for in order.
    fn at(&mut self, record: Option<&csv::Position>) -> u64 {
        let start = record.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.at);
        while let Some(byte) = self.text.get(self.at).filter(|b| self.at < start || matches!(b, b'\r' | b'\n')) {
            self.at += 1;
            let pair = *byte == b'\r' && self.text.get(self.at) == Some(&b'\n');
            self.line += u64::from(matches!(byte, b'\r' | b'\n') && !pair);
        }
        self.line
    }
}

impl<const N: usize> Row<N> {
    /// An error about this line.
    pub(super) fn wrong(&self, why: Why) -> BadSeed {
        BadSeed::Line { file: self.file, line: self.line, why }
    }

    /// An error about the value of a column.
    pub(super) fn value(&self, column: usize, rule: &'static str) -> BadSeed {
        self.wrong(Why::Value { column: self.columns[column], value: self.fields[column].clone(), rule })
    }

    /// A field, which may be empty.
    pub(super) fn text(&self, column: usize) -> String {
        self.fields[column].clone()
    }

    /// A field that says something.
    pub(super) fn full(&self, column: usize) -> Result<String, BadSeed> {
        if self.fields[column].is_empty() {
            return Err(self.wrong(Why::Empty(self.columns[column])));
        }
        Ok(self.text(column))
    }

    /// A field that something else is made of.
    pub(super) fn parse<T: std::str::FromStr>(&self, column: usize, rule: &'static str) -> Result<T, BadSeed> {
        self.full(column)?.parse().map_err(|_| self.value(column, rule))
    }

    /// A field that is a code.
    pub(super) fn code(&self, column: usize) -> Result<domain::Slug, BadSeed> {
        self.parse(column, "a code has 1 to 23 characters out of a-z, 0-9 and -")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_in_any_order_and_a_mark_and_blanks_do_no_harm() {
        let rows = rows("x.csv", "\u{feff}b, a ,c\r\n1, 2,3\r\n\r\n\"4\n\",5,6\r\n,,\r\n7,,9\r\n", ["a", "b"]).unwrap();
        let read: Vec<_> = rows.iter().map(|row| (row.line, row.fields.join(" "))).collect();
        assert_eq!(read, [(2, "2 1".into()), (4, "5 4".into()), (7, " 7".into())]);
    }

    #[test]
    fn an_error_says_the_line() {
        let message = |text| rows("x.csv", text, ["a", "b"]).err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(message("a,c\n1,2\n"), "x.csv, line 1: there is no column b");
        assert_eq!(message(""), "x.csv, line 1: there is no column a");
        assert!(message("a,b\r\n1,2\r\n\r\n3\r\n").starts_with("x.csv, line 4: cannot be read"));
        assert!(message("a,b\n1,2\n3\n").starts_with("x.csv, line 3: cannot be read"));
    }
}
