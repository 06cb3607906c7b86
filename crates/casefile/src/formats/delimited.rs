//! Delimited text: any delimiter, any line end, quoted or not. The text is split where it stands.

use super::dialect::{self, Dialect};
use super::encoding::line_ends;
use super::{Item, Limits, ReadError, Session};
use crate::RawTable;
use crate::raw::{Row, Span};

/// Reads the item's table from its text.
pub(super) fn read(
    item: &Item,
    text: String,
    encoding: String,
    session: &mut Session<'_>,
) -> Result<(), ReadError> {
    let (told, skip) = told(&text, session.options.delimiter);
    let dialect = told.map_or_else(|| dialect::sniff(&text), |delimiter| Dialect { delimiter });
    let table = split(item, text, dialect, skip, session.limits())?;
    if table.width() < 2 && item.member.is_some() && !TABLES.contains(&&*item.extension()) {
        return Err(item.error(
            "it has one column only, and its name is not a table's",
            "name it `.csv` if it is one",
        ));
    }
    session.push(table, item, &name(dialect), Some(encoding), None);
    Ok(())
}

/// Extensions of delimited text.
const TABLES: [&str; 5] = ["csv", "tsv", "tab", "psv", "txt"];

/// What this dialect is called.
fn name(dialect: Dialect) -> String {
    match dialect.delimiter {
        b',' => "csv".to_owned(),
        b'\t' => "tsv".to_owned(),
        other => format!("csv ({})", char::from(other).escape_default()),
    }
}

/// The delimiter that the user or a first line `sep=;` tells, and the bytes of that line.
fn told(text: &str, option: Option<u8>) -> (Option<u8>, usize) {
    let line = text.split(['\r', '\n']).next().unwrap_or_default();
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) => (option.or(Some(delimiter)), line.len()),
        _ => (option, 0),
    }
}

/// Splits a text into cells without copying them.
fn split(
    item: &Item,
    text: String,
    dialect: Dialect,
    skip: usize,
    limits: &Limits,
) -> Result<RawTable, ReadError> {
    let mut splitter = Splitter {
        item,
        limits,
        text: text.as_bytes(),
        delimiter: dialect.delimiter,
        stops: std::array::from_fn(|b| {
            b == usize::from(dialect.delimiter)
                || b == usize::from(b'\n')
                || b == usize::from(b'\r')
        }),
        at: skip,
        line: 1,
        spill: Vec::new(),
        cells: Vec::with_capacity(text.len() / 12),
        rows: Vec::with_capacity(text.len() / 256),
    };
    while splitter.record()? {}
    let Splitter { spill, cells, rows, .. } = splitter;
    let mut text = text;
    text.push_str(&String::from_utf8_lossy(&spill));
    Ok(RawTable::from_parts(text, cells, rows))
}

/// Walks over the text.
struct Splitter<'t> {
    item: &'t Item,
    limits: &'t Limits,
    text: &'t [u8],
    delimiter: u8,
    /// Bytes that end an unquoted cell.
    stops: [bool; 256],
    at: usize,
    line: u32,
    /// Cells that differ from what stands in the text (`""` inside quotes); they go behind it.
    spill: Vec<u8>,
    cells: Vec<Span>,
    rows: Vec<Row>,
}

impl Splitter<'_> {
    /// Reads one record; false at the end.
    fn record(&mut self) -> Result<bool, ReadError> {
        while self.line_end() {}
        if self.at >= self.text.len() {
            return Ok(false);
        }
        let (start, number) = (self.cells.len(), self.line);
        loop {
            let cell = match self.text.get(self.at) {
                Some(b'"') => self.quoted()?,
                _ => self.bare(),
            };
            if (cell.end - cell.start) as usize > self.limits.cell {
                return Err(self.error(number, self.long_cell()));
            }
            self.cells.push(cell);
            if self.text.get(self.at) != Some(&self.delimiter) {
                break;
            }
            self.at += 1;
            if self.cells.len() - start >= self.limits.columns {
                let problem = format!("more than {} columns", self.limits.columns);
                return Err(self.error(number, problem));
            }
        }
        self.line_end();
        self.row(start, number)?;
        Ok(true)
    }

    /// Ends a record.
    fn row(&mut self, start: usize, number: u32) -> Result<(), ReadError> {
        let cells = self.cells.len() - start;
        self.limits
            .check_counts(self.rows.len(), start, cells)
            .map_err(|problem| self.error(number, problem))?;
        let place = |index: usize| u32::try_from(index).ok();
        match (place(start), place(self.cells.len()), place(self.text.len() + self.spill.len())) {
            (Some(start), Some(end), Some(_)) => {
                self.rows.push(Row { start, end, number });
                Ok(())
            }
            _ => Err(self.error(number, crate::raw::TooLarge.to_string())),
        }
    }

    /// Steps over one line end.
    fn line_end(&mut self) -> bool {
        let length = match self.text.get(self.at) {
            Some(b'\n') => 1,
            Some(b'\r') if self.text.get(self.at + 1) == Some(&b'\n') => 2,
            Some(b'\r') => 1,
            _ => return false,
        };
        self.at += length;
        self.line = self.line.saturating_add(1);
        true
    }

    /// A cell without quotes.
    fn bare(&mut self) -> Span {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.iter().position(|b| self.stops[usize::from(*b)]);
        self.at += length.unwrap_or(rest.len());
        span(start, self.at)
    }

    /// A cell that begins with a quote.
    fn quoted(&mut self) -> Result<Span, ReadError> {
        let (opened, start) = (self.line, self.at + 1);
        let close = self.closing_quote(start, opened)?;
        self.at = close + 1;
        if self.text.get(self.at).is_none_or(|b| self.stops[usize::from(*b)]) {
            return Ok(span(start, close));
        }
        let from = self.text.len() + self.spill.len();
        self.spill.extend_from_slice(&self.text[start..close]);
        while self.text.get(self.at) == Some(&b'"') {
            let close = self.closing_quote(self.at + 1, opened)?;
            self.spill.extend_from_slice(&self.text[self.at..close]);
            self.at = close + 1;
        }
        let rest = self.bare();
        self.spill.extend_from_slice(&self.text[rest.start as usize..rest.end as usize]);
        Ok(span(from, self.text.len() + self.spill.len()))
    }

    /// Where the next quote is; counts the lines up to it.
    fn closing_quote(&mut self, from: usize, opened: u32) -> Result<usize, ReadError> {
        let most = self.limits.cell;
        let rest = &self.text[from..self.text.len().min(from.saturating_add(most + 1))];
        match rest.iter().position(|b| *b == b'"') {
            Some(length) => {
                let lines = u32::try_from(line_ends(&rest[..length])).unwrap_or(u32::MAX);
                self.line = self.line.saturating_add(lines);
                Ok(from + length)
            }
            None if rest.len() > most => Err(self.error(opened, self.long_cell())),
            None => Err(self.error(opened, "a quote opens here and is never closed".to_owned())),
        }
    }

    /// What is wrong with an endless cell.
    fn long_cell(&self) -> String {
        format!(
            "a cell is longer than {} KiB; a quote may be missing or too many",
            self.limits.cell >> 10
        )
    }

    /// An error in a row.
    fn error(&self, row: u32, problem: String) -> ReadError {
        let hint = "look at this row in a text editor; if the file was cut off, download it again";
        self.item.error(problem, hint).at_row(u64::from(row))
    }
}

/// A span; texts beyond 4 GiB are refused when the row ends, so saturation never shows.
fn span(start: usize, end: usize) -> Span {
    let place = |p: usize| u32::try_from(p).unwrap_or(u32::MAX);
    Span { start: place(start), end: place(end) }
}
