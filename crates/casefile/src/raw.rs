//! A table as it stands in a file: text cells with their row numbers, nothing interpreted.

use glassurn_model::Source;

/// A table of text cells, stored as one string so that a million cells cost one allocation.
#[derive(Debug, Clone, Default)]
pub struct RawTable {
    /// Where it comes from.
    pub source: Source,
    /// Whether the first row is known to be names (JSON, dBASE, Parquet), not guessed.
    pub named: bool,
    text: String,
    /// End of each cell in `text`.
    ends: Vec<u32>,
    /// For each row: one past its last cell in `ends`, and its number in the file.
    rows: Vec<(u32, u32)>,
}

/// The table would be larger than a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than 4 GiB of text or 4 billion cells in one table")]
pub struct TooLarge;

impl RawTable {
    /// Adds a row with the number an editor or spreadsheet shows for it (from 1).
    pub fn push_row<'a>(
        &mut self,
        number: u32,
        cells: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), TooLarge> {
        for cell in cells {
            self.text.push_str(cell);
            self.ends.push(u32::try_from(self.text.len()).map_err(|_| TooLarge)?);
        }
        let end = u32::try_from(self.ends.len()).map_err(|_| TooLarge)?;
        self.rows.push((end, number));
        Ok(())
    }

    /// How many rows there are, names included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The most cells that any row has.
    pub fn width(&self) -> usize {
        (0..self.len()).map(|r| self.cells_of(r).len()).max().unwrap_or(0)
    }

    /// The row's number in the file.
    pub fn number(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |r| r.1)
    }

    /// A cell's text; empty beyond the row's end.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let cells = self.cells_of(row);
        if column >= cells.len() {
            return "";
        }
        self.text_of(cells.start + column)
    }

    /// The cells of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        self.cells_of(row).map(|c| self.text_of(c))
    }

    /// The range of a row's cells in `ends`.
    fn cells_of(&self, row: usize) -> std::ops::Range<usize> {
        let start = if row == 0 { 0 } else { self.rows[row - 1].0 as usize };
        start..self.rows.get(row).map_or(start, |r| r.0 as usize)
    }

    /// The text of a cell by its index in `ends`.
    fn text_of(&self, cell: usize) -> &str {
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] as usize };
        &self.text[start..self.ends[cell] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ragged_rows_keep_their_cells_and_numbers() {
        let mut table = RawTable::default();
        table.push_row(1, ["a", "", "c"]).unwrap();
        table.push_row(4, ["x"]).unwrap();
        assert_eq!((table.len(), table.width(), table.number(1)), (2, 3, 4));
        assert_eq!((table.cell(0, 2), table.cell(1, 0), table.cell(1, 2)), ("c", "x", ""));
        assert_eq!(table.row(0).collect::<Vec<_>>(), ["a", "", "c"]);
    }
}
