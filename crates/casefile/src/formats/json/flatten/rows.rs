//! Turns values into rows: a record's own cells stand in every row of the lists of records in it, and the
//! key of a dictionary is a cell of its rows.

use std::borrow::Cow;

use super::Builder;
use super::paths::join;
use super::records::{as_record, as_records, is_dictionary};
use crate::formats::ReadError;
use crate::formats::json::parse::{Value, write};

/// Bytes of JSON that a cell may hold; longer lists (coordinates of shapes) are left out and noted.
const LONGEST_LIST: usize = 4 << 10;

/// The cells of a row so far, with their columns.
pub(super) type Cells<'t> = Vec<(String, Cow<'t, str>)>;

impl Builder<'_> {
    /// A value at the top of a text.
    pub(super) fn top_value<'t>(
        &mut self,
        value: &Value<'t>,
        row: &mut Cells<'t>,
    ) -> Result<(), ReadError> {
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
        self.emit_unnamed(&cells)
    }
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
