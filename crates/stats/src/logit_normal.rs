//! Binomial counts whose chance depends on a normal variable.
//!
//! The chance of a success is r(t) = floor + scale · logit⁻¹(−t) with t normal; the likelihood is integrated over t by
//! adaptive Gauss-Hermite: the points lie around the mode of the integrand, as far apart as its curvature says.
//!
//! - Q. Liu, D. A. Pierce (1994). A note on Gauss-Hermite quadrature. *Biometrika* 81(3), 624-629.

use libm::sqrt;

use crate::{
    elementary::{exp, log},
    gauss_hermite::Node,
};

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
        self.integrate_from(law, rule, None).0
    }

    /// The same, where the mode of the integrand is roughly known; and where it is.
    pub fn integrate_from(&self, law: Law, rule: &[Node], guess: Option<f64>) -> (Integral, f64) {
        if law.variance <= 0.0 {
            return (self.known(law.mean), law.mean);
        }
        let start = guess.unwrap_or_else(|| self.start(law));
        let (centre, sd) = self.peak(law, start);
        (self.around(law, rule, centre, sd), centre)
    }

    /// The same by Laplace's expansion around the mode with its next terms, right to a thousandth or so where there are
    /// hundreds of counts; by the rule where the expansion is none.
    pub fn expand_from(&self, law: Law, rule: &[Node], guess: Option<f64>) -> (Integral, f64) {
        if law.variance <= 0.0 {
            return (self.known(law.mean), law.mean);
        }
        let start = guess.unwrap_or_else(|| self.start(law));
        let (centre, sd) = self.peak(law, start);
        let expanded = self.expanded(law, centre);
        (expanded.unwrap_or_else(|| self.around(law, rule, centre, sd)), centre)
    }

    fn expanded(&self, law: Law, t: f64) -> Option<Integral> {
        let complement = logistic(-t);
        let [h1, h2, h3, h4] = self.derivatives(complement);
        let off = t - law.mean;
        let variance = 1.0 / (1.0 / law.variance - h2);
        let slope = h1 - off / law.variance;
        let skew = h3 * variance * variance;
        let more = h4 * variance * variance / 8.0 + 5.0 / 24.0 * skew * h3 * variance;
        if !(variance > 0.0 && more.abs() < 0.3) {
            return None;
        }
        let lift = slope * slope * variance / 2.0;
        let log_height = self.log(complement) - off * off / (2.0 * law.variance) + lift + more;
        let mean = off + slope * variance + skew / 2.0;
        let square = mean * mean
            + variance * (1.0 + h4 * variance * variance / 2.0)
            + skew * skew * (1.0 - 0.25);
        let p = complement * (1.0 - complement);
        let moved = mean - off;
        Some(Integral {
            log: log_height + log(variance / law.variance) / 2.0,
            along_mean: mean / law.variance,
            along_variance: (square / law.variance - 1.0) / (2.0 * law.variance),
            complement: complement - p * moved
                + p * (1.0 - 2.0 * complement) * (variance + moved * moved) / 2.0,
        })
    }

    /// Four derivatives of the log likelihood along t.
    fn derivatives(&self, complement: f64) -> [f64; 4] {
        let chance = self.floor + self.scale * complement;
        let p = complement * (1.0 - complement);
        let turn = 1.0 - 2.0 * complement;
        let [r1, r2, r3, r4] = [
            -self.scale * p,
            self.scale * p * turn,
            -self.scale * p * (1.0 - 6.0 * p),
            self.scale * p * turn * (1.0 - 12.0 * p),
        ];
        let (up, down) = (1.0 / chance, 1.0 / (1.0 - chance));
        let term = |count: f64, by: f64| {
            if count == 0.0 {
                [0.0; 4]
            } else {
                let (one, two) = (count * by, by * by);
                [one, -one * by, 2.0 * one * two, -6.0 * one * two * by]
            }
        };
        let (s, f) = (term(self.successes, up), term(self.failures, down));
        let [l1, l2, l3, l4] = [s[0] - f[0], s[1] + f[1], s[2] - f[2], s[3] + f[3]];
        [
            l1 * r1,
            l2 * r1 * r1 + l1 * r2,
            l3 * r1 * r1 * r1 + 3.0 * l2 * r1 * r2 + l1 * r3,
            l4 * r1 * r1 * r1 * r1
                + 6.0 * l3 * r1 * r1 * r2
                + l2 * (3.0 * r2 * r2 + 4.0 * r1 * r3)
                + l1 * r4,
        ]
    }

    fn around(&self, law: Law, rule: &[Node], centre: f64, sd: f64) -> Integral {
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
    fn peak(&self, law: Law, start: f64) -> (f64, f64) {
        let precision = 1.0 / law.variance;
        let mut t = start;
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
        let chance = (self.successes + 0.5) / (all + 1.0);
        let pinned = (chance - self.floor) / self.scale;
        if !(0.01..=0.99).contains(&pinned) {
            return law.mean;
        }
        let t = log((1.0 - pinned) / pinned);
        let first = self.scale * pinned * (1.0 - pinned);
        let weight = law.variance * all * first * first / (chance * (1.0 - chance));
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
    fn an_expansion_is_near_the_integral_and_its_slopes_too() {
        let few = Kernel { successes: 12.0, failures: 300.0, floor: 0.0, scale: 0.4 };
        for (kernel, mean, variance) in
            [(KERNEL, 0.4, 0.3), (KERNEL, 2.5, 0.05), (KERNEL, -0.5, 0.01), (few, 1.0, 0.5)]
        {
            let law = Law { mean, variance };
            let want = kernel.integrate(law, &rule(31));
            let (got, _) = kernel.expand_from(law, &[], None);
            assert!((got.log - want.log).abs() < 4e-3, "{law:?}: {got:?} {want:?}");
            assert!(
                (got.along_mean - want.along_mean).abs() < 2e-2 / variance.sqrt(),
                "{got:?} {want:?}"
            );
            let (a, b) = (got.along_variance, want.along_variance);
            assert!((a - b).abs() < 3e-2 / variance, "{got:?} {want:?}");
            assert!((got.complement - want.complement).abs() < 2e-3, "{got:?} {want:?}");
        }
    }

    #[test]
    fn a_guess_changes_the_way_and_not_the_answer() {
        let (law, rule) = (Law { mean: 0.4, variance: 0.3 }, rule(9));
        let (plain, mode) = KERNEL.integrate_from(law, &rule, None);
        for guess in [mode, mode + 0.5, mode - 1.5] {
            let (near, at) = KERNEL.integrate_from(law, &rule, Some(guess));
            assert!((near.log - plain.log).abs() < 1e-8, "{guess}");
            assert!((at - mode).abs() < 1e-2, "{guess}");
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
