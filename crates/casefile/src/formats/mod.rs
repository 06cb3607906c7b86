//! Reads files of any accepted type into tables of text. One type is one file and one line here.

use std::path::{Path, PathBuf};

use crate::RawTable;

/// How to read, where the file alone does not say.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Encoding label (`windows-1251`); detected when absent.
    pub encoding: Option<String>,
    /// Field delimiter; detected when absent.
    pub delimiter: Option<u8>,
    /// Name of the sheet, member or table to read; all when absent.
    pub table: Option<String>,
    /// The limits of what is read.
    pub limits: Limits,
}

/// Bounds on what hostile input can make us do.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes after unpacking, over all members.
    pub unpacked: u64,
    /// Columns of one table.
    pub columns: usize,
    /// Rows of one table.
    pub rows: usize,
    /// Bytes of one cell.
    pub cell: usize,
    /// Members of an archive or folder.
    pub members: usize,
    /// Containers inside containers.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            unpacked: 2 << 30,
            columns: 16_384,
            rows: 20_000_000,
            cell: 1 << 20,
            members: 200_000,
            depth: 4,
        }
    }
}

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

/// Words for a place in a file.
fn at(row: &Option<u64>, column: &Option<String>) -> String {
    let row = row.map(|r| format!(", row {r}")).unwrap_or_default();
    let column = column.as_ref().map(|c| format!(", column {c}")).unwrap_or_default();
    row + &column
}

/// Reads a file or folder into its tables, in the order of their names in the container.
pub fn read(path: &Path, _options: &ReadOptions) -> Result<Vec<RawTable>, ReadError> {
    Err(ReadError {
        file: path.to_owned(),
        row: None,
        column: None,
        problem: "unknown file type".to_owned(),
        hint: "give a CSV, spreadsheet, JSON, dBASE or Parquet file".to_owned(),
    })
}
