//! Versions of the file: numbered steps, each done once, in order, all or none.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::fail::failed;
use crate::register::RegisterError;

/// The steps; the number of a file's version is how many of them it has behind it.
const STEPS: [&str; 2] =
    [include_str!("migrations/0001_statements.sql"), include_str!("migrations/0002_search.sql")];

/// Marks the file as a register: `GURN`.
const MARK: i32 = 0x4755_524e;

fn version(db: &Connection) -> rusqlite::Result<usize> {
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

/// Whether every step is done.
pub(super) fn is_current(db: &Connection) -> rusqlite::Result<bool> {
    Ok(version(db)? == STEPS.len())
}

/// Refuses databases of other programs and registers of a later version.
pub(super) fn refuse_strangers(db: &Connection, path: &Path) -> Result<(), RegisterError> {
    let read = || -> rusqlite::Result<(i32, usize, i64)> {
        let mark = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let tables = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok((mark, version(db)?, tables))
    };
    let (mark, version, tables) = read().map_err(|e| failed(path, &e))?;
    let refuse = |problem: &str, hint: &str| {
        Err(RegisterError::at(path.display().to_string(), problem, hint))
    };
    match () {
        () if mark != MARK && tables > 0 => refuse(
            "it is a database of another program",
            "give the file that `glassurn register init` made",
        ),
        () if version > STEPS.len() => refuse(
            "a newer Glassurn wrote it",
            "use that version; this one would not know what it means",
        ),
        () => Ok(()),
    }
}

/// Does the steps that are not done yet.
pub(super) fn up_to_date(db: &mut Connection) -> rusqlite::Result<()> {
    if is_current(db)? {
        return Ok(());
    }
    let steps = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = version(&steps)?;
    for step in STEPS.iter().skip(done) {
        steps.execute_batch(step)?;
    }
    steps.pragma_update(None, "application_id", MARK)?;
    steps.pragma_update(None, "user_version", i64::try_from(STEPS.len()).unwrap_or(0))?;
    steps.commit()
}

#[cfg(test)]
mod tests {
    use super::super::{At, Store};
    use super::*;

    /// A file as version 1 wrote it: the first step alone, with an operation in it.
    fn version_1(path: &Path) {
        let db = Connection::open(path).unwrap();
        db.execute_batch(STEPS[0]).unwrap();
        db.execute_batch(
            "INSERT INTO operation VALUES (1, 'import', 'by hand', 'a', '2026-01-02T03:04:05Z', NULL);
             INSERT INTO statement VALUES
               (1, 1, '#columns', 'sources', 'columns', '[]', '[\"source_id\",\"publisher\",\"title\"]', '', '', NULL),
               (2, 1, 'sources', 'S1', 'source_id', 'S1', 'S1', '', '', NULL),
               (3, 1, 'sources', 'S1', 'publisher', 'P', 'P', '', '', NULL),
               (4, 1, 'sources', 'S1', 'title', 'Наблюдатели', 'Наблюдатели', '', '', NULL);",
        )
        .unwrap();
        db.pragma_update(None, "application_id", MARK).unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
    }

    #[test]
    fn a_file_of_version_1_opens_whole_and_can_be_searched() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("r");
        version_1(&path);
        let store = Store::open(&path).unwrap();
        assert!(is_current(&store.db).unwrap());
        let tables = store.tables(&At::Now).unwrap();
        assert_eq!(tables.sheets[0].rows[0].cells, ["S1", "P", "Наблюдатели"]);
        assert_eq!(store.search("наблюд", &At::Now, 5).unwrap().len(), 1);
        drop(store);
        assert_eq!(Store::open(&path).unwrap().log().unwrap().len(), 1, "once is enough");
    }

    #[test]
    fn strangers_and_later_versions_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let problem = |p: &Path| Store::open(p).unwrap_err().problem;
        std::fs::write(path("text"), "source_id,publisher\n".repeat(100)).unwrap();
        assert_eq!(problem(&path("text")), "it is no register");
        Connection::open(path("other")).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        assert_eq!(problem(&path("other")), "it is a database of another program");
        Store::create(&path("new")).unwrap();
        Connection::open(path("new")).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert_eq!(problem(&path("new")), "a newer Glassurn wrote it");
        assert_eq!(problem(&path("none")), "there is no register");
        assert_eq!(Store::create(&path("text")).unwrap_err().problem, "it is there already");
    }
}
