//! `stations.csv`: every station with its place, its levels, every column of every contest, and the codes
//! of everything that points at it.

use std::io;

use glassurn_model::{Column, Contest, Kind, Returns};

use super::cells::{Cell, Table, at};
use crate::Examination;
use crate::report::notable;

/// Every station with its counts and everything that points at it.
pub(super) fn stations(examination: &Examination) -> io::Result<Vec<u8>> {
    let returns = &examination.returns;
    let mut pointers = vec![String::new(); returns.stations.len()];
    for entry in notable::notable(examination) {
        if let Some(cell) = pointers.get_mut(entry.station as usize) {
            *cell = notable::codes(&entry).join(" ");
        }
    }
    let mut table = Table::new(&station_names(returns, &["pointed at by"]))?;
    for (station, codes) in pointers.iter().enumerate() {
        station_cells(&mut table, returns, station)?;
        table.row(&[Cell::Text(codes)])?;
    }
    table.bytes()
}

/// The names of the columns of a table of stations; with several contests each count says of which.
fn station_names(returns: &Returns, more: &[&str]) -> Vec<String> {
    let several = returns.contests.len() > 1;
    let named = counts(returns).map(|(contest, column)| match several {
        true => format!("{}: {}", contest.name, column.name),
        false => column.name.clone(),
    });
    let levels = returns.stations.levels.iter().map(|l| l.name.clone());
    let place: &[&str] = if returns.sources.is_empty() { &[] } else { &["source", "row"] };
    let owned = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
    let fixed = owned(&["station"]).into_iter().chain(owned(place)).chain(["kind".to_owned()]);
    fixed.chain(levels).chain(named).chain(owned(more)).collect()
}

/// Every column of every contest.
fn counts(returns: &Returns) -> impl Iterator<Item = (&Contest, &Column)> {
    returns.contests.iter().flat_map(|c| c.columns().map(move |column| (c, column)))
}

/// The cells of a station.
fn station_cells(table: &mut Table, returns: &Returns, station: usize) -> io::Result<()> {
    let stations = &returns.stations;
    table.cell(&Cell::Text(&stations.ids[station]))?;
    if !returns.sources.is_empty() {
        table.cells(&at(returns, stations.places.get(station)))?;
    }
    table.cell(&Cell::Text(stations.kinds.get(station).map_or("", |k| kind(*k))))?;
    for level in &stations.levels {
        let unit = level.of.get(station).and_then(|u| level.units.get(*u as usize));
        table.cell(&Cell::Text(unit.map_or("", String::as_str)))?;
    }
    let values = counts(returns).map(|(_, column)| column.values.get(station).copied().flatten());
    values.into_iter().try_for_each(|v| table.cell(&Cell::Count(v)))
}

/// The kind of a station, as mappings write it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Ordinary => "ordinary",
        Kind::Postal => "postal",
        Kind::Special => "special",
        Kind::Abroad => "abroad",
    }
}
