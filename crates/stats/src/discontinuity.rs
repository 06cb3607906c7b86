//! A jump of a regression at zero: local lines from either side, the bias of their ends taken off.
//!
//! - S. Calonico, M. D. Cattaneo, R. Titiunik (2014). Robust nonparametric confidence intervals for
//!   regression-discontinuity designs. *Econometrica* 82, 2295-2326.
//! - G. Imbens, K. Kalyanaraman (2012). Optimal bandwidth choice for the regression discontinuity estimator.
//!   *Review of Economic Studies* 79, 933-959.

use crate::cholesky::{Matrix, factor};

/// A jump at zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// Right end less left end of the local lines.
    pub linear: f64,
    /// The same with the bias of the lines taken off.
    pub corrected: f64,
    /// Standard error of the corrected jump, by clusters (CR1).
    pub se: f64,
    /// Points with weight, left and right.
    pub used: [usize; 2],
}

/// The jump at zero, points before zero being left; `clusters` holds the number of each point's cluster, and each
/// point is its own where there is none.
///
/// The kernel is triangular. The bias is estimated with the bandwidth of the lines themselves, so that the
/// corrected ends are those of local parabolas, and the error is theirs. `None` where a side has fewer than ten
/// points inside the bandwidth, or they do not determine a parabola.
pub fn jump(x: &[f64], y: &[f64], bandwidth: f64, clusters: Option<&[u32]>) -> Option<Jump> {
    let same = x.len() == y.len() && clusters.is_none_or(|c| c.len() == x.len());
    if !(same && bandwidth > 0.0 && bandwidth.is_finite()) {
        return None;
    }
    let [left, right] = [true, false].map(|left| {
        let inside = (0..x.len()).filter(|&i| (x[i] < 0.0) == left && x[i].abs() < bandwidth);
        End::of(&inside.collect::<Vec<_>>(), x, y, bandwidth, clusters)
    });
    let (left, right) = (left?, right?);
    let jump = Jump {
        linear: right.linear - left.linear,
        corrected: right.corrected - left.corrected,
        se: libm::sqrt(left.variance + right.variance),
        used: [left.used, right.used],
    };
    (jump.linear.is_finite() && jump.corrected.is_finite() && jump.se.is_finite()).then_some(jump)
}

/// What one side says of zero.
struct End {
    linear: f64,
    corrected: f64,
    variance: f64,
    used: usize,
}

impl End {
    fn of(at: &[usize], x: &[f64], y: &[f64], h: f64, clusters: Option<&[u32]>) -> Option<End> {
        if at.len() < 10 {
            return None;
        }
        let u: Vec<f64> = at.iter().map(|&i| x[i] / h).collect();
        let y: Vec<f64> = at.iter().map(|&i| y[i]).collect();
        let weights: Vec<f64> = u.iter().map(|u| 1.0 - u.abs()).collect();
        let [line, parabola] =
            [Polynomial::fit(&u, &y, &weights, 1)?, Polynomial::fit(&u, &y, &weights, 2)?];
        let own = |k: usize| clusters.map_or(k, |c| c[at[k]] as usize);
        let mut scores: Vec<(usize, f64)> = (0..at.len())
            .map(|k| (own(k), weights[k] * parabola.end(u[k]) * (y[k] - parabola.at(u[k]))))
            .collect();
        scores.sort_by_key(|s| s.0);
        let sums = scores.chunk_by(|a, b| a.0 == b.0).map(|c| c.iter().map(|s| s.1).sum::<f64>());
        let sums: Vec<f64> = sums.collect();
        let (n, g) = (at.len() as f64, sums.len() as f64);
        let scale = if g > 1.0 { g / (g - 1.0) * (n - 1.0) / (n - 3.0) } else { return None };
        Some(End {
            linear: line.coefficients[0],
            corrected: parabola.coefficients[0],
            variance: scale * sums.iter().map(|s| s * s).sum::<f64>(),
            used: at.len(),
        })
    }
}

/// A polynomial fitted with weights.
struct Polynomial {
    coefficients: Vec<f64>,
    /// First row of the inverse of the weighted moments: what the value at zero takes of each point.
    first: Vec<f64>,
}

impl Polynomial {
    fn fit(x: &[f64], y: &[f64], weights: &[f64], order: usize) -> Option<Polynomial> {
        let mut moments = Matrix::zero(order + 1);
        let mut right = vec![0.0; order + 1];
        for ((x, y), w) in x.iter().zip(y).zip(weights) {
            for (row, right) in right.iter_mut().enumerate() {
                *right += w * power(*x, row) * y;
                for column in 0..=order {
                    moments.add(row, column, w * power(*x, row + column));
                }
            }
        }
        let factor = factor(&moments)?;
        Some(Polynomial { coefficients: factor.solve(&right), first: factor.inverse_column(0) })
    }

    /// Its value.
    fn at(&self, x: f64) -> f64 {
        self.coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
    }

    /// What the value at zero takes of a point, but for its weight.
    fn end(&self, x: f64) -> f64 {
        self.first.iter().rev().fold(0.0, |sum, c| sum * x + c)
    }
}

/// A whole power.
fn power(x: f64, k: usize) -> f64 {
    (0..k).fold(1.0, |p, _| p * x)
}

/// Imbens and Kalyanaraman's bandwidth for points that lie evenly on an axis of length one, zero inside it.
///
/// Their density there is one, so that only the curvature of either side and the variance at zero are estimated.
/// `None` with fewer than 40 points on a side, or where y does not vary.
pub fn bandwidth(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let sides = [true, false].map(|left| {
        (0..x.len().min(y.len())).filter(|&i| (x[i] < 0.0) == left).collect::<Vec<_>>()
    });
    if sides.iter().any(|s| s.len() < 40) {
        return None;
    }
    let sd = libm::sqrt(crate::moments::variance(x) * n / (n - 1.0));
    let variance = variance_near_zero(&sides, x, y, 1.84 * sd * libm::pow(n, -0.2));
    let third = third_derivative(&sides, x, y)?;
    let curvature = |side: &Vec<usize>| {
        let wide = variance / (third * third).max(0.01);
        let wide = 3.56 * libm::pow(wide, 1.0 / 7.0) * libm::pow(side.len() as f64, -1.0 / 7.0);
        let near: Vec<usize> = side.iter().copied().filter(|&i| x[i].abs() <= wide).collect();
        let (u, v): (Vec<f64>, Vec<f64>) = near.iter().map(|&i| (x[i], y[i])).unzip();
        let fit = Polynomial::fit(&u, &v, &vec![1.0; near.len()], 2)?;
        let doubt = 2_160.0 * variance / (near.len() as f64 * power(wide, 4));
        Some((2.0 * fit.coefficients[2], doubt))
    };
    let ((left, doubt_left), (right, doubt_right)) = (curvature(&sides[0])?, curvature(&sides[1])?);
    let bend = (right - left) * (right - left) + doubt_left + doubt_right;
    let h = 3.4375 * libm::pow(2.0 * variance / bend, 0.2) * libm::pow(n, -0.2);
    (h > 0.0 && h.is_finite()).then_some(h)
}

/// Variance around the mean of either side, near zero.
fn variance_near_zero(sides: &[Vec<usize>; 2], x: &[f64], y: &[f64], near: f64) -> f64 {
    let (mut squares, mut count) = (0.0, 0.0);
    for side in sides {
        let close: Vec<f64> = side.iter().filter(|&&i| x[i].abs() <= near).map(|&i| y[i]).collect();
        if !close.is_empty() {
            squares += crate::moments::variance(&close) * close.len() as f64;
            count += close.len() as f64;
        }
    }
    squares / f64::max(count, 1.0)
}

/// The third derivative of a cubic with a jump, between the medians of the two sides.
fn third_derivative(sides: &[Vec<usize>; 2], x: &[f64], y: &[f64]) -> Option<f64> {
    let [low, high] = [0, 1].map(|k| {
        let mut all: Vec<f64> = sides[k].iter().map(|&i| x[i]).collect();
        all.sort_by(f64::total_cmp);
        (all[(all.len() - 1) / 2] + all[all.len() / 2]) / 2.0
    });
    let inside = (0..x.len().min(y.len())).filter(|&i| low <= x[i] && x[i] <= high);
    let mut moments = Matrix::zero(5);
    let mut right = [0.0; 5];
    for i in inside {
        let jump = if x[i] < 0.0 { 0.0 } else { 1.0 };
        let row = [1.0, jump, x[i], power(x[i], 2), power(x[i], 3)];
        for (a, take) in row.iter().enumerate() {
            right[a] += take * y[i];
            row.iter().enumerate().for_each(|(b, other)| moments.add(a, b, take * other));
        }
    }
    Some(6.0 * factor(&moments)?.solve(&right)[4])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forty points either side.
    fn grid(y: impl Fn(f64) -> f64) -> (Vec<f64>, Vec<f64>) {
        let x: Vec<f64> = (-40..40).map(|i| (f64::from(i) + 0.5) / 80.0).collect();
        let y = x.iter().map(|x| y(*x)).collect();
        (x, y)
    }

    #[test]
    fn a_jump_between_two_lines_is_exact() {
        let (x, y) = grid(|x| if x < 0.0 { 1.0 + x } else { 3.0 - 2.0 * x });
        let found = jump(&x, &y, 0.3, None).unwrap();
        assert!((found.linear - 2.0).abs() < 1e-9 && (found.corrected - 2.0).abs() < 1e-9);
        assert!(found.se < 1e-9);
        assert_eq!(found.used, [24, 24]);
    }

    #[test]
    fn a_parabola_bends_the_lines_and_not_the_corrected_jump() {
        let (x, y) = grid(|x| 4.0 * x * x * if x < 0.0 { 1.0 } else { -1.0 });
        let found = jump(&x, &y, 0.4, None).unwrap();
        assert!(found.linear.abs() > 0.01 && found.corrected.abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn clusters_that_move_together_widen_the_error() {
        let (x, y) = grid(|x| if (x * 80.0).floor().rem_euclid(8.0) < 4.0 { 1.0 } else { -1.0 });
        let four: Vec<u32> = (0..80).map(|i| i / 4).collect();
        let alone = jump(&x, &y, 0.5, None).unwrap();
        let together = jump(&x, &y, 0.5, Some(&four)).unwrap();
        assert!(together.se > 1.5 * alone.se, "{} {}", together.se, alone.se);
        assert_eq!(together.corrected, alone.corrected);
    }

    #[test]
    fn refuses_what_has_no_jump() {
        let (x, y) = grid(|x| x);
        assert_eq!(jump(&x, &y, 0.05, None), None);
        assert_eq!(jump(&x, &y, 0.0, None), None);
        assert_eq!(jump(&x, &y[..3], 0.3, None), None);
        assert_eq!(bandwidth(&x[..60], &y[..60]), None);
    }
}
