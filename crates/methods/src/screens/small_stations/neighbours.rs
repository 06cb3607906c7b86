//! Stations beside the others of their neighbourhood: how far each lies from them, and how small it is.

use glassurn_model::{LeftOut, Reason};

use super::SmallStations;
use crate::{
    Slice,
    ballots::{Ballots, Rules},
    neighbourhood::{innermost, ordinary},
    slice::Tray,
};

/// A station beside its neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Its figures.
    pub at: Ballots,
    /// Number of its neighbourhood.
    pub group: usize,
    /// Turnout and share less those of the neighbourhood, each in its standard deviations, added along the
    /// diagonal (both up).
    pub apart: f64,
    /// The first cut-off at which it is small; as many as there are cut-offs when at none.
    pub from: usize,
}

/// The stations of every neighbourhood that is large enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbours {
    /// The level whose units are the neighbourhoods.
    pub level: String,
    /// The stations.
    pub all: Vec<Neighbour>,
    /// How many neighbourhoods there are.
    pub groups: usize,
    /// The largest list that is small, at each cut-off.
    pub largest: Vec<i64>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
}

impl Neighbours {
    /// Puts each ordinary station beside those of its unit.
    pub fn of(set: &SmallStations, slice: &Slice<'_>) -> Result<Neighbours, Reason> {
        let (stations, mut left_out) = Rules::possible(set.min_registered).apply(slice)?;
        let mut tray = Tray::default();
        let stations = ordinary(slice, stations, &mut tray);
        let (level, of) = innermost(slice, stations.iter().map(|s| s.row), set.min_group)?;
        let mut members = vec![Vec::new(); of.iter().map(|g| *g as usize + 1).max().unwrap_or(0)];
        for (station, group) in stations.into_iter().zip(of) {
            members[group as usize].push(station);
        }
        let mut all = Vec::new();
        let mut groups = 0;
        for stations in members {
            match beside(&stations, groups, set.min_group) {
                Ok(neighbours) => {
                    all.extend(neighbours);
                    groups += 1;
                }
                Err(why) => stations.iter().for_each(|_| tray.put(why.clone())),
            }
        }
        if all.len() < set.min_stations {
            return Err(Reason::TooFew { used: all.len(), needed: set.min_stations });
        }
        let largest = cut_offs(&all, set.cut_offs);
        for n in &mut all {
            n.from = largest.partition_point(|l| *l < n.at.registered);
        }
        left_out.extend(tray.empty());
        Ok(Neighbours { level, all, groups, largest, left_out })
    }
}

/// The stations of a neighbourhood with their distances from its mean.
fn beside(stations: &[Ballots], group: usize, fewest: usize) -> Result<Vec<Neighbour>, Reason> {
    if stations.len() < fewest.max(2) {
        let minimum = i64::try_from(fewest).unwrap_or(i64::MAX);
        return Err(Reason::Below { what: "stations in the neighbourhood", minimum });
    }
    let turnout = standardised(stations, Ballots::turnout).ok_or(Reason::Constant)?;
    let share = standardised(stations, Ballots::share).ok_or(Reason::Constant)?;
    let apart = turnout.iter().zip(share).map(|(t, v)| (t + v) * std::f64::consts::FRAC_1_SQRT_2);
    let neighbour = |(at, apart): (&Ballots, f64)| Neighbour { at: *at, group, apart, from: 0 };
    Ok(stations.iter().zip(apart).map(neighbour).collect())
}

/// Values less their mean, in standard deviations; `None` where all are the same.
fn standardised(stations: &[Ballots], of: fn(&Ballots) -> f64) -> Option<Vec<f64>> {
    let values: Vec<f64> = stations.iter().map(of).collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt();
    // Equal values may differ in the last bit of their mean.
    (sd > 1e-12).then(|| values.iter().map(|v| (v - mean) / sd).collect())
}

/// The largest list among the smallest 1 %, 2 %, … of stations.
fn cut_offs(all: &[Neighbour], percents: usize) -> Vec<i64> {
    let mut sizes: Vec<i64> = all.iter().map(|n| n.at.registered).collect();
    sizes.sort_unstable();
    let last = |percent: usize| (percent * sizes.len()).div_ceil(100).max(1) - 1;
    (1..=percents.min(100)).map(|percent| sizes[last(percent)]).collect()
}
