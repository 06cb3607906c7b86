//! Sums that lose no digits.

/// A running sum with Neumaier's compensation.
///
/// A. Neumaier (1974). Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen.
/// *Zeitschrift für Angewandte Mathematik und Mechanik* 54, 39-51.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    /// Adds one term.
    pub(crate) fn add(&mut self, term: f64) {
        let total = self.total + term;
        self.lost += if self.total.abs() >= term.abs() {
            (self.total - total) + term
        } else {
            (term - total) + self.total
        };
        self.total = total;
    }

    /// The sum so far.
    pub(crate) fn value(self) -> f64 {
        self.total + self.lost
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(terms: I) -> Self {
        let mut sum = Sum::default();
        terms.into_iter().for_each(|t| sum.add(t));
        sum
    }
}

/// The compensated sum of an iterator.
pub(crate) fn total(terms: impl IntoIterator<Item = f64>) -> f64 {
    terms.into_iter().collect::<Sum>().value()
}

/// Terms below this share of the sum are not worth another step.
const NEGLIGIBLE: f64 = 1e-20;

/// Sum over `lo..=hi` of `f(k) / f(start)` for a log-concave `f`, where `up(k)` is `f(k + 1) / f(k)`.
///
/// Walks outward from `start`, which should be the largest term in the range, so that every step
/// makes the term smaller and the walk may stop early.
pub(crate) fn outward(start: u64, lo: u64, hi: u64, up: impl Fn(u64) -> f64) -> f64 {
    let mut sum = Sum::default();
    sum.add(1.0);
    let mut term = 1.0;
    for k in start..hi {
        term *= up(k);
        sum.add(term);
        if term < NEGLIGIBLE * sum.total {
            break;
        }
    }
    term = 1.0;
    for k in (lo..start).rev() {
        term /= up(k);
        sum.add(term);
        if term < NEGLIGIBLE * sum.total {
            break;
        }
    }
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_terms_survive_large_ones() {
        assert_eq!(total([1.0, 1e100, 1.0, -1e100]), 2.0);
    }

    #[test]
    fn geometric_series_both_ways() {
        let sum = outward(10, 0, 10, |_| 2.0);
        assert_eq!(sum, 2.0 - 0.5_f64.powi(10));
    }
}
