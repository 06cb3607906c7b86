//! A share rounded to a tenth of a percentage point, and the chance that a station redrawn has it.

use glassurn_stats::beta_binomial;

use crate::entries::Entry;
use crate::local_law::LocalLaw;

/// 0.0 % to 100.0 %.
pub(super) const CELLS: usize = 1001;

/// Fewest votes for the choice, and against it, at a station that counts. Places where almost nobody, or almost
/// everybody, is for a choice agree for a reason, and no smooth law of levels describes them.
pub(super) const FEWEST_VOTES: i64 = 10;

/// Beyond so many standard deviations a station's chance is below 1e-12.
const FAR: f64 = 7.5;

/// A share rounded to 0.1 percentage points, halves upward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell(i64);

impl Cell {
    /// The cell of a station with enough votes for and against.
    pub(super) fn of(e: &Entry) -> Option<Self> {
        let enough = e.votes >= FEWEST_VOTES && e.cast - e.votes >= FEWEST_VOTES;
        enough.then(|| Cell((2000 * e.votes + e.cast).div_euclid(2 * e.cast)))
    }

    /// The cell with this index.
    pub(super) fn at(index: usize) -> Self {
        Cell(i64::try_from(index).unwrap_or(0))
    }

    pub(super) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(0)
    }

    /// The rounded share.
    pub(super) fn share(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The rounded share as per cent.
    pub(super) fn label(self) -> String {
        format!("{}.{} %", self.0 / 10, self.0 % 10)
    }

    /// First count of the cell among so many ballots; the cell's last is the next cell's first less one.
    fn first(self, cast: i64) -> i64 {
        -(-(2 * self.0 - 1) * cast).div_euclid(2000)
    }
}

/// A station's count under the null: beta-binomial, its group's law knowing its own count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Redrawn {
    cast: i64,
    law: LocalLaw,
    mean: f64,
    sd: f64,
}

impl Redrawn {
    pub(super) fn new(e: &Entry, law: &LocalLaw) -> Self {
        let law = law.knowing(e);
        let (n, weight) = (e.cast as f64, law.a + law.b);
        let level = law.mean();
        let variance = n * level * (1.0 - level) * (weight + n) / (weight + 1.0);
        Redrawn { cast: e.cast, law, mean: n * level, sd: variance.sqrt() }
    }

    /// The chance of a cell by the normal density at each count, good enough to rank cells.
    pub(super) fn roughly(&self, cell: Cell) -> f64 {
        let first = cell.first(self.cast).max(FEWEST_VOTES);
        let end = Cell(cell.0 + 1).first(self.cast).min(self.cast - FEWEST_VOTES + 1);
        let counts = end - first;
        if counts <= 0 {
            return 0.0;
        }
        let z = (first as f64 + (counts - 1) as f64 / 2.0 - self.mean) / self.sd;
        if z.abs() > FAR {
            return 0.0;
        }
        counts as f64 * libm::exp(-0.5 * z * z) / (self.sd * 2.506_628_274_631_000_7)
    }

    /// The chances of the cells from one index to another.
    pub(super) fn exactly(&self, first: usize, last: usize) -> Vec<f64> {
        let mut chances = vec![0.0; last - first + 1];
        let low = Cell::at(first).first(self.cast).max(FEWEST_VOTES);
        let high = (Cell::at(last + 1).first(self.cast) - 1).min(self.cast - FEWEST_VOTES);
        let outside = |k: i64| (k as f64 - self.mean) / self.sd;
        if low > high || outside(low) > FAR || outside(high) < -FAR {
            return chances;
        }
        let (n, LocalLaw { a, b }) = (self.cast as f64, self.law);
        let mut p = beta_binomial::pmf(low.unsigned_abs(), self.cast.unsigned_abs(), a, b);
        for k in low..=high {
            let e = Entry { row: 0, group: 0, votes: k, cast: self.cast };
            if let Some(cell) = Cell::of(&e) {
                chances[cell.index() - first] += p;
            }
            let k = k as f64;
            p *= (n - k) * (a + k) / ((k + 1.0) * (b + n - k - 1.0));
        }
        chances
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(votes: i64, cast: i64) -> Entry {
        Entry { row: 0, group: 0, votes, cast }
    }

    #[test]
    fn cells_hold_the_counts_that_round_to_them() {
        for cast in [30, 100, 999, 2_001] {
            for votes in FEWEST_VOTES..=cast - FEWEST_VOTES {
                let cell = Cell::of(&entry(votes, cast)).unwrap();
                assert!(cell.first(cast) <= votes && votes < Cell(cell.0 + 1).first(cast));
            }
            assert_eq!(Cell::of(&entry(9, cast)), None);
            assert_eq!(Cell::of(&entry(cast - 9, cast)), None);
        }
        assert_eq!(Cell::of(&entry(10, 20_000)).unwrap().label(), "0.1 %");
        assert_eq!(Cell::of(&entry(622, 1_000)).unwrap().label(), "62.2 %");
    }

    #[test]
    fn chances_of_all_cells_add_up_to_one() {
        let redrawn = Redrawn::new(&entry(600, 1_200), &LocalLaw { a: 2.0, b: 3.0 });
        let sum: f64 = redrawn.exactly(0, CELLS - 1).iter().sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_rough_chance_is_near_the_exact_one() {
        for (votes, cast) in [(500, 1_000), (120, 200), (3_000, 4_001)] {
            let e = entry(votes, cast);
            let redrawn = Redrawn::new(&e, &LocalLaw { a: 20.0, b: 20.0 });
            let cell = Cell::of(&e).unwrap();
            let exact = redrawn.exactly(cell.index(), cell.index())[0];
            assert!((redrawn.roughly(cell) / exact - 1.0).abs() < 0.05);
        }
    }
}
