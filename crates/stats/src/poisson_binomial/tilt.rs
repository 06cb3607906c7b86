//! Exponential tilting: the same indicators, re-weighted so that a chosen value is the mean.

use crate::sum::{self, Sum};

/// The tilt exp(θ·S).
#[derive(Debug, Clone, Copy)]
pub(super) struct Tilt {
    /// The strength; positive moves the mean up.
    pub(super) theta: f64,
}

/// Beyond this, exp(θ) leaves the range of numbers.
const STRONGEST: f64 = 700.0;

impl Tilt {
    /// The tilt under which the mean is `target`, which must lie inside the support.
    ///
    /// A hundredth of a standard deviation is near enough: the weight takes in what is left.
    pub(super) fn towards(p: &[f64], target: f64) -> Self {
        let (mut low, mut high) = (-STRONGEST, STRONGEST);
        let mut theta = 0.0;
        for _ in 0..200 {
            let tilt = Tilt { theta };
            let (excess, variance) = tilt.excess(p, target);
            if excess.abs() <= 0.01 * libm::sqrt(variance) {
                break;
            }
            if excess > 0.0 {
                high = theta
            } else {
                low = theta
            }
            let step = (excess / variance).clamp(-2.0, 2.0);
            let newton = theta - step;
            theta = if newton > low && newton < high { newton } else { (low + high) / 2.0 };
        }
        Tilt { theta }
    }

    /// Tilted mean minus the target, and tilted variance.
    fn excess(self, p: &[f64], target: f64) -> (f64, f64) {
        let factor = libm::exp(self.theta);
        let (mut mean, mut variance) = (Sum::default(), 0.0);
        for &p in p {
            let (success, failure) = tilted(p, factor);
            mean.add(success);
            variance += success * failure;
        }
        (mean.value() - target, variance)
    }

    /// The tilted probabilities of success and failure of each term.
    pub(super) fn probabilities(self, p: &[f64]) -> Vec<(f64, f64)> {
        let factor = libm::exp(self.theta);
        p.iter().map(|&p| tilted(p, factor)).collect()
    }

    /// ln of what turns a tilted probability at k into a true one: K(θ) − θ k.
    ///
    /// Summed as −KL divergences of the terms, which do not cancel, plus what the tilt missed k by.
    pub(super) fn log_weight(self, p: &[f64], k: f64) -> f64 {
        let theta = self.theta;
        let (factor, up, down) = (libm::exp(theta), libm::expm1(theta), libm::expm1(-theta));
        let term = |&p: &f64| {
            let (success, failure) = tilted(p, factor);
            if p > 0.5 {
                libm::log1p((1.0 - p) * down) + theta * failure
            } else {
                libm::log1p(p * up) - theta * success
            }
        };
        sum::total(p.iter().map(term)) + theta * self.excess(p, k).0
    }
}

/// Tilted probabilities of success and failure.
fn tilted(p: f64, factor: f64) -> (f64, f64) {
    let (success, failure) = (p * factor, 1.0 - p);
    let total = success + failure;
    (success / total, failure / total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reaches_its_target() {
        let p: Vec<f64> = (1..1000).map(|i| f64::from(i) / 5000.0).collect();
        for target in [1.0, 30.0, 99.0, 500.0, 998.0] {
            let (excess, variance) = Tilt::towards(&p, target).excess(&p, target);
            assert!(excess.abs() <= 0.01 * variance.sqrt(), "{target}: {excess}");
        }
    }

    #[test]
    fn equal_terms_tilt_to_the_share() {
        let tilt = Tilt::towards(&[0.1; 100], 50.0);
        assert!((tilt.theta - 9.0_f64.ln()).abs() < 0.01);
    }
}
