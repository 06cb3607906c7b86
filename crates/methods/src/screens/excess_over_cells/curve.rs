//! The excess as a curve over the columns of clean cells, with its bands.

use glassurn_model::{LeftOut, Reason};
use glassurn_stats::{interval, rng, sample};
use rayon::prelude::*;

use super::ExcessOverCells;
use super::grid::{Column, Grid, place};
use crate::ballots::{self, Ballots, Rules};
use crate::excess::{ByGroup, ends};
use crate::turnout_bins::BINS;
use crate::Slice;

/// The excess that follows from the clean cells of one per cent of turnout.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The cells.
    pub cells: Column,
    /// Votes beyond what their ratio gives.
    pub excess: f64,
    /// 95 % of the resamples of stations.
    pub band: [f64; 2],
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The stations used.
    pub stations: Vec<Ballots>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// Votes for the choice, and all other ballots.
    pub totals: [f64; 2],
    /// Stations in cells.
    pub grid: Grid,
    /// The curve, from low to high turnout.
    pub points: Vec<Point>,
    /// By groups, where there are any.
    pub by_group: Option<ByGroup>,
}

/// Votes beyond what a ratio gives.
fn excess([votes, others]: [f64; 2], ratio: f64) -> f64 {
    votes - ratio * others
}

impl ExcessOverCells {
    /// The sufficient figures of a slice.
    pub fn curve(&self, slice: &Slice<'_>) -> Result<Curve, Reason> {
        let rules = Rules::possible(self.min_registered);
        let (stations, left_out) = rules.apply_to_at_least(self.min_stations, slice)?;
        let grid = sums(&stations);
        let totals = grid.totals().map(|t| t as f64);
        if totals.contains(&0.0) {
            return Err(Reason::Constant);
        }
        let clean = grid.clean(self.min_cell_stations);
        if clean.is_empty() {
            let used = grid.clean(1).iter().map(|c| c.stations).max().unwrap_or(0);
            return Err(Reason::TooFew { used, needed: self.min_cell_stations });
        }
        let bands = self.bands(&stations, &clean);
        let point = |(cells, band): (Column, [f64; 2])| {
            let excess = excess(totals, cells.ratio());
            Point { cells, excess, band }
        };
        let points = clean.into_iter().zip(bands).map(point).collect();
        let by_group = ballots::groups(slice, &stations).map(|g| self.by_group(&stations, &g));
        Ok(Curve { stations, left_out, totals, grid, points, by_group })
    }

    /// 2.5 and 97.5 % points of the excess over resamples: each station comes in a Poisson number of times.
    fn bands(&self, stations: &[Ballots], clean: &[Column]) -> Vec<[f64; 2]> {
        let mut columns = vec![None; BINS];
        clean.iter().enumerate().for_each(|(i, c)| columns[c.bin] = Some((i, c.rows.clone())));
        // Outside the clean cells a station counts in the totals alone, which have the last place.
        let slot = |s: &Ballots| {
            let [turnout, share] = place(s);
            let column = columns[turnout].as_ref().filter(|(_, rows)| rows.contains(&share));
            column.map_or(clean.len(), |(i, _)| *i)
        };
        let placed: Vec<(usize, [f64; 2])> =
            stations.iter().map(|s| (slot(s), [s.votes as f64, (s.cast - s.votes) as f64])).collect();
        let draw = |draw: u32| -> Vec<f64> {
            let mut stream = rng::stream(self.seed, "excess over cells", u64::from(draw));
            let mut sums = vec![[0.0; 2]; clean.len() + 1];
            sample::poisson_ones(&mut stream, placed.len(), |station, times| {
                let (slot, [votes, others]) = placed[station];
                let sum = &mut sums[slot];
                *sum = [sum[0] + times * votes, sum[1] + times * others];
            });
            let total = [0, 1].map(|part| sums.iter().map(|s| s[part]).sum::<f64>());
            sums[..clean.len()].iter().map(|[votes, others]| excess(total, votes / others)).collect()
        };
        let drawn: Vec<Vec<f64>> = (0..self.draws.max(1)).into_par_iter().map(draw).collect();
        let band = |i: usize| interval::middle_95(drawn.iter().map(|d| d[i]).collect());
        (0..clean.len()).map(band).collect()
    }

    /// Each group's own curve, added up.
    fn by_group(&self, stations: &[Ballots], groups: &[u32]) -> ByGroup {
        let count = groups.iter().map(|&g| g as usize + 1).max().unwrap_or(0);
        let mut members: Vec<Vec<Ballots>> = vec![Vec::new(); count];
        groups.iter().zip(stations).for_each(|(&group, s)| members[group as usize].push(*s));
        let one = |stations: &Vec<Ballots>| {
            if stations.len() < self.min_cell_stations {
                return None;
            }
            let grid = sums(stations);
            let totals = grid.totals().map(|t| t as f64);
            let clean = grid.clean(self.min_cell_stations);
            Some((stations.len(), ends(clean.iter().map(|c| excess(totals, c.ratio())))?))
        };
        let curves: Vec<(usize, [f64; 2])> = members.par_iter().filter_map(one).collect();
        ByGroup::sum(curves)
    }
}

fn sums(stations: &[Ballots]) -> Grid {
    let mut grid = Grid::empty();
    stations.iter().for_each(|s| grid.add(s));
    grid
}
