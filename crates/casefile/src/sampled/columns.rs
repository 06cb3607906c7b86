//! Columns found by their names.

use crate::RawTable;
use crate::mapping::{MappingError, nearest};
use crate::number::{Cell, Convention, parse};

/// How many rows may stand above the names.
const ABOVE: usize = 20;

/// A table with a row of names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns<'a> {
    table: &'a RawTable,
    header: usize,
}

impl<'a> Columns<'a> {
    /// The table whose names are in the first row that `is_header` accepts, else in the first row of
    /// more than one cell.
    pub(crate) fn of(
        table: &'a RawTable,
        is_header: impl Fn(&Columns<'a>) -> bool,
    ) -> Result<Self, MappingError> {
        let rows = || (0..table.len().min(ABOVE)).map(|header| Columns { table, header });
        let found =
            rows().find(is_header).or_else(|| rows().find(|c| table.row(c.header).len() > 1));
        found.ok_or_else(|| MappingError {
            problem: format!("{} has no row of column names", table.source.name),
            candidates: Vec::new(),
            hint: "give a table whose first row names its columns".to_owned(),
        })
    }

    /// The column of this name, in capital or small letters.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let wanted = name.trim().to_lowercase();
        self.table.row(self.header).position(|c| c.trim().to_lowercase() == wanted)
    }

    /// The column of this name, or the names that are like it.
    pub(crate) fn named(&self, name: &str) -> Result<usize, MappingError> {
        self.find(name).ok_or_else(|| MappingError {
            problem: format!("{} has no column `{name}`", self.table.source.name),
            candidates: nearest(name, self.table.row(self.header)),
            hint: "name a column of the table".to_owned(),
        })
    }

    /// The columns of these names.
    pub(crate) fn all(&self, names: &[String]) -> Result<Vec<usize>, MappingError> {
        names.iter().map(|n| self.named(n)).collect()
    }

    /// The first column that has one of these names.
    pub(crate) fn any(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|n| self.find(n))
    }

    /// The rows below the names that are not empty.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> + use<'a> {
        let table = self.table;
        (self.header + 1..table.len()).filter(move |r| table.row(*r).any(|c| !c.trim().is_empty()))
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.table.row(self.header).count()
    }

    /// The column's name.
    pub(crate) fn heading(&self, column: usize) -> &'a str {
        self.table.cell(self.header, column).trim()
    }

    /// The text of a cell.
    pub(crate) fn text(&self, row: usize, column: usize) -> &'a str {
        self.table.cell(row, column)
    }

    /// The row's number in the file.
    pub(crate) fn number(&self, row: usize) -> u32 {
        self.table.number(row)
    }

    /// The column's numbers, row by row as [`Columns::rows`] gives them.
    pub(crate) fn numbers(&self, column: usize) -> Vec<Cell> {
        let convention = Convention::of(self.rows().map(|r| self.text(r, column)));
        self.rows().map(|r| parse(self.text(r, column), convention, &[])).collect()
    }

    /// A name or code that is the same however its number is written (`01`, `1`).
    pub(crate) fn key(&self, row: usize, columns: &[usize]) -> String {
        let one = |c: &usize| {
            let text = self.text(row, *c).trim();
            parse(text, Convention::default(), &[])
                .count()
                .map_or(text.to_owned(), |n| n.to_string())
        };
        columns.iter().map(one).collect::<Vec<_>>().join("/")
    }
}
