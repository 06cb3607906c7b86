//! Several estimates against several stated values at once.

use crate::{chi_squared, fisher};

/// A joint test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joint {
    /// Wald's statistic dᵀ C⁻¹ d.
    pub statistic: f64,
    /// Rank: how many differences are free (shares that add up to one leave one out).
    pub rank: usize,
    /// P-value by Fisher's F with the design's degrees of freedom; by χ² where they are infinite.
    pub p: f64,
}

/// Pivots below this share of the first are rounding.
const NEGLIGIBLE: f64 = 1e-9;

/// Wald's test that differences with this covariance are all zero; F = W/k · (df − k + 1)/df with k and
/// df − k + 1 degrees of freedom.
///
/// `None` when the shapes differ, nothing varies, or df is not above k − 1.
///
/// E. L. Korn, B. I. Graubard (1990). Simultaneous testing of regression coefficients with complex survey
/// data: use of Bonferroni t statistics. *The American Statistician* 44, 270-276.
pub fn wald(difference: &[f64], covariance: &[Vec<f64>], df: f64) -> Option<Joint> {
    let k = difference.len();
    if covariance.len() != k || covariance.iter().any(|row| row.len() != k) {
        return None;
    }
    let (statistic, rank) = reduce(difference, covariance)?;
    let free = rank as f64;
    let left = df - free + 1.0;
    if left <= 0.0 || df.is_nan() {
        return None;
    }
    let p = if df.is_infinite() {
        chi_squared::sf(statistic, free)
    } else {
        fisher::sf(statistic / free * left / df, free, left)
    };
    Some(Joint { statistic, rank, p })
}

/// The quadratic form by elimination with the largest pivot first; differences that the earlier ones
/// determine are left out.
fn reduce(difference: &[f64], covariance: &[Vec<f64>]) -> Option<(f64, usize)> {
    let (mut d, mut c) = (difference.to_vec(), covariance.to_vec());
    let mut open: Vec<usize> = (0..d.len()).collect();
    // Correlations, so that small shares count as much as large ones.
    let scale: Vec<f64> = (0..d.len()).map(|i| c[i][i]).collect();
    let relative = |c: &[Vec<f64>], i: usize| if scale[i] > 0.0 { c[i][i] / scale[i] } else { 0.0 };
    let (mut statistic, mut rank) = (0.0, 0);
    while let Some(at) = (0..open.len())
        .max_by(|&a, &b| relative(&c, open[a]).total_cmp(&relative(&c, open[b])).then(b.cmp(&a)))
    {
        let pivot = open[at];
        if relative(&c, pivot) < NEGLIGIBLE || !d[pivot].is_finite() {
            break;
        }
        open.remove(at);
        statistic += d[pivot] * d[pivot] / c[pivot][pivot];
        rank += 1;
        for &i in &open {
            let factor = c[i][pivot] / c[pivot][pivot];
            d[i] -= factor * d[pivot];
            for &j in &open {
                c[i][j] -= factor * c[pivot][j];
            }
        }
    }
    (rank > 0).then_some((statistic, rank))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_differences_add_their_squares() {
        let c = vec![vec![4.0, 0.0], vec![0.0, 9.0]];
        let joint = wald(&[2.0, 6.0], &c, f64::INFINITY).unwrap();
        assert_eq!((joint.statistic, joint.rank), (5.0, 2));
        assert!((joint.p - (-2.5_f64).exp()).abs() < 1e-12);
    }

    #[test]
    fn shares_that_add_up_to_one_leave_one_out() {
        let c = vec![vec![4.0, -4.0], vec![-4.0, 4.0]];
        let joint = wald(&[2.0, -2.0], &c, 10.0).unwrap();
        assert_eq!((joint.statistic, joint.rank), (1.0, 1));
        // One difference of one standard error: Student's two-sided tail.
        assert!((joint.p - crate::student::two_sided(1.0, 10.0)).abs() < 1e-12);
        assert_eq!(wald(&[0.0], &[vec![0.0]], 10.0), None);
        assert_eq!(wald(&[1.0], &[vec![1.0, 0.0]], 10.0), None);
    }
}
