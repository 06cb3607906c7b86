//! Rows by class: what a mean digit, or the share of digits of a kind, and its resamples depend on.

use glassurn_stats::{rng::ChaCha8Rng, sample};

/// How many rows fall into each class; the value of a class is its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Classes {
    rows: [u64; 10],
    /// Rows that fall into none.
    unused: u64,
}

impl Classes {
    pub(super) fn of(classes: impl Iterator<Item = Option<usize>>) -> Self {
        let mut tally = Classes { rows: [0; 10], unused: 0 };
        for class in classes {
            match class.and_then(|c| tally.rows.get_mut(c)) {
                Some(rows) => *rows += 1,
                None => tally.unused += 1,
            }
        }
        tally
    }

    pub(super) fn used(&self) -> u64 {
        self.rows.iter().sum()
    }

    /// The mean class; no number without rows.
    pub(super) fn mean(&self) -> f64 {
        let sum: u64 = self.rows.iter().zip(0..).map(|(rows, value)| rows * value).sum();
        sum as f64 / self.used() as f64
    }

    /// All rows drawn again with replacement: their classes are multinomial.
    pub(super) fn again(&self, rng: &mut ChaCha8Rng) -> Self {
        let all = self.used() + self.unused;
        let chances: Vec<f64> =
            self.rows.iter().chain([&self.unused]).map(|&r| r as f64 / all as f64).collect();
        let drawn = sample::multinomial(rng, all, &chances);
        let mut again = Classes { rows: [0; 10], unused: 0 };
        again.rows.iter_mut().zip(&drawn).for_each(|(rows, &n)| *rows = n);
        again.unused = all - again.used();
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glassurn_stats::{moments, rng};

    #[test]
    fn means_of_resamples_vary_as_those_of_rows() {
        let classes = [Some(1), Some(1), Some(3), Some(9), None, None, Some(0), Some(4)];
        let rows = Classes::of((0..800).map(|i| classes[i % 8]));
        assert_eq!((rows.mean(), rows.used()), (3.0, 600));
        let means: Vec<f64> =
            (0..4_000).map(|i| rows.again(&mut rng::stream(2, "classes", i)).mean()).collect();
        // The variance of a mean of about 600 rows, 9 = (4 + 4 + 0 + 36 + 9 + 1) / 6, is 9 / 600.
        assert!((moments::mean(&means) - 3.0).abs() < 4.0 * (0.015_f64 / 4_000.0).sqrt());
        assert!((moments::variance(&means) / 0.015 - 1.0).abs() < 0.1);
    }
}
