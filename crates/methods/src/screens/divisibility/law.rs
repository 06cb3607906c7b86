//! How often a count drawn again around itself is a multiple.

use std::collections::BTreeMap;

/// Beyond so many standard deviations a count is out of reach.
const FAR: f64 = 8.0;

/// How often each count comes in a column.
pub(super) type Histogram = BTreeMap<i64, u64>;

/// The smallest count that is looked at for a divisor: half a period below the first multiple that is large enough, so
/// that a slope of the counts' law cancels.
pub(super) fn cut(divisor: i64, min_count: i64) -> i64 {
    let least = min_count.max(divisor);
    (least + divisor - 1) / divisor * divisor - divisor / 2
}

/// P(X is a multiple of `divisor` | X ≥ `cut`), X normal around `count` with its own value as variance, in whole numbers.
pub(super) fn chance(count: i64, divisor: i64, cut: i64) -> f64 {
    let (x, d) = (count as f64, divisor as f64);
    let reach = FAR * x.sqrt();
    let free = x - reach >= cut as f64;
    // The k-th Fourier coefficient of the remainder is exp(−2π² k² x / d²): below 3e-9 where x ≥ d².
    if free && x >= d * d {
        return 1.0 / d;
    }
    #[expect(clippy::cast_possible_truncation, reason = "near a count")]
    let (low, high) = (((x - reach) as i64).max(cut), (x + reach) as i64 + 1);
    // The multiple nearest to the count among those within reach, so that both ways from it weights only fall.
    let nearest = ((count + divisor / 2) / divisor * divisor).max((low + divisor - 1) / divisor * divisor);
    let multiples = weights(nearest, count, divisor, low, high);
    let all = if free { (std::f64::consts::TAU * x).sqrt() } else { weights(count.max(low), count, 1, low, high) };
    (multiples / all).min(1.0)
}

/// Σ exp(−(k − count)² / 2 count) over k = `start` and every `by`-th number either way of it, from `low` to `high`.
///
/// From one weight to the next the ratio itself changes by a fixed ratio, so that none but the first is computed.
fn weights(start: i64, count: i64, by: i64, low: i64, high: i64) -> f64 {
    if start > high {
        return 0.0;
    }
    let (x, z, d) = (count as f64, (start - count) as f64, by as f64);
    let first = libm::exp(-z * z / (2.0 * x));
    let change = libm::exp(-d * d / x);
    let way = |steps: i64, towards: f64| -> f64 {
        let mut ratio = libm::exp(-d * (d + 2.0 * towards * z) / (2.0 * x));
        let (mut weight, mut sum) = (first, 0.0);
        for _ in 0..steps {
            weight *= ratio;
            ratio *= change;
            sum += weight;
        }
        sum
    };
    first + way((high - start) / by, 1.0) + way((start - low) / by, -1.0)
}

/// Counts of one column beside what they would be for one divisor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tally {
    /// The divisor.
    pub divisor: i64,
    /// Counts from the cut upward.
    pub counts: u64,
    /// Multiples among them.
    pub multiples: u64,
    /// What the law gives.
    pub expected: f64,
    /// Variance of that.
    pub variance: f64,
}

impl Tally {
    /// The counts of a column for one divisor, where they are many enough and spread enough.
    pub fn of(
        histogram: &Histogram,
        divisor: i64,
        min_count: i64,
        needed: u64,
    ) -> Option<Tally> {
        let cut = cut(divisor, min_count);
        let mut tally = Tally { divisor, counts: 0, multiples: 0, expected: 0.0, variance: 0.0 };
        let [mut sum, mut squares] = [0.0; 2];
        for (&count, &times) in histogram.range(cut..) {
            let (p, n) = (chance(count, divisor, cut), times as f64);
            tally.counts += times;
            tally.multiples += if count % divisor == 0 { times } else { 0 };
            tally.expected += n * p;
            tally.variance += n * p * (1.0 - p);
            sum += n * count as f64;
            squares += n * (count as f64).powi(2);
        }
        let n = tally.counts as f64;
        let spread = (squares / n - (sum / n).powi(2)).max(0.0);
        let wide = spread >= (divisor * divisor) as f64;
        (tally.counts >= needed.max(1) && wide && tally.variance > 0.0).then_some(tally)
    }

    /// Multiples beyond what is expected, in standard deviations.
    pub fn z(&self) -> f64 {
        (self.multiples as f64 - self.expected) / self.variance.sqrt()
    }

    /// The chance of each count.
    pub fn chances(&self, histogram: &Histogram, min_count: i64) -> Vec<f64> {
        let cut = cut(self.divisor, min_count);
        let each = |(&count, &times): (&i64, &u64)| {
            let p = chance(count, self.divisor, cut);
            std::iter::repeat_n(p, usize::try_from(times).unwrap_or(0))
        };
        histogram.range(cut..).flat_map(each).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_of_all_remainders_add_up() {
        // Shifting the count by one shifts the remainder; far from the cut the law is the same but for its width.
        for divisor in [2, 7, 16, 100] {
            let sum: f64 = (5_000..5_000 + divisor).map(|x| chance(x, divisor, 10)).sum();
            assert!((sum - 1.0).abs() < 0.02, "{divisor}: {sum}");
        }
        assert_eq!(chance(10_000, 100, 50), 0.01);
        assert!((chance(9_999, 100, 50) - 0.01).abs() < 1e-9);
    }

    #[test]
    fn small_counts_are_drawn_from_the_cut_upward() {
        // Variance 12, from 12 on: weights exp(−j²/24) for j = 0, 1, …; 16 is j = 4, 24 is j = 12.
        let w = |j: f64| (-j * j / 24.0_f64).exp();
        let all: f64 = (0..=27).map(f64::from).map(w).sum();
        let want = (w(4.0) + w(12.0) + w(20.0)) / all;
        assert_eq!(cut(8, 10), 12);
        assert!((chance(12, 8, 12) - want).abs() < 1e-12);
    }

    #[test]
    fn the_cut_is_half_a_period_below_a_multiple() {
        assert_eq!([2, 3, 10, 25, 100].map(|d| cut(d, 10)), [9, 11, 5, 13, 50]);
    }
}
