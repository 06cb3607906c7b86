//! Sampling with replacement and with probability proportional to size.

use super::Estimate;
use crate::sum;

/// The total by Hansen and Hurwitz: the mean of y/p, where p is the probability of one draw.
///
/// `None` with fewer than two draws, different lengths, or a p that is no probability.
///
/// M. H. Hansen, W. N. Hurwitz (1943). On the theory of sampling from finite populations. *Annals of
/// Mathematical Statistics* 14, 333-362.
pub fn pps_total(y: &[f64], p: &[f64]) -> Option<Estimate> {
    usable(y, p).then(|| estimate(y.iter().zip(p).map(|(y, p)| y / p).collect(), None))
}

/// The ratio of two such totals, linearised.
pub fn pps_ratio(y: &[f64], x: &[f64], p: &[f64]) -> Option<Estimate> {
    if !usable(y, p) || !usable(x, p) {
        return None;
    }
    let sum_of = |v: &[f64]| sum::total(v.iter().zip(p).map(|(v, p)| v / p));
    let (top, base) = (sum_of(y), sum_of(x));
    if base <= 0.0 {
        return None;
    }
    let (value, n) = (top / base, y.len() as f64);
    let expanded =
        y.iter().zip(x).zip(p).map(|((y, x), p)| (y - value * x) / p / (base / n)).collect();
    Some(estimate(expanded, Some(value)))
}

/// From values of which each is an estimate by itself.
fn estimate(expanded: Vec<f64>, value: Option<f64>) -> Estimate {
    let n = expanded.len() as f64;
    let mean = sum::total(expanded.iter().copied()) / n;
    let squares = sum::total(expanded.iter().map(|e| (e - mean) * (e - mean)));
    Estimate {
        value: value.unwrap_or(mean),
        se: libm::sqrt(squares / (n * (n - 1.0))),
        df: expanded.len() - 1,
        deff: None,
        scores: expanded.into_iter().map(|e| e / n).collect(),
    }
}

fn usable(values: &[f64], p: &[f64]) -> bool {
    values.len() == p.len()
        && p.len() > 1
        && values.iter().all(|v| v.is_finite())
        && p.iter().all(|p| *p > 0.0 && *p <= 1.0)
}
