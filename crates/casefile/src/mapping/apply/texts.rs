//! Columns that the mapping does not speak of, at the stations that it makes.

use std::collections::HashMap;

use glassurn_model::Stations;

use super::grid::{Grid, Texts};
use super::names::nearest;
use super::pick::{self, label};
use super::{MappingError, join, wrong};
use crate::RawTable;
use crate::mapping::Mapping;

/// For each name, the text of that column (or of characters of one, `id[1-2]`) at every station.
pub fn texts(
    tables: &[RawTable],
    mapping: &Mapping,
    stations: &Stations,
    names: &[&str],
) -> Result<Vec<Vec<String>>, MappingError> {
    let joined = join::apply(tables, mapping)?;
    let (grids, _) = pick::choose(&joined.tables, mapping)?;
    let rows: Vec<HashMap<u32, u32>> = grids.iter().map(by_number).collect();
    let one = |name: &&str| {
        let at: Vec<Option<Texts>> = grids.iter().map(|g| g.texts(name)).collect();
        if at.iter().all(Option::is_none) {
            return Err(lacks(&grids, name));
        }
        let text = |place: &glassurn_model::Place| {
            let source = place.source as usize;
            let row = rows.get(source)?.get(&place.row)?;
            Some(grids[source].text(*row, (*at.get(source)?)?).to_owned())
        };
        Ok(stations.places.iter().map(|p| text(p).unwrap_or_default()).collect())
    };
    names.iter().map(one).collect()
}

/// The data rows by their number in the file.
fn by_number(grid: &Grid<'_>) -> HashMap<u32, u32> {
    grid.rows.iter().map(|&row| (grid.number(row), row)).collect()
}

/// No table has the column.
fn lacks(grids: &[Grid<'_>], name: &str) -> MappingError {
    let names = || grids.iter().flat_map(|g| g.names.0.iter().copied());
    let near = nearest(name, names());
    let some = || names().filter(|n| !n.trim().is_empty()).take(8).map(str::to_owned).collect();
    let candidates = if near.is_empty() { some() } else { near };
    let table = grids.first().map_or("the input", |g| label(g.table));
    wrong(format!("`{table}` has no column `{name}`"), candidates, "name a column of the table")
}
