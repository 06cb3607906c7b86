//! The binomial law: point probabilities, tails, intervals.
//!
//! Probabilities by Loader's saddle-point form, tails by summing outward from the largest term with
//! compensation: relative error below 1e-12 up to n = 10⁶, in the tails too.

use crate::saddle::raw_binomial;
use crate::{sum, twice_smaller};

/// P(X = k).
pub fn pmf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k > n {
        return 0.0;
    }
    if p == 0.0 || p == 1.0 {
        let certain = if p == 0.0 { 0 } else { n };
        return f64::from(k == certain);
    }
    raw_binomial(k as f64, (n - k) as f64, p)
}

/// P(X ≤ k).
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k >= n {
        return 1.0;
    }
    if (k as f64) <= n as f64 * p { range(0, k, n, p) } else { 1.0 - range(k + 1, n, n, p) }
}

/// P(X ≥ k).
pub fn sf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k == 0 {
        return 1.0;
    }
    if (k as f64) > n as f64 * p { range(k, n, n, p) } else { 1.0 - range(0, k - 1, n, p) }
}

/// P(lo ≤ X ≤ hi); zero when `hi < lo`.
pub fn between(lo: i64, hi: i64, n: u64, p: f64) -> f64 {
    match (u64::try_from(lo.max(0)), u64::try_from(hi)) {
        (Ok(lo), Ok(hi)) => range(lo, hi, n, p),
        _ => 0.0,
    }
}

/// Twice the smaller tail, clipped at 1.
pub fn two_sided(k: u64, n: u64, p: f64) -> f64 {
    twice_smaller(cdf(k, n, p), sf(k, n, p))
}

/// P(lo ≤ X ≤ hi), from the largest probability in the range outward.
fn range(lo: u64, hi: u64, n: u64, p: f64) -> f64 {
    let hi = hi.min(n);
    if lo > hi {
        return 0.0;
    }
    if !(p > 0.0 && p < 1.0) {
        return if p == 0.0 || p == 1.0 { certain(lo, hi, n, p) } else { f64::NAN };
    }
    let start = mode(n, p).clamp(lo, hi);
    let odds = p / (1.0 - p);
    let up = |k: u64| (n - k) as f64 / (k + 1) as f64 * odds;
    (pmf(start, n, p) * sum::outward(start, lo, hi, up)).min(1.0)
}

/// The range probability when nothing is random.
fn certain(lo: u64, hi: u64, n: u64, p: f64) -> f64 {
    let value = if p == 0.0 { 0 } else { n };
    f64::from((lo..=hi).contains(&value))
}

/// The most probable value.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0..=n")]
pub(crate) fn mode(n: u64, p: f64) -> u64 {
    (((n as f64 + 1.0) * p) as u64).min(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_coins_by_hand() {
        assert!((pmf(1, 3, 0.5) - 0.375).abs() < 1e-15);
        assert!((cdf(1, 3, 0.5) - 0.5).abs() < 1e-15);
        assert!((sf(2, 3, 0.5) - 0.5).abs() < 1e-15);
        assert!((between(1, 2, 3, 0.5) - 0.75).abs() < 1e-15);
        assert!((two_sided(0, 3, 0.5) - 0.25).abs() < 1e-15);
        assert_eq!(two_sided(1, 3, 0.5), 1.0);
    }

    #[test]
    fn edges() {
        assert_eq!(pmf(0, 0, 0.3), 1.0);
        assert_eq!(sf(0, 7, 0.3), 1.0);
        assert_eq!(cdf(7, 7, 0.3), 1.0);
        assert_eq!(pmf(8, 7, 0.3), 0.0);
        assert_eq!(sf(8, 7, 0.3), 0.0);
        assert_eq!((pmf(0, 5, 0.0), pmf(5, 5, 1.0), pmf(1, 5, 0.0)), (1.0, 1.0, 0.0));
        assert_eq!((sf(1, 5, 0.0), sf(5, 5, 1.0), cdf(4, 5, 1.0)), (0.0, 1.0, 0.0));
        assert_eq!((between(3, 2, 9, 0.5), between(-5, -1, 9, 0.5)), (0.0, 0.0));
        assert_eq!(between(10, 20, 9, 0.5), 0.0);
        assert!((between(-5, 100, 9, 0.5) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_probability_outside_its_domain_is_no_number() {
        assert!(pmf(1, 2, 1.5).is_nan() && cdf(1, 2, f64::NAN).is_nan());
        assert!(sf(1, 2, -0.1).is_nan() && between(0, 1, 2, f64::NAN).is_nan());
        assert!(two_sided(1, 2, f64::NAN).is_nan() && two_sided(0, 2, 2.0).is_nan());
    }
}
