//! Writing: one operation, one transaction.

use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{Store, fail::failed, search::fold, state};
use crate::register::{Change, Fact, Kind, RegisterError, Sheet, Tables};

/// Who records, and when. The library asks no clock: the program says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Who.
    pub by: String,
    /// When, in RFC 3339 and UTC: `2026-11-24T15:00:00Z`.
    pub at: String,
}

/// What is done, and in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Act {
    /// `import`, `add`, `edit`, `cite`, `judge`, `merge`, `undo`.
    pub act: String,
    /// In words.
    pub description: String,
    /// The operation that it undoes.
    pub undoes: Option<i64>,
    /// Files that were read, with their SHA-256.
    pub files: Vec<(String, String)>,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The operation.
    pub operation: i64,
    /// Statements that it recorded.
    pub statements: usize,
}

impl Store {
    /// Records a change as one operation, whole or not at all; `None` when it changes nothing. The change
    /// is made from the tables as they are when writing begins, so that two programs cannot cross.
    pub fn write(
        &mut self,
        author: &Author,
        act: &Act,
        change: impl FnOnce(&Tables) -> Result<Change, RegisterError>,
    ) -> Result<Option<Written>, RegisterError> {
        let path = self.path.clone();
        let fail = |e: rusqlite::Error| failed(&path, &e);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let last = state::last_operation(&tx).map_err(fail)?;
        let before = state::tables(&tx, last).map_err(fail)?;
        let change = change(&before)?;
        let after = before.clone().with(&change);
        let columns = new_columns(&before, &after);
        if change.facts.is_empty() && columns.is_empty() {
            return Ok(None);
        }
        RegisterError::of(after.faults())?;
        let operation = last + 1;
        let statements = change.facts.len();
        record(&tx, operation, author, act)
            .and_then(|()| Insert::new(&tx, operation)?.all(&change.facts, &columns, &after))
            .map_err(fail)?;
        tx.commit().map_err(fail)?;
        Ok(Some(Written { operation, statements }))
    }
}

/// Tables whose columns are others than before.
fn new_columns<'a>(before: &Tables, after: &'a Tables) -> Vec<&'a Sheet> {
    let old = |kind: Kind| before.sheet(kind).map(|s| &s.columns);
    after.sheets.iter().filter(|s| old(s.kind) != Some(&s.columns)).collect()
}

fn record(tx: &Transaction, id: i64, author: &Author, act: &Act) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO operation (id, act, description, recorded_by, recorded_at, undoes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, act.act, act.description, author.by, author.at, act.undoes],
    )?;
    for (name, sha256) in &act.files {
        let insert = "INSERT INTO file (operation, name, sha256) VALUES (?1, ?2, ?3)";
        tx.execute(insert, params![id, name, sha256])?;
    }
    Ok(())
}

/// Inserts statements of one operation.
struct Insert<'t> {
    operation: i64,
    statement: rusqlite::CachedStatement<'t>,
    search: rusqlite::CachedStatement<'t>,
    db: &'t Connection,
}

impl<'t> Insert<'t> {
    fn new(db: &'t Connection, operation: i64) -> rusqlite::Result<Self> {
        let statement = db.prepare_cached(
            "INSERT INTO statement
               (operation, kind, entity, property, value, original, lang, source, capture)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        let search = db.prepare_cached("INSERT INTO search (rowid, folded) VALUES (?1, ?2)")?;
        Ok(Insert { operation, statement, search, db })
    }

    fn all(mut self, facts: &[Fact], columns: &[&Sheet], after: &Tables) -> rusqlite::Result<()> {
        for sheet in columns {
            let list = serde_json::json!(sheet.columns).to_string();
            let (table, operation) = (sheet.kind.table(), self.operation);
            let blank = None::<String>;
            self.statement.execute(params![
                operation,
                state::COLUMNS,
                table,
                "columns",
                list,
                list,
                "",
                "",
                blank
            ])?;
        }
        for sheet in &after.sheets {
            let rows = sheet.by_id();
            for fact in facts.iter().filter(|f| f.kind == sheet.kind) {
                let cell = |column: &str| rows.get(&*fact.id).map_or("", |r| sheet.cell(r, column));
                let source = fact.kind.source_column().map_or("", cell);
                self.one(fact, cell("lang"), source)?;
            }
        }
        Ok(())
    }

    fn one(&mut self, fact: &Fact, lang: &str, source: &str) -> rusqlite::Result<()> {
        let content = fact.kind.column(&fact.column).map(|c| c.content);
        let clean = |text: &str| match content {
            Some(content) => content.clean(text).unwrap_or_else(|_| text.to_owned()),
            None => text.trim().to_owned(),
        };
        let value = fact.value.as_deref().map(clean);
        self.statement.execute(params![
            self.operation,
            fact.kind.table(),
            fact.id,
            fact.column,
            value,
            fact.value,
            lang,
            source,
            fact.capture
        ])?;
        if let Some(text) = &fact.value {
            self.search.execute(params![self.db.last_insert_rowid(), fold(text)])?;
        }
        Ok(())
    }
}
