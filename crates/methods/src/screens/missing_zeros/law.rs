//! The exact law of the number of zeros, given how many stations have at most two votes and how many votes
//! those have together.

/// Stations with no, one and two votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Few {
    pub(super) none: usize,
    pub(super) one: usize,
    pub(super) two: usize,
}

impl Few {
    pub(super) fn add(&mut self, votes: i64) {
        match votes {
            0 => self.none += 1,
            1 => self.one += 1,
            _ => self.two += 1,
        }
    }

    pub(super) fn plus(mut self, other: &Few) -> Few {
        self.none += other.none;
        self.one += other.one;
        self.two += other.two;
        self
    }

    pub(super) fn stations(&self) -> usize {
        self.none + self.one + self.two
    }
}

/// Terms below this share of the largest are left out.
const NEGLIGIBLE: f64 = 1e-30;

/// A law of the number of zeros: `p[i]` is the probability of `from + i`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ZeroLaw {
    from: usize,
    p: Vec<f64>,
}

impl ZeroLaw {
    /// The law in one group: with j twos there are S − 2j ones and N − S + j zeros, and the weight of j is
    /// N! / (zeros! ones! twos!) · cʲ, where c = ½ (1 − 1/T) for the smallest number of ballots T.
    pub(super) fn of(few: &Few, smallest_cast: i64) -> Self {
        let votes = few.one + 2 * few.two;
        let c = 0.5 * (1.0 - 1.0 / smallest_cast as f64);
        // Few zeros are few twos; both move together.
        let (low, high) = (votes.saturating_sub(few.stations()), votes / 2);
        let zeros = |j: usize| few.stations() + j - votes;
        let up = |j: usize| {
            let ones = (votes - 2 * j) as f64;
            ones * (ones - 1.0) * c / ((zeros(j) + 1) as f64 * (j + 1) as f64)
        };
        let middle = (low..high).find(|&j| up(j) <= 1.0).unwrap_or(high);
        let mut above = Vec::new();
        let mut weight = 1.0;
        for j in middle..high {
            weight *= up(j);
            if weight < NEGLIGIBLE {
                break;
            }
            above.push(weight);
        }
        let mut below = Vec::new();
        let mut weight = 1.0;
        for j in (low..middle).rev() {
            weight /= up(j);
            if weight < NEGLIGIBLE {
                break;
            }
            below.push(weight);
        }
        let from = zeros(middle) - below.len();
        let weights: Vec<f64> = below.into_iter().rev().chain([1.0]).chain(above).collect();
        let sum: f64 = weights.iter().sum();
        ZeroLaw { from, p: weights.into_iter().map(|w| w / sum).collect() }
    }

    /// The law of the sum over independent groups.
    pub(super) fn sum(laws: &[ZeroLaw]) -> Self {
        laws.iter().fold(ZeroLaw { from: 0, p: vec![1.0] }, |sum, law| sum.plus(law))
    }

    fn plus(&self, other: &ZeroLaw) -> ZeroLaw {
        let mut p = vec![0.0; self.p.len() + other.p.len() - 1];
        for (i, a) in self.p.iter().enumerate() {
            for (j, b) in other.p.iter().enumerate() {
                p[i + j] += a * b;
            }
        }
        let first = p.iter().position(|&x| x > NEGLIGIBLE).unwrap_or(0);
        let last = p.iter().rposition(|&x| x > NEGLIGIBLE).unwrap_or(0);
        ZeroLaw { from: self.from + other.from + first, p: p[first..=last.max(first)].to_vec() }
    }

    pub(super) fn mean(&self) -> f64 {
        let at = (self.from..).zip(&self.p);
        at.map(|(k, p)| k as f64 * p).sum()
    }

    pub(super) fn variance(&self) -> f64 {
        let mean = self.mean();
        let at = (self.from..).zip(&self.p);
        at.map(|(k, p)| (k as f64 - mean).powi(2) * p).sum()
    }

    /// P(zeros ≤ k).
    pub(super) fn cdf(&self, k: usize) -> f64 {
        if k < self.from {
            // All such terms were left out: together they are less than this.
            return 1e3 * NEGLIGIBLE;
        }
        self.p.iter().take(k - self.from + 1).sum::<f64>().min(1.0)
    }
}
