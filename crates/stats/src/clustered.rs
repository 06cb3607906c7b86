//! Ordinary least squares with several regressors, and standard errors by groups for few groups.
//!
//! The plain sandwich of group sums is too short where groups are few or unlike, and Student's law with as many degrees
//! of freedom as groups less one is then too narrow as well. Here each group's residuals are set back to the size they
//! have where the errors are independent and alike (CR2), and the degrees of freedom are those with which the estimated
//! variance varies in that case.
//!
//! - R. M. Bell, D. F. McCaffrey (2002). Bias reduction in standard errors for linear regression with multi-stage
//!   samples. *Survey Methodology* 28(2), 169-181.
//! - G. W. Imbens, M. Kolesár (2016). Robust standard errors in small samples: some practical advice. *Review of
//!   Economics and Statistics* 98(4), 701-712.
//! - J. E. Pustejovsky, E. Tipton (2018). Small-sample methods for cluster-robust variance estimation and hypothesis
//!   testing in fixed effects models. *Journal of Business & Economic Statistics* 36(4), 672-683.

use std::collections::BTreeMap;

use crate::{
    cholesky::{Factor, Matrix, factor},
    sum, symmetric,
};

/// A fitted plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Value at zero, then one slope a regressor.
    pub coefficients: Vec<f64>,
    /// Their standard errors by groups (CR2).
    pub se: Vec<f64>,
    /// Degrees of freedom of Student's law for each (Bell and McCaffrey); at least 1, at most groups less one.
    pub df: Vec<f64>,
    /// Share of the variance of y that the plane takes up; 1 when y does not vary.
    pub r_squared: f64,
    /// Number of groups that hold at least one point.
    pub groups: usize,
}

/// Fits y on the regressors of each row and a constant; `groups` holds, for each row, the number of its group.
///
/// Regressors are centred first, so that none is large beside its variation.
///
/// `None` when lengths differ, a value is not finite, there are no more rows than coefficients, fewer than two
/// groups, or the regressors do not determine the plane.
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
    let factor = determined(&rows, K + 1)?;
    let moment = |k: usize| sum::total(rows.iter().zip(y).map(|(r, y)| r[k] * y));
    let mut coefficients = factor.solve(&(0..=K).map(moment).collect::<Vec<_>>());
    let residual: Vec<f64> = rows.iter().zip(y).map(|(r, y)| y - dot(r, &coefficients)).collect();
    let parts = parts(&factor, &rows, &residual, groups);
    if parts.len() < 2 {
        return None;
    }
    let mut errors = Vec::with_capacity(K + 1);
    for k in 0..=K {
        // What the coefficient is of the centred ones; the value at zero lies off the centre.
        let mut of = vec![0.0; K + 1];
        of[k] = 1.0;
        if k == 0 {
            centre.iter().enumerate().for_each(|(j, c)| of[j + 1] = -c);
        }
        errors.push(error(&parts, &factor.forward(&of))?);
    }
    coefficients[0] -= centre.iter().zip(&coefficients[1..]).map(|(c, b)| c * b).sum::<f64>();
    let (se, df) = errors.into_iter().unzip();
    let mean = sum::total(y.iter().copied()) / n as f64;
    let total = sum::total(y.iter().map(|y| (y - mean) * (y - mean)));
    let left = sum::total(residual.iter().map(|r| r * r));
    let r_squared = if total > 0.0 { 1.0 - left / total } else { 1.0 };
    Some(Fit { coefficients, se, df, r_squared, groups: parts.len() })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The factor of XᵀX; `None` where a regressor is made up of the others, which leaves a pivot of nothing but rounding.
fn determined(rows: &[Vec<f64>], width: usize) -> Option<Factor> {
    let mut gram = Matrix::zero(width);
    for a in 0..width {
        (0..width).for_each(|b| gram.add(a, b, sum::total(rows.iter().map(|r| r[a] * r[b]))));
    }
    let factor = factor(&gram)?;
    let scaled = |k: usize| 1.0 / (factor.inverse_diagonal(k) * gram.at(k, k));
    (0..width).all(|k| scaled(k) >= 1e-10).then_some(factor)
}

/// What a group gives to the errors, in coordinates z in which ZᵀZ of all groups is the unit matrix. There the hat
/// matrix of a group is Z_g Z_gᵀ, so that (I − H_g)^(−1/2) on its residuals is (I − P)^(−1/2) on their sums: however
/// large the group, its matrices are as small as the plane.
struct Part {
    /// P = Z_gᵀ Z_g.
    cross: Matrix,
    /// (I − P)^(−1/2).
    back: Matrix,
    /// Z_gᵀ e.
    score: Vec<f64>,
}

fn parts(factor: &Factor, rows: &[Vec<f64>], residual: &[f64], groups: &[u32]) -> Vec<Part> {
    let mut sums: BTreeMap<u32, (Matrix, Vec<f64>)> = BTreeMap::new();
    for ((row, e), g) in rows.iter().zip(residual).zip(groups) {
        let z = factor.forward(row);
        let (cross, score) =
            sums.entry(*g).or_insert_with(|| (Matrix::zero(z.len()), vec![0.0; z.len()]));
        for (a, za) in z.iter().enumerate() {
            z.iter().enumerate().for_each(|(b, zb)| cross.add(a, b, za * zb));
            score[a] += za * e;
        }
    }
    // A group that alone determines something leaves no residual there: the pseudo-inverse takes it as nothing.
    let back = |share: f64| if share < 1.0 - 1e-9 { 1.0 / libm::sqrt(1.0 - share) } else { 0.0 };
    let part = |(cross, score)| Part { back: symmetric::function(&cross, back), cross, score };
    sums.into_values().map(part).collect()
}

/// The standard error of a coefficient and its degrees of freedom; `of` is the coefficient in the coordinates of the
/// parts. With q_g the weights of independent errors in what group g gives, the variance is a sum of squares with
/// the matrix q_gᵀ q_h = [g = h] a_g − r_g · r_h.
fn error(parts: &[Part], of: &[f64]) -> Option<(f64, f64)> {
    let width = of.len();
    let times = |m: &Matrix, v: &[f64]| -> Vec<f64> {
        m.cells.chunks(width).map(|row| dot(row, v)).collect()
    };
    let (mut variance, mut trace, mut own) = (0.0, 0.0, 0.0);
    let mut across = Matrix::zero(width);
    for part in parts {
        let weights = times(&part.back, of);
        let given = dot(&weights, &part.score);
        let r = times(&part.cross, &weights);
        let (a, rr) = (dot(&weights, &r), dot(&r, &r));
        variance += given * given;
        trace += a - rr;
        own += (a - rr) * (a - rr) - rr * rr;
        for i in 0..width {
            (0..width).for_each(|j| across.add(i, j, r[i] * r[j]));
        }
    }
    let df = trace * trace / (own + dot(&across.cells, &across.cells));
    df.is_finite().then(|| (libm::sqrt(variance), df.max(1.0)))
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
        near(plane.r_squared, line.r_squared);
        assert_eq!(plane.groups, 8);
    }

    #[test]
    fn a_mean_of_equal_groups_has_the_error_of_their_means() {
        let y: Vec<f64> = (0..30_u32).map(|i| f64::from(i * i % 11)).collect();
        let groups: Vec<u32> = (0..30).map(|i| i / 5).collect();
        let plane = fit(&[[]; 30], &y, &groups).unwrap();
        let means: Vec<f64> = y.chunks(5).map(|c| c.iter().sum::<f64>() / 5.0).collect();
        let mean = means.iter().sum::<f64>() / 6.0;
        let variance = means.iter().map(|m| (m - mean) * (m - mean)).sum::<f64>() / (6.0 * 5.0);
        assert!((plane.se[0] - variance.sqrt()).abs() < 1e-12);
        assert!((plane.df[0] - 5.0).abs() < 1e-9);
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
