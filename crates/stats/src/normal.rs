//! The standard normal law.

use std::f64::consts::{PI, SQRT_2};

/// The density at x.
pub fn pdf(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / libm::sqrt(2.0 * PI)
}

/// P(Z ≤ x), exact in the lower tail.
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / SQRT_2)
}

/// P(Z ≥ x), exact in the upper tail.
pub fn sf(x: f64) -> f64 {
    0.5 * libm::erfc(x / SQRT_2)
}

/// The x for which P(Z ≤ x) = p; infinite at 0 and 1.
///
/// A start by Hastings' rational approximation, then Halley steps on the logarithm of the tail, which
/// converge to rounding error wherever `p` is representable.
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return -lower_quantile(1.0 - p);
    }
    lower_quantile(p)
}

/// The quantile for p ≤ ½.
fn lower_quantile(p: f64) -> f64 {
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let t = libm::sqrt(-2.0 * libm::log(p));
    let numerator = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let mut x = numerator / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308))) - t;
    for _ in 0..4 {
        let tail = cdf(x);
        // g = ln Φ(x) − ln p, g' = φ/Φ = h, g'' = −h (x + h).
        let g = libm::log(tail / p);
        let h = pdf(x) / tail;
        let step = g / h;
        x -= step / (1.0 + 0.5 * step * (x + h));
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_every_table_has() {
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        assert!((sf(1.0) - 0.158_655_253_931_457_05).abs() < 1e-16);
        assert!(quantile(0.5).abs() < 1e-16);
        assert!((pdf(0.0) - 0.398_942_280_401_432_7).abs() < 1e-16);
    }

    #[test]
    fn quantile_undoes_cdf_far_out() {
        for p in [1e-300, 1e-100, 1e-20, 1e-5, 0.02, 0.3, 0.5] {
            let x = quantile(p);
            assert!((cdf(x) / p - 1.0).abs() < 1e-12, "{p}: {x}");
        }
        assert_eq!(quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(quantile(1.0), f64::INFINITY);
        assert!(quantile(1.1).is_nan() && quantile(f64::NAN).is_nan());
    }
}
