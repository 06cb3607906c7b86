//! The tables at one moment, put together again from the statements.

use std::str::FromStr as _;

use rusqlite::{Connection, OptionalExtension};

use super::{At, Store};
use crate::register::{Change, Fact, Kind, RegisterError, Tables};

/// Statements of this kind hold the columns of a table.
pub(super) const COLUMNS: &str = "#columns";

impl Store {
    /// The tables at a moment.
    pub fn tables(&self, at: &At) -> Result<Tables, RegisterError> {
        let operation = self.operation_at(at)?;
        self.try_to(|db| tables(db, operation))
    }

    /// The last operation of a moment; 0 before the first.
    pub(super) fn operation_at(&self, at: &At) -> Result<i64, RegisterError> {
        let last = self.try_to(last_operation)?;
        match at {
            At::Now => Ok(last),
            At::Operation(id) if *id <= last => Ok(*id),
            At::Operation(id) => {
                let hint =
                    format!("the last operation is {last}; `glassurn register log` lists them");
                Err(RegisterError::new(format!("there is no operation {id}"), hint))
            }
            At::Date(date) => self.try_to(|db| {
                let until =
                    "SELECT max(id) FROM operation WHERE substr(recorded_at, 1, length(?1)) <= ?1";
                let id: Option<i64> = db.query_row(until, [date], |row| row.get(0))?;
                Ok(id.unwrap_or(0))
            }),
        }
    }
}

pub(super) fn last_operation(db: &Connection) -> rusqlite::Result<i64> {
    let last =
        db.query_row("SELECT max(id) FROM operation", [], |row| row.get::<_, Option<i64>>(0));
    Ok(last.optional()?.flatten().unwrap_or(0))
}

/// The tables after an operation.
pub(super) fn tables(db: &Connection, operation: i64) -> rusqlite::Result<Tables> {
    let mut change = Change::default();
    let mut query = db.prepare_cached(
        "SELECT kind, entity, property, original FROM statement WHERE operation <= ?1 ORDER BY id",
    )?;
    let mut rows = query.query([operation])?;
    while let Some(row) = rows.next()? {
        let kind = row.get_ref(0)?.as_str()?;
        let original: Option<String> = row.get(3)?;
        if kind == COLUMNS {
            change.columns.extend(columns(row.get_ref(1)?.as_str()?, original.as_deref()));
        } else if let Some(kind) = Kind::named(kind) {
            let (id, column) = (row.get(1)?, row.get(2)?);
            change.facts.push(Fact { kind, id, column, value: original, capture: None });
        }
    }
    Ok(Tables::default().with(&last_columns(change)))
}

/// The columns of a table, as a statement holds them.
fn columns(table: &str, list: Option<&str>) -> Option<(Kind, Vec<String>)> {
    let list = serde_json::Value::from_str(list.unwrap_or("[]")).ok()?;
    let names = list.as_array()?.iter().filter_map(|n| n.as_str().map(str::to_owned));
    Some((Kind::named(table)?, names.collect()))
}

/// Only the last word on the columns of each table counts.
fn last_columns(mut change: Change) -> Change {
    let mut last: Vec<(Kind, Vec<String>)> = Vec::new();
    for (kind, columns) in change.columns.drain(..) {
        last.retain(|(known, _)| *known != kind);
        last.push((kind, columns));
    }
    Change { columns: last, ..change }
}
