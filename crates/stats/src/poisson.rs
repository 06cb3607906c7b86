//! The Poisson law.

use std::f64::consts::PI;

use crate::saddle::{deviance, stirling_error};
use crate::sum;

/// P(X = k) with mean `lambda` ≥ 0.
pub fn pmf(k: u64, lambda: f64) -> f64 {
    if lambda.is_nan() || lambda < 0.0 || lambda.is_infinite() {
        return f64::NAN;
    }
    if lambda == 0.0 {
        return f64::from(k == 0);
    }
    let x = k as f64;
    if k == 0 {
        return libm::exp(-lambda);
    }
    libm::exp(-stirling_error(x) - deviance(x, lambda, 0.0)) / libm::sqrt(2.0 * PI * x)
}

/// P(X ≤ k).
pub fn cdf(k: u64, lambda: f64) -> f64 {
    if k as f64 <= lambda { range(0, k, lambda) } else { 1.0 - range(k + 1, u64::MAX, lambda) }
}

/// P(X ≥ k).
pub fn sf(k: u64, lambda: f64) -> f64 {
    if k == 0 {
        return if lambda >= 0.0 { 1.0 } else { f64::NAN };
    }
    if k as f64 > lambda { range(k, u64::MAX, lambda) } else { 1.0 - range(0, k - 1, lambda) }
}

/// P(lo ≤ X ≤ hi), from the largest probability in the range outward.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lambda is finite, ≥ 0"
)]
fn range(lo: u64, hi: u64, lambda: f64) -> f64 {
    let start = (lambda.max(0.0) as u64).clamp(lo, hi);
    let first = pmf(start, lambda);
    if first.is_nan() || first == 0.0 {
        return first;
    }
    (first * sum::outward(start, lo, hi, |k| lambda / (k + 1) as f64)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let e = std::f64::consts::E;
        assert!((pmf(2, 1.0) - 0.5 / e).abs() < 1e-15);
        assert!((sf(1, 1.0) - (1.0 - 1.0 / e)).abs() < 1e-15);
        assert!((cdf(1, 1.0) - 2.0 / e).abs() < 1e-15);
    }

    #[test]
    fn edges() {
        assert_eq!((pmf(0, 0.0), pmf(1, 0.0), sf(1, 0.0), sf(0, 3.0)), (1.0, 0.0, 0.0, 1.0));
        assert!(pmf(1, -1.0).is_nan() && sf(1, f64::NAN).is_nan() && cdf(1, -1.0).is_nan());
        assert!(sf(1, -1.0).is_nan() && sf(0, -1.0).is_nan());
    }
}
