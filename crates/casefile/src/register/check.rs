//! What must hold of the tables: cells that can be read, names that lead somewhere, nothing twice.

use std::collections::HashMap;

use super::{
    Kind, Record, RegisterError, Sheet, Tables,
    columns::{Column, Need},
    content::{Content, parts},
};
use crate::formats::Limits;

/// The records of each kind by name.
struct Names<'a> {
    of: HashMap<Kind, HashMap<&'a str, &'a Record>>,
}

impl<'a> Names<'a> {
    fn new(tables: &'a Tables) -> Self {
        Names { of: tables.sheets.iter().map(|s| (s.kind, s.by_id())).collect() }
    }

    fn find(&self, kind: Kind, id: &str) -> Option<&'a Record> {
        self.of.get(&kind)?.get(id).copied()
    }

    fn has_any(&self, id: &str) -> bool {
        self.of.values().any(|names| names.contains_key(id))
    }
}

impl Tables {
    /// Everything that is wrong, in the order of the tables.
    pub fn faults(&self) -> Vec<RegisterError> {
        let names = Names::new(self);
        let mut faults = Vec::new();
        for sheet in &self.sheets {
            for row in &sheet.rows {
                for (column, value) in sheet.columns.iter().zip(&row.cells) {
                    let known = sheet.kind.column(column);
                    let fault = unwritable(value)
                        .or_else(|| known.and_then(|c| fault_of(c, value, &names)));
                    faults.extend(fault.map(|f| f.at(row, column, value)));
                }
                faults.extend(lacking(sheet, row));
                faults.extend(other_election(self, &names, sheet, row));
            }
        }
        faults
    }
}

/// What is wrong with a cell.
struct Fault {
    problem: String,
    hint: String,
}

impl Fault {
    fn at(self, row: &Record, column: &str, value: &str) -> RegisterError {
        let shown: String = value.chars().take(60).collect();
        let place = format!("{}, column {column}, value `{shown}`", row.place);
        RegisterError::at(place, self.problem, self.hint)
    }
}

/// What is wrong with a text that no table could give back.
fn unwritable(value: &str) -> Option<Fault> {
    let most = Limits::default().cell;
    let fault = |problem: &str, hint: &str| {
        Some(Fault { problem: problem.to_owned(), hint: hint.to_owned() })
    };
    match () {
        () if value.contains('\0') => fault("there is a NUL character in it", "take it out"),
        () if value.len() > most => {
            fault("it is longer than a cell may be", "keep the text as a file and cite it")
        }
        () => None,
    }
}

/// What is wrong with a cell of a known column.
fn fault_of(column: &Column, value: &str, names: &Names) -> Option<Fault> {
    let value = match column.content.clean(value) {
        Ok(value) => value,
        Err(refusal) => return Some(Fault { problem: refusal.problem, hint: refusal.hint }),
    };
    let unknown = |kind: Kind, id: &str| Fault {
        problem: format!("no {} is named `{id}`", kind.title()),
        hint: format!("add it to {} or correct the name", kind.table()),
    };
    match column.content {
        Content::Record(kind) if !value.is_empty() && names.find(kind, &value).is_none() => {
            Some(unknown(kind, &value))
        }
        Content::Records(kind) => {
            parts(&value).find(|id| names.find(kind, id).is_none()).map(|id| unknown(kind, id))
        }
        Content::AnyRecord if !value.is_empty() && !names.has_any(&value) => Some(Fault {
            problem: "no record has this name".to_owned(),
            hint: "add the record or correct the name".to_owned(),
        }),
        _ => None,
    }
}

/// Cells that a record must have and has not.
fn lacking<'a>(sheet: &'a Sheet, row: &'a Record) -> impl Iterator<Item = RegisterError> + 'a {
    let must = sheet.kind.columns().iter().filter(|c| c.need == Need::Must);
    let blank = must.filter(|c| sheet.cell(row, c.name).trim().is_empty());
    blank.map(|c| {
        let place = format!("{}, column {}", row.place, c.name);
        let hint =
            format!("a {} cannot be without it; write what the source says", sheet.kind.title());
        RegisterError::at(place, "it is blank", hint)
    })
}

/// A verdict that names another election than its mission.
fn other_election(
    tables: &Tables,
    names: &Names,
    sheet: &Sheet,
    row: &Record,
) -> Option<RegisterError> {
    if sheet.kind != Kind::Verdict {
        return None;
    }
    let missions = tables.sheet(Kind::Mission)?;
    let mission = names.find(Kind::Mission, sheet.cell(row, "mission_id").trim())?;
    let (own, its) = (sheet.cell(row, "election_id").trim(), missions.cell(mission, "election_id"));
    (own != its.trim()).then(|| {
        let place = format!("{}, column election_id, value `{own}`", row.place);
        let problem = format!("its mission {} was sent to {its}", mission.id);
        RegisterError::at(place, problem, "correct the mission or the election")
    })
}
