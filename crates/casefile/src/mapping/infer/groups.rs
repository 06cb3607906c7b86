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
            let id = if row > 0 && cell == last.0 {
                last.1
            } else {
                groups.id(*known.entry(cell).or_insert(u32::MAX), row)
            };
            known.insert(cell, id);
            last = (cell, id);
            groups.of.push(id);
        }
        groups
    }

    /// Groups by both.
    pub(super) fn and(&self, other: &Groups) -> Self {
        let mut known: HashMap<(u32, u32), u32, Quick> = HashMap::default();
        let mut groups =
            Groups { of: Vec::with_capacity(self.of.len()), count: 0, blank: 0, first: Vec::new() };
        for (row, pair) in self.of.iter().copied().zip(other.of.iter().copied()).enumerate() {
            let slot = known.entry(pair).or_insert(u32::MAX);
            let id = groups.id(*slot, row);
            *slot = id;
            groups.of.push(id);
        }
        groups
    }

    /// A known id, or the next one.
    fn id(&mut self, known: u32, row: usize) -> u32 {
        if known != u32::MAX {
            return known;
        }
        let id = u32::try_from(self.count).unwrap_or(u32::MAX - 1);
        self.count += 1;
        self.first.push(u32::try_from(row).unwrap_or(u32::MAX));
        id
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
