//! The beta-binomial law: a binomial whose probability varies as Beta(a, b).

use crate::saddle::raw_binomial;
use crate::sum::Sum;

/// P(X = k) among n, with shapes `a`, `b` > 0.
///
/// Written as a ratio of three saddle-point binomials, so that no two large numbers cancel.
pub fn pmf(k: u64, n: u64, a: f64, b: f64) -> f64 {
    Law::new(n, a, b).pmf(k)
}

/// One beta-binomial law, for several probabilities of it.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    n: u64,
    a: f64,
    b: f64,
    /// n / (a + b + n).
    p: f64,
    /// (a + b + n) / (a + b).
    scale: f64,
    /// The binomial that every probability is divided by.
    whole: f64,
}

impl Law {
    /// The law of a count among n, with shapes `a`, `b` > 0.
    pub fn new(n: u64, a: f64, b: f64) -> Self {
        let total = a + b + n as f64;
        let (p, scale) = (n as f64 / total, total / (a + b));
        // Without a count, or without a law, nothing is divided by it.
        let whole = if n > 0 && valid(a, b) { raw_binomial(n as f64, a + b, p) } else { 1.0 };
        Law { n, a, b, p, scale, whole }
    }

    /// P(X = k).
    pub fn pmf(&self, k: u64) -> f64 {
        let Law { n, a, b, p, .. } = *self;
        if !valid(a, b) {
            return f64::NAN;
        }
        if k > n {
            return 0.0;
        }
        if n == 0 {
            return 1.0;
        }
        let (x, y) = (k as f64, (n - k) as f64);
        let shape = (a / (a + x)) * (b / (b + y)) * self.scale;
        shape * raw_binomial(x, a, p) * raw_binomial(y, b, p) / self.whole
    }
}

/// P(X ≤ k).
pub fn cdf(k: u64, n: u64, a: f64, b: f64) -> f64 {
    if !valid(a, b) {
        return f64::NAN;
    }
    if k >= n {
        return 1.0;
    }
    if k as f64 <= mean(n, a, b) { lower(k, n, a, b) } else { 1.0 - lower(n - k - 1, n, b, a) }
}

/// P(X ≥ k).
pub fn sf(k: u64, n: u64, a: f64, b: f64) -> f64 {
    if !valid(a, b) {
        return f64::NAN;
    }
    if k == 0 {
        return 1.0;
    }
    if k > n {
        return 0.0;
    }
    // n − X is beta-binomial with the shapes exchanged.
    if k as f64 > mean(n, a, b) { lower(n - k, n, b, a) } else { 1.0 - lower(k - 1, n, a, b) }
}

/// The probabilities of 0 to n, for a chance of `share` and a correlation between the draws from 0 (a binomial law) to
/// below 1: shapes of `share` and its complement, times 1 / correlation − 1. By recurrence from the middle outward.
///
/// No probability at all where the law is none.
pub fn row(n: u64, share: f64, correlation: f64) -> Vec<f64> {
    if !(share > 0.0 && share < 1.0 && (0.0..1.0).contains(&correlation)) {
        return Vec::new();
    }
    let Ok(size) = usize::try_from(n) else { return Vec::new() };
    let weight = 1.0 / correlation - 1.0;
    // Beyond it the steps of the two laws are the same to the last bit.
    let is_binomial = weight > 1e12;
    let (a, b, step) = match is_binomial {
        true => (share, 1.0 - share, 0.0),
        false => (share * weight, (1.0 - share) * weight, 1.0),
    };
    // From k to k + 1 of n the probability grows by the first over the second.
    let change = |k: f64| {
        let rest = n as f64 - k;
        [rest * (a + step * k), (k + 1.0) * (b + step * (rest - 1.0))]
    };
    let mut all = vec![0.0; size + 1];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and n")]
    let middle = ((n as f64 * share) as usize).min(size);
    let at = middle as u64;
    let start = if is_binomial { crate::binomial::pmf(at, n, share) } else { pmf(at, n, a, b) };
    all[middle] = start;
    let mut p = start;
    for (k, cell) in all.iter_mut().enumerate().skip(middle + 1) {
        let [more, less] = change(k as f64 - 1.0);
        p *= more / less;
        *cell = p;
    }
    p = start;
    for (k, cell) in all.iter_mut().enumerate().take(middle).rev() {
        let [more, less] = change(k as f64);
        p *= less / more;
        *cell = p;
    }
    all
}

fn valid(a: f64, b: f64) -> bool {
    a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite()
}

fn mean(n: u64, a: f64, b: f64) -> f64 {
    n as f64 * (a / (a + b))
}

/// How many steps of the recurrence before the term is computed afresh.
const ANCHOR: u64 = 1024;

/// P(X ≤ k) by summing downward from k.
fn lower(k: u64, n: u64, a: f64, b: f64) -> f64 {
    let down = |k: u64| {
        let (x, y) = (k as f64, (n - k) as f64);
        x * (y + b) / ((y + 1.0) * (x - 1.0 + a))
    };
    let mut sum = Sum::default();
    let mut term = pmf(k, n, a, b);
    sum.add(term);
    for at in (1..=k).rev() {
        let next = at - 1;
        let ratio = down(at);
        term = if (k - next).is_multiple_of(ANCHOR) { pmf(next, n, a, b) } else { term * ratio };
        sum.add(term);
        // Below its mode (a ≥ 1) the law falls ever faster; otherwise zero may be a second peak.
        if a >= 1.0 && ratio < 1.0 && term < 1e-20 * sum.value() {
            break;
        }
    }
    sum.value().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_shapes_make_every_count_equally_likely() {
        for k in 0..=10 {
            assert!((pmf(k, 10, 1.0, 1.0) - 1.0 / 11.0).abs() < 1e-15);
        }
        assert!((cdf(4, 10, 1.0, 1.0) - 5.0 / 11.0).abs() < 1e-15);
        assert!((sf(9, 10, 1.0, 1.0) - 2.0 / 11.0).abs() < 1e-15);
    }

    #[test]
    fn a_row_has_every_probability() {
        for (n, share, correlation) in [(60, 0.3, 0.02), (7, 0.9, 0.6), (900, 0.02, 0.004)] {
            let weight = 1.0 / correlation - 1.0;
            for (k, p) in row(n, share, correlation).into_iter().enumerate() {
                let exact = pmf(k as u64, n, share * weight, (1.0 - share) * weight);
                assert!((p / exact - 1.0).abs() < 1e-11, "{n} {k}: {p:e} {exact:e}");
            }
        }
        for (k, p) in row(50, 0.2, 0.0).into_iter().enumerate() {
            assert!((p / crate::binomial::pmf(k as u64, 50, 0.2) - 1.0).abs() < 1e-11, "{k}");
        }
        assert_eq!((row(0, 0.5, 0.1), row(3, 0.0, 0.1)), (vec![1.0], vec![]));
    }

    #[test]
    fn edges() {
        assert_eq!(pmf(0, 0, 2.0, 3.0), 1.0);
        assert_eq!(pmf(4, 3, 2.0, 3.0), 0.0);
        assert_eq!((sf(0, 3, 2.0, 3.0), sf(4, 3, 2.0, 3.0), cdf(3, 3, 2.0, 3.0)), (1.0, 0.0, 1.0));
        assert!(pmf(1, 3, 0.0, 1.0).is_nan() && cdf(1, 3, 1.0, f64::NAN).is_nan());
    }
}
