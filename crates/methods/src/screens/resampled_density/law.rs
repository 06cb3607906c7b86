//! Where the share of a station may fall when its votes are drawn again.

use glassurn_stats::beta_mixture::{self, Component, Pair, Tables};

/// Bins of a whole: 0.1 percentage points, each centred on a multiple of it.
pub(super) const BINS: usize = 1_001;

/// The bin of a share, by whole numbers.
pub(super) fn bin((y, n): Pair) -> usize {
    let bin = (2_000 * u64::from(y) + u64::from(n)) / (2 * u64::from(n).max(1));
    usize::try_from(bin).map_or(BINS - 1, |b| b.min(BINS - 1))
}

/// The bins of one vote after another, without dividing.
struct Walk {
    bin: usize,
    /// What is over, and what a bin takes.
    over: u64,
    whole: u64,
    /// Bins and rest of one vote.
    stride: (usize, u64),
}

impl Walk {
    fn from((y, n): Pair) -> Self {
        let whole = 2 * u64::from(n).max(1);
        let at = |votes: u64| usize::try_from(votes / whole).unwrap_or(BINS);
        let place = 2_000 * u64::from(y) + u64::from(n);
        Walk { bin: at(place), over: place % whole, whole, stride: (at(2_000), 2_000 % whole) }
    }

    fn step(&mut self) {
        let over = self.over + self.stride.1;
        let carry = over >= self.whole;
        self.over = if carry { over - self.whole } else { over };
        self.bin = (self.bin + self.stride.0 + usize::from(carry)).min(BINS - 1);
    }
}

/// Chances below this part of the highest are left out.
const NEGLIGIBLE: f64 = 1e-10;

/// Computes the law of one station after another.
pub(super) struct Again<'a> {
    laws: &'a [Component],
    tables: &'a Tables,
    chances: Vec<f64>,
    counts: Vec<f64>,
    bins: Vec<f64>,
}

impl<'a> Again<'a> {
    pub(super) fn new(laws: &'a [Component], tables: &'a Tables) -> Self {
        let chances = vec![0.0; laws.len()];
        Again { laws, tables, chances, counts: Vec::new(), bins: vec![0.0; BINS] }
    }

    /// The first bin that a station may fall into, and the chances of that and of the bins after it.
    pub(super) fn bins(&mut self, pair: Pair) -> (usize, &[f64]) {
        self.bins.iter_mut().for_each(|b| *b = 0.0);
        beta_mixture::chances(self.tables, pair, &mut self.chances);
        let (mut first, mut end) = (BINS - 1, 0);
        for k in 0..self.laws.len() {
            let (law, chance) = (self.laws[k], self.chances[k]);
            if chance < 1e-9 {
                continue;
            }
            let lowest = predict(law, pair, &mut self.counts);
            let scale = chance / self.counts.iter().sum::<f64>();
            let mut walk = Walk::from((lowest, pair.1));
            first = first.min(walk.bin);
            let mut last = first;
            for p in &self.counts {
                self.bins[walk.bin] += scale * p;
                last = walk.bin;
                walk.step();
            }
            end = end.max(last);
        }
        (first, &self.bins[first..=end])
    }
}

/// The chances of counts, up to a factor, of a beta-binomial law that knows the count; gives the lowest of them.
fn predict(law: Component, (y, n): Pair, counts: &mut Vec<f64>) -> u32 {
    let (a, b) = (law.a + f64::from(y), law.b + f64::from(n - y));
    // The chance of one vote more is that of k times the one over the other.
    let more = |k: u32| f64::from(n - k) * (a + f64::from(k));
    let fewer = |k: u32| f64::from(k + 1) * (b + f64::from(n - k - 1));
    counts.clear();
    let mut chance = 1.0;
    let mut lowest = y;
    while lowest > 0 && chance > NEGLIGIBLE {
        lowest -= 1;
        chance *= fewer(lowest) / more(lowest);
        counts.push(chance);
    }
    counts.reverse();
    counts.push(1.0);
    chance = 1.0;
    for k in y..n {
        chance *= more(k) / fewer(k);
        counts.push(chance);
        if chance < NEGLIGIBLE {
            break;
        }
    }
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;
    use glassurn_stats::beta_binomial;

    #[test]
    fn chances_are_those_of_the_beta_binomial_law() {
        let laws = [Component { weight: 1.0, a: 3.0, b: 5.0 }];
        let tables = Tables::new(&laws, 40);
        let mut again = Again::new(&laws, &tables);
        for y in [0, 13, 40] {
            let (first, bins) = again.bins((y, 40));
            for k in 0..=40_u32 {
                let at = bin((k, 40));
                let got = at.checked_sub(first).and_then(|i| bins.get(i)).copied().unwrap_or(0.0);
                let (a, b) = (3.0 + f64::from(y), 5.0 + f64::from(40 - y));
                assert!((got - beta_binomial::pmf(u64::from(k), 40, a, b)).abs() < 1e-8, "{y} {k}");
            }
        }
        for n in [1, 7, 999, 1_000, 1_001, 20_000] {
            let mut walk = Walk::from((0, n));
            for y in 0..=n {
                assert_eq!(walk.bin, bin((y, n)), "{y} of {n}");
                walk.step();
            }
        }
        assert_eq!([bin((1, 3)), bin((1, 2)), bin((1, 2_000)), bin((0, 0))], [333, 500, 1, 0]);
    }
}
