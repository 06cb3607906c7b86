//! A count of the station (registered, ballots cast) that a long table repeats in each of the station's
//! rows: read from the first of them, with a note where the others differ.

use std::collections::BTreeSet;

use glassurn_model::Count;

use super::Entry;
use crate::mapping::Mapping;
use crate::mapping::apply::cell::{self, Cell};
use crate::mapping::apply::grid::Grid;
use crate::mapping::apply::pool::{Odd, Pool};

/// A column that repeats one count of the station in each of its rows.
pub(super) fn of_station(
    grids: &[Grid],
    mapping: &Mapping,
    name: &str,
    own: &[&Entry],
    pool: &mut Pool,
) -> Vec<Count> {
    let mut values: Vec<Count> = vec![None; pool.lines.len()];
    let mut seen = vec![false; pool.lines.len()];
    let mut differing = BTreeSet::new();
    let at: Vec<Option<usize>> = grids.iter().map(|g| g.column(name)).collect();
    let convention = cell::convention(grids, |g| at[g]);
    pool.notes.extend(cell::doubt(name, convention));
    for entry in own {
        let Some(column) = at[entry.line.grid as usize] else { continue };
        let text = grids[entry.line.grid as usize].cell(entry.line.row, column);
        let station = entry.station as usize;
        let count = match cell::under(text, convention, &mapping.missing.codes) {
            Cell::Count(count) => count,
            Cell::Odd(kind) => {
                if !seen[station] {
                    let (at, name) = (entry.line, name.to_owned());
                    pool.odd.push(Odd { at, column, name, line: entry.station, kind });
                }
                None
            }
        };
        if !seen[station] {
            (values[station], seen[station]) = (count, true);
        } else if values[station] != count {
            differing.insert(station);
        }
    }
    if !differing.is_empty() {
        pool.notes.push(format!(
            "`{name}` differs between the rows of {} stations; the first row's figure was taken",
            differing.len()
        ));
    }
    values
}
