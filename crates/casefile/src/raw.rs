//! A table as it stands in a file: text cells with their row numbers, nothing interpreted.

use glassurn_model::Source;

/// A table of text cells. The cells are spans of one text, so that a million cells cost no allocation
/// and a file that is read whole is not copied.
#[derive(Debug, Clone, Default)]
pub struct RawTable {
    /// Where it comes from.
    pub source: Source,
    /// Whether the first row is known to be names (JSON, dBASE, Parquet), not guessed.
    pub named: bool,
    /// SHA-256 of the file that holds it, by itself: as it lies in its folder or archive, then unpacked.
    pub prints: Vec<String>,
    text: String,
    cells: Vec<Span>,
    rows: Vec<Row>,
}

/// Where a cell stands in the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Where a row's cells stand among the cells, and its number in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) number: u32,
}

/// The table would be larger than a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than 4 GiB of text or 4 billion cells in one table")]
pub struct TooLarge;

impl RawTable {
    /// A table over text that is already there; spans must lie on its character boundaries.
    pub(crate) fn from_parts(text: String, cells: Vec<Span>, rows: Vec<Row>) -> Self {
        RawTable { text, cells, rows, ..RawTable::default() }
    }

    /// A table without rows that comes from the same place.
    pub(crate) fn empty_copy(&self) -> Self {
        let (source, prints) = (self.source.clone(), self.prints.clone());
        RawTable { source, named: self.named, prints, ..RawTable::default() }
    }

    /// Adds a row with the number an editor or spreadsheet shows for it (from 1).
    pub fn push_row<'a>(
        &mut self,
        number: u32,
        cells: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), TooLarge> {
        let row = self.append(number, cells)?;
        self.rows.push(row);
        Ok(())
    }

    /// Puts a row of names before all others, for formats whose names are known only at the end.
    #[allow(dead_code, reason = "formats that name their columns call it")]
    pub(crate) fn set_names<'a>(
        &mut self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), TooLarge> {
        let row = self.append(0, names)?;
        self.rows.insert(0, row);
        self.named = true;
        Ok(())
    }

    /// Stores cells and says where they are.
    fn append<'a>(
        &mut self,
        number: u32,
        cells: impl IntoIterator<Item = &'a str>,
    ) -> Result<Row, TooLarge> {
        let place = |length: usize| u32::try_from(length).map_err(|_| TooLarge);
        let first = place(self.cells.len())?;
        for cell in cells {
            let start = place(self.text.len())?;
            self.text.push_str(cell);
            self.cells.push(Span { start, end: place(self.text.len())? });
        }
        Ok(Row { start: first, end: place(self.cells.len())?, number })
    }

    /// How many rows there are, names included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many cells all rows have together.
    pub(crate) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// The most cells that any row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|r| (r.end - r.start) as usize).max().unwrap_or(0)
    }

    /// The row's number in the file; 0 for names that stand in no row (JSON, dBASE, Parquet).
    pub fn number(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |r| r.number)
    }

    /// A cell's text; empty beyond the row's end.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.cells_of(row).get(column).map_or("", |c| self.text_of(*c))
    }

    /// The cells of a row.
    pub fn row(&self, row: usize) -> impl ExactSizeIterator<Item = &str> {
        self.cells_of(row).iter().map(|c| self.text_of(*c))
    }

    /// Where the cells of a row are.
    fn cells_of(&self, row: usize) -> &[Span] {
        self.rows.get(row).map_or(&[], |r| &self.cells[r.start as usize..r.end as usize])
    }

    /// The text of a cell.
    fn text_of(&self, cell: Span) -> &str {
        &self.text[cell.start as usize..cell.end as usize]
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

    #[test]
    fn names_may_come_last_and_stand_first() {
        let mut table = RawTable::default();
        table.push_row(1, ["1", "2"]).unwrap();
        table.set_names(["a", "b"]).unwrap();
        assert_eq!((table.cell(0, 1), table.cell(1, 1), table.number(0)), ("b", "2", 0));
        assert!(table.named && table.cell(9, 9).is_empty());
    }
}
