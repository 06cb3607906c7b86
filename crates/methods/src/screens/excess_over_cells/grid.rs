//! Stations in cells of turnout and share, and the cells that may hold the clean ones.

use std::ops::Range;

use crate::ballots::Ballots;
use crate::turnout_bins::{BINS, bin};

/// Cells whose smoothed other ballots are at least this part of the highest around may be clean.
const CLEAN: f64 = 0.5;

/// The ridge moves by so many per cent of the share at most from one per cent of turnout to the next.
const STRIDE: usize = 2;

/// Cells on either side that are averaged.
const SIDE: usize = 2;

/// Sums of the stations in each cell: turnout across, share up, row-major from the lowest share.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Votes for the choice.
    pub votes: Vec<i64>,
    /// All other ballots.
    pub others: Vec<i64>,
    /// Stations.
    pub stations: Vec<u32>,
}

/// The clean cells of one per cent of turnout.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The per cent of turnout.
    pub bin: usize,
    /// The per cents of the share.
    pub rows: Range<usize>,
    /// Votes for the choice in them.
    pub votes: i64,
    /// All other ballots.
    pub others: i64,
    /// Stations.
    pub stations: usize,
}

impl Column {
    /// Votes of the choice for one other ballot.
    pub fn ratio(&self) -> f64 {
        self.votes as f64 / self.others as f64
    }
}

/// The cell of a station, as turnout and share.
pub(super) fn place(s: &Ballots) -> [usize; 2] {
    [bin(s.issued, s.registered), bin(s.votes, s.cast)]
}

impl Grid {
    /// No station yet.
    pub(super) fn empty() -> Self {
        let none = || vec![0; BINS * BINS];
        Grid { votes: none(), others: none(), stations: vec![0; BINS * BINS] }
    }

    /// Adds a station.
    pub(super) fn add(&mut self, s: &Ballots) {
        let [turnout, share] = place(s);
        let cell = share * BINS + turnout;
        self.votes[cell] += s.votes;
        self.others[cell] += s.cast - s.votes;
        self.stations[cell] += 1;
    }

    /// Votes for the choice, and all other ballots.
    pub(super) fn totals(&self) -> [i64; 2] {
        [&self.votes, &self.others].map(|cells| cells.iter().sum())
    }

    /// The other ballots, each cell the mean of the five times five around it.
    fn smooth(&self) -> Vec<f64> {
        let around = |i: usize| i.saturating_sub(SIDE)..(i + SIDE + 1).min(BINS);
        let mut sums = vec![0; BINS * BINS];
        // Most cells are empty: those that are not go to the cells around them.
        for (cell, others) in self.others.iter().enumerate().filter(|(_, others)| **others != 0) {
            for row in around(cell / BINS) {
                around(cell % BINS).for_each(|bin| sums[row * BINS + bin] += others);
            }
        }
        sums.into_iter().map(|sum: i64| sum as f64 / 25.0).collect()
    }

    /// The clean cells, from low to high turnout, where enough stations have other ballots in them.
    pub(super) fn clean(&self, min_stations: usize) -> Vec<Column> {
        let smooth = self.smooth();
        let columns = ridge(&smooth).into_iter().map(|(bin, row)| self.column(bin, run(&smooth, bin, row)));
        columns.filter(|c| c.others > 0 && c.stations >= min_stations.max(1)).collect()
    }

    fn column(&self, bin: usize, rows: Range<usize>) -> Column {
        let cells = || rows.clone().map(|row| row * BINS + bin);
        Column {
            bin,
            votes: cells().map(|c| self.votes[c]).sum(),
            others: cells().map(|c| self.others[c]).sum(),
            stations: cells().map(|c| self.stations[c] as usize).sum(),
            rows,
        }
    }

    /// How many cells outside the ridge's columns of rows are as high as half of the highest.
    pub(super) fn as_high_elsewhere(&self) -> usize {
        let smooth = self.smooth();
        let least = CLEAN * smooth.iter().fold(0.0, |a: f64, &b| a.max(b));
        let clean: Vec<(usize, Range<usize>)> =
            ridge(&smooth).into_iter().map(|(bin, row)| (bin, run(&smooth, bin, row))).collect();
        let held = |cell: usize| clean.iter().any(|(b, rows)| *b == cell % BINS && rows.contains(&(cell / BINS)));
        (0..BINS * BINS).filter(|&cell| smooth[cell] >= least.max(f64::MIN_POSITIVE) && !held(cell)).count()
    }
}

/// The first highest of some rows of a column.
fn highest(smooth: &[f64], bin: usize, rows: Range<usize>) -> usize {
    let start = rows.start;
    rows.fold(start, |best, row| if smooth[row * BINS + bin] > smooth[best * BINS + bin] { row } else { best })
}

/// Turnout and share along the ridge that runs through the highest cell, as far as it is half as high.
fn ridge(smooth: &[f64]) -> Vec<(usize, usize)> {
    let top = (0..BINS * BINS).fold(0, |best, cell| if smooth[cell] > smooth[best] { cell } else { best });
    let least = (CLEAN * smooth[top]).max(f64::MIN_POSITIVE);
    let walk = |bins: &mut dyn Iterator<Item = usize>| {
        let mut row = top / BINS;
        let mut points = Vec::new();
        for bin in bins {
            row = highest(smooth, bin, row.saturating_sub(STRIDE)..(row + STRIDE + 1).min(BINS));
            if smooth[row * BINS + bin] < least {
                break;
            }
            points.push((bin, row));
        }
        points
    };
    let mut points = walk(&mut (0..top % BINS).rev());
    points.reverse();
    points.extend(walk(&mut (top % BINS..BINS)));
    points
}

/// The rows around one of a column in which it is at least half as high as there.
fn run(smooth: &[f64], bin: usize, row: usize) -> Range<usize> {
    let least = CLEAN * smooth[row * BINS + bin];
    let low = |r: &usize| smooth[*r * BINS + bin] < least;
    let first = (0..row).rev().find(low).map_or(0, |r| r + 1);
    first..(row..BINS).find(low).unwrap_or(BINS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station([registered, cast, votes]: [i64; 3]) -> Ballots {
        Ballots { row: 0, registered, issued: cast, cast, votes }
    }

    #[test]
    fn one_cell_is_smoothed_over_five_by_five_and_is_clean_alone() {
        let mut grid = Grid::empty();
        (0..10).for_each(|_| grid.add(&station([1_000, 505, 202])));
        assert_eq!(place(&station([1_000, 505, 202])), [50, 40]);
        let clean = grid.clean(10);
        assert_eq!(clean.len(), 1);
        assert_eq!((clean[0].bin, clean[0].rows.clone(), clean[0].stations), (50, 38..43, 10));
        assert!((clean[0].ratio() - 202.0 / 303.0).abs() < 1e-12);
        assert_eq!(grid.as_high_elsewhere(), 0);
    }

    #[test]
    fn the_ridge_stays_on_its_own_hill() {
        // A hill that climbs by one per cent of the share for each of turnout, and a second one far off.
        let mut grid = Grid::empty();
        for k in 0..10 {
            (0..50).for_each(|_| grid.add(&station([1_000, 505 + 10 * k, (505 + 10 * k) * (30 + k) / 100 + 2])));
            (0..60).for_each(|_| grid.add(&station([1_000, 505 + 10 * k, 350])));
        }
        let clean = grid.clean(10);
        assert!(clean.iter().all(|c| c.rows.end < 50), "{clean:?}");
        assert!(grid.as_high_elsewhere() > 0);
    }
}
