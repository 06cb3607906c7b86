//! Binomial counts whose chance depends on a normal variable.
//!
//! The chance of a success is r(t) = floor + scale · logit⁻¹(−t) with t normal; the likelihood is integrated over t by
//! adaptive Gauss-Hermite: the points lie around the mode of the integrand, as far apart as its curvature says.
//!
//! - Q. Liu, D. A. Pierce (1994). A note on Gauss-Hermite quadrature. *Biometrika* 81(3), 624-629.

use libm::{exp, log, sqrt};

use crate::gauss_hermite::Node;

/// A normal law; a variance of zero is a known value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Law {
    /// Its mean.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
}

/// Counts and how their chance depends on t.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kernel {
    /// Successes counted.
    pub successes: f64,
    /// Failures counted.
    pub failures: f64,
    /// Least chance of a success.
    pub floor: f64,
    /// How far above it the chance reaches.
    pub scale: f64,
}

/// The integral and what its integrand says of t.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Integral {
    /// Logarithm of the integral, without the binomial coefficient.
    pub log: f64,
    /// Its slope along the mean of the law.
    pub along_mean: f64,
    /// Its slope along the variance of the law.
    pub along_variance: f64,
    /// Mean of logit⁻¹(−t) given the counts.
    pub complement: f64,
}

/// The logistic function.
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// count · log(chance), with 0 · log 0 = 0; outside the chances there is no likelihood.
fn times_log(count: f64, chance: f64) -> f64 {
    if count == 0.0 && chance >= 0.0 {
        0.0
    } else if chance > 0.0 {
        count * log(chance)
    } else {
        f64::NEG_INFINITY
    }
}

/// The log likelihood's slope and curvature at one t.
#[derive(Debug, Clone, Copy)]
struct Point {
    slope: f64,
    /// Second derivative.
    bend: f64,
    /// Minus its expectation.
    information: f64,
}

impl Kernel {
    fn log(&self, complement: f64) -> f64 {
        let chance = self.floor + self.scale * complement;
        times_log(self.successes, chance) + times_log(self.failures, 1.0 - chance)
    }

    fn at(&self, t: f64) -> Point {
        let complement = logistic(-t);
        let chance = self.floor + self.scale * complement;
        let spread = complement * (1.0 - complement);
        let (first, second) =
            (-self.scale * spread, self.scale * spread * (1.0 - 2.0 * complement));
        let ratio = |count: f64, chance: f64| if count == 0.0 { 0.0 } else { count / chance };
        let (up, down) = (ratio(self.successes, chance), ratio(self.failures, 1.0 - chance));
        let curved = ratio(up, chance) + ratio(down, 1.0 - chance);
        let all = self.successes + self.failures;
        Point {
            slope: (up - down) * first,
            bend: (up - down) * second - first * first * curved,
            information: all * first * first / (chance * (1.0 - chance)).max(1e-12),
        }
    }

    /// The integral over the law of t; minus infinity where the counts are impossible.
    pub fn integrate(&self, law: Law, rule: &[Node]) -> Integral {
        if law.variance <= 0.0 {
            return self.known(law.mean);
        }
        let (centre, sd) = self.peak(law);
        let mut sum = Sum::default();
        for node in rule {
            let off = centre + sd * node.at - law.mean;
            let complement = logistic(-(law.mean + off));
            let log = self.log(complement) - off * off / (2.0 * law.variance) + node.log_weight;
            sum.add(log, [off, off * off, complement]);
        }
        let (total, [off, square, complement]) = sum.means();
        Integral {
            log: total + log(sd) - log(2.0 * std::f64::consts::PI * law.variance) / 2.0,
            along_mean: off / law.variance,
            along_variance: (square / law.variance - 1.0) / (2.0 * law.variance),
            complement,
        }
    }

    /// The limit of a law without variance.
    fn known(&self, t: f64) -> Integral {
        let Point { slope, bend, .. } = self.at(t);
        let complement = logistic(-t);
        let log = self.log(complement);
        Integral {
            log,
            along_mean: slope,
            along_variance: (slope * slope + bend) / 2.0,
            complement,
        }
    }

    /// The mode of the integrand, by steps of Newton, and the spread that its curvature gives.
    fn peak(&self, law: Law) -> (f64, f64) {
        let precision = 1.0 / law.variance;
        let mut t = self.start(law);
        let mut curvature = precision;
        for _ in 0..20 {
            let p = self.at(t);
            if !p.slope.is_finite() || !p.bend.is_finite() {
                return (law.mean, sqrt(law.variance));
            }
            curvature = (-p.bend).max(p.information / 4.0) + precision;
            let step = (p.slope - (t - law.mean) * precision) / curvature;
            t += step.clamp(-2.0, 2.0);
            if step * step * curvature < 1e-2 {
                break;
            }
        }
        (t, 1.0 / sqrt(curvature))
    }

    /// Between the mean of the law and the t that the counts alone would give.
    fn start(&self, law: Law) -> f64 {
        let all = self.successes + self.failures;
        let pinned = ((self.successes + 0.5) / (all + 1.0) - self.floor) / self.scale;
        if !(0.01..=0.99).contains(&pinned) {
            return law.mean;
        }
        let t = log((1.0 - pinned) / pinned);
        let weight = self.at(t).information * law.variance;
        (law.mean + weight * t) / (1.0 + weight)
    }
}

/// A sum of exponentials and of what they weigh, that neither overflows nor underflows.
#[derive(Debug, Clone, Copy)]
pub struct Sum<const N: usize> {
    largest: f64,
    total: f64,
    parts: [f64; N],
}

impl<const N: usize> Default for Sum<N> {
    fn default() -> Self {
        Sum { largest: f64::NEG_INFINITY, total: 0.0, parts: [0.0; N] }
    }
}

impl<const N: usize> Sum<N> {
    /// Adds a weight, given as a logarithm, with the values it weighs.
    pub fn add(&mut self, log: f64, values: [f64; N]) {
        if log == f64::NEG_INFINITY || log.is_nan() {
            return;
        }
        if log > self.largest {
            let shrink = exp(self.largest - log);
            self.total *= shrink;
            self.parts.iter_mut().for_each(|p| *p *= shrink);
            self.largest = log;
        }
        let weight = exp(log - self.largest);
        self.total += weight;
        self.parts.iter_mut().zip(values).for_each(|(p, v)| *p += weight * v);
    }

    /// Logarithm of the sum, and the weighted means; zeros where there is nothing.
    pub fn means(&self) -> (f64, [f64; N]) {
        if self.total > 0.0 {
            (self.largest + log(self.total), self.parts.map(|p| p / self.total))
        } else {
            (f64::NEG_INFINITY, [0.0; N])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gauss_hermite::rule;

    const KERNEL: Kernel = Kernel { successes: 120.0, failures: 280.0, floor: 0.05, scale: 0.7 };

    /// A dense sum over ±12 standard deviations.
    fn dense(kernel: &Kernel, law: Law) -> f64 {
        let (sd, steps) = (law.variance.sqrt(), 400_000);
        let mut sum = Sum::<0>::default();
        for i in 0..=steps {
            let z = 24.0 * f64::from(i) / f64::from(steps) - 12.0;
            sum.add(kernel.log(logistic(-law.mean - sd * z)) - z * z / 2.0, []);
        }
        sum.means().0 + (24.0 / f64::from(steps)).ln() - (2.0 * std::f64::consts::PI).ln() / 2.0
    }

    #[test]
    fn agrees_with_a_dense_sum() {
        let few = Kernel { successes: 0.0, failures: 100.0, floor: 0.0, scale: 0.4 };
        for (kernel, mean, variance) in [
            (KERNEL, 0.4, 0.3),
            (KERNEL, 2.5, 0.05),
            (few, 1.0, 0.5),
            (Kernel { successes: 100.0, failures: 0.0, floor: 0.2, scale: 0.8 }, 0.0, 0.2),
        ] {
            let law = Law { mean, variance };
            let got = kernel.integrate(law, &rule(21)).log;
            assert!((got - dense(&kernel, law)).abs() < 1e-7, "{kernel:?} {law:?}: {got}");
            let coarse = kernel.integrate(law, &rule(5)).log;
            assert!((got - coarse).abs() < 1e-3, "{kernel:?} {law:?}: {coarse} {got}");
        }
    }

    #[test]
    fn slopes_are_those_of_the_logarithm() {
        let rule = rule(21);
        for variance in [0.0, 0.02, 0.4] {
            let log =
                |mean: f64, variance: f64| KERNEL.integrate(Law { mean, variance }, &rule).log;
            let got = KERNEL.integrate(Law { mean: 0.6, variance }, &rule);
            let by_mean = (log(0.6 + 1e-5, variance) - log(0.6 - 1e-5, variance)) / 2e-5;
            assert!((got.along_mean - by_mean).abs() < 1e-4, "{variance}: {by_mean} {got:?}");
            let by_variance = (log(0.6, variance + 1e-4) - log(0.6, variance + 5e-5)) / 5e-5;
            let bound = 0.02 * by_variance.abs() + 0.1;
            assert!((got.along_variance - by_variance).abs() < bound, "{by_variance} {got:?}");
        }
    }

    #[test]
    fn what_is_impossible_has_no_likelihood() {
        let kernel = Kernel { successes: 3.0, failures: 5.0, floor: 0.0, scale: 0.0 };
        assert_eq!(
            kernel.integrate(Law { mean: 0.0, variance: 0.0 }, &rule(3)).log,
            f64::NEG_INFINITY
        );
        assert_eq!(
            kernel.integrate(Law { mean: 0.0, variance: 1.0 }, &rule(3)).log,
            f64::NEG_INFINITY
        );
    }
}
