//! A file that was read, with the fingerprint by which a stranger finds the same one.

use serde::Serialize;

/// One file as read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Source {
    /// File name as given, with the member of an archive after `!` (`2018.csv.zip!2018.csv`).
    pub name: String,
    /// Size of the outer file in bytes.
    pub bytes: u64,
    /// SHA-256 of the outer file, lower-case hexadecimal.
    pub sha256: String,
    /// What was found inside, outermost first (`zip`, `csv`).
    pub format: Vec<String>,
    /// Text encoding, where the format is text.
    pub encoding: Option<String>,
    /// Sheet, member or table inside the file.
    pub table: Option<String>,
    /// Data rows read.
    pub rows: u64,
}
