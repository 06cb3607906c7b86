//! Making and opening the file.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, functions::FunctionFlags};

use super::{Store, fail::failed, migrate, search::fold};
use crate::register::RegisterError;

/// How long one program waits for another that is writing.
const PATIENCE: Duration = Duration::from_secs(20);

impl Store {
    /// Makes a new register; a file that is there already is refused.
    pub fn create(path: &Path) -> Result<Store, RegisterError> {
        if path.exists() {
            let hint = "choose another name, or work with the one that is there";
            return Err(RegisterError::at(path.display().to_string(), "it is there already", hint));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let store = Store::connect(path, flags)?;
        store.prepared()
    }

    /// Opens a register, bringing an older one up to date. One that may only be read is opened to read.
    pub fn open(path: &Path) -> Result<Store, RegisterError> {
        if !path.exists() {
            let hint = "`glassurn register init` makes a new register, `glassurn register demo` one to look at";
            return Err(RegisterError::at(
                path.display().to_string(),
                "there is no register",
                hint,
            ));
        }
        if path.metadata().is_ok_and(|m| m.permissions().readonly()) {
            return Store::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?.current();
        }
        Store::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?.prepared()
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Store, RegisterError> {
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|e| failed(path, &e))?;
        let store = Store { path: path.to_owned(), db };
        store.try_to(|db| {
            db.busy_timeout(PATIENCE)?;
            let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
            db.create_scalar_function("fold", 1, flags, |c| Ok(fold(&c.get::<String>(0)?)))
        })?;
        Ok(store)
    }

    /// Sets the file up to be written, and brings it up to date.
    fn prepared(mut self) -> Result<Store, RegisterError> {
        migrate::refuse_strangers(&self.db, &self.path)?;
        self.try_to(|db| {
            // Readers do not wait for a writer, and what was acknowledged survives a loss of power.
            db.pragma_update(None, "journal_mode", "wal")?;
            db.pragma_update(None, "synchronous", "full")?;
            db.pragma_update(None, "foreign_keys", true)
        })?;
        migrate::up_to_date(&mut self.db).map_err(|e| failed(&self.path, &e))?;
        Ok(self)
    }

    /// Refuses a file that only a program that may write could bring up to date.
    fn current(self) -> Result<Store, RegisterError> {
        migrate::refuse_strangers(&self.db, &self.path)?;
        if migrate::is_current(&self.db).map_err(|e| failed(&self.path, &e))? {
            return Ok(self);
        }
        let hint = "allow writing to it once, so that it can be brought up to date";
        let place = self.path.display().to_string();
        Err(RegisterError::at(place, "an older Glassurn wrote it, and it may be read only", hint))
    }

    /// Lets the file grow no further, as a full disk would.
    #[doc(hidden)]
    pub fn limit_size_for_tests(&self) -> Result<(), RegisterError> {
        self.try_to(|db| {
            let pages: i64 = db.pragma_query_value(None, "page_count", |row| row.get(0))?;
            db.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
        })
    }

    /// Does something with the database.
    pub(super) fn try_to<T>(
        &self,
        what: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, RegisterError> {
        what(&self.db).map_err(|e| failed(&self.path, &e))
    }
}
