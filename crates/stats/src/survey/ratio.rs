//! Ratios and totals with their linearised variance.

use super::Design;
use crate::{student, sum};

/// An estimate and what its variance is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Degrees of freedom of the standard error.
    pub df: usize,
    /// Variance against a simple random sample of as many units; `None` where that has no variance.
    pub deff: Option<f64>,
    /// The scores: their sum has the variance of the estimate.
    pub scores: Vec<f64>,
}

impl Estimate {
    /// Half the width of the interval at this level, by Student's law; `NaN` without a degree of freedom.
    pub fn half_width(&self, level: f64) -> f64 {
        student::quantile(0.5 + level / 2.0, self.df as f64) * self.se
    }

    /// The interval at this level.
    pub fn interval(&self, level: f64) -> [f64; 2] {
        let half = self.half_width(level);
        [self.value - half, self.value + half]
    }

    /// An estimate from its scores.
    fn of(design: &Design, value: f64, scores: Vec<f64>) -> Self {
        let variance = design.covariance(std::slice::from_ref(&scores))[0][0].max(0.0);
        let simple = simple_variance(design, &scores);
        let deff = (simple > 0.0).then(|| variance / simple);
        Estimate { value, se: libm::sqrt(variance), df: design.df(), deff, scores }
    }
}

/// The combined ratio Σwy / Σwx (Hájek's mean where x is 1).
///
/// `None` when the lengths differ, a value is not finite, or the denominator is not positive.
pub fn ratio(design: &Design, y: &[f64], x: &[f64]) -> Option<Estimate> {
    let usable = y.len() == design.units() && x.len() == design.units();
    if !usable || !y.iter().chain(x).all(|v| v.is_finite()) {
        return None;
    }
    let (top, base) = (weighted(design, y), weighted(design, x));
    if base <= 0.0 {
        return None;
    }
    let value = top / base;
    let score = |((y, x), w): ((&f64, &f64), &f64)| w * (y - value * x) / base;
    let scores = y.iter().zip(x).zip(&design.weights).map(score).collect();
    Some(Estimate::of(design, value, scores))
}

/// The total Σwy. A stratum with one unit is taken against zero, which is on the safe side.
pub fn total(design: &Design, y: &[f64]) -> Option<Estimate> {
    if y.len() != design.units() || !y.iter().all(|v| v.is_finite()) {
        return None;
    }
    let scores: Vec<f64> = y.iter().zip(&design.weights).map(|(y, w)| w * y).collect();
    Some(Estimate::of(design, sum::total(scores.iter().copied()), scores))
}

/// The separate ratio Σ (X_h/X) r_h, where `known` holds X_h of each stratum.
///
/// Each r_h has a bias of the order 1/n_h, and the biases add up: only for strata of ten and more units.
/// `None` as for [`ratio`], or when some stratum's sample has no denominator.
pub fn separate_ratio(design: &Design, y: &[f64], x: &[f64], known: &[f64]) -> Option<Estimate> {
    let usable = y.len() == design.units() && x.len() == design.units();
    if !usable || !y.iter().chain(x).chain(known).all(|v| v.is_finite()) {
        return None;
    }
    let all = sum::total(known.iter().copied());
    let mut sums = vec![(sum::Sum::default(), sum::Sum::default()); known.len()];
    for (i, (y, x)) in y.iter().zip(x).enumerate() {
        let (top, base) = sums.get_mut(design.stratum[i])?;
        top.add(*y);
        base.add(*x);
    }
    let parts: Vec<(f64, f64)> = sums.iter().map(|(t, b)| (t.value(), b.value())).collect();
    if all <= 0.0 || parts.iter().any(|(_, base)| *base <= 0.0) {
        return None;
    }
    let value = sum::total(parts.iter().zip(known).map(|((t, b), k)| k / all * t / b));
    let score = |i: usize| {
        let h = design.stratum[i];
        let (top, base) = parts[h];
        known[h] / all * (y[i] - top / base * x[i]) / base
    };
    Some(Estimate::of(design, value, (0..y.len()).map(score).collect()))
}

/// Σwv.
fn weighted(design: &Design, values: &[f64]) -> f64 {
    sum::total(values.iter().zip(&design.weights).map(|(v, w)| v * w))
}

/// Variance of the same sum under simple random sampling of as many units without replacement.
fn simple_variance(design: &Design, scores: &[f64]) -> f64 {
    let (n, all) = (scores.len() as f64, design.population());
    if n < 2.0 || all <= n {
        return 0.0;
    }
    let mean = sum::total(scores.iter().copied()) / all;
    let square = |(s, w): (&f64, &f64)| w * (s / w - mean) * (s / w - mean);
    let spread = sum::total(scores.iter().zip(&design.weights).map(square)) / all * n / (n - 1.0);
    spread * all * (all - n) / n
}
