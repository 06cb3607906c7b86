//! What SQLite says, in words that say what to do.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use crate::register::RegisterError;

/// An error of the store at this file.
pub(super) fn failed(path: &Path, error: &Error) -> RegisterError {
    let (problem, hint) = words(error);
    RegisterError::at(path.display().to_string(), problem, hint)
}

fn words(error: &Error) -> (String, &'static str) {
    let known = |problem: &str, hint| (problem.to_owned(), hint);
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => known(
            "the disk is full; nothing of this operation was written, and nothing is lost",
            "make room and do it again",
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => known(
            "another program has been writing to the register for too long",
            "wait until it is done and do it again",
        ),
        Some(ErrorCode::NotADatabase) => known(
            "it is no register",
            "give the file that `glassurn register init` made, or import your tables into one",
        ),
        Some(ErrorCode::DatabaseCorrupt) => known(
            "the file is damaged",
            "copy it before anything else; restore a backup, or import the last exported folder",
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => known(
            "it may be read only",
            "change its permissions, or copy it to a folder where you may write",
        ),
        Some(ErrorCode::CannotOpen) => known(
            "it cannot be opened",
            "check its name and permissions; `glassurn register init` makes a new one",
        ),
        _ => (error.to_string(), "do it again; if it happens again, please report it"),
    }
}
