//! Columns of names as numbered groups of rows, to see which column determines which.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::view::View;

/// The rows of a table grouped by a column, or by several.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    /// The group of each row.
    pub(super) of: Vec<u32>,
    /// How many groups there are.
    pub(super) count: usize,
    /// Rows with an empty cell.
    pub(super) blank: usize,
    /// The first row of each group.
    pub(super) first: Vec<u32>,
}

impl Groups {
    /// One group of all rows.
    pub(super) fn one(rows: usize) -> Self {
        Groups { of: vec![0; rows], count: 1, blank: 0, first: vec![0] }
    }

    /// Groups by the cells of a column.
    pub(super) fn of(view: &View, column: usize) -> Self {
        let mut known: HashMap<&str, u32, Quick> = HashMap::default();
        let mut groups = Groups {
            of: Vec::with_capacity(view.rows.len()),
            count: 0,
            blank: 0,
            first: Vec::new(),
        };
        let mut last = ("", 0_u32);
        for row in 0..view.rows.len() {
            let cell = view.cell(row, column);
            groups.blank += usize::from(cell.is_empty());
            if row == 0 || cell != last.0 {
                let next = groups.next();
                let id = *known.entry(cell).or_insert(next);
                groups.note(id, next, row);
                last = (cell, id);
            }
            groups.of.push(last.1);
        }
        groups
    }

    /// Groups by both.
    pub(super) fn and(&self, other: &Groups) -> Self {
        if self.count == 1 {
            return other.clone();
        }
        let mut known: HashMap<(u32, u32), u32, Quick> = HashMap::default();
        let mut groups =
            Groups { of: Vec::with_capacity(self.of.len()), count: 0, blank: 0, first: Vec::new() };
        let mut last = ((u32::MAX, u32::MAX), 0);
        for (row, pair) in self.of.iter().copied().zip(other.of.iter().copied()).enumerate() {
            if pair != last.0 {
                let next = groups.next();
                let id = *known.entry(pair).or_insert(next);
                groups.note(id, next, row);
                last = (pair, id);
            }
            groups.of.push(last.1);
        }
        groups
    }

    /// The number of the next group.
    fn next(&self) -> u32 {
        u32::try_from(self.count).unwrap_or(u32::MAX)
    }

    /// Counts a group that is new.
    fn note(&mut self, id: u32, next: u32, row: usize) {
        if id == next {
            self.count += 1;
            self.first.push(u32::try_from(row).unwrap_or(u32::MAX));
        }
    }

    /// How often neighbouring rows are in different groups.
    pub(super) fn changes(&self) -> usize {
        self.of.windows(2).filter(|w| w[0] != w[1]).count()
    }

    /// Rows that repeat a group.
    pub(super) fn repeats(&self) -> usize {
        self.of.len() - self.count
    }
}

/// Hashing for keys that nobody chose to collide at a cost that matters: at worst recognition is slow.
type Quick = BuildHasherDefault<Multiply>;

/// Multiply and rotate.
#[derive(Debug, Default, Clone, Copy)]
struct Multiply(u64);

impl Multiply {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Multiply {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0_u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.add(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.add(u64::from(n));
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawTable;

    #[test]
    fn rows_are_grouped_by_one_column_and_by_two() {
        let mut table = RawTable::default();
        for (number, row) in (1..).zip([["a", "b"], ["x", "1"], ["x", "2"], ["y", ""], ["x", "1"]])
        {
            table.push_row(number, row).unwrap();
        }
        let view = View::of(&table).unwrap();
        let (a, b) = (Groups::of(&view, 0), Groups::of(&view, 1));
        assert_eq!((&a.of, a.count, a.blank, &a.first), (&vec![0, 0, 1, 0], 2, 0, &vec![0, 2]));
        assert_eq!((&b.of, b.count, b.blank), (&vec![0, 1, 2, 0], 3, 1));
        let both = a.and(&b);
        assert_eq!(
            (&both.of, both.count, both.repeats(), both.changes()),
            (&vec![0, 1, 2, 0], 3, 1, 3)
        );
    }
}
