//! P510: stations with observers beside stations without.

mod estimate;
mod permute;
mod say;

use std::collections::BTreeMap;

pub use estimate::Estimate;
pub use permute::Permuted;

use estimate::Row;
use glassurn_model::Answer;

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
}

impl Settings {
    /// Random assignment, 95 %, seed 1.
    pub const DEFAULT: Self = Settings { random: true, confidence: 0.95, seed: 1 };
}

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Observed and unobserved stations that were used.
    pub used: [usize; 2],
    /// Their means.
    pub means: [f64; 2],
    /// Blocks used.
    pub blocks: usize,
    /// Stations left out because a figure is missing.
    pub missing: usize,
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
    /// Direct difference in the dense areas, and unobserved near minus unobserved far.
    pub spill: Option<[f64; 2]>,
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
    let adjust = stations.iter().filter(|s| usable(s)).all(|s| s.covariate.is_some_and(f64::is_finite));
    let mut groups: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for station in stations.iter().filter(|s| usable(s)) {
        let (Some(y), Some(observed)) = (station.outcome, station.observed) else { continue };
        let x = station.covariate.filter(|_| adjust).unwrap_or(0.0);
        groups.entry(&station.block).or_default().push(Row { y, x, observed });
    }
    let present: usize = groups.values().map(Vec::len).sum();
    let blocks: Vec<Vec<Row>> = groups.into_values().filter(|b| both(b)).collect();
    let used: usize = blocks.iter().map(Vec::len).sum();
    if blocks.is_empty() {
        return Err("no block has two observed and two unobserved stations".to_owned());
    }
    let rows = || blocks.iter().flatten();
    let sides: [Vec<f64>; 2] = [true, false].map(|arm| rows().filter(|r| r.observed == arm).map(|r| r.y).collect());
    let mean = |v: &[f64]| glassurn_stats::moments::mean(v);
    let cuped = estimate::cuped(&blocks).filter(|_| adjust);
    Ok(Figures {
        used: [sides[0].len(), sides[1].len()],
        means: [mean(&sides[0]), mean(&sides[1])],
        blocks: blocks.len(),
        missing: stations.len() - present,
        alone: present - used,
        plain: estimate::plain(&blocks),
        lin: cuped.and_then(|_| estimate::lin(&blocks)),
        cuped,
        permuted: set.random.then(|| permute::test(&blocks, 1.0 - set.confidence, set.seed)),
        spill: spill(stations),
    })
}

fn usable(station: &Station) -> bool {
    station.observed.is_some() && station.outcome.is_some_and(f64::is_finite)
}

/// Whether a variance can be had on both sides.
fn both(block: &[Row]) -> bool {
    let observed = block.iter().filter(|r| r.observed).count();
    observed >= 2 && block.len() - observed >= 2
}

/// Direct difference in dense areas and spill-over, as differences of means.
fn spill(stations: &[Station]) -> Option<[f64; 2]> {
    let mean = |observed: bool, near: bool| {
        let wanted = |s: &&Station| s.observed == Some(observed) && s.near == Some(near);
        let values: Vec<f64> =
            stations.iter().filter(wanted).filter_map(|s| s.outcome).filter(|y| y.is_finite()).collect();
        (!values.is_empty()).then(|| glassurn_stats::moments::mean(&values))
    };
    let near = mean(false, true)?;
    Some([mean(true, true)? - near, near - mean(false, false)?])
}
