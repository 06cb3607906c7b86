//! Values into tables: all texts are searched for lists of records ([`paths`]), whose values then become rows
//! ([`rows`]) of one table for each innermost list ([`sheets`]).

mod paths;
mod records;
mod rows;
mod sheets;

use std::collections::{BTreeSet, HashMap};

use super::parse::Value;
use super::{Item, ReadError, values};
use crate::RawTable;
use crate::formats::Limits;
use paths::{find_paths, innermost};
pub(super) use records::is_dictionary;
use rows::Cells;
use sheets::Sheet;

/// What some texts hold.
#[derive(Default)]
pub(super) struct Flat {
    /// The tables, each with its path.
    pub(super) tables: Vec<(String, RawTable)>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
}

/// Makes tables of some texts, each with the file it is from.
pub(super) fn tables(
    item: &Item,
    texts: &[(Option<String>, &str)],
    limits: &Limits,
) -> Result<Flat, ReadError> {
    let mut paths = BTreeSet::new();
    for (_, text) in texts {
        for value in top(&values(item, text)?) {
            find_paths(value, "", &mut paths);
        }
    }
    let innermost = innermost(item, &paths)?;
    let mut builder =
        Builder { item, limits, innermost, sheets: Vec::new(), left_out: BTreeSet::new() };
    for (file, text) in texts {
        let mut row: Cells<'_> = Vec::new();
        row.extend(file.iter().map(|f| ("_file".to_owned(), f.as_str().into())));
        for value in top(&values(item, text)?) {
            builder.top_value(value, &mut row)?;
        }
    }
    builder.finish()
}

/// The rows at the top of a text: the elements of its only list, or its values.
fn top<'v, 't>(values: &'v [Value<'t>]) -> &'v [Value<'t>] {
    match values {
        [Value::List(list)] => list,
        values => values,
    }
}

/// Makes the tables.
struct Builder<'i> {
    item: &'i Item,
    limits: &'i Limits,
    /// For the path of each list of records, the innermost list at or below it.
    innermost: HashMap<String, String>,
    sheets: Vec<Sheet>,
    /// Columns with lists too long for a cell.
    left_out: BTreeSet<String>,
}
