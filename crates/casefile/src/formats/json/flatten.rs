//! Values into tables.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::parse::{Value, write};
use super::{Item, ReadError, values};
use crate::RawTable;
use crate::formats::Limits;

/// Names and values of a record.
type Record<'t> = [(Cow<'t, str>, Value<'t>)];

/// Bytes of JSON that a cell may hold; longer lists (coordinates of shapes) are left out and noted.
const LONGEST_LIST: usize = 4 << 10;

/// Whether an object is a dictionary: its values are all records that share a name, or its names all
/// hold a digit and no value is a record.
pub(super) fn is_dictionary(record: &Record<'_>) -> bool {
    let records: Vec<_> = record.iter().filter_map(|(_, v)| as_record(v)).collect();
    if records.is_empty() {
        let code = |name: &str| name.chars().any(|c| c.is_ascii_digit());
        return record.len() > 1 && record.iter().all(|(name, _)| code(name));
    }
    let Some(first) = records.first().filter(|_| records.len() == record.len()) else {
        return false;
    };
    let mut shared: HashSet<&str> = first.iter().map(|(name, _)| name.as_ref()).collect();
    for record in &records {
        let names: HashSet<&str> = record.iter().map(|(name, _)| name.as_ref()).collect();
        shared.retain(|name| names.contains(name));
    }
    records.len() > 1 && !shared.is_empty()
}

fn as_record<'v, 't>(value: &'v Value<'t>) -> Option<&'v Record<'t>> {
    match value {
        Value::Record(record) => Some(record),
        _ => None,
    }
}

/// A list that is not empty and holds records only.
fn as_records<'v, 't>(value: &'v Value<'t>) -> Option<&'v [Value<'t>]> {
    match value {
        Value::List(list) if !list.is_empty() && list.iter().all(|v| as_record(v).is_some()) => {
            Some(list)
        }
        _ => None,
    }
}

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
        let mut row: Vec<(String, Cow<'_, str>)> = Vec::new();
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

/// Collects the paths of all lists of records.
fn find_paths(value: &Value<'_>, path: &str, paths: &mut BTreeSet<String>) {
    let Some(record) = as_record(value) else { return };
    if path.is_empty() && is_dictionary(record) {
        return;
    }
    for (name, value) in record {
        let path = join(path, name);
        match as_records(value) {
            Some(list) => {
                let path = format!("{path}[]");
                list.iter().for_each(|v| find_paths(v, &path, paths));
                paths.insert(path);
            }
            None => find_paths(value, &path, paths),
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Different lists of records in one input.
const LISTS: usize = 1_000;

/// For each path, and for the top, the innermost list at or below it: rows of a record whose list is
/// empty belong with those of its neighbours.
fn innermost(item: &Item, paths: &BTreeSet<String>) -> Result<HashMap<String, String>, ReadError> {
    if paths.len() > LISTS {
        let problem = format!("more than {LISTS} lists of records under different names");
        return Err(item.error(problem, "give the part that holds the returns"));
    }
    let below =
        |path: &str| paths.iter().filter(move |p| p.starts_with(path)).max_by_key(|p| p.len());
    let all = paths.iter().map(String::as_str).chain([""]);
    Ok(all.filter_map(|p| Some((p.to_owned(), below(p)?.clone()))).collect())
}

/// A table being made.
struct Sheet {
    path: String,
    columns: Vec<String>,
    index: HashMap<String, usize>,
    table: RawTable,
    named: bool,
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

/// The cells of a row so far, with their columns.
type Cells<'t> = Vec<(String, Cow<'t, str>)>;

impl Builder<'_> {
    /// A value at the top of a text.
    fn top_value<'t>(&mut self, value: &Value<'t>, row: &mut Cells<'t>) -> Result<(), ReadError> {
        let before = row.len();
        match value {
            Value::Record(record) if is_dictionary(record) => {
                for (key, value) in record {
                    row.push(("_key".to_owned(), key.clone()));
                    self.dictionary_value(value, row)?;
                    row.truncate(before);
                }
            }
            Value::Record(_) => self.expand(value, "", row)?,
            Value::List(list) => self.unnamed(list)?,
            other => {
                row.push(("_value".to_owned(), cell(other)));
                self.emit("", row)?;
            }
        }
        row.truncate(before);
        Ok(())
    }

    /// A value of a dictionary, whose key is in the row already.
    fn dictionary_value<'t>(
        &mut self,
        value: &Value<'t>,
        row: &mut Cells<'t>,
    ) -> Result<(), ReadError> {
        match value {
            Value::Record(_) => self.expand(value, "", row),
            other => {
                self.add_cell("_value", other, row);
                self.emit("", row)
            }
        }
    }

    /// A record: its own cells join the row, each of its lists of records gives rows.
    fn expand<'t>(
        &mut self,
        value: &Value<'t>,
        path: &str,
        row: &mut Cells<'t>,
    ) -> Result<(), ReadError> {
        let before = row.len();
        let mut lists = Vec::new();
        self.own_cells(value, path, row, &mut lists);
        if lists.is_empty() {
            self.emit(path, row)?;
        }
        for (path, list) in lists {
            for value in list {
                self.expand(value, &path, row)?;
            }
        }
        row.truncate(before);
        Ok(())
    }

    /// Adds the cells of a record and of the records in it; collects its lists of records.
    fn own_cells<'v, 't>(
        &mut self,
        value: &'v Value<'t>,
        path: &str,
        row: &mut Cells<'t>,
        lists: &mut Vec<(String, &'v [Value<'t>])>,
    ) {
        for (name, value) in as_record(value).unwrap_or_default() {
            let path = join(path, name);
            match (value, as_records(value)) {
                (_, Some(list)) => lists.push((format!("{path}[]"), list)),
                (Value::Record(_), _) => self.own_cells(value, &path, row, lists),
                (Value::List(list), _) if list.is_empty() => {}
                _ => self.add_cell(&path, value, row),
            }
        }
    }

    /// Adds a cell, unless it is a list too long for one.
    fn add_cell<'t>(&mut self, column: &str, value: &Value<'t>, row: &mut Cells<'t>) {
        let cell = cell(value);
        if matches!(value, Value::List(_)) && cell.len() > LONGEST_LIST {
            self.left_out.insert(column.to_owned());
        } else {
            row.push((column.to_owned(), cell));
        }
    }

    /// A row without names.
    fn unnamed(&mut self, list: &[Value<'_>]) -> Result<(), ReadError> {
        let cells: Vec<_> = list.iter().map(cell).collect();
        let number = self.sheet("");
        let (item, limits) = (self.item, self.limits);
        let sheet = &mut self.sheets[number];
        sheet.named = false;
        limits.check(&sheet.table, cells.len()).map_err(|e| too_large(item, e, &sheet.table))?;
        push(item, &mut sheet.table, cells.iter().map(AsRef::as_ref))
    }

    /// Adds a row to the table of the innermost list at or below this path.
    fn emit(&mut self, path: &str, row: &Cells<'_>) -> Result<(), ReadError> {
        let below = self.innermost.get(path);
        let path = below.cloned().unwrap_or_else(|| path.to_owned());
        let number = self.sheet(&path);
        let (item, limits) = (self.item, self.limits);
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
        limits.check(&sheet.table, cells.len()).map_err(|e| too_large(item, e, &sheet.table))?;
        push(item, &mut sheet.table, cells)
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
    fn finish(self) -> Result<Flat, ReadError> {
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

/// Adds a row with its ordinal number.
fn push<'a>(
    item: &Item,
    table: &mut RawTable,
    cells: impl IntoIterator<Item = &'a str>,
) -> Result<(), ReadError> {
    let number = u32::try_from(table.len() + 1).unwrap_or(u32::MAX);
    table.push_row(number, cells).map_err(|e| item.error(e.to_string(), "give a part of it"))
}

/// The error of a table beyond the limits.
fn too_large(item: &Item, problem: String, table: &RawTable) -> ReadError {
    item.error(problem, "this is no table of returns; give a part of it")
        .at_row(table.len() as u64 + 1)
}

/// A value as a cell.
fn cell<'t>(value: &Value<'t>) -> Cow<'t, str> {
    match value {
        Value::Null => "".into(),
        Value::Bool(b) => if *b { "true" } else { "false" }.into(),
        Value::Number(n) => (*n).into(),
        Value::Text(t) => t.clone(),
        Value::List(_) | Value::Record(_) => {
            let mut text = String::new();
            write(value, &mut text);
            text.into()
        }
    }
}
