//! Why a file could not be read.

use std::path::PathBuf;

/// Why a file could not be read, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}{}", file.display(), at(row, column))]
pub struct ReadError {
    /// The file, with members after `!`.
    pub file: PathBuf,
    /// Row in the file, from 1.
    pub row: Option<u64>,
    /// Column, by name or number.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// What to do next.
    pub hint: String,
}

impl ReadError {
    /// An error about a whole file.
    pub(crate) fn new(
        file: impl Into<PathBuf>,
        problem: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let (problem, hint) = (problem.into(), hint.into());
        ReadError { file: file.into(), row: None, column: None, problem, hint }
    }

    /// The same error with the row where it happened.
    pub(super) fn at_row(self, row: u64) -> Self {
        ReadError { row: Some(row), ..self }
    }
}

/// Words for a place in a file.
fn at(row: &Option<u64>, column: &Option<String>) -> String {
    let row = row.map(|r| format!(", row {r}")).unwrap_or_default();
    let column = column.as_ref().map(|c| format!(", column {c}")).unwrap_or_default();
    row + &column
}
