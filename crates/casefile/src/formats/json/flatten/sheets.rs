//! The tables being made, one for each innermost list of records: columns are added as names first occur,
//! and a path that all columns share is taken off at the end.

use std::borrow::Cow;
use std::collections::HashMap;

use super::rows::Cells;
use super::{Builder, Flat};
use crate::RawTable;
use crate::formats::{Item, Limits, ReadError};

/// A table being made.
pub(super) struct Sheet {
    path: String,
    columns: Vec<String>,
    index: HashMap<String, usize>,
    table: RawTable,
    named: bool,
}

impl Builder<'_> {
    /// Adds a row without names to the table at the top.
    pub(super) fn emit_unnamed(&mut self, cells: &[Cow<'_, str>]) -> Result<(), ReadError> {
        let number = self.sheet("");
        let sheet = &mut self.sheets[number];
        sheet.named = false;
        let cells = cells.iter().map(AsRef::as_ref).collect();
        push(self.item, self.limits, &mut sheet.table, cells)
    }

    /// Adds a row to the table of the innermost list at or below this path.
    pub(super) fn emit(&mut self, path: &str, row: &Cells<'_>) -> Result<(), ReadError> {
        let below = self.innermost.get(path);
        let path = below.cloned().unwrap_or_else(|| path.to_owned());
        let number = self.sheet(&path);
        let sheet = &mut self.sheets[number];
        let mut cells = vec![""; sheet.columns.len()];
        for (column, text) in row {
            let place = match sheet.index.get(column) {
                Some(place) => *place,
                None => {
                    sheet.index.insert(column.clone(), sheet.columns.len());
                    sheet.columns.push(column.clone());
                    cells.push("");
                    cells.len() - 1
                }
            };
            cells[place] = text;
        }
        push(self.item, self.limits, &mut sheet.table, cells)
    }

    /// The number of the table of a path.
    fn sheet(&mut self, path: &str) -> usize {
        if let Some(number) = self.sheets.iter().position(|s| s.path == path) {
            return number;
        }
        let (path, named) = (path.to_owned(), true);
        let table = RawTable::default();
        self.sheets.push(Sheet { path, columns: Vec::new(), index: HashMap::new(), table, named });
        self.sheets.len() - 1
    }

    /// The tables with their names; a path that all columns share is taken off them.
    pub(super) fn finish(self) -> Result<Flat, ReadError> {
        let mut flat = Flat::default();
        for mut sheet in self.sheets {
            if sheet.named {
                let prefix = format!("{}.", sheet.path);
                let all = sheet.columns.iter().all(|c| c.starts_with(&prefix));
                let skip = if all { prefix.len() } else { 0 };
                let named = sheet.table.set_names(sheet.columns.iter().map(|c| &c[skip..]));
                named.map_err(|e| self.item.error(e.to_string(), "give a part of it"))?;
            }
            flat.tables.push((sheet.path, sheet.table));
        }
        let note = |c| format!("column `{c}` holds lists longer than 4 KiB, which are left out");
        flat.notes = self.left_out.iter().map(note).collect();
        Ok(flat)
    }
}

/// Adds a row with its ordinal number, unless the table grows beyond the limits.
fn push(
    item: &Item,
    limits: &Limits,
    table: &mut RawTable,
    cells: Vec<&str>,
) -> Result<(), ReadError> {
    limits.check(table, cells.len()).map_err(|e| too_large(item, e, table))?;
    let number = u32::try_from(table.len() + 1).unwrap_or(u32::MAX);
    table.push_row(number, cells).map_err(|e| item.error(e.to_string(), "give a part of it"))
}

/// The error of a table beyond the limits.
fn too_large(item: &Item, problem: String, table: &RawTable) -> ReadError {
    item.error(problem, "this is no table of returns; give a part of it")
        .at_row(table.len() as u64 + 1)
}
