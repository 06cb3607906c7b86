//! Where the share of a station may fall when its votes are drawn again.

use glassurn_stats::beta_mixture::{self, Component, Pair, Tables};

/// Bins of a whole: 0.1 percentage points, each centred on a multiple of it.
pub(super) const BINS: usize = 1_001;

/// The bin of a share, by whole numbers.
pub(super) fn bin((y, n): Pair) -> usize {
    let bin = (2_000 * u64::from(y) + u64::from(n)) / (2 * u64::from(n).max(1));
    usize::try_from(bin).map_or(BINS - 1, |b| b.min(BINS - 1))
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
        let (mut first, mut last) = (BINS - 1, 0);
        for k in 0..self.laws.len() {
            let (law, chance) = (self.laws[k], self.chances[k]);
            if chance < 1e-9 {
                continue;
            }
            let lowest = predict(law, pair, &mut self.counts);
            let total: f64 = self.counts.iter().sum();
            for (p, y) in self.counts.iter().zip(lowest..) {
                let at = bin((y, pair.1));
                self.bins[at] += chance * p / total;
                (first, last) = (first.min(at), last.max(at));
            }
        }
        (first, &self.bins[first..=last])
    }
}

/// The chances of counts, up to a factor, of a beta-binomial law that knows the count; gives the lowest of them.
fn predict(law: Component, (y, n): Pair, counts: &mut Vec<f64>) -> u32 {
    let (a, b) = (law.a + f64::from(y), law.b + f64::from(n - y));
    let up = |k: u32| {
        f64::from(n - k) * (a + f64::from(k)) / (f64::from(k + 1) * (b + f64::from(n - k - 1)))
    };
    counts.clear();
    let mut chance = 1.0;
    let mut lowest = y;
    while lowest > 0 && chance > NEGLIGIBLE {
        lowest -= 1;
        chance /= up(lowest);
        counts.push(chance);
    }
    counts.reverse();
    counts.push(1.0);
    chance = 1.0;
    for k in y..n {
        chance *= up(k);
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
        assert_eq!([bin((1, 3)), bin((1, 2)), bin((1, 2_000)), bin((0, 0))], [333, 500, 1, 0]);
    }
}
