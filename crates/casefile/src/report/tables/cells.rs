//! Cells and rows of a table, safe to open in a spreadsheet.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` (or a tab or line end before one of
//! them). Names come from strangers' files; therefore every text cell that begins so gets an apostrophe in
//! front, which spreadsheets take as "this is text". Numbers are written by Glassurn itself and keep their
//! minus sign. The files are UTF-8 with a byte order mark, without which spreadsheets misread names.

use std::io;

use glassurn_model::{Count, Place, Returns};

/// A cell of a table.
pub(in crate::report) enum Cell<'a> {
    /// Anything that is not a number written by Glassurn.
    Text(&'a str),
    /// A count, empty when missing.
    Count(Count),
    /// A number, empty when missing.
    Number(Option<f64>),
}

impl Cell<'_> {
    /// How many there are of something.
    pub(super) fn size(n: usize) -> Self {
        Cell::Count(i64::try_from(n).ok())
    }
}

/// A table under construction.
pub(in crate::report) struct Table(csv::Writer<Vec<u8>>);

impl Table {
    /// Begins with the names of the columns.
    pub(in crate::report) fn new<S: AsRef<str>>(names: &[S]) -> io::Result<Self> {
        let mut table = Table(csv::Writer::from_writer("\u{feff}".as_bytes().to_vec()));
        names.iter().try_for_each(|name| table.cell(&Cell::Text(name.as_ref())))?;
        table.end()?;
        Ok(table)
    }

    /// Adds a cell to the row.
    pub(super) fn cell(&mut self, cell: &Cell<'_>) -> io::Result<()> {
        let result = match cell {
            Cell::Text(text) if starts_formula(text) => self.0.write_field(format!("'{text}")),
            Cell::Text(text) => self.0.write_field(text),
            Cell::Count(n) => self.0.write_field(n.map_or_else(String::new, |n| n.to_string())),
            Cell::Number(v) => {
                let text = v.filter(|v| v.is_finite()).map(|v| format!("{v:?}"));
                self.0.write_field(text.unwrap_or_default())
            }
        };
        result.map_err(io::Error::from)
    }

    /// Adds cells to the row.
    pub(in crate::report) fn cells(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        cells.iter().try_for_each(|c| self.cell(c))
    }

    /// Adds cells and ends the row.
    pub(in crate::report) fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.cells(cells)?;
        self.end()
    }

    /// Ends the row.
    fn end(&mut self) -> io::Result<()> {
        self.0.write_record(None::<&[u8]>).map_err(io::Error::from)
    }

    /// The table's bytes.
    pub(in crate::report) fn bytes(self) -> io::Result<Vec<u8>> {
        self.0.into_inner().map_err(|e| io::Error::new(e.error().kind(), e.to_string()))
    }
}

/// Whether a spreadsheet would take a text for a formula (the wide forms are read so in East Asia).
pub(super) fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text cell as it was before [`Table`] guarded it.
pub(crate) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| starts_formula(text)).unwrap_or(cell)
}

/// The source's name and the row of a place.
pub(super) fn at<'a>(returns: &'a Returns, place: Option<&Place>) -> [Cell<'a>; 2] {
    let source = place.and_then(|p| returns.sources.get(p.source as usize));
    let row = place.map(|p| i64::from(p.row));
    [Cell::Text(source.map_or("", |s| &s.name)), Cell::Count(row)]
}
