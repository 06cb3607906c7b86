//! Unmatched rows that differ in one column only.

use std::collections::BTreeMap;

use super::{Alone, Value};

/// Two unmatched rows that may be one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Entry and row of each.
    pub places: [(usize, u32); 2],
    /// The only compared column in which they differ.
    pub column: usize,
    /// Its two values.
    pub values: [Value; 2],
}

/// Pairs of rows of different entries that are equal but for one column, where no third row is so too.
pub(super) fn pairs(alone: &[Alone], columns: usize) -> Vec<Near> {
    // One column alone leaves nothing that is equal.
    let range = if columns > 1 { 0..columns } else { 0..0 };
    range.flat_map(|column| in_column(alone, column)).collect()
}

fn in_column(alone: &[Alone], column: usize) -> Vec<Near> {
    let mut groups: BTreeMap<Vec<&Value>, Vec<&Alone>> = BTreeMap::new();
    for row in alone {
        let others = row.line.values.iter().enumerate().filter(|(i, _)| *i != column);
        groups.entry(others.map(|(_, v)| v).collect()).or_default().push(row);
    }
    let pair = |group: &Vec<&Alone>| match group[..] {
        [a, b] if a.entry != b.entry => Some(Near {
            places: [(a.entry, a.line.row), (b.entry, b.line.row)],
            column,
            values: [a.line.values[column].clone(), b.line.values[column].clone()],
        }),
        _ => None,
    };
    groups.values().filter_map(pair).collect()
}
