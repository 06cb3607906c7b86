//! Lists that others publish, read into tables of the register: nothing is linked by a guess, and what is not
//! taken is counted.

mod members;
mod sanctions;

pub use members::{Members, read_members};
pub use sanctions::{Linked, Listing, Listings, read_listings};

use super::{Kind, Record, RegisterError, Sheet, Tables};
use crate::{
    RawTable,
    formats::{self, ReadOptions},
};

/// A table of text, its columns found by name.
struct Columns<'t> {
    file: &'t str,
    table: &'t RawTable,
    at: Vec<(&'static str, usize)>,
}

impl<'t> Columns<'t> {
    /// Refused: a table that lacks one of these columns, or has one twice.
    fn find(
        file: &'t str,
        table: &'t RawTable,
        names: &[&'static str],
    ) -> Result<Self, RegisterError> {
        let header: Vec<&str> =
            if table.is_empty() { Vec::new() } else { table.row(0).map(str::trim).collect() };
        let at = |name: &&'static str| {
            let mut found = header.iter().enumerate().filter(|(_, h)| *h == name).map(|(n, _)| n);
            found.next().filter(|_| found.next().is_none()).map(|n| (*name, n)).ok_or(*name)
        };
        let (found, lacking): (Vec<_>, Vec<_>) = names.iter().map(at).partition(Result::is_ok);
        if lacking.is_empty() {
            return Ok(Columns { file, table, at: found.into_iter().flatten().collect() });
        }
        let lacking: Vec<&str> = lacking.into_iter().filter_map(Result::err).collect();
        let problem = format!("its first row does not name, once each: {}", lacking.join(", "));
        Err(RegisterError::at(
            format!("{file}, row 1"),
            problem,
            "give the file as it is published, with its header",
        ))
    }

    /// Rows that hold anything.
    fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        (1..self.table.len()).filter(|row| self.table.row(*row).any(|c| !c.trim().is_empty()))
    }

    fn cell(&self, row: usize, name: &str) -> &'t str {
        let at = self.at.iter().find(|(n, _)| *n == name);
        at.map_or("", |(_, n)| self.table.cell(row, *n).trim())
    }

    /// What is wrong with a cell.
    fn fault(&self, row: usize, name: &str, problem: &str, hint: &str) -> RegisterError {
        let shown: String = self.cell(row, name).chars().take(60).collect();
        let number = self.table.number(row);
        RegisterError::at(
            format!("{}, row {number}, column {name}, value `{shown}`", self.file),
            problem,
            hint,
        )
    }

    /// Rows with cells that a text cannot be.
    fn unwritable(&self) -> Vec<RegisterError> {
        let width = self.table.row(0).count();
        let mut faults = Vec::new();
        for row in self.rows() {
            let cells = self.table.row(row).count();
            if cells > width {
                let problem = format!("it has {cells} cells, and there are {width} columns");
                let place = format!("{}, row {}", self.file, self.table.number(row));
                faults.push(RegisterError::at(
                    place,
                    problem,
                    "a cell with a comma in it must stand in quotes",
                ));
            }
            let odd = self.at.iter().filter(|(name, _)| self.cell(row, name).contains('\0'));
            faults.extend(odd.map(|(name, _)| {
                self.fault(
                    row,
                    name,
                    "there is a NUL character in it",
                    "take it out, or get the file again",
                )
            }));
        }
        faults
    }
}

/// The one table of a delimited file, with its SHA-256.
fn delimited(name: &str, bytes: Vec<u8>) -> Result<(RawTable, String), RegisterError> {
    let options = ReadOptions { delimiter: Some(b','), ..ReadOptions::default() };
    let reading = formats::read_bytes(name, bytes, &options)?;
    let table = reading.tables.into_iter().next();
    let table = table
        .ok_or_else(|| RegisterError::at(name, "there is no table in it", "give a CSV file"))?;
    let hash = table.source.sha256.clone();
    Ok((table, hash))
}

/// Rows for a table of the register.
fn sheet(kind: Kind, columns: &[&str], rows: Vec<Vec<String>>) -> Sheet {
    let mut sheet = Sheet::new(kind, columns.iter().map(|c| (*c).to_owned()).collect());
    sheet.rows = rows.into_iter().map(|cells| record(kind, cells)).collect();
    sheet
}

fn record(kind: Kind, cells: Vec<String>) -> Record {
    let id = cells.first().cloned().unwrap_or_default();
    Record { place: format!("{} {id}", kind.title()), id, cells }
}

/// Tables of these sheets.
fn tables(mut sheets: Vec<Sheet>) -> Tables {
    sheets.retain(|s| !s.rows.is_empty());
    sheets.sort_by_key(|s| s.kind);
    Tables { sheets, ..Tables::default() }
}

/// The source that a published list is.
struct Published<'a> {
    id: String,
    publisher: &'a str,
    kind: &'a str,
    url: String,
    title: String,
    /// Letters by matter.
    reliable: &'a str,
    file: &'a str,
    sha256: &'a str,
    note: &'a str,
}

impl Published<'_> {
    fn sheet(&self) -> Sheet {
        let columns = [
            "source_id",
            "publisher",
            "publisher_type",
            "url",
            "title",
            "language",
            "how_read",
            "note",
            "reliability_by_matter",
        ];
        let how = format!("file {}, SHA-256 {}", self.file, self.sha256);
        let own = |text: &str| text.to_owned();
        let row = vec![
            self.id.clone(),
            own(self.publisher),
            own(self.kind),
            self.url.clone(),
            self.title.clone(),
            own("en"),
            how,
            own(self.note),
            own(self.reliable),
        ];
        sheet(Kind::Source, &columns, vec![row])
    }
}
