//! P510: stations with observers beside stations without.

mod estimate;
mod permute;
mod say;
mod spill;

use std::collections::BTreeMap;

pub use estimate::Estimate;
pub use permute::Permuted;
pub use spill::Spill;

use estimate::Row;
use glassurn_model::{Answer, Unit};

use super::Method;

#[doc = include_str!("observed_unobserved.md")]
pub const METHOD: Method = Method {
    code: "P510",
    name: "observed-unobserved",
    title: "Stations with and without observers",
    doc: include_str!("observed_unobserved.md"),
};

/// One station.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// What is compared (a share, a turnout, a count).
    pub outcome: Option<f64>,
    /// Whether an observer was sent there.
    pub observed: Option<bool>,
    /// The block within which observers were assigned; one name for all where there was none.
    pub block: String,
    /// A figure from before, such as the share of an earlier election.
    pub covariate: Option<f64>,
    /// Whether many stations around it were observed; `None` without such a design.
    pub near: Option<bool>,
}

/// How to compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Whether observers were assigned at random within the blocks.
    pub random: bool,
    /// Confidence of intervals and of the set.
    pub confidence: f64,
    /// Seed of the permutations where they are too many to be listed.
    pub seed: u64,
    /// Unit of the outcome, for words: a share, or none.
    pub unit: Unit,
}

impl Settings {
    /// Random assignment, 95 %, seed 1, an outcome without unit.
    pub const DEFAULT: Self =
        Settings { random: true, confidence: 0.95, seed: 1, unit: Unit::None };
}

/// What one block has.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// Observed and unobserved stations used.
    pub used: [usize; 2],
    /// Their means.
    pub means: [f64; 2],
}

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Observed and unobserved stations that were used.
    pub used: [usize; 2],
    /// Their means.
    pub means: [f64; 2],
    /// Blocks used, by name.
    pub blocks: Vec<Block>,
    /// Stations left out because their outcome or their mark is missing.
    pub missing: usize,
    /// Observed and unobserved stations: how many have an outcome, and how many there are.
    pub present: [[usize; 2]; 2],
    /// Stations that could be used and lack the covariate; `None` where no station has one.
    pub uncovered: Option<usize>,
    /// Stations left out because their block has fewer than two observed or two unobserved ones.
    pub alone: usize,
    /// The difference within blocks, with Neyman's standard error.
    pub plain: Estimate,
    /// Lin's regression, where every station has a covariate that varies.
    pub lin: Option<Estimate>,
    /// CUPED and its θ, under the same condition.
    pub cuped: Option<(Estimate, f64)>,
    /// Randomisation inference; `None` where deployment was not random.
    pub permuted: Option<Permuted>,
    /// Direct difference and spill-over, where it is known what stations are near.
    pub spill: Option<Spill>,
}

/// Compares observed with unobserved stations.
///
/// Refused: no block with two stations of either kind, a confidence outside (0, 1).
pub fn compare(subject: &str, stations: &[Station], set: Settings) -> Answer {
    match figures(stations, set) {
        Ok(figures) => say::answer(subject, &figures, set),
        Err(why) => Answer::refused(METHOD.code, subject, why),
    }
}

/// Computes the figures, or says why not.
pub fn figures(stations: &[Station], set: Settings) -> Result<Figures, String> {
    if !(set.confidence > 0.0 && set.confidence < 1.0) {
        return Err("the confidence must lie between 0 and 1".to_owned());
    }
    let covered = |s: &&Station| s.covariate.is_some_and(f64::is_finite);
    let lacking = stations.iter().filter(|s| usable(s) && !covered(s)).count();
    let mut groups: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for station in stations.iter().filter(|s| usable(s)) {
        let (Some(y), Some(observed)) = (station.outcome, station.observed) else { continue };
        let x = station.covariate.filter(|_| lacking == 0).unwrap_or(0.0);
        groups.entry(&station.block).or_default().push(Row { y, x, observed });
    }
    let present: usize = groups.values().map(Vec::len).sum();
    groups.retain(|_, rows| both(rows));
    if groups.is_empty() {
        return Err("no block has two observed and two unobserved stations".to_owned());
    }
    let table = groups.iter().map(|(name, rows)| block(name, rows)).collect();
    let blocks: Vec<Vec<Row>> = groups.into_values().collect();
    let (used, means) = sides(&blocks.concat());
    let cuped = estimate::cuped(&blocks).filter(|_| lacking == 0);
    Ok(Figures {
        used,
        means,
        blocks: table,
        missing: stations.len() - present,
        present: [true, false].map(|arm| outcomes(stations, arm)),
        uncovered: stations.iter().any(|s| covered(&s)).then_some(lacking),
        alone: present - used.iter().sum::<usize>(),
        plain: estimate::plain(&blocks),
        lin: cuped.and_then(|_| estimate::lin(&blocks)),
        cuped,
        permuted: set.random.then(|| permute::test(&blocks, 1.0 - set.confidence, set.seed)),
        spill: spill::spill(stations),
    })
}

fn usable(station: &Station) -> bool {
    station.observed.is_some() && station.outcome.is_some_and(f64::is_finite)
}

/// How many stations of an arm have an outcome, and how many there are.
fn outcomes(stations: &[Station], arm: bool) -> [usize; 2] {
    let of = || stations.iter().filter(|s| s.observed == Some(arm));
    [of().filter(|s| usable(s)).count(), of().count()]
}

/// Whether a variance can be had on both sides.
fn both(block: &[Row]) -> bool {
    let observed = block.iter().filter(|r| r.observed).count();
    observed >= 2 && block.len() - observed >= 2
}

/// Numbers and means of the observed and the unobserved.
fn sides(rows: &[Row]) -> ([usize; 2], [f64; 2]) {
    let of = |arm: bool| -> Vec<f64> {
        rows.iter().filter(|r| r.observed == arm).map(|r| r.y).collect()
    };
    let sides = [true, false].map(of);
    (sides.each_ref().map(Vec::len), sides.each_ref().map(|v| glassurn_stats::moments::mean(v)))
}

fn block(name: &str, rows: &[Row]) -> Block {
    let (used, means) = sides(rows);
    Block { name: name.to_owned(), used, means }
}
