//! Returns as a table that `examine` reads back: one row a station.

use std::io;

use glassurn_model::Returns;

use super::tables::{Cell, Table};

/// The hierarchy, the station and every count, as comma-separated values; missing counts are empty.
pub fn returns_table(returns: &Returns) -> io::Result<Vec<u8>> {
    let stations = &returns.stations;
    let columns: Vec<_> = returns.contests.iter().flat_map(|c| c.columns()).collect();
    let levels = stations.levels.iter().map(|l| l.name.as_str());
    let counts = columns.iter().map(|c| c.name.as_str());
    let names: Vec<_> = levels.chain(["station"]).chain(counts).collect();
    let mut table = Table::new(&names)?;
    for (i, id) in stations.ids.iter().enumerate() {
        let units = stations.levels.iter().map(|l| {
            let unit = l.of.get(i).and_then(|&u| l.units.get(u as usize));
            Cell::Text(unit.map_or("", String::as_str))
        });
        let counts = columns.iter().map(|c| Cell::Count(c.values.get(i).copied().flatten()));
        let row: Vec<_> = units.chain([Cell::Text(id)]).chain(counts).collect();
        table.row(&row)?;
    }
    table.bytes()
}
