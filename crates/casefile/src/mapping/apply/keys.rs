//! Tables that name the codes of a column.

use std::collections::HashMap;

use super::grid::Grid;
use super::pick::{label, named};
use super::{MappingError, wrong};
use crate::RawTable;
use crate::mapping::{KeyTable, Mapping, TableMap};

/// For each column of codes, the names.
#[derive(Debug, Default)]
pub(super) struct Keys<'a>(HashMap<String, HashMap<&'a str, &'a str>>);

impl<'a> Keys<'a> {
    /// Reads the key tables.
    pub(super) fn read(tables: &'a [RawTable], mapping: &'a Mapping) -> Result<Self, MappingError> {
        let mut keys = Keys::default();
        for map in &mapping.keys {
            let names = keys.0.entry(map.names.clone()).or_default();
            names.extend(map.values.iter().map(|(c, n)| (c.as_str(), n.as_str())));
            if !map.table.is_empty() {
                read_one(tables, map, names)?;
            }
        }
        Ok(keys)
    }

    /// The name of a column's code, or the code.
    pub(super) fn owned(&self, column: &str, code: &str) -> String {
        let named = self.0.get(column).and_then(|names| names.get(code.trim()));
        named.copied().unwrap_or(code).to_owned()
    }
}

/// Reads one key table.
fn read_one<'a>(
    tables: &'a [RawTable],
    map: &KeyTable,
    names: &mut HashMap<&'a str, &'a str>,
) -> Result<(), MappingError> {
    let Some(table) = named(tables, &map.table).first().copied() else {
        let candidates = tables.iter().map(|t| label(t).to_owned()).take(5).collect();
        let hint = "examine the folder that holds both files, or remove the [[key]]";
        let problem = format!("the input has no key table named `{}`", map.table);
        return Err(wrong(problem, candidates, hint));
    };
    let grid = Grid::new(table, &TableMap::default())?;
    let column = |name: &str| {
        grid.column(name).ok_or_else(|| {
            let near = super::names::nearest(name, grid.names.0.iter().copied());
            let problem = format!("the key table `{}` has no column `{name}`", label(table));
            wrong(problem, near, "correct the [[key]] in the mapping")
        })
    };
    let (code, name) = (column(&map.code)?, column(&map.name)?);
    names.extend(grid.rows.iter().map(|&r| (grid.cell(r, code).trim(), grid.cell(r, name).trim())));
    Ok(())
}
