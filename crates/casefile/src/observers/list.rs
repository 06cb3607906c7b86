//! A list of stations apart from the returns: which were observed, and what else is known of them.

use std::collections::HashMap;

use glassurn_model::Stations;

use super::cells::Cells;
use crate::RawTable;
use crate::account::Input;
use crate::comparison::align::{Aligned, align};
use crate::mapping::MappingError;
use crate::sampled::{self, Columns};

/// The list on the stations of the returns.
pub(super) struct List<'a> {
    table: &'a RawTable,
    of: Columns<'a>,
    /// One row a named station: the first of its name.
    rows: Vec<usize>,
    aligned: Aligned,
    /// A row that repeats the name of an earlier one, and that earlier one.
    twice: Option<(u32, u32, String)>,
}

impl<'a> List<'a> {
    /// Reads a list; its first column names the stations where no other is given.
    pub(super) fn read(
        table: &'a RawTable,
        key: &[String],
        stations: &Stations,
    ) -> Result<Self, MappingError> {
        let of =
            Columns::of(table, |c| !key.is_empty() && key.iter().all(|k| c.find(k).is_some()))?;
        let key = if key.is_empty() { vec![0] } else { of.all(key)? };
        let name = |row: usize| {
            key.iter().map(|c| of.text(row, *c).trim()).collect::<Vec<_>>().join(" / ")
        };
        let (mut ids, mut rows, mut twice) = (Vec::new(), Vec::new(), None);
        let mut seen: HashMap<String, usize> = HashMap::new();
        for row in of.rows().filter(|r| !name(*r).is_empty()) {
            match seen.get(&name(row)) {
                // One row an observer is a list too: a second row of a station adds nothing.
                Some(first) => {
                    twice = twice.or(Some((of.number(row), of.number(*first), name(row))));
                }
                None => {
                    seen.insert(name(row), row);
                    ids.push(name(row));
                    rows.push(row);
                }
            }
        }
        let aligned = align(stations, &Stations { ids, ..Stations::default() });
        if aligned.rows.iter().all(Option::is_none) {
            return Err(no_station(table, &of, key.first().copied().unwrap_or(0)));
        }
        Ok(List { table, of, rows, aligned, twice })
    }

    /// Whether each station is on the list.
    pub(super) fn listed(&self) -> Vec<Option<bool>> {
        self.aligned.rows.iter().map(|row| Some(row.is_some())).collect()
    }

    /// A column at each station: empty where a station is not listed. Nothing where there is no such column.
    pub(super) fn cells(&self, name: &str) -> Option<Result<Cells, MappingError>> {
        let column = self.of.find(name)?;
        if let Some((row, first, station)) = &self.twice {
            return Some(Err(MappingError {
                problem: format!(
                    "{}, row {row}: the station `{station}` stands in row {first} already",
                    self.table.source.name
                ),
                candidates: Vec::new(),
                hint: "a list whose columns are used has one row a station".to_owned(),
            }));
        }
        let row = |at: &Option<u32>| at.and_then(|a| self.rows.get(a as usize)).copied();
        let text = |at| row(at).map_or("", |r| self.of.text(r, column)).to_owned();
        let place = |at| (self.table.source.name.clone(), row(at).map_or(0, |r| self.of.number(r)));
        Some(Ok(Cells {
            name: name.to_owned(),
            texts: self.aligned.rows.iter().map(text).collect(),
            places: self.aligned.rows.iter().map(place).collect(),
        }))
    }

    /// A column that tells observed from unobserved stations; a list of observed ones alone has none.
    pub(super) fn telling(&self, name: &str) -> Option<Cells> {
        let cells = self.cells(name)?.ok()?;
        let marks = cells.marks().ok()?;
        [true, false].iter().all(|wanted| marks.contains(&Some(*wanted))).then_some(cells)
    }

    /// The list as an input.
    pub(super) fn input(&self) -> Input {
        let (name, stations) = ("List of stations", Some(self.rows.len()));
        sampled::input(name, None, stations, self.table, self.aligned.notes())
    }
}

/// No row of the list is a station of the returns.
fn no_station(table: &RawTable, of: &Columns<'_>, key: usize) -> MappingError {
    MappingError {
        problem: format!(
            "no `{}` of {} is the name of a station of the returns",
            of.heading(key),
            table.source.name
        ),
        candidates: Vec::new(),
        hint: "name the columns of the list that together name a station with --key".to_owned(),
    }
}
