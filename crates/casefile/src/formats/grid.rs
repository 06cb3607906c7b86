//! The cells of a sheet, given one by one, made into a table. Empty cells cost nothing until then, and a
//! sheet that is nearly empty but very large is refused.

use super::Limits;
use crate::RawTable;
use crate::raw::{Row, Span};

/// A cell that is not empty.
struct Cell {
    row: u32,
    column: u32,
    span: Span,
}

/// The cells of a sheet.
pub(super) struct Grid<'l> {
    limits: &'l Limits,
    text: String,
    cells: Vec<Cell>,
    sorted: bool,
}

/// A sheet may have this many cells however empty it is.
const ALWAYS: usize = 1_000_000;

/// Beyond that, at least one cell in this many holds something.
const SPARSEST: usize = 50;

impl<'l> Grid<'l> {
    /// An empty sheet.
    pub(super) fn new(limits: &'l Limits) -> Self {
        Grid { limits, text: String::new(), cells: Vec::new(), sorted: true }
    }

    /// Adds a cell; row and column count from 0. A cell given twice keeps the second text.
    pub(super) fn push(&mut self, row: u32, column: u32, text: &str) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        if column as usize >= self.limits.columns {
            return Err(format!("more than {} columns", self.limits.columns));
        }
        if text.len() > self.limits.cell {
            return Err(format!("a cell is longer than {} KiB", self.limits.cell >> 10));
        }
        if self.cells.len() >= self.limits.cells {
            return Err(format!("more than {} cells", self.limits.cells));
        }
        let place = |length: usize| u32::try_from(length).map_err(|e| e.to_string());
        let start = place(self.text.len())?;
        self.text.push_str(text);
        let span = Span { start, end: place(self.text.len())? };
        self.sorted &= self.cells.last().is_none_or(|l| (l.row, l.column) < (row, column));
        self.cells.push(Cell { row, column, span });
        Ok(())
    }

    /// The table, without the rows that hold nothing.
    pub(super) fn table(mut self) -> Result<RawTable, String> {
        if !self.sorted {
            self.cells.sort_by_key(|c| (c.row, c.column));
        }
        let same_row = |a: &Cell, b: &Cell| a.row == b.row;
        let widths = self.cells.chunk_by(same_row).filter_map(|r| r.last());
        let total: usize = widths.map(|c| c.column as usize + 1).sum();
        let room = self.cells.len().saturating_mul(SPARSEST).max(ALWAYS).min(self.limits.cells);
        if total > room {
            return Err(format!("{} cells are spread over room for {total}", self.cells.len()));
        }
        let mut spans: Vec<Span> = Vec::with_capacity(total);
        let mut rows = Vec::new();
        for cells in self.cells.chunk_by(same_row) {
            self.limits.check_counts(rows.len(), 0, 0)?;
            let start = spans.len();
            for cell in cells {
                spans.truncate(start + cell.column as usize);
                spans.resize(start + cell.column as usize, Span { start: 0, end: 0 });
                spans.push(cell.span);
            }
            let place = |length: usize| u32::try_from(length).map_err(|e| e.to_string());
            let number = cells.first().map_or(0, |c| c.row.saturating_add(1));
            rows.push(Row { start: place(start)?, end: place(spans.len())?, number });
        }
        Ok(RawTable::from_parts(self.text, spans, rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_disorder() {
        let limits = Limits::default();
        let mut grid = Grid::new(&limits);
        for (row, column, text) in [(4, 1, "d"), (0, 2, "c"), (0, 0, "a"), (4, 1, "e"), (2, 0, "")]
        {
            grid.push(row, column, text).unwrap();
        }
        let table = grid.table().unwrap();
        assert_eq!(table.row(0).collect::<Vec<_>>(), ["a", "", "c"]);
        assert_eq!(table.row(1).collect::<Vec<_>>(), ["", "e"]);
        assert_eq!((table.len(), table.number(1)), (2, 5));
    }

    #[test]
    fn vast_empty_sheets_are_refused() {
        let limits = Limits::default();
        let mut grid = Grid::new(&limits);
        for row in 0..1_000 {
            grid.push(row, 16_383, "x").unwrap();
        }
        assert!(grid.table().is_err());
        assert!(Grid::new(&limits).push(0, 16_384, "x").is_err());
    }
}
