//! How far raters agree: two raters on ordered categories, and any number of raters with gaps.

use crate::{moments, sum};

/// Quadratic weighted kappa of two raters: 1 − Σ w o / Σ w e with w = (i − j)².
///
/// `None` without a pair, or when both raters give one and the same category throughout, so that no
/// disagreement could be expected.
///
/// J. Cohen (1968). Weighted kappa: Nominal scale agreement with provision for scaled disagreement or partial
/// credit. *Psychological Bulletin* 70(4), 213-220.
pub fn quadratic_kappa(pairs: &[(i32, i32)]) -> Option<f64> {
    let numbers = pairs.iter().map(|&(a, b)| (f64::from(a), f64::from(b)));
    let (first, second): (Vec<f64>, Vec<f64>) = numbers.unzip();
    let apart = first.iter().zip(&second).map(|(a, b)| square(a - b));
    let observed = sum::total(apart) / pairs.len() as f64;
    // Σ w e over independent margins: both variances, and the distance of the means.
    let means = square(moments::mean(&first) - moments::mean(&second));
    let expected = moments::variance(&first) + moments::variance(&second) + means;
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

fn square(x: f64) -> f64 {
    x * x
}

/// How far two values are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// (a − b)².
    Interval,
    /// The squared number of values between them, ties counted half: only the order counts.
    Ordinal,
}

/// Krippendorff's alpha, with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// 1 − D_o / D_e; `None` where all values are equal: there is no variation to agree about.
    pub alpha: Option<f64>,
    /// Units with at least two values.
    pub units: usize,
    /// Values in them.
    pub values: usize,
}

/// Alpha over units, each with the values that raters gave it; a unit with fewer than two values drops out.
///
/// D_o = (1/n) Σ_u Σ_{i≠j} d(v_i, v_j) / (m_u − 1); D_e = Σ_{i≠j} d(v_i, v_j) / (n (n − 1)).
///
/// A. F. Hayes, K. Krippendorff (2007). Answering the Call for a Standard Reliability Measure for Coding Data.
/// *Communication Methods and Measures* 1(1), 77-89.
pub fn alpha(units: &[Vec<f64>], metric: Metric) -> Alpha {
    let paired: Vec<&Vec<f64>> = units.iter().filter(|u| u.len() > 1).collect();
    let all: Vec<f64> = paired.iter().flat_map(|u| u.iter().copied()).collect();
    let n = all.len() as f64;
    let place = |v: &f64| match metric {
        Metric::Interval => *v,
        Metric::Ordinal => mid_rank(&all, *v),
    };
    let within = |unit: &&Vec<f64>| {
        let places: Vec<f64> = unit.iter().map(place).collect();
        pairs(&places) / (places.len() as f64 - 1.0)
    };
    let observed = sum::total(paired.iter().map(within)) / n;
    let expected = pairs(&all.iter().map(place).collect::<Vec<_>>()) / (n * (n - 1.0));
    let alpha = (expected > 0.0).then(|| 1.0 - observed / expected);
    Alpha { alpha, units: paired.len(), values: all.len() }
}

/// Values below, and half of those equal: differences of it are Krippendorff's ordinal metric.
fn mid_rank(all: &[f64], value: f64) -> f64 {
    let below = all.iter().filter(|v| **v < value).count() as f64;
    below + all.iter().filter(|v| **v == value).count() as f64 / 2.0
}

/// Σ_{i≠j} (v_i − v_j)² = 2 m Σ (v_i − mean)².
fn pairs(values: &[f64]) -> f64 {
    if values.iter().all(|v| *v == values[0]) {
        return 0.0;
    }
    let m = values.len() as f64;
    2.0 * m * m * moments::variance(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_by_hand() {
        // o = (1 + 0)/2; expected: pairs 0-1, 0-1, 1-1, 1-1 → 1/2.
        assert_eq!(quadratic_kappa(&[(0, 1), (1, 1)]), Some(0.0));
        assert_eq!(quadratic_kappa(&[(0, 0), (1, 1)]), Some(1.0));
        assert_eq!(quadratic_kappa(&[(0, 2), (2, 0)]), Some(-1.0));
        assert_eq!(quadratic_kappa(&[(2, 2), (2, 2)]), None);
        assert_eq!(quadratic_kappa(&[]), None);
    }

    #[test]
    fn alpha_by_hand() {
        // D_o = (2 + 0)/4 = ½; all pairs of {0, 1, 1, 1}: 6/12 = ½.
        let units = [vec![0.0, 1.0], vec![1.0, 1.0], vec![5.0]];
        let got = alpha(&units, Metric::Interval);
        assert_eq!(got, Alpha { alpha: Some(0.0), units: 2, values: 4 });
    }

    #[test]
    fn equal_values_are_no_perfect_agreement() {
        let units = [vec![0.1; 3], vec![0.1; 2]];
        for metric in [Metric::Interval, Metric::Ordinal] {
            assert_eq!(alpha(&units, metric), Alpha { alpha: None, units: 2, values: 5 });
        }
        assert_eq!(
            alpha(&[vec![1.0]], Metric::Interval),
            Alpha { alpha: None, units: 0, values: 0 }
        );
    }
}
