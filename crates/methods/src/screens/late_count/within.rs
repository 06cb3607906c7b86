//! Late stations beside early ones of the same place.
//!
//! One rule for p and for the interval: it is drawn by lot which stations of a centre are late.

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
    /// The 95 % interval of the difference, by the same lots: what late stations may differ by without the lots calling
    /// the rest of what is seen rare. It holds zero where p is above 0.05, and only there.
    pub interval: Option<[f64; 2]>,
    /// Votes at late stations beyond the early share of their centres.
    pub beyond: f64,
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
    let beyond = both.iter().map(|s| s[1].votes - s[1].whole * reference(s)).sum();
    let lates = inside.iter().filter(|(_, s)| s.late).count();
    let spans = Lots::of(&groups, &late, &x, &y).spans(draws, seed);
    let extreme = spans.iter().filter(|[low, high]| *low <= 0.0 && *high >= 0.0).count();
    let value = (extreme as f64 + 1.0) / (f64::from(draws) + 1.0);
    Some(Within {
        level: level.name.clone(),
        centres: both.len(),
        stations: [inside.len() - lates, lates],
        slope: line.slope,
        p: P { value, kind: PKind::Simulated { draws, seed } },
        interval: interval(spans),
        beyond,
    })
}

/// The ends beyond which so few lots are as extreme that p is at most a twentieth.
fn interval(spans: Vec<[f64; 2]>) -> Option<[f64; 2]> {
    let [mut low, mut high]: [Vec<f64>; 2] = [0, 1].map(|end| spans.iter().map(|s| s[end]).collect());
    low.sort_by(f64::total_cmp);
    high.sort_by(|a, b| b.total_cmp(a));
    let rank = ((spans.len() + 1) / 20).checked_sub(1)?;
    let ends = [*low.get(rank)?, *high.get(rank)?];
    ends.iter().all(|e| e.is_finite()).then_some(ends)
}

/// The deviations of every centre from its means, one after the other, and how many of them are drawn.
struct Lots {
    /// Of the share, and of being late.
    deviations: Vec<[f64; 2]>,
    /// End of each centre, how many stations are drawn of it, and the sign of their sum: of few late stations
    /// these are drawn, of many late ones the early ones.
    centres: Vec<(usize, usize, f64)>,
    /// The sums over the stations that are late.
    seen: [f64; 2],
}

impl Lots {
    fn of(groups: &[u32], late: &[f64], x: &[f64], y: &[f64]) -> Self {
        let mut centres = Vec::new();
        let mut start = 0;
        for run in groups.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            let lates = late[start..end].iter().filter(|l| **l > 0.0).count();
            let earlies = run.len() - lates;
            centres.push((end, lates.min(earlies), if lates <= earlies { 1.0 } else { -1.0 }));
            start = end;
        }
        let deviations: Vec<[f64; 2]> = y.iter().zip(x).map(|(y, x)| [*y, *x]).collect();
        let seen = [0, 1].map(|k| deviations.iter().zip(x).map(|(d, x)| d[k] * x).sum());
        Lots { deviations, centres, seen }
    }

    /// For each lot the differences of late stations at which it is as extreme as what was seen: nothing else has to be
    /// known for p, at none or at any other.
    fn spans(&self, draws: u32, seed: u64) -> Vec<[f64; 2]> {
        let chunk = |number: u32| -> Vec<[f64; 2]> {
            let mut rng = rng::stream(seed, "late within centres", number.into());
            let mut pool = self.deviations.clone();
            let draws = CHUNK.min(draws - number * CHUNK);
            (0..draws).map(|_| self.span(self.draw(&mut pool, &mut rng))).collect()
        };
        (0..draws.div_ceil(CHUNK)).into_par_iter().flat_map_iter(chunk).collect()
    }

    /// Where |share − difference · late| of the lot is at least that of what was seen; this holds where nothing is left.
    fn span(&self, [share, late]: [f64; 2]) -> [f64; 2] {
        let [seen, all] = self.seen;
        // The lot that was seen is as extreme everywhere.
        if late.abs() >= all * (1.0 - 1e-9) {
            return [f64::NEG_INFINITY, f64::INFINITY];
        }
        let end = |above: f64, below: f64| {
            let nothing = above.abs() <= 1e-9 * seen.abs();
            if nothing { 0.0 } else { above / below }
        };
        let (one, other) = (end(seen - share, all - late), end(seen + share, all + late));
        [one.min(other), one.max(other)]
    }

    /// One lot. Drawing on from the order of the last lot is as good as beginning anew.
    fn draw(&self, pool: &mut [[f64; 2]], rng: &mut rng::ChaCha8Rng) -> [f64; 2] {
        let (mut start, mut sum) = (0, [0.0; 2]);
        for &(end, drawn, sign) in &self.centres {
            let centre = &mut pool[start..end];
            let mut own = [0.0; 2];
            for i in 0..drawn {
                let left = (centre.len() - i) as u64;
                let pick = i + usize::try_from(sample::below(rng, left)).unwrap_or(0);
                centre.swap(i, pick);
                (0..2).for_each(|k| own[k] += centre[i][k]);
            }
            (0..2).for_each(|k| sum[k] += sign * own[k]);
            start = end;
        }
        sum
    }
}
