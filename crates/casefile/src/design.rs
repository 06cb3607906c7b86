//! A design of a sample: sizes from an earlier election, the seeded draw, and the files that are published
//! before the vote, with their SHA-256.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use glassurn_methods::parallel::sample_design::{
    Aim, Allocation, Draw, Past, Sizes, allocate, design, draw, sizes,
};
use glassurn_model::{Column, Contest, Level, Returns, Stations};

use crate::{Account, account::Input, formats::sha256, report::write_atomically};

/// The name of the only stratum where there are none.
pub(crate) const ALL: &str = "all";

/// What to draw, and how exact it must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The choice whose share is estimated; the one with most votes when absent.
    pub choice: Option<String>,
    /// Margin and confidence.
    pub aim: Aim,
    /// The level whose units are the strata; none when absent.
    pub strata: Option<String>,
    /// How the stations are shared among strata.
    pub allocation: Allocation,
    /// How many stations to draw; what the margin needs when absent.
    pub stations: Option<u64>,
    /// Replacements for each stratum.
    pub spare: usize,
    /// Seed of the draw.
    pub seed: u64,
}

/// A design: what it says, and the files it consists of.
#[derive(Debug, Clone)]
pub struct Design {
    /// Sizes and hashes.
    pub account: Account,
    /// Name and content: `frame.csv`, `sample.csv`, `replacements.csv`, `plan.toml`.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

impl Design {
    /// Writes the files into a folder, which is made where it is not there.
    pub fn write(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        std::fs::create_dir_all(folder)?;
        let write = |(name, bytes): &(&'static str, Vec<u8>)| {
            let path = folder.join(name);
            write_atomically(&path, bytes).map(|()| path)
        };
        self.files.iter().map(write).collect()
    }
}

/// Designs a sample of the stations of an earlier election, or says why not.
pub fn make(returns: &Returns, set: &Settings, command: String) -> Result<Design, String> {
    let contest = returns.contests.first().ok_or("the returns have no contest")?;
    let choice = choice(contest, set.choice.as_deref())?;
    let frame = frame(&returns.stations, set.strata.as_deref())?;
    let strata = strata(&frame);
    let past = past(contest, choice, &frame)?;
    let found = sizes(&past, &strata, set.aim)?;
    let shares = shares(&found, set);
    let drawn = draw(&frame, &shares, set.spare, set.seed)
        .ok_or("a station stands twice in its stratum, or a stratum has too few stations")?;
    let frame_bytes = frame_bytes(&frame).map_err(|e| e.to_string())?;
    let hash = sha256(&frame_bytes);
    let plan = plan(returns, &choice.name, set, (&shares, &hash)).into_bytes();
    let hashes = [("SHA-256 of frame.csv", hash), ("SHA-256 of plan.toml", sha256(&plan))];
    let mut account = Account::new("Design of a sample of stations", &returns.title, command);
    account.inputs.push(Input {
        name: returns.title.clone(),
        kind: Some(contest.kind),
        stations: Some(returns.stations.len()),
        sources: returns.sources.clone(),
        notes: returns.notes.clone(),
        provenance: returns.provenance.clone(),
    });
    account.answers = vec![design(&choice.name, &past, &strata, set.aim)];
    account.settings = described(set, &drawn);
    account.notes.push(drawn_words(&drawn, set.seed, &hashes));
    account.settings.extend(hashes.map(|(name, value)| (name.to_owned(), value)));
    let list = |of: fn(&Draw) -> &[String]| listed(&drawn, of).map_err(|e| e.to_string());
    let files = vec![
        ("frame.csv", frame_bytes),
        ("sample.csv", list(|d| &d.sample)?),
        ("replacements.csv", list(|d| &d.replacements)?),
        ("plan.toml", plan),
    ];
    Ok(Design { account, files })
}

/// The choice asked for, or the one with most votes.
fn choice<'a>(contest: &'a Contest, wanted: Option<&str>) -> Result<&'a Column, String> {
    let Some(wanted) = wanted else {
        let leader = contest.leader().and_then(|i| contest.choices.get(i));
        return leader.ok_or_else(|| "the returns have no choices".to_owned());
    };
    let found = contest.choices.iter().find(|c| c.name.to_lowercase() == wanted.to_lowercase());
    found.ok_or_else(|| format!("no choice is called {wanted}"))
}

/// The stratum of every station: its unit of the level, or one for all.
pub(crate) fn strata_of(stations: &Stations, level: Option<&str>) -> Result<Vec<String>, String> {
    let Some(wanted) = level else { return Ok(vec![ALL.to_owned(); stations.len()]) };
    let found = stations.levels.iter().find(|l| l.name.to_lowercase() == wanted.to_lowercase());
    let Some(level) = found else {
        let names: Vec<_> = stations.levels.iter().map(|l| l.name.as_str()).collect();
        return Err(format!("no level is called {wanted}; there are: {}", names.join(", ")));
    };
    let unit = |level: &Level, i: usize| {
        level.of.get(i).and_then(|u| level.units.get(*u as usize)).cloned().unwrap_or_default()
    };
    Ok((0..stations.len()).map(|i| unit(level, i)).collect())
}

/// Stratum and name of every station.
fn frame(stations: &Stations, level: Option<&str>) -> Result<Vec<(String, String)>, String> {
    Ok(strata_of(stations, level)?.into_iter().zip(stations.ids.iter().cloned()).collect())
}

/// How many stations each stratum has, by name.
fn strata(frame: &[(String, String)]) -> Vec<(String, u64)> {
    let mut strata: BTreeMap<&str, u64> = BTreeMap::new();
    for (stratum, _) in frame {
        *strata.entry(stratum).or_default() += 1;
    }
    strata.into_iter().map(|(name, n)| (name.to_owned(), n)).collect()
}

/// What the stations' earlier figures are.
fn past(
    contest: &Contest,
    choice: &Column,
    frame: &[(String, String)],
) -> Result<Vec<Past>, String> {
    let of = contest
        .share_denominator()
        .map_err(|_| "the returns have neither ballots cast nor valid votes".to_owned())?;
    let figures = frame.iter().zip(choice.values.iter().zip(&of.values));
    Ok(figures
        .map(|((stratum, _), (votes, of))| Past {
            stratum: stratum.clone(),
            votes: *votes,
            of: *of,
        })
        .collect())
}

/// Stations to draw in each stratum.
fn shares(found: &Sizes, set: &Settings) -> BTreeMap<String, u64> {
    let needed = match (set.strata.is_some(), set.allocation) {
        (false, _) => found.simple,
        (true, Allocation::Proportional) => found.proportional,
        (true, Allocation::Neyman) => found.neyman,
    };
    // Below the frame's size, so the text of the rounded size is a count.
    let needed = set.stations.unwrap_or(format!("{:.0}", needed.ceil()).parse().unwrap_or(0));
    let drawn = allocate(&found.strata, needed.min(found.frame), set.allocation);
    found.strata.iter().map(|s| s.0.clone()).zip(drawn).collect()
}

/// The frame as it is hashed: sorted, so that the order of the source's rows does not matter.
fn frame_bytes(frame: &[(String, String)]) -> Result<Vec<u8>, csv::Error> {
    let mut rows: Vec<[&str; 2]> = frame.iter().map(|(a, b)| [a.as_str(), b.as_str()]).collect();
    rows.sort_unstable();
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["stratum", "station"])?;
    rows.iter().try_for_each(|row| table.write_record(row))?;
    table.into_inner().map_err(|e| e.into_error().into())
}

/// Drawn stations in their order within each stratum.
fn listed(drawn: &[Draw], of: fn(&Draw) -> &[String]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["stratum", "order", "station"])?;
    for draw in drawn {
        for (order, station) in (1_usize..).zip(of(draw)) {
            table.write_record([draw.stratum.as_str(), &order.to_string(), station])?;
        }
    }
    table.into_inner().map_err(|e| e.into_error().into())
}

/// The plan: everything that repeats the draw.
fn plan(
    returns: &Returns,
    choice: &str,
    set: &Settings,
    (shares, frame): (&BTreeMap<String, u64>, &str),
) -> String {
    let text = |s: &str| toml::Value::String(s.to_owned());
    let count = |n: u64| i64::try_from(n).map_or_else(|_| text(&n.to_string()), Into::into);
    let mut plan = toml::Table::new();
    plan.insert("program".to_owned(), text(env!("CARGO_PKG_VERSION")));
    plan.insert("frame_sha256".to_owned(), text(frame));
    plan.insert("earlier".to_owned(), text(&returns.title));
    let sources = returns.sources.iter().map(|s| text(&s.sha256)).collect();
    plan.insert("earlier_sha256".to_owned(), toml::Value::Array(sources));
    plan.insert("choice".to_owned(), text(choice));
    plan.insert("margin".to_owned(), set.aim.margin.into());
    plan.insert("confidence".to_owned(), set.aim.confidence.into());
    plan.insert("strata".to_owned(), text(set.strata.as_deref().unwrap_or("none")));
    plan.insert("allocation".to_owned(), text(allocation(set.allocation)));
    plan.insert("seed".to_owned(), count(set.seed));
    plan.insert("replacements".to_owned(), count(set.spare as u64));
    let sizes = shares.iter().map(|(name, n)| (name.clone(), count(*n))).collect();
    plan.insert("stations".to_owned(), toml::Value::Table(sizes));
    toml::to_string(&plan).unwrap_or_default()
}

/// What was drawn, and what to publish before the vote.
fn drawn_words(drawn: &[Draw], seed: u64, hashes: &[(&str, String)]) -> String {
    let stations: usize = drawn.iter().map(|d| d.sample.len()).sum();
    let hashes: Vec<String> = hashes.iter().map(|(name, hash)| format!("{name} {hash}")).collect();
    format!(
        "Drawn with seed {seed}: {stations} stations in {} strata. Publish before the vote: {}.",
        drawn.len(),
        hashes.join(", ")
    )
}

fn allocation(how: Allocation) -> &'static str {
    match how {
        Allocation::Proportional => "proportional",
        Allocation::Neyman => "Neyman",
    }
}

/// The settings as name and value.
fn described(set: &Settings, drawn: &[Draw]) -> Vec<(String, String)> {
    let stations: usize = drawn.iter().map(|d| d.sample.len()).sum();
    let spare: usize = drawn.iter().map(|d| d.replacements.len()).sum();
    [
        ("margin", set.aim.margin.to_string()),
        ("confidence", set.aim.confidence.to_string()),
        ("strata", set.strata.clone().unwrap_or_else(|| "none".to_owned())),
        ("allocation", allocation(set.allocation).to_owned()),
        ("stations drawn", stations.to_string()),
        ("replacements drawn", spare.to_string()),
        ("seed", set.seed.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
