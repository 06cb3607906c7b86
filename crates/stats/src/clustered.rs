//! Ordinary least squares with several regressors and standard errors by groups.

use crate::{
    cholesky::{Matrix, factor},
    sum,
};

/// A fitted plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Value at zero, then one slope a regressor.
    pub coefficients: Vec<f64>,
    /// Their standard errors by groups (CR1).
    pub se: Vec<f64>,
    /// Share of the variance of y that the plane takes up; 1 when y does not vary.
    pub r_squared: f64,
    /// Number of groups that hold at least one point.
    pub groups: usize,
}

/// Fits y on the regressors of each row and a constant; `groups` holds, for each row, the number of its group.
///
/// CR1: the sandwich of group sums times G / (G − 1) · (n − 1) / (n − k), k with the constant, as Stata and
/// statsmodels do. Regressors are centred first, so that none is large beside its variation.
///
/// `None` when lengths differ, a value is not finite, there are no more rows than coefficients, fewer than two
/// groups, or the regressors do not determine the plane.
///
/// - K.-Y. Liang, S. L. Zeger (1986). Longitudinal data analysis using generalized linear models.
///   *Biometrika* 73, 13-22.
pub fn fit<const K: usize>(x: &[[f64; K]], y: &[f64], groups: &[u32]) -> Option<Fit> {
    let n = y.len();
    let usable = n == x.len() && n == groups.len() && n > K + 1;
    if !usable || !x.iter().flatten().chain(y).all(|v| v.is_finite()) {
        return None;
    }
    let centre: [f64; K] = std::array::from_fn(|k| sum::total(x.iter().map(|r| r[k])) / n as f64);
    let row = |r: &[f64; K]| -> Vec<f64> {
        std::iter::once(1.0).chain((0..K).map(|k| r[k] - centre[k])).collect()
    };
    let rows: Vec<Vec<f64>> = x.iter().map(row).collect();
    let mut gram = Matrix::zero(K + 1);
    for a in 0..=K {
        for b in 0..=K {
            gram.add(a, b, sum::total(rows.iter().map(|r| r[a] * r[b])));
        }
    }
    let factor = factor(&gram)?;
    // A regressor that the others make up leaves a pivot of nothing but rounding.
    let scaled = |k: usize| 1.0 / (factor.inverse_diagonal(k) * gram.at(k, k));
    if (0..=K).any(|k| scaled(k) < 1e-10) {
        return None;
    }
    let moments: Vec<f64> =
        (0..=K).map(|k| sum::total(rows.iter().zip(y).map(|(r, y)| r[k] * y))).collect();
    let centred = factor.solve(&moments);
    let at = |r: &[f64]| r.iter().zip(&centred).map(|(x, b)| x * b).sum::<f64>();
    let residual: Vec<f64> = rows.iter().zip(y).map(|(r, y)| y - at(r)).collect();
    let (scores, groups) = scores(&rows, &residual, groups);
    if groups < 2 {
        return None;
    }
    let (nf, g, k) = (n as f64, groups as f64, (K + 1) as f64);
    let scale = libm::sqrt(g / (g - 1.0) * (nf - 1.0) / (nf - k));
    // What each coefficient takes from a score; the value at zero lies off the centre.
    let mut takes: Vec<Vec<f64>> = (0..=K).map(|k| factor.inverse_column(k)).collect();
    let mut coefficients = centred.clone();
    for (k, c) in centre.iter().enumerate() {
        coefficients[0] -= c * centred[k + 1];
        let slope = takes[k + 1].clone();
        takes[0].iter_mut().zip(&slope).for_each(|(t, s)| *t -= c * s);
    }
    let se = |take: &Vec<f64>| {
        let one = |s: &Vec<f64>| s.iter().zip(take).map(|(s, t)| s * t).sum::<f64>();
        scale * libm::sqrt(sum::total(scores.iter().map(|s| one(s) * one(s))))
    };
    let mean = sum::total(y.iter().copied()) / nf;
    let total = sum::total(y.iter().map(|y| (y - mean) * (y - mean)));
    let left = sum::total(residual.iter().map(|r| r * r));
    let r_squared = if total > 0.0 { 1.0 - left / total } else { 1.0 };
    Some(Fit { coefficients, se: takes.iter().map(se).collect(), r_squared, groups })
}

/// Sums of x · residual over each group that holds a row, and how many there are.
fn scores(rows: &[Vec<f64>], residual: &[f64], groups: &[u32]) -> (Vec<Vec<f64>>, usize) {
    let mut sums: std::collections::BTreeMap<u32, Vec<f64>> = std::collections::BTreeMap::new();
    for ((row, r), g) in rows.iter().zip(residual).zip(groups) {
        let sum = sums.entry(*g).or_insert_with(|| vec![0.0; row.len()]);
        sum.iter_mut().zip(row).for_each(|(s, x)| *s += x * r);
    }
    let count = sums.len();
    (sums.into_values().collect(), count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ols;

    #[test]
    fn one_regressor_is_the_line_of_ols() {
        let x: Vec<[f64; 1]> = (0..40).map(|i| [5.0 + f64::from(i * 7 % 13)]).collect();
        let y: Vec<f64> = (0..40).map(|i| f64::from(i * i % 17)).collect();
        let groups: Vec<u32> = (0..40).map(|i| i / 5).collect();
        let plane = fit(&x, &y, &groups).unwrap();
        let flat: Vec<f64> = x.iter().map(|x| x[0]).collect();
        let line = ols::fit(&flat, &y, Some(&groups)).unwrap();
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12 * b.abs().max(1.0), "{a} {b}");
        near(plane.coefficients[0], line.intercept);
        near(plane.coefficients[1], line.slope);
        near(plane.se[0], line.intercept_se_clustered.unwrap());
        near(plane.se[1], line.slope_se_clustered.unwrap());
        near(plane.r_squared, line.r_squared);
        assert_eq!(plane.groups, 8);
    }

    #[test]
    fn what_does_not_determine_a_plane_is_refused() {
        let groups: Vec<u32> = (0..10).collect();
        let y: Vec<f64> = groups.iter().map(|g| f64::from(g * g)).collect();
        let same: Vec<[f64; 2]> =
            groups.iter().map(|&g| [f64::from(g), 2.0 * f64::from(g)]).collect();
        assert_eq!(fit(&same, &y, &groups), None);
        let flat = vec![[1.0]; 10];
        assert_eq!(fit(&flat, &y, &groups), None);
        let x: Vec<[f64; 1]> = groups.iter().map(|&g| [f64::from(g)]).collect();
        assert_eq!(fit(&x, &y, &[0; 10]), None);
        assert_eq!(fit(&x, &y[..9], &groups), None);
        assert!(fit(&x, &y, &groups).is_some());
    }
}
