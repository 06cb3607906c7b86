//! What the targets share. A target fails on a panic, on memory or time beyond the fuzzer's bounds, and on
//! a table that contradicts itself.

#[path = "../../crates/casefile/tests/common/mod.rs"]
pub mod files;

use std::sync::OnceLock;

use glassurn_casefile::RawTable;
use glassurn_casefile::formats::{Limits, ReadOptions, read_bytes};
use glassurn_casefile::register::{
    Exchange, Folder, Publisher, RegisterError, Tables, exchange, seed,
};

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

/// The shipped register.
pub fn shipped() -> &'static Tables {
    static SHIPPED: OnceLock<Tables> = OnceLock::new();
    SHIPPED.get_or_init(|| seed().map(|f| f.tables).unwrap_or_default())
}

/// Reads files as a register; what comes of it can be exported in every form.
pub fn register(files: Vec<(String, Vec<u8>)>) {
    let mut folder = Folder::default();
    for (name, bytes) in files {
        if let Err(error) = folder.read_bytes(&name, bytes) {
            return says_what_to_do(&error);
        }
    }
    exports(&folder.tables);
}

/// Adds what an importer made to a register: it is refused with a reason, or the register holds it.
pub fn imports(now: &Tables, made: &Tables) {
    match now.importing(made, false) {
        Ok(change) => exports(&now.clone().with(&change)),
        Err(error) => says_what_to_do(&error),
    }
}

fn exports(tables: &Tables) {
    match tables.register() {
        Ok(register) => {
            for form in Exchange::ALL {
                let exchanged = exchange(&register, form, &Publisher::default());
                assert!(!exchanged.text.contains('\0'));
            }
        }
        Err(error) => says_what_to_do(&error),
    }
}

fn says_what_to_do(error: &RegisterError) {
    assert!(!error.problem.is_empty() && !error.hint.is_empty(), "{error:?}");
}
