//! Stations with observers beside stations without: from returns, columns of their table or of a list of
//! stations, to an account.

mod cells;
mod devices;
mod list;
mod outcome;
mod pairs;

use glassurn_methods::parallel::matched_pairs;
use glassurn_methods::parallel::observed_unobserved::{self, Station};
use glassurn_model::{Returns, Unit};

use crate::mapping::{self, Mapping, MappingError, UNNAMED};
use crate::{Account, RawTable, account::Input};
use cells::Cells;
use list::List;
pub use outcome::Outcome;

/// Columns that say whether a station was observed, where the user names none.
const OBSERVED: [&str; 3] = ["observed", "observers", "observer"];

/// The word for one lot drawn over all stations.
pub const ALL: &str = "all";

/// What to compare, and which column says what.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What is compared.
    pub outcome: Outcome,
    /// Whether a station was observed: yes or no, or a number of observers.
    pub observed: Option<String>,
    /// Blocks within which observers were assigned at random, or [`ALL`]; without it there was no lot.
    pub block: Option<String>,
    /// Where there was no lot: areas within which stations are compared.
    pub within: Option<String>,
    /// A figure from before.
    pub earlier: Option<String>,
    /// Whether many stations around it were observed.
    pub near: Option<String>,
    /// Whether the mark is of a technical device, so that votes are carried over from stations with one.
    pub device: bool,
    /// Columns of the list that together name a station.
    pub key: Vec<String>,
    /// Where there was no lot: how far the two of a pair may lie apart, in standard deviations.
    pub caliper: f64,
    /// Confidence of intervals.
    pub confidence: f64,
    /// Seed of the permutations.
    pub seed: u64,
}

/// Returns, and the tables that they were made of.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// The returns.
    pub returns: &'a Returns,
    /// How they were made.
    pub mapping: &'a Mapping,
    /// Of what.
    pub tables: &'a [RawTable],
}

/// Compares observed with unobserved stations; `list` may say which were observed.
pub fn examine(
    counted: Counted<'_>,
    list: Option<&RawTable>,
    set: &Settings,
    command: String,
) -> Result<Account, MappingError> {
    let stations = &counted.returns.stations;
    let list = list.map(|table| List::read(table, &set.key, stations)).transpose()?;
    let from = Columns { counted, list: list.as_ref() };
    let outcome = outcome::of(counted.returns, &set.outcome)?;
    let (observed, told) = from.observed(set.observed.as_deref())?;
    let [block, notes] = from.blocks(set)?;
    let earlier = from.optional(set.earlier.as_deref(), Cells::numbers)?;
    let near = from.optional(set.near.as_deref(), Cells::marks)?;
    let station = |i: usize| Station {
        outcome: outcome.values[i],
        // A station of no block was in no lot.
        observed: observed[i].filter(|_| !block[i].is_empty()),
        block: block[i].clone(),
        covariate: earlier.as_ref().and_then(|e| e[i]),
        near: near.as_ref().and_then(|n| n[i]),
    };
    let all: Vec<Station> = (0..stations.len()).map(station).collect();
    let settings = observed_unobserved::Settings {
        random: set.block.is_some(),
        confidence: set.confidence,
        seed: set.seed,
        unit: Unit::Share,
    };
    let title = &counted.returns.title;
    let mut account = Account::new("Stations with and without observers", title, command);
    account.inputs = vec![input(counted.returns)];
    account.inputs.extend(list.as_ref().map(List::input));
    account.answers = vec![observed_unobserved::compare(&outcome.name, &all, settings)];
    if set.block.is_none() {
        let sizes = outcome::sizes(counted.returns);
        let caliper = matched_pairs::Settings { caliper: set.caliper, ..pairs::SETTINGS };
        account.answers.push(pairs::answer(&outcome.name, &all, stations, sizes, caliper));
    }
    if set.device {
        let choice = match &set.outcome {
            Outcome::Share(name) => name.as_deref(),
            Outcome::Turnout => None,
        };
        account.answers.push(devices::answer(counted.returns, choice, &all, set.seed)?);
    }
    account.notes = notes;
    account.settings = described(set, &outcome.base, told);
    Ok(account)
}

/// Where columns are looked up: in the list, then in the returns' own tables.
struct Columns<'a> {
    counted: Counted<'a>,
    list: Option<&'a List<'a>>,
}

impl Columns<'_> {
    /// A column by name.
    fn cells(&self, name: &str) -> Result<Cells, MappingError> {
        if let Some(found) = self.list.and_then(|l| l.cells(name)) {
            return found;
        }
        let Counted { returns, mapping, tables } = self.counted;
        let texts = mapping::texts(tables, mapping, &returns.stations, &[name])?;
        let place = |p: &glassurn_model::Place| {
            let file = returns.sources.get(p.source as usize).map_or("", |s| s.name.as_str());
            (file.to_owned(), p.row)
        };
        let texts = texts.into_iter().next().unwrap_or_default();
        let places = returns.stations.places.iter().map(place).collect();
        Ok(Cells { name: name.to_owned(), texts, places })
    }

    /// A column that need not be given, read in some way.
    fn optional<T>(
        &self,
        name: Option<&str>,
        read: impl Fn(&Cells) -> Result<T, MappingError>,
    ) -> Result<Option<T>, MappingError> {
        name.map(|n| read(&self.cells(n)?)).transpose()
    }

    /// Whether each station was observed, and what says so.
    fn observed(&self, name: Option<&str>) -> Result<(Vec<Option<bool>>, String), MappingError> {
        let cells = match (name, self.list) {
            (Some(name), _) => self.cells(name)?,
            (None, Some(list)) => match OBSERVED.iter().find_map(|n| list.telling(n)) {
                Some(cells) => cells,
                None => return Ok((list.listed(), "being on the list".to_owned())),
            },
            (None, None) => self.recognised()?,
        };
        let marks = cells.marks()?;
        match [true, false].into_iter().find(|wanted| !marks.contains(&Some(*wanted))) {
            Some(absent) => Err(cells.without(absent)),
            None => Ok((marks, format!("the column `{}`", cells.name))),
        }
    }

    /// A column of the returns' table whose name says it.
    fn recognised(&self) -> Result<Cells, MappingError> {
        OBSERVED.iter().find_map(|n| self.cells(n).ok()).ok_or_else(|| MappingError {
            problem: "no column says which stations were observed".to_owned(),
            candidates: Vec::new(),
            hint: "name it with --observed COLUMN, or give a list of stations with --with LIST"
                .to_owned(),
        })
    }

    /// The block of each station, empty where it is in none, and what to say of that.
    fn blocks(&self, set: &Settings) -> Result<[Vec<String>; 2], MappingError> {
        let stations = &self.counted.returns.stations;
        let Some(name) = set.block.as_deref().or(set.within.as_deref()).filter(|n| *n != ALL)
        else {
            return Ok([vec![ALL.to_owned(); stations.len()], Vec::new()]);
        };
        let level = stations.levels.iter().find(|l| l.name.to_lowercase() == name.to_lowercase());
        let blocks = match level {
            Some(level) => {
                let unit = |u: &u32| level.units.get(*u as usize).filter(|n| !n.ends_with(UNNAMED));
                level.of.iter().map(|u| unit(u).cloned().unwrap_or_default()).collect()
            }
            None => self.cells(name)?.texts,
        };
        let none = blocks.iter().filter(|b| b.is_empty()).count();
        let note = format!("{none} stations name no `{name}`; they are left out.");
        Ok([blocks, if none == 0 { Vec::new() } else { vec![note] }])
    }
}

/// The returns as an input.
fn input(returns: &Returns) -> Input {
    Input {
        name: returns.title.clone(),
        kind: returns.contests.first().map(|c| c.kind),
        stations: Some(returns.stations.len()),
        sources: returns.sources.clone(),
        notes: returns.notes.clone(),
        provenance: returns.provenance.clone(),
    }
}

/// The settings as name and value.
fn described(set: &Settings, outcome: &str, told: String) -> Vec<(String, String)> {
    let column = |name: &Option<String>| name.clone().unwrap_or_else(|| "none".to_owned());
    let blocks = match (&set.block, &set.within) {
        (Some(block), _) => format!("a lot within `{block}`"),
        (None, Some(area)) => format!("no lot; compared within `{area}`"),
        (None, None) => "no lot; compared as a whole".to_owned(),
    };
    [
        ("outcome", outcome.to_owned()),
        ("observed, by", told),
        ("how observers were assigned", blocks),
        ("earlier figure", column(&set.earlier)),
        ("near observed ones, by", column(&set.near)),
        ("caliper of pairs, in standard deviations", set.caliper.to_string()),
        ("confidence", set.confidence.to_string()),
        ("seed", set.seed.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
