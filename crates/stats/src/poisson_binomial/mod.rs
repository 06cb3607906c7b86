//! The law of a sum of independent indicators with different probabilities.
//!
//! Exact for hundreds of thousands of terms, and exact *relatively*: a tail of 1e-30 has as many right
//! digits as one of 0.3. The law is tilted so that its mean is the observed value, convolved in a tree
//! around that value, and tilted back; what a Fourier transform loses is then small beside the figure
//! asked for, wherever it lies.
//!
//! Y. Hong (2013). On computing the distribution function for the Poisson binomial distribution.
//! *Computational Statistics & Data Analysis* 59, 41-51 (the law, and the plain transform, which is exact
//! only absolutely).

mod convolve;
mod tilt;

use crate::{sum, twice_smaller};
use convolve::Window;
use tilt::Tilt;

/// Mean and variance of the sum.
pub fn moments(p: &[f64]) -> (f64, f64) {
    (sum::total(p.iter().copied()), sum::total(p.iter().map(|p| p * (1.0 - p))))
}

/// P(S = k).
pub fn pmf(p: &[f64], k: u64) -> f64 {
    around(p, k, Side::Point)
}

/// P(S ≥ k).
pub fn sf(p: &[f64], k: u64) -> f64 {
    if k == 0 || k as f64 > sum::total(p.iter().copied()) {
        return around(p, k, Side::Upper);
    }
    1.0 - around(p, k - 1, Side::Lower)
}

/// P(S ≤ k).
pub fn cdf(p: &[f64], k: u64) -> f64 {
    if k as f64 <= sum::total(p.iter().copied()) {
        return around(p, k, Side::Lower);
    }
    1.0 - around(p, k.saturating_add(1), Side::Upper)
}

/// Twice the smaller tail, clipped at 1.
pub fn two_sided(p: &[f64], k: u64) -> f64 {
    let above = k as f64 > sum::total(p.iter().copied());
    let one = if above { sf(p, k) } else { cdf(p, k) };
    // The two tails add up to at least 1, so one of at most ½ is the smaller.
    if one <= 0.5 || one.is_nan() {
        return twice_smaller(one, one);
    }
    twice_smaller(one, if above { cdf(p, k) } else { sf(p, k) })
}

/// What to add up around the value asked for.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Lower,
    Point,
    Upper,
}

/// P(S ≤ k), P(S = k) or P(S ≥ k); certain terms are taken out first.
fn around(p: &[f64], k: u64, side: Side) -> f64 {
    if !p.iter().all(|p| (0.0..=1.0).contains(p)) {
        return f64::NAN;
    }
    let open: Vec<f64> = p.iter().copied().filter(|&p| p > 0.0 && p < 1.0).collect();
    let ones = p.iter().filter(|&&p| p == 1.0).count() as u64;
    let most = open.len() as u64;
    match k.checked_sub(ones) {
        None => f64::from(side == Side::Upper),
        Some(0) if side == Side::Upper => 1.0,
        Some(0) => product(open.iter().map(|p| libm::log1p(-p))),
        Some(k) if k > most => f64::from(side == Side::Lower),
        Some(k) if k == most && side == Side::Lower => 1.0,
        Some(k) if k == most => product(open.iter().map(|&p| log(p))),
        Some(k) => inside(&open, k, side),
    }
}

/// ln p, from the complement where that is more exact.
fn log(p: f64) -> f64 {
    if p > 0.5 { libm::log1p(p - 1.0) } else { libm::log(p) }
}

/// The product of factors given by their logarithms.
fn product(logs: impl Iterator<Item = f64>) -> f64 {
    libm::exp(sum::total(logs))
}

/// The figure for 0 < k < number of terms, none of which is certain.
fn inside(p: &[f64], k: u64, side: Side) -> f64 {
    let tilt = Tilt::towards(p, k as f64);
    let law = Window::of(&tilt.probabilities(p));
    let weigh = |(j, q): (u64, f64)| {
        let beyond = j as f64 - k as f64;
        let counts = match side {
            Side::Lower => beyond <= 0.0,
            Side::Point => beyond == 0.0,
            Side::Upper => beyond >= 0.0,
        };
        if counts { q * libm::exp(-tilt.theta * beyond) } else { 0.0 }
    };
    // Each pair of tilted probabilities is rounded and adds up to 1 only nearly; over 10⁵ equal terms
    // that would cost four digits.
    let whole = sum::total(law.iter().map(|(_, q)| q));
    let tilted = sum::total(law.iter().map(weigh)) / whole;
    (tilted * libm::exp(tilt.log_weight(p, k as f64))).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_indicators_by_hand() {
        // 0.1 0.2 0.5: none .36, one .49, two .14, three .01.
        let p = [0.1, 0.2, 0.5];
        for (k, expected) in (0..).zip([0.36, 0.49, 0.14, 0.01]) {
            assert!((pmf(&p, k) - expected).abs() < 1e-15, "{k}");
        }
        assert!((sf(&p, 2) - 0.15).abs() < 1e-15 && (cdf(&p, 1) - 0.85).abs() < 1e-15);
        assert!((two_sided(&p, 3) - 0.02).abs() < 1e-15);
        assert_eq!(two_sided(&p, 1), 1.0);
        assert!((moments(&p).0 - 0.8).abs() < 1e-15 && (moments(&p).1 - 0.5).abs() < 1e-15);
    }

    #[test]
    fn certain_terms_only_shift() {
        let p = [0.0, 1.0, 0.25, 1.0, 0.0];
        assert_eq!((sf(&p, 2), sf(&p, 4), cdf(&p, 1), cdf(&p, 3)), (1.0, 0.0, 0.0, 1.0));
        assert!((sf(&p, 3) - 0.25).abs() < 1e-15 && (pmf(&p, 2) - 0.75).abs() < 1e-15);
        assert_eq!((sf(&[], 0), sf(&[], 1), cdf(&[], 0)), (1.0, 0.0, 1.0));
    }

    #[test]
    fn a_probability_outside_its_domain_is_no_number() {
        assert!(sf(&[0.5, 1.5], 1).is_nan() && cdf(&[0.5, f64::NAN], 1).is_nan());
        assert!(two_sided(&[0.5, -0.1], 1).is_nan());
    }
}
