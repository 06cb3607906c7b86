//! Reads files of any accepted type into tables of text. One type is one file and one line here.
//!
//! What a file is follows from its first bytes, then from its extension, then from trying. Containers
//! (folders, archives, compressed files) may be nested. Nothing is passed over in silence: what could
//! not be read, and why, is in [`Reading::notes`]; only when no table at all was found is it an error.

mod cfb;
mod delimited;
mod dialect;
mod encoding;
mod error;
mod grid;
mod json;
mod limits;
mod package;
mod place;
mod serial;
mod session;
mod text;
mod xml;

use std::path::Path;

use crate::RawTable;

pub use error::ReadError;
pub use limits::Limits;
pub(crate) use place::sha256;
use session::{Item, Session};

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

/// Everything that was read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The tables, in the order of their names in the container.
    pub tables: Vec<RawTable>,
    /// What was passed over or read with a reservation.
    pub notes: Vec<Note>,
}

/// Something a reader of the tables must know.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// The file, with members after `!`.
    pub file: String,
    /// What happened, in words.
    pub what: String,
}

/// A file type.
struct Format {
    /// The name a reader sees in [`glassurn_model::Source::format`].
    name: &'static str,
    /// Whether bytes bear its mark.
    marked: fn(&[u8]) -> bool,
    /// Reads an item's tables into the session.
    read: fn(Item, &mut Session<'_>) -> Result<(), ReadError>,
}

/// Declares the modules and the list in one place, so that neither can forget the other.
macro_rules! formats {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        /// Every file type with a mark of its own, in the order in which they are tried; bytes without
        /// a mark are text.
        const ALL: &[&Format] = &[$(&$module::FORMAT),*];
    };
}

formats! { xlsx, ods, xls, dbase, parquet, zip, gzip, xz, zstd, tar }

/// Reads a file or folder into its tables.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Reading, ReadError> {
    place::read(path, options)
}

/// Reads bytes as if they were the file `name`.
pub fn read_bytes(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Reading, ReadError> {
    let mut session = Session::new(options, bytes.len() as u64);
    session.outer = place::fingerprint(name, &bytes);
    let mut item = Item::outer(name.to_owned(), bytes);
    item.prints = vec![session.outer.sha256.clone()];
    read_item(item, &mut session)?;
    session.finish(name)
}

/// Reads one item, whatever it is.
fn read_item(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    if item.data.is_empty() {
        return Err(item.error("the file is empty", "download or export it again"));
    }
    match ALL.iter().find(|f| (f.marked)(&item.data)) {
        Some(format) => (format.read)(item, session),
        None => text::read(item, session),
    }
}
