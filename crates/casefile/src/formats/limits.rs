//! Bounds on what hostile input can make us do.

use crate::RawTable;

/// Bounds on what hostile input can make us do. Every bound that is met ends in an error that names it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes after unpacking, over all members.
    pub unpacked: u64,
    /// How many times larger than the outer file its contents may be, once they exceed 64 MiB. Tables
    /// of counts pack at most about forty to one.
    pub expansion: u64,
    /// Bytes of one line of text.
    pub line: usize,
    /// Columns of one table.
    pub columns: usize,
    /// Rows of one table.
    pub rows: usize,
    /// Cells of one table.
    pub cells: usize,
    /// Bytes of one cell.
    pub cell: usize,
    /// Members of an archive or folder.
    pub members: usize,
    /// Containers inside containers.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            unpacked: 2 << 30,
            expansion: 100,
            line: 16 << 20,
            columns: 16_384,
            rows: 20_000_000,
            cells: 64_000_000,
            cell: 1 << 20,
            members: 200_000,
            depth: 4,
        }
    }
}

/// Contents up to this size are unpacked whatever their ratio.
const ALWAYS: u64 = 64 << 20;

impl Limits {
    /// Whether a table has room for a row of this many cells; if not, why.
    pub(super) fn check(&self, table: &RawTable, cells: usize) -> Result<(), String> {
        self.check_counts(table.len(), table.cells(), cells)
    }

    /// The same for a table that is not made yet.
    pub(super) fn check_counts(
        &self,
        rows: usize,
        before: usize,
        cells: usize,
    ) -> Result<(), String> {
        if cells > self.columns {
            Err(format!("more than {} columns", self.columns))
        } else if rows >= self.rows {
            Err(format!("more than {} rows", self.rows))
        } else if before.saturating_add(cells) > self.cells {
            Err(format!("more than {} cells", self.cells))
        } else {
            Ok(())
        }
    }

    /// How many bytes the contents of an outer file of this size may have.
    pub(super) fn allowance(&self, outer: u64) -> u64 {
        outer.saturating_mul(self.expansion).max(ALWAYS).min(self.unpacked)
    }
}
