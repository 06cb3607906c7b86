//! What recognition finds, in a form that tests can write by hand.
#![allow(dead_code, missing_docs, unreachable_pub)]
#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;

use glassurn_casefile::mapping::{self, Mapping, MappingError, Shape};
use glassurn_casefile::{RawTable, formats};

/// Columns by role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    pub roles: BTreeMap<String, Vec<String>>,
    pub header: Option<u32>,
    pub turned: bool,
}

impl Roles {
    pub fn of(&self, role: &str) -> &[String] {
        self.roles.get(role).map_or(&[], Vec::as_slice)
    }

    /// Roles written by hand.
    pub fn of_hand(list: &[(&str, &[&str])]) -> Self {
        let owned = |c: &&[&str]| c.iter().map(|c| (*c).to_owned()).collect();
        let roles = list.iter().map(|(r, c)| ((*r).to_owned(), owned(c))).collect();
        Roles { roles, ..Roles::default() }
    }

    /// Roles that recognition gives, which must succeed.
    pub fn found(tables: &[RawTable]) -> Self {
        match mapping::infer(tables) {
            Ok(mapping) => Roles::from_mapping(&mapping),
            Err(e) => panic!("{e}\n{}\n{}", e.candidates.join("\n"), e.hint),
        }
    }

    /// The roles of a mapping; those of a second contest begin with its name.
    pub fn from_mapping(mapping: &Mapping) -> Self {
        let mut roles = BTreeMap::new();
        let mut put = |role: String, columns: Vec<String>| {
            if !columns.is_empty() {
                roles.insert(role, columns);
            }
        };
        put("id".to_owned(), mapping.station.id.clone());
        put("level".to_owned(), mapping.station.levels.clone());
        let place = mapping.station.latitude.iter().chain(&mapping.station.longitude);
        put("place".to_owned(), place.cloned().collect());
        for (i, contest) in mapping.contests.iter().enumerate() {
            let role =
                |r: &str| if i == 0 { r.to_owned() } else { format!("{} {r}", contest.name) };
            for (field, columns) in &contest.fields {
                put(role(field.key()), columns.clone());
            }
            put(role("choice"), contest.choices.iter().map(|c| c.column.clone()).collect());
            let exhaustive = contest.exhaustive.then(|| "true".to_owned());
            put(role("exhaustive"), exhaustive.into_iter().collect());
            put(role("extra"), contest.extras.clone());
        }
        if let Shape::Long { choice, votes, contest } = &mapping.table.shape {
            put("choice column".to_owned(), vec![choice.clone()]);
            put("votes column".to_owned(), vec![votes.clone()]);
            put("contest column".to_owned(), contest.iter().cloned().collect());
        }
        Roles {
            roles,
            header: mapping.table.header,
            turned: mapping.table.shape == Shape::Transposed,
        }
    }

    /// With the columns of each role in alphabetical order.
    pub fn sorted(mut self) -> Self {
        self.roles.values_mut().for_each(|c| c.sort());
        self
    }
}

/// A table of text.
pub fn table(header: &[&str], rows: &[Vec<&str>]) -> RawTable {
    let mut table = RawTable::default();
    table.push_row(1, header.iter().copied()).unwrap();
    for (number, row) in (2..).zip(rows) {
        table.push_row(number, row.iter().copied()).unwrap();
    }
    table
}

/// The columns in another order.
pub fn permuted<'a>(
    header: &[&'a str],
    rows: &[Vec<&'a str>],
    seed: u64,
) -> (Vec<&'a str>, Vec<Vec<&'a str>>) {
    let mut order: Vec<usize> = (0..header.len()).collect();
    order.sort_by_key(|&c| (c as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15 ^ (seed << 32)) >> 20);
    let turn = |row: &[&'a str]| order.iter().map(|&c| row[c]).collect();
    (turn(header), rows.iter().map(|r| turn(r)).collect())
}

/// The folder of the published files, where it is.
pub fn data() -> Option<std::path::PathBuf> {
    let given = std::env::var_os("GLASSURN_DATA").map(std::path::PathBuf::from);
    let beside = || {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        root.join("shared/data/raw")
    };
    Some(given.unwrap_or_else(beside)).filter(|d| d.is_dir())
}

/// The tables of a published file; `None`, and a line that says so, without data.
pub fn published(test: &str, file: &str) -> Option<Vec<RawTable>> {
    let path = data().map(|d| d.join(file)).filter(|p| p.exists());
    let Some(path) = path else {
        println!("skipped: {test} (no data)");
        return None;
    };
    Some(formats::read(&path, &formats::ReadOptions::default()).unwrap().tables)
}

/// The error of recognition, which must not succeed.
pub fn refused(tables: &[RawTable]) -> MappingError {
    match mapping::infer(tables) {
        Err(error) => error,
        Ok(mapping) => panic!("recognised as {:?}", Roles::from_mapping(&mapping)),
    }
}
