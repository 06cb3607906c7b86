//! From drawn rows to returns.

use std::collections::BTreeMap;

use glassurn_model::{
    Column, Contest, Count, CountKind, Field, Kind, Level, Place, Returns, Source, Stations,
};

use super::site::Row;

/// Which lines the protocol has.
pub(super) struct Protocol {
    pub(super) registered: Option<Vec<Count>>,
    pub(super) issued: Option<Vec<Count>>,
    pub(super) cast: bool,
    pub(super) valid: bool,
    pub(super) invalid: bool,
    /// Whether the first part of a row are its invalid ballots (the line may be absent all the same).
    pub(super) first_is_invalid: bool,
    /// Names of the choices, which are the next parts; a further part is nobody's.
    pub(super) choices: Vec<String>,
    pub(super) exhaustive: bool,
}

impl Protocol {
    /// The contest with these rows.
    pub(super) fn contest(self, name: &str, rows: &[Option<Row>]) -> Contest {
        let first = usize::from(self.first_is_invalid);
        let column = |of: &dyn Fn(&Row) -> Count| rows.iter().map(|r| of(r.as_ref()?)).collect();
        let invalid = |r: &Row| if first == 1 { r.parts.first().copied() } else { Some(0) };
        let mut lines: Vec<(Field, Vec<Count>)> = Vec::new();
        lines.extend(self.registered.map(|v| (Field::Registered, v)));
        lines.extend(self.issued.map(|v| (Field::Issued, v)));
        if self.cast {
            lines.push((Field::Cast, column(&|r| Some(r.cast))));
        }
        if self.valid {
            lines.push((Field::Valid, column(&|r| Some(r.cast - invalid(r)?))));
        }
        if self.invalid {
            lines.push((Field::Invalid, column(&invalid)));
        }
        let fields = lines.into_iter().map(|(f, v)| (f, Column::reported(f.title(), v)));
        let choices = self.choices.into_iter().enumerate().map(|(number, name)| {
            Column::reported(name, column(&|r| r.parts.get(first + number).copied()))
        });
        Contest {
            name: name.to_owned(),
            kind: CountKind::Official,
            fields: fields.collect::<BTreeMap<_, _>>(),
            choices: choices.collect(),
            extras: Vec::new(),
            exhaustive: self.exhaustive,
            declared: Vec::new(),
        }
    }
}

/// Returns of one simulated contest, whose source says so.
pub(super) fn returns(title: &str, seed: u64, stations: Stations, contest: Contest) -> Returns {
    let note = format!("every figure is simulated, with seed {seed}; no such election took place");
    Returns {
        title: title.to_owned(),
        sources: vec![source(seed, stations.len())],
        stations,
        contests: vec![contest],
        notes: vec![note],
        ..Returns::default()
    }
}

/// A source that says it is simulated, with which seed.
pub(super) fn source(seed: u64, rows: usize) -> Source {
    Source {
        name: format!("simulated with seed {seed}"),
        format: vec!["simulated".to_owned()],
        rows: rows as u64,
        ..Source::default()
    }
}

/// No stations yet, under these levels.
pub(super) fn empty(levels: [&str; 2]) -> Stations {
    let level = |name: &str| Level { name: name.to_owned(), units: Vec::new(), of: Vec::new() };
    Stations {
        levels: levels.map(level).to_vec(),
        coordinates: Some(Vec::new()),
        ..Stations::default()
    }
}

/// Appends a station; its units are new or those of the station before it.
pub(super) fn add_station(stations: &mut Stations, units: [&str; 2], kind: Kind, at: (f64, f64)) {
    let number = u32::try_from(stations.len()).unwrap_or(u32::MAX);
    for (level, unit) in stations.levels.iter_mut().zip(units) {
        if level.units.last().is_none_or(|last| last != unit) {
            level.units.push(unit.to_owned());
        }
        level.of.push(u32::try_from(level.units.len() - 1).unwrap_or(u32::MAX));
    }
    stations.ids.push(format!("{} / {:04}", units[1], number + 1));
    // As in a table whose first line holds the headings.
    stations.places.push(Place { source: 0, row: number.saturating_add(2) });
    stations.kinds.push(kind);
    if let Some(list) = &mut stations.coordinates {
        list.push(Some(at));
    }
}
