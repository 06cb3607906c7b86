//! What was done, what a record went through, and undoing.

use std::collections::HashSet;

use rusqlite::{Row, params};

use super::{Act, Author, Store, Written, state};
use crate::register::{Change, Fact, Kind, RegisterError};

/// One operation of the log.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Operation {
    /// Its number, from 1.
    pub id: i64,
    /// What was done.
    pub act: String,
    /// In words.
    pub description: String,
    /// Who recorded it.
    pub by: String,
    /// When, as the program was told.
    pub at: String,
    /// The operation that it undoes.
    pub undoes: Option<i64>,
    /// Statements that it recorded.
    pub statements: i64,
}

/// One statement of a record's past.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Past {
    /// Its number.
    pub id: i64,
    /// The operation that recorded it.
    pub operation: i64,
    /// The column.
    pub column: String,
    /// The cleaned value; `None` when it was withdrawn.
    pub value: Option<String>,
    /// The value as it was written.
    pub original: Option<String>,
    /// Its sources.
    pub source: String,
    /// SHA-256 of the capture that was read.
    pub capture: Option<String>,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: String,
    /// The statement that replaced it.
    pub superseded_by: Option<i64>,
}

impl Store {
    /// Every operation, in order.
    pub fn log(&self) -> Result<Vec<Operation>, RegisterError> {
        self.try_to(|db| {
            let mut query = db.prepare(
                "SELECT id, act, description, recorded_by, recorded_at, undoes,
                   (SELECT count(*) FROM statement s WHERE s.operation = o.id AND s.kind <> '#columns')
                 FROM operation o ORDER BY id",
            )?;
            query.query_map([], operation)?.collect()
        })
    }

    /// Every statement about a record, in order.
    pub fn history(&self, kind: Kind, id: &str) -> Result<Vec<Past>, RegisterError> {
        self.try_to(|db| {
            let mut query = db.prepare(
                "SELECT h.id, h.operation, h.property, h.value, h.original, h.source, h.capture,
                   o.recorded_by, o.recorded_at, h.superseded_by
                 FROM history h JOIN operation o ON o.id = h.operation
                 WHERE h.kind = ?1 AND h.entity = ?2 ORDER BY h.id",
            )?;
            query.query_map([kind.table(), id], past)?.collect()
        })
    }

    /// Undoes an operation by a new one: what it recorded is replaced by what held before it. Refused where
    /// a later operation built on it.
    pub fn undo(&mut self, id: i64, author: &Author) -> Result<Written, RegisterError> {
        let undone = self.log()?.into_iter().find(|o| o.id == id).ok_or_else(|| {
            RegisterError::new(
                format!("there is no operation {id}"),
                "`glassurn register log` lists them",
            )
        })?;
        let touched = self.touched(id)?;
        if let Some(later) = touched.iter().filter_map(|t| t.later).min() {
            let problem = format!("operation {later} changed again what operation {id} recorded");
            return Err(RegisterError::new(problem, format!("undo operation {later} first")));
        }
        let facts = touched.into_iter().filter_map(Touched::restored).collect();
        let description = format!("undo of {id}: {}", undone.description);
        let act = Act { act: "undo".to_owned(), description, undoes: Some(id), files: Vec::new() };
        let change = Change { facts, columns: Vec::new() };
        self.write(author, &act, |_| Ok(change))?.ok_or_else(|| {
            RegisterError::new(
                format!("operation {id} recorded nothing that could be undone"),
                "nothing is to be done",
            )
        })
    }

    /// What an operation recorded, what held before it, and which operation came after.
    fn touched(&self, id: i64) -> Result<Vec<Touched>, RegisterError> {
        self.try_to(|db| {
            let mut query = db.prepare(
                "SELECT s.kind, s.entity, s.property,
                   (SELECT b.original FROM statement b WHERE b.kind = s.kind AND b.entity = s.entity
                      AND b.property = s.property AND b.operation < ?1 ORDER BY b.id DESC LIMIT 1),
                   (SELECT min(l.operation) FROM statement l WHERE l.kind = s.kind
                      AND l.entity = s.entity AND l.property = s.property AND l.operation > ?1)
                 FROM statement s WHERE s.operation = ?1 AND s.kind <> ?2 ORDER BY s.id",
            )?;
            let mut seen = HashSet::new();
            let mut all = Vec::new();
            for touched in query.query_map(params![id, state::COLUMNS], touched)? {
                let touched = touched?;
                let key = (touched.kind.clone(), touched.id.clone(), touched.column.clone());
                if seen.insert(key) {
                    all.push(touched);
                }
            }
            Ok(all)
        })
    }
}

/// A value that an operation recorded.
struct Touched {
    kind: String,
    id: String,
    column: String,
    before: Option<String>,
    later: Option<i64>,
}

impl Touched {
    /// The value that held before, to be recorded anew.
    fn restored(self) -> Option<Fact> {
        let Touched { kind, id, column, before: value, .. } = self;
        Some(Fact { kind: Kind::named(&kind)?, id, column, value, capture: None })
    }
}

fn touched(row: &Row) -> rusqlite::Result<Touched> {
    Ok(Touched {
        kind: row.get(0)?,
        id: row.get(1)?,
        column: row.get(2)?,
        before: row.get(3)?,
        later: row.get(4)?,
    })
}

fn operation(row: &Row) -> rusqlite::Result<Operation> {
    Ok(Operation {
        id: row.get(0)?,
        act: row.get(1)?,
        description: row.get(2)?,
        by: row.get(3)?,
        at: row.get(4)?,
        undoes: row.get(5)?,
        statements: row.get(6)?,
    })
}

fn past(row: &Row) -> rusqlite::Result<Past> {
    Ok(Past {
        id: row.get(0)?,
        operation: row.get(1)?,
        column: row.get(2)?,
        value: row.get(3)?,
        original: row.get(4)?,
        source: row.get(5)?,
        capture: row.get(6)?,
        by: row.get(7)?,
        at: row.get(8)?,
        superseded_by: row.get(9)?,
    })
}
