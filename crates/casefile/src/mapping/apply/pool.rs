//! What every shape is read into: one line a station, one column a count.

use glassurn_model::{Count, Field, OddityKind};

/// A data row of one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Index of the table among those used.
    pub(super) grid: u32,
    /// Index of the row in the table.
    pub(super) row: u32,
}

/// A column of counts.
#[derive(Debug, Clone)]
pub(super) struct PoolColumn {
    /// Its name in the source.
    pub(super) name: String,
    /// One count a line.
    pub(super) values: Vec<Count>,
}

/// A cell that is no count.
#[derive(Debug, Clone)]
pub(super) struct Odd {
    /// Its row.
    pub(super) at: Line,
    /// Its column in the table.
    pub(super) column: usize,
    /// The column's name.
    pub(super) name: String,
    /// Index of the line in the pool.
    pub(super) line: u32,
    /// What is odd.
    pub(super) kind: OddityKind,
}

/// Which columns of the pool make a contest.
#[derive(Debug, Clone, Default)]
pub(super) struct ContestPlan {
    /// Protocol lines and the columns whose sum each is.
    pub(super) fields: Vec<(Field, Vec<usize>)>,
    /// Choices: the name to show and the column.
    pub(super) choices: Vec<(String, usize)>,
    /// Further columns.
    pub(super) extras: Vec<usize>,
    /// In a long table: the sum of the votes that have a row at the station.
    pub(super) listed: Option<usize>,
}

/// Everything that was read, before it is named and judged.
#[derive(Debug, Default)]
pub(super) struct Pool {
    /// The rows, in file order.
    pub(super) lines: Vec<Line>,
    /// The columns.
    pub(super) columns: Vec<PoolColumn>,
    /// The contests, in the mapping's order.
    pub(super) contests: Vec<ContestPlan>,
    /// Cells that are no counts.
    pub(super) odd: Vec<Odd>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
}

impl Pool {
    /// Leaves lines out; for each old line, its index among those that stay.
    pub(super) fn keep(&mut self, removed: &[bool]) -> Vec<Option<u32>> {
        let mut next = 0_u32;
        let mut index = |&gone: &bool| {
            let here = next;
            next += u32::from(!gone);
            (!gone).then_some(here)
        };
        let kept = removed.iter().map(&mut index).collect();
        if removed.contains(&true) {
            retain(&mut self.lines, removed);
            self.columns.iter_mut().for_each(|c| retain(&mut c.values, removed));
        }
        kept
    }
}

/// Keeps the items that are not removed.
fn retain<T>(items: &mut Vec<T>, removed: &[bool]) {
    let mut gone = removed.iter();
    items.retain(|_| !gone.next().copied().unwrap_or(false));
}
