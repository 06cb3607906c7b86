//! Simple regression with standard errors that survive unequal variances and groups.

use crate::{moments, sum};

/// A fitted line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Value of the line at x = 0.
    pub intercept: f64,
    /// Change of y for one unit of x.
    pub slope: f64,
    /// Standard error of the intercept, robust to unequal variances (HC1).
    pub intercept_se: f64,
    /// Standard error of the slope, robust to unequal variances (HC1).
    pub slope_se: f64,
    /// Standard error of the intercept by groups (CR1); `None` without at least two groups.
    pub intercept_se_clustered: Option<f64>,
    /// Standard error of the slope by groups (CR1); `None` without at least two groups.
    pub slope_se_clustered: Option<f64>,
    /// Share of the variance of y that the line takes up; 1 when y does not vary.
    pub r_squared: f64,
    /// Number of points.
    pub n: usize,
    /// Number of groups that hold at least one point; 0 when no groups were given.
    pub clusters: usize,
}

/// Fits y on x. `groups` holds, for each point, the number of its group.
///
/// HC1: White's sandwich times n / (n − 2). CR1: the sandwich of group sums times
/// G / (G − 1) · (n − 1) / (n − 2), as Stata and statsmodels do.
///
/// `None` when the lengths differ, there are fewer than three points, a value is not finite, or x does
/// not vary.
///
/// - H. White (1980). A heteroskedasticity-consistent covariance matrix estimator and a direct test for
///   heteroskedasticity. *Econometrica* 48, 817-838.
/// - K.-Y. Liang, S. L. Zeger (1986). Longitudinal data analysis using generalized linear models.
///   *Biometrika* 73, 13-22.
pub fn fit(x: &[f64], y: &[f64], groups: Option<&[u32]>) -> Option<Fit> {
    let n = x.len();
    let usable = n == y.len() && n > 2 && groups.is_none_or(|g| g.len() == n);
    if !usable || !x.iter().chain(y).all(|v| v.is_finite()) {
        return None;
    }
    let (x_mean, y_mean) = (moments::mean(x), moments::mean(y));
    let centred: Vec<f64> = x.iter().map(|v| v - x_mean).collect();
    let sxx = sum::total(centred.iter().map(|c| c * c));
    if sxx <= 0.0 {
        return None;
    }
    let slope = sum::total(centred.iter().zip(y).map(|(c, y)| c * (y - y_mean))) / sxx;
    let residual: Vec<f64> = centred.iter().zip(y).map(|(c, y)| (y - y_mean) - slope * c).collect();
    let line = Line { centred, residual, x_mean, sxx };
    let nf = n as f64;
    let [intercept_se, slope_se] = line.errors(|i| i, n).map(|s| s * libm::sqrt(nf / (nf - 2.0)));
    let (clusters, clustered) = groups.map_or((0, None), |g| line.by_group(g));
    let total = sum::total(y.iter().map(|y| (y - y_mean) * (y - y_mean)));
    let left = sum::total(line.residual.iter().map(|r| r * r));
    Some(Fit {
        intercept: y_mean - slope * x_mean,
        slope,
        intercept_se,
        slope_se,
        intercept_se_clustered: clustered.map(|e| e[0]),
        slope_se_clustered: clustered.map(|e| e[1]),
        r_squared: if total > 0.0 { 1.0 - left / total } else { 1.0 },
        n,
        clusters,
    })
}

/// What the standard errors are made of.
struct Line {
    centred: Vec<f64>,
    residual: Vec<f64>,
    x_mean: f64,
    sxx: f64,
}

impl Line {
    /// Sandwich standard errors of (intercept, slope), scores added within each of `count` groups.
    fn errors(&self, group: impl Fn(usize) -> usize, count: usize) -> [f64; 2] {
        let n = self.centred.len() as f64;
        let mut scores = vec![[0.0; 2]; count];
        for (i, (c, r)) in self.centred.iter().zip(&self.residual).enumerate() {
            let slope = c * r / self.sxx;
            let score = &mut scores[group(i)];
            score[0] += r / n - self.x_mean * slope;
            score[1] += slope;
        }
        [0, 1].map(|k| libm::sqrt(sum::total(scores.iter().map(|s| s[k] * s[k]))))
    }

    /// Number of groups, and their CR1 standard errors when there are at least two.
    fn by_group(&self, groups: &[u32]) -> (usize, Option<[f64; 2]>) {
        let (dense, count) = dense(groups);
        if count < 2 {
            return (count, None);
        }
        let (n, g) = (groups.len() as f64, count as f64);
        let scale = libm::sqrt(g / (g - 1.0) * (n - 1.0) / (n - 2.0));
        (count, Some(self.errors(|i| dense[i], count).map(|e| e * scale)))
    }
}

/// Each value minus the mean of its group (fixed effects); empty when the lengths differ.
pub fn demean(values: &[f64], groups: &[u32]) -> Vec<f64> {
    if values.len() != groups.len() {
        return Vec::new();
    }
    let (dense, count) = dense(groups);
    let mut sums = vec![(sum::Sum::default(), 0.0); count];
    for (v, &g) in values.iter().zip(&dense) {
        sums[g].0.add(*v);
        sums[g].1 += 1.0;
    }
    values.iter().zip(&dense).map(|(v, &g)| v - sums[g].0.value() / sums[g].1).collect()
}

/// Groups renumbered from zero without gaps, and how many there are.
fn dense(groups: &[u32]) -> (Vec<usize>, usize) {
    let mut names = groups.to_vec();
    names.sort_unstable();
    names.dedup();
    (groups.iter().map(|g| names.partition_point(|name| name < g)).collect(), names.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_line() {
        let line = fit(&[1.0, 2.0, 4.0], &[3.0, 5.0, 9.0], None).unwrap();
        assert!((line.slope - 2.0).abs() < 1e-15 && (line.intercept - 1.0).abs() < 1e-14);
        assert!(line.slope_se < 1e-14 && (line.r_squared - 1.0).abs() < 1e-14);
    }

    #[test]
    fn standard_errors_by_hand() {
        // x = −1 0 1, y = 0 0 3: slope 1.5, mean 1, residuals ½ −1 ½; Σ(x r)² = ½, sxx = 2, HC1 factor 3.
        let line = fit(&[-1.0, 0.0, 1.0], &[0.0, 0.0, 3.0], Some(&[7, 9, 9])).unwrap();
        assert!((line.slope_se - (0.5_f64 * 3.0).sqrt() / 2.0).abs() < 1e-15);
        // Groups {−1} and {0, 1}: slope scores −¼ and ¼; CR1 factor 2/1 · 2/1.
        assert!((line.slope_se_clustered.unwrap() - (2.0_f64 / 16.0 * 4.0).sqrt()).abs() < 1e-15);
        assert_eq!(line.clusters, 2);
    }

    #[test]
    fn refuses_what_has_no_line() {
        assert_eq!(fit(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0], None), None);
        assert_eq!(fit(&[1.0, 2.0], &[1.0, 2.0], None), None);
        assert_eq!(fit(&[1.0, 2.0, f64::NAN], &[1.0, 2.0, 3.0], None), None);
        let one = fit(&[1.0, 2.0, 3.0], &[1.0, 2.0, 2.0], Some(&[4, 4, 4])).unwrap();
        assert_eq!((one.clusters, one.slope_se_clustered), (1, None));
    }

    #[test]
    fn demeaned_groups_sum_to_zero() {
        assert_eq!(demean(&[1.0, 3.0, 10.0], &[5, 5, 8]), [-1.0, 1.0, 0.0]);
        assert!(demean(&[1.0], &[]).is_empty());
    }
}
