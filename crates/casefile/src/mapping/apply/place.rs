//! The stations: names, hierarchy, kinds and coordinates.

use std::collections::HashMap;

use glassurn_model::{Arrival, Kind, Level, Stations};
use rayon::prelude::*;

use super::grid::{Grid, Texts};
use super::keys::Keys;
use super::pick::fits;
use super::place_of;
use super::pool::Line;
use crate::arrival;
use crate::mapping::{Mapping, ROW, StationMap, UNNAMED};

/// Names and places the stations.
pub(super) fn stations(
    grids: &[Grid],
    mapping: &Mapping,
    keys: &Keys,
    lines: &[Line],
    notes: &mut Vec<String>,
) -> Stations {
    let map = &mapping.station;
    Stations {
        ids: ids(grids, map, lines),
        places: lines.iter().map(|&l| place_of(grids, l)).collect(),
        kinds: kinds(grids, map, lines),
        levels: levels(grids, &map.levels, keys, lines, notes),
        coordinates: coordinates(grids, map, lines, notes),
        arrival: arrived(grids, map, lines, notes),
        areas: None,
    }
}

/// When results came in, where a column says so and can be read.
fn arrived(
    grids: &[Grid],
    map: &StationMap,
    lines: &[Line],
    notes: &mut Vec<String>,
) -> Option<Arrival> {
    let name = map.arrived.as_ref()?;
    let column = texts(grids, name);
    let cells: Vec<&str> = lines.iter().map(|&l| text(grids, &column, l)).collect();
    let (arrival, note) = arrival::read(name, &cells);
    notes.push(note);
    arrival
}

/// The texts of a name in each table.
fn texts(grids: &[Grid], name: &str) -> Vec<Option<Texts>> {
    grids.iter().map(|g| g.texts(name)).collect()
}

/// A line's text.
fn text<'a>(grids: &[Grid<'a>], texts: &[Option<Texts>], line: Line) -> &'a str {
    let of = texts.get(line.grid as usize).copied().flatten();
    of.map_or("", |t| grids[line.grid as usize].text(line.row, t))
}

/// The key columns joined by ` / `; the row's number where there are none, and where [`ROW`] asks for it.
fn ids(grids: &[Grid], map: &StationMap, lines: &[Line]) -> Vec<String> {
    let column = |name: &String| (name != ROW).then(|| texts(grids, name));
    let columns: Vec<_> = map.id.iter().map(column).collect();
    let id = |&line: &Line| {
        let row = || format!("row {}", place_of(grids, line).row);
        if columns.is_empty() {
            return row();
        }
        let mut id = String::with_capacity(64);
        for (i, column) in columns.iter().enumerate() {
            id.push_str(if i == 0 { "" } else { " / " });
            match column {
                Some(column) => id.push_str(text(grids, column, line)),
                None => id.push_str(&row()),
            }
        }
        id
    };
    lines.par_iter().map(id).collect()
}

/// The kind of each station: the first rule that fits.
fn kinds(grids: &[Grid], map: &StationMap, lines: &[Line]) -> Vec<Kind> {
    let rules: Vec<_> = map.kinds.iter().map(|k| (k, texts(grids, &k.column))).collect();
    let kind = |&line: &Line| {
        let fitting = rules.iter().find(|(rule, texts)| {
            let cell = text(grids, texts, line);
            rule.values.iter().any(|v| fits(v, cell)) != rule.except
        });
        fitting.map_or(Kind::Ordinary, |(rule, _)| rule.kind)
    };
    lines.par_iter().map(kind).collect()
}

/// Numbers texts in order of first appearance, each within its outer unit.
#[derive(Default)]
struct Units<'a> {
    known: HashMap<(u32, &'a str), u32>,
    names: Vec<(u32, &'a str)>,
}

impl<'a> Units<'a> {
    /// The number of a text within an outer unit.
    fn number(&mut self, outer: u32, name: &'a str) -> u32 {
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        *self.known.entry((outer, name)).or_insert_with(|| {
            self.names.push((outer, name));
            next
        })
    }
}

/// For each level, the unit of each line by its own name alone.
pub(super) fn groups(grids: &[Grid], levels: &[String], lines: &[Line]) -> Vec<Vec<u32>> {
    let group = |name: &String| {
        let texts = texts(grids, name);
        let mut units = Units::default();
        numbered(&mut units, lines.iter().map(|&l| (0, text(grids, &texts, l))))
    };
    levels.par_iter().map(group).collect()
}

/// Numbers names in order of first appearance; neighbours are mostly alike.
fn numbered<'a>(units: &mut Units<'a>, names: impl Iterator<Item = (u32, &'a str)>) -> Vec<u32> {
    let mut last: Option<((u32, &str), u32)> = None;
    let mut number = |name: (u32, &'a str)| match last {
        Some((same, n)) if same == name => n,
        _ => {
            let n = units.number(name.0, name.1);
            last = Some((name, n));
            n
        }
    };
    names.map(&mut number).collect()
}

/// The hierarchy: units with the same name in different outer units are different units.
///
/// A level without any name (its table was not given) is left out.
fn levels(
    grids: &[Grid],
    names: &[String],
    keys: &Keys,
    lines: &[Line],
    notes: &mut Vec<String>,
) -> Vec<Level> {
    let mut outer = vec![0_u32; lines.len()];
    let mut outer_names: Vec<String> = vec![String::new()];
    let mut levels = Vec::new();
    for name in names {
        let texts = texts(grids, name);
        if !lines.is_empty() && lines.iter().all(|&l| text(grids, &texts, l).is_empty()) {
            notes.push(format!("the level `{name}` is left out: it has no names"));
            continue;
        }
        let mut units = Units::default();
        let within = outer.iter().zip(lines).map(|(&o, &line)| (o, text(grids, &texts, line)));
        outer = numbered(&mut units, within);
        outer_names = unit_names(&units, name, keys, &outer_names);
        levels.push(Level {
            name: title(grids, name),
            units: outer_names.clone(),
            of: outer.clone(),
        });
    }
    levels
}

/// The level's name, as the source calls it.
fn title(grids: &[Grid], name: &str) -> String {
    let own = grids.first().and_then(|g| Some(g.names.0[g.column(name)?].trim()));
    own.filter(|own| !own.is_empty()).unwrap_or(name).to_owned()
}

/// The units' names; those that occur in several outer units are told apart by the outer one.
fn unit_names(units: &Units, level: &str, keys: &Keys, outer: &[String]) -> Vec<String> {
    let shown = |code: &str| {
        let name = if code.is_empty() { UNNAMED } else { code };
        keys.owned(level, name)
    };
    let mut times: HashMap<String, usize> = HashMap::new();
    units.names.iter().for_each(|(_, code)| *times.entry(shown(code)).or_default() += 1);
    let name = |&(o, code): &(u32, &str)| {
        let own = shown(code);
        if times.get(&own) == Some(&1) { own } else { format!("{} / {own}", outer[o as usize]) }
    };
    units.names.iter().map(name).collect()
}

/// Latitude and longitude, where both are numbers on the globe.
fn coordinates(
    grids: &[Grid],
    map: &StationMap,
    lines: &[Line],
    notes: &mut Vec<String>,
) -> Option<Vec<Option<(f64, f64)>>> {
    let latitude = texts(grids, map.latitude.as_ref()?);
    let longitude = texts(grids, map.longitude.as_ref()?);
    let degrees = |texts: &[Option<Texts>], line: Line, limit: f64| {
        let number = text(grids, texts, line).replace(',', ".").parse::<f64>().ok()?;
        (number.abs() <= limit).then_some(number)
    };
    let place =
        |&line: &Line| Some((degrees(&latitude, line, 90.0)?, degrees(&longitude, line, 180.0)?));
    let places: Vec<_> = lines.par_iter().map(place).collect();
    let lacking = places.iter().filter(|p| p.is_none()).count();
    if lacking > 0 && lacking == places.len() {
        notes.push("no station has coordinates that can be read".to_owned());
        return None;
    }
    if lacking > 0 {
        notes.push(format!("{lacking} stations have no coordinates that can be read"));
    }
    Some(places)
}
