//! What the targets share. A target fails on a panic, on memory or time beyond the fuzzer's bounds, and on
//! a table that contradicts itself.

#[path = "../../crates/casefile/tests/common/mod.rs"]
pub mod files;

use glassurn_casefile::RawTable;
use glassurn_casefile::formats::{Limits, ReadOptions, read_bytes};

/// Limits that are met soon, so that what lies beyond them is reached.
fn options() -> ReadOptions {
    let limits = Limits {
        unpacked: 8 << 20,
        columns: 1_000,
        rows: 100_000,
        cells: 1_000_000,
        cell: 64 << 10,
        line: 1 << 20,
        members: 100,
        ..Limits::default()
    };
    ReadOptions { limits, ..ReadOptions::default() }
}

/// Reads bytes; whatever comes of it hangs together.
pub fn reads(name: &str, bytes: Vec<u8>) {
    match read_bytes(name, bytes, &options()) {
        Ok(reading) => reading.tables.iter().for_each(consistent),
        Err(error) => assert!(!error.problem.is_empty() && !error.hint.is_empty()),
    }
}

/// Every cell can be had, by row and by place.
fn consistent(table: &RawTable) {
    let mut before = 0;
    for row in 0..table.len() {
        let cells: Vec<&str> = table.row(row).collect();
        assert!(cells.len() <= table.width());
        for (column, cell) in cells.iter().enumerate() {
            assert_eq!(table.cell(row, column), *cell);
        }
        assert!(table.number(row) >= before);
        before = table.number(row);
    }
}
