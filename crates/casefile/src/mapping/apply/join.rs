//! Adds columns of other tables to the rows of the returns that have the same key, before anything is read.
//!
//! Rows keep their order and their numbers. A key without a row in the joined table gives empty cells: what
//! is not there is missing, never zero. A table that was not given does so for every row.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use glassurn_model::Source;

use super::grid::{Grid, Texts};
use super::names::nearest;
use super::pick::{label, named, wanted};
use super::{MappingError, wrong};
use crate::RawTable;
use crate::mapping::{JoinMap, Mapping, Shape, TableMap};

/// The tables with the joined columns.
pub(super) struct Joined<'a> {
    /// The tables without the joined ones.
    pub(super) tables: Cow<'a, [RawTable]>,
    /// The joined tables.
    pub(super) sources: Vec<Source>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
}

/// Joins all tables the mapping names; without a `[[join]]` nothing is copied.
pub(super) fn apply<'a>(
    tables: &'a [RawTable],
    mapping: &Mapping,
) -> Result<Joined<'a>, MappingError> {
    let mut joined = Joined { tables: tables.into(), sources: Vec::new(), notes: Vec::new() };
    if mapping.joins.is_empty() {
        return Ok(joined);
    }
    if mapping.table.shape == Shape::Transposed {
        let hint = "turn the table round, or add the columns to the file";
        let problem = "a transposed table cannot have a [[join]]".to_owned();
        return Err(wrong(problem, Vec::new(), hint));
    }
    let others: Vec<Other> =
        mapping.joins.iter().map(|j| Other::find(tables, j)).collect::<Result<_, _>>()?;
    joined.tables = extended(tables, mapping, &others, &mut joined.notes)?.into();
    for other in &others {
        joined.notes.extend(other.not_given());
        let source = other.table().map(|t| t.source.clone());
        joined.sources.extend(source.filter(|s| !joined.sources.contains(s)));
    }
    Ok(joined)
}

/// The tables that may hold the returns, each with the joined columns. Where one can be joined, those that
/// have a joined column already (excerpts that somebody joined before) are left out.
fn extended(
    tables: &[RawTable],
    mapping: &Mapping,
    others: &[Other],
    notes: &mut Vec<String>,
) -> Result<Vec<RawTable>, MappingError> {
    let is_other =
        |t: &RawTable| others.iter().filter_map(Other::table).any(|o| std::ptr::eq(o, t));
    let mains: Vec<_> = wanted(tables, mapping).into_iter().filter(|t| !is_other(t)).collect();
    let (mut made, mut refused, mut keyed) = (Vec::new(), Vec::new(), false);
    for table in &mains {
        match extend(table, mapping, others, notes) {
            Ok(wide) => {
                keyed |= wide.width() > table.width();
                made.push(wide);
            }
            Err(error) => refused.push(error),
        }
    }
    match refused.into_iter().next() {
        Some(first) if !keyed => Err(first),
        Some(first) => {
            notes.push(format!("a table was not read: {}", first.problem));
            Ok(made)
        }
        None if keyed => Ok(made),
        None => match mains.first() {
            Some(table) => Err(no_key(table, mapping)?),
            None => Ok(made),
        },
    }
}

/// One joined table: its rows by key.
struct Other<'a> {
    map: &'a JoinMap,
    /// Nothing when the table is not among the inputs.
    found: Option<Found<'a>>,
}

/// A joined table that was given.
struct Found<'a> {
    grid: Grid<'a>,
    /// The columns to add.
    columns: Vec<usize>,
    rows: HashMap<&'a str, u32>,
}

impl<'a> Other<'a> {
    /// Finds the table and indexes it.
    fn find(tables: &'a [RawTable], map: &'a JoinMap) -> Result<Self, MappingError> {
        let Some(table) = named(tables, &map.table).first().copied() else {
            return Ok(Other { map, found: None });
        };
        let grid = Grid::new(table, &TableMap::default())?;
        let lacks = |name: &str| {
            let near = nearest(name, grid.names.0.iter().copied());
            let problem = format!("the joined table `{}` has no column `{name}`", label(table));
            wrong(problem, near, "correct the [[join]] in the mapping")
        };
        let column = |name: &String| grid.column(name).ok_or_else(|| lacks(name));
        let columns = map.columns.iter().map(column).collect::<Result<_, _>>()?;
        let [_, on] = &map.on;
        let key = grid.texts(on).ok_or_else(|| lacks(on))?;
        let mut rows = HashMap::with_capacity(grid.rows.len());
        for &row in &grid.rows {
            let text = grid.text(row, key);
            if text.is_empty() {
                continue;
            }
            if let Some(first) = rows.insert(text, row) {
                return Err(twice(&grid, on, text, [first, row]));
            }
        }
        Ok(Other { map, found: Some(Found { grid, columns, rows }) })
    }

    /// The table.
    fn table(&self) -> Option<&'a RawTable> {
        self.found.as_ref().map(|f| f.grid.table)
    }

    /// The names of the columns to add.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.map.columns.iter().map(String::as_str)
    }

    /// The row with this key.
    fn row(&self, key: &str) -> Option<u32> {
        self.found.as_ref()?.rows.get(key).copied()
    }

    /// The cells to add from a row; empty ones from none.
    fn cells(&self, row: Option<u32>) -> Vec<&'a str> {
        match self.found.as_ref().zip(row) {
            Some((f, row)) => f.columns.iter().map(|&c| f.grid.cell(row, c)).collect(),
            None => vec![""; self.map.columns.len()],
        }
    }

    /// Says that the table was not given.
    fn not_given(&self) -> Option<String> {
        let JoinMap { table, columns, .. } = self.map;
        let note = || {
            format!(
                "the table `{table}` was not given, so these columns are empty: {}",
                columns.join(", ")
            )
        };
        self.found.is_none().then(note)
    }

    /// Says that rows have no partner.
    fn unmatched(&self, own: &str, rows: usize) -> String {
        let JoinMap { table, columns, .. } = self.map;
        format!(
            "{rows} rows of `{own}` have no row in `{table}`: there these columns are empty: {}",
            columns.join(", ")
        )
    }
}

/// A key names two rows of the joined table.
fn twice(grid: &Grid, column: &str, key: &str, rows: [u32; 2]) -> MappingError {
    let [first, second] = rows.map(|r| grid.number(r));
    let problem = format!(
        "the joined table `{}` has `{key}` twice in `{column}`: in row {first} and in row {second}",
        label(grid.table)
    );
    wrong(problem, Vec::new(), "keep one of the two rows, or join on a column that is unique")
}

/// One table of the returns with its joined columns; one without the keys stays as it is.
fn extend(
    table: &RawTable,
    mapping: &Mapping,
    others: &[Other],
    notes: &mut Vec<String>,
) -> Result<RawTable, MappingError> {
    let grid = Grid::new(table, &mapping.table)?;
    let Some(keys) = keys(&grid, others) else { return Ok(table.clone()) };
    no_collision(&grid, others)?;
    let header = grid.header(mapping.table.header)?;
    let mut wide = table.empty_copy();
    let mut absent = vec![0_usize; others.len()];
    for row in 0..u32::try_from(table.len()).unwrap_or(u32::MAX) {
        let mut cells: Vec<&str> = (0..table.width()).map(|c| grid.cell(row, c)).collect();
        match row.cmp(&header) {
            Ordering::Less => {}
            Ordering::Equal => cells.extend(others.iter().flat_map(Other::names)),
            Ordering::Greater => {
                for ((other, key), absent) in others.iter().zip(&keys).zip(&mut absent) {
                    let found = other.row(grid.text(row, *key));
                    *absent += usize::from(found.is_none());
                    cells.extend(other.cells(found));
                }
            }
        }
        let pushed = wide.push_row(grid.number(row), cells);
        pushed.map_err(|e| wrong(e.to_string(), Vec::new(), "join fewer columns"))?;
    }
    let given = others.iter().zip(absent).filter(|(o, absent)| o.found.is_some() && *absent > 0);
    notes.extend(given.map(|(other, absent)| other.unmatched(label(table), absent)));
    Ok(wide)
}

/// The columns of a table that hold the keys; nothing when it lacks one.
fn keys(grid: &Grid, others: &[Other]) -> Option<Vec<Texts>> {
    others.iter().map(|o| grid.texts(&o.map.on[0])).collect()
}

/// Refuses a joined column whose name is taken.
fn no_collision(grid: &Grid, others: &[Other]) -> Result<(), MappingError> {
    let mut taken: HashMap<&str, &str> =
        grid.names.0.iter().map(|n| (n.trim(), label(grid.table))).collect();
    for JoinMap { table, columns, .. } in others.iter().map(|o| o.map) {
        for column in columns {
            if let Some(owner) = taken.insert(column.trim(), table) {
                let problem =
                    format!("the column `{column}` of `{table}` is also one of `{owner}`");
                let hint = "leave it out of the [[join]], or name the table of the returns in `table.name`";
                return Err(wrong(problem, Vec::new(), hint));
            }
        }
    }
    Ok(())
}

/// No table has the keys of the joins.
fn no_key(table: &RawTable, mapping: &Mapping) -> Result<MappingError, MappingError> {
    let grid = Grid::new(table, &mapping.table)?;
    let keys = mapping.joins.iter().map(|j| j.on[0].as_str());
    let lacking = keys.into_iter().find(|k| grid.texts(k).is_none()).unwrap_or_default();
    let problem = format!("`{}` has no column `{lacking}` to join on", label(table));
    let hint = "correct `on` of the [[join]]: the column of the returns comes first";
    Ok(wrong(problem, nearest(lacking, grid.names.0.iter().copied()), hint))
}
