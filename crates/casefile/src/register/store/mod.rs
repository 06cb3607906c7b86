//! The store: one SQLite file of statements and operations, to which things are only ever added.
//!
//! Every write is one operation in one transaction: after a crash or on a full disk it is there whole, or
//! not at all. The state at any operation can be read; undoing is an operation too.

mod fail;
mod log;
mod migrate;
mod open;
mod search;
mod state;
mod write;

use std::path::PathBuf;

use rusqlite::Connection;

pub use log::{Operation, Past};
pub use search::Hit;
pub use write::{Act, Author, Written};

/// The register's file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    db: Connection,
}

/// A moment of the register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum At {
    /// Now.
    #[default]
    Now,
    /// After this operation.
    Operation(i64),
    /// At the end of this time, as far as it is given: `2026`, `2026-11`, `2026-11-24`, `2026-11-24T15:00`.
    Date(String),
}

impl At {
    /// Reads `7` as an operation and `2026-11-24` as a date; a year alone is written `2026-`.
    pub fn parse(text: &str) -> Option<At> {
        let text = text.trim();
        if let Ok(id) = text.parse::<i64>() {
            return (id >= 0).then_some(At::Operation(id));
        }
        let allowed = |b: u8| b.is_ascii_digit() || b"-:TZ.".contains(&b);
        let dated = text.len() >= 5 && text.as_bytes()[4] == b'-' && text.bytes().all(allowed);
        dated.then(|| At::Date(text.to_owned()))
    }
}
