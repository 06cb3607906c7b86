//! A table seen as the mapping sees it: named columns and data rows, whichever way it lies.

use super::names::Names;
use super::{MappingError, wrong};
use crate::RawTable;
use crate::mapping::{Shape, TableMap};

/// One table with its names found and its data rows chosen.
#[derive(Debug)]
pub(super) struct Grid<'a> {
    /// The table.
    pub(super) table: &'a RawTable,
    /// Names of the columns.
    pub(super) names: Names<'a>,
    /// Data rows, by index.
    pub(super) rows: Vec<u32>,
    /// Whether stations are columns of the file.
    turned: bool,
}

impl<'a> Grid<'a> {
    /// Finds the names and the data rows.
    pub(super) fn new(table: &'a RawTable, map: &TableMap) -> Result<Self, MappingError> {
        let turned = map.shape == Shape::Transposed;
        let mut grid = Grid { table, names: Names::default(), rows: Vec::new(), turned };
        let header = grid.header(map.header)?;
        let (width, height) = grid.size();
        grid.names = Names((0..width).map(|c| grid.cell(header, c)).collect());
        grid.rows = (header + 1..u32::try_from(height).unwrap_or(u32::MAX)).collect();
        Ok(grid)
    }

    /// Index of the row of names.
    pub(super) fn header(&self, number: Option<u32>) -> Result<u32, MappingError> {
        let Some(number) = number else { return Ok(0) };
        let rows = u32::try_from(self.size().1).unwrap_or(u32::MAX);
        (0..rows).find(|&r| self.number(r) == number).ok_or_else(|| {
            let name = &self.table.source.name;
            let last = rows.checked_sub(1).map_or(0, |r| self.number(r));
            let problem = format!("{name} has no row {number} to take the column names from");
            wrong(
                problem,
                vec![format!("rows 1 to {last}")],
                "correct `table.header` in the mapping",
            )
        })
    }

    /// How many columns and rows it has, names included.
    fn size(&self) -> (usize, usize) {
        let (width, height) = (self.table.width(), self.table.len());
        if self.turned { (height, width) } else { (width, height) }
    }

    /// A cell's text.
    pub(super) fn cell(&self, row: u32, column: usize) -> &'a str {
        let row = row as usize;
        let (r, c) = if self.turned { (column, row) } else { (row, column) };
        if r < self.table.len() { self.table.cell(r, c) } else { "" }
    }

    /// A row's number in the file (a column's, where stations are columns).
    pub(super) fn number(&self, row: u32) -> u32 {
        if self.turned { row + 1 } else { self.table.number(row as usize) }
    }

    /// The column of a name.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.names.find(name)
    }

    /// The columns of names that [`super::pick`] has made sure of.
    pub(super) fn columns(&self, names: &[String]) -> Vec<usize> {
        names.iter().filter_map(|n| self.column(n)).collect()
    }
}

/// A column of texts, or some characters of each of its cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts {
    column: usize,
    /// First and last character, from 1.
    part: Option<(usize, usize)>,
}

impl<'a> Grid<'a> {
    /// The texts of a name: a column, or characters of one (`id[1-2]`).
    pub(super) fn texts(&self, name: &str) -> Option<Texts> {
        let whole = |column| Texts { column, part: None };
        self.column(name).map(whole).or_else(|| {
            let (column, part) = name.strip_suffix(']')?.rsplit_once('[')?;
            let (first, last) = part.split_once('-')?;
            let part = (first.trim().parse().ok()?, last.trim().parse().ok()?);
            let column = self.column(column)?;
            (1 <= part.0 && part.0 <= part.1).then_some(Texts { column, part: Some(part) })
        })
    }

    /// A row's text.
    pub(super) fn text(&self, row: u32, texts: Texts) -> &'a str {
        let cell = self.cell(row, texts.column).trim();
        texts.part.map_or(cell, |(first, last)| characters(cell, first, last))
    }
}

/// Some characters of a text, counted from 1.
fn characters(text: &str, first: usize, last: usize) -> &str {
    let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
    &text[at(first - 1)..at(last)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_may_be_some_characters_of_a_column() {
        let mut table = RawTable::default();
        table.push_row(1, ["id", "a[1-2]"]).unwrap();
        table.push_row(2, ["Ж1-010", "x"]).unwrap();
        let grid = Grid::new(&table, &TableMap::default()).unwrap();
        let text = |name| grid.texts(name).map(|t| grid.text(1, t));
        assert_eq!(
            (text("id[1-2]"), text("id[4-6]"), text("id[7-9]")),
            (Some("Ж1"), Some("010"), Some(""))
        );
        assert_eq!((text("a[1-2]"), text("id[2-1]").is_none()), (Some("x"), true));
    }
}
