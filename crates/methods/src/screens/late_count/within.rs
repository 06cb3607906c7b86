//! Late stations beside early ones of the same place.

use glassurn_model::{Level, P, PKind};
use glassurn_stats::{ols, rng, sample};
use rayon::prelude::*;

use super::parts::{groups, reference, sums};
use crate::{
    arrivals::Arrived,
    inference::{Estimate, Line},
};

/// Draws that share one stream: the same whatever the number of threads.
const CHUNK: u32 = 125;

/// Late stations beside early ones of the same centre.
#[derive(Debug, Clone, PartialEq)]
pub struct Within {
    /// The level whose units are the centres.
    pub level: String,
    /// Centres with early and late stations.
    pub centres: usize,
    /// Early and late stations in them.
    pub stations: [usize; 2],
    /// Late share less early share of the same centre, each station counting once.
    pub slope: Estimate,
    /// Chance of a difference so large where it is drawn by lot which stations of a centre are late.
    pub p: P,
    /// Votes at late stations beyond the early share of their centres.
    pub beyond: Estimate,
}

/// The innermost level with enough centres that have early and late stations, and the centre of each station.
pub(super) fn centres<'a>(
    levels: &'a [Level],
    stations: &[Arrived],
    fewest: usize,
) -> Option<(&'a Level, Vec<u32>)> {
    levels.iter().rev().find_map(|level| {
        let of = groups(level, stations)?;
        let sums = sums(stations, &of);
        let mixed = sums.iter().filter(|s| s[0].whole > 0.0 && s[1].whole > 0.0).count();
        (mixed >= fewest.max(2)).then_some((level, of))
    })
}

/// Compares within centres; `None` where shares do not vary there.
pub(super) fn compare(
    level: &Level,
    of: &[u32],
    stations: &[Arrived],
    draws: u32,
    seed: u64,
) -> Option<Within> {
    let sums = sums(stations, of);
    let mixed = |g: u32| sums.get(g as usize).is_some_and(|s| s[0].whole > 0.0 && s[1].whole > 0.0);
    let mut inside: Vec<(u32, &Arrived)> =
        of.iter().copied().zip(stations).filter(|(g, _)| mixed(*g)).collect();
    inside.sort_by_key(|(g, _)| *g);
    let groups: Vec<u32> = inside.iter().map(|(g, _)| *g).collect();
    let late: Vec<f64> = inside.iter().map(|(_, s)| f64::from(u8::from(s.late))).collect();
    let shares: Vec<f64> = inside.iter().map(|(_, s)| s.share()).collect();
    let [x, y] = [&late, &shares].map(|v| ols::demean(v, &groups));
    let both: Vec<_> = sums.iter().filter(|s| s[0].whole > 0.0 && s[1].whole > 0.0).collect();
    let line = Line::fit(&x, &y, Some(&groups), 2, both.len())?;
    let beyond: Vec<f64> = both.iter().map(|s| s[1].votes - s[1].whole * reference(s)).collect();
    let lates = inside.iter().filter(|(_, s)| s.late).count();
    let lots = Lots::of(&groups, &late, &y);
    Some(Within {
        level: level.name.clone(),
        centres: both.len(),
        stations: [inside.len() - lates, lates],
        slope: line.slope,
        p: lots.p(x.iter().zip(&y).map(|(x, y)| x * y).sum(), draws, seed),
        beyond: total(&beyond),
    })
}

/// A sum over independent centres.
fn total(values: &[f64]) -> Estimate {
    let n = values.len() as f64;
    let value: f64 = values.iter().sum();
    let spread: f64 = values.iter().map(|v| (v - value / n).powi(2)).sum();
    Estimate { value, se: (n / (n - 1.0) * spread).sqrt(), df: n - 1.0 }
}

/// The deviations of every centre, one after the other, and how many of them are drawn.
struct Lots {
    deviations: Vec<f64>,
    /// End of each centre, how many stations are drawn of it, and the sign of their sum: of few late stations
    /// these are drawn, of many late ones the early ones.
    centres: Vec<(usize, usize, f64)>,
}

impl Lots {
    fn of(groups: &[u32], late: &[f64], deviations: &[f64]) -> Self {
        let mut centres = Vec::new();
        let mut start = 0;
        for run in groups.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            let lates = late[start..end].iter().filter(|l| **l > 0.0).count();
            let earlies = run.len() - lates;
            centres.push((end, lates.min(earlies), if lates <= earlies { 1.0 } else { -1.0 }));
            start = end;
        }
        Lots { deviations: deviations.to_vec(), centres }
    }

    /// The share of lots with a sum as large as this one, two-sided.
    fn p(&self, seen: f64, draws: u32, seed: u64) -> P {
        let limit = seen.abs() * (1.0 - 1e-9);
        let chunk = |number: u32| {
            let mut rng = rng::stream(seed, "late within centres", number.into());
            let mut pool = self.deviations.clone();
            let draws = CHUNK.min(draws - number * CHUNK);
            (0..draws).filter(|_| self.draw(&mut pool, &mut rng).abs() >= limit).count()
        };
        // Whole numbers: the order of adding does not matter.
        let extreme: usize = (0..draws.div_ceil(CHUNK)).into_par_iter().map(chunk).sum();
        let value = (extreme as f64 + 1.0) / (f64::from(draws) + 1.0);
        P { value, kind: PKind::Simulated { draws, seed } }
    }

    /// One lot. Drawing on from the order of the last lot is as good as beginning anew.
    fn draw(&self, pool: &mut [f64], rng: &mut rng::ChaCha8Rng) -> f64 {
        let (mut start, mut sum) = (0, 0.0);
        for &(end, drawn, sign) in &self.centres {
            let centre = &mut pool[start..end];
            let mut own = 0.0;
            for i in 0..drawn {
                let left = (centre.len() - i) as u64;
                let pick = i + usize::try_from(sample::below(rng, left)).unwrap_or(0);
                centre.swap(i, pick);
                own += centre[i];
            }
            sum += sign * own;
            start = end;
        }
        sum
    }
}
