//! Least squares with the rows of the solution on the simplex: what flows from each source is shared out whole.
//!
//! Minimises tr(Qᵀ A Q) − 2 tr(Qᵀ B) over matrices Q whose rows are not negative and add up to one, by projected
//! gradients with momentum, which begins anew when it leads uphill.
//!
//! - A. Beck, M. Teboulle (2009). A fast iterative shrinkage-thresholding algorithm for linear inverse problems.
//!   *SIAM Journal on Imaging Sciences* 2(1), 183-202.
//! - B. O'Donoghue, E. Candès (2015). Adaptive restart for accelerated gradient schemes. *Foundations of
//!   Computational Mathematics* 15, 715-732.

use crate::cholesky::Matrix;

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Most steps.
    pub steps: usize,
    /// A change of no cell by more than this is none.
    pub still: f64,
}

/// The rows; `gram` is A, `cross` the rows of B, `start` where to begin.
///
/// `None` when a source has nothing (no positive number on the diagonal of A), a number is not finite, or sizes
/// do not fit.
pub fn rows(
    gram: &Matrix,
    cross: &[Vec<f64>],
    start: Vec<Vec<f64>>,
    limits: Limits,
) -> Option<Vec<Vec<f64>>> {
    let n = gram.n;
    let width = cross.first()?.len();
    let fits = |m: &[Vec<f64>]| m.len() == n && m.iter().all(|r| r.len() == width);
    let finite = gram.cells.iter().chain(cross.iter().flatten()).all(|v| v.is_finite());
    if width == 0
        || !fits(cross)
        || !fits(&start)
        || !finite
        || (0..n).any(|j| gram.at(j, j) <= 0.0)
    {
        return None;
    }
    let step = steps(gram);
    let mut at: Vec<Vec<f64>> = start.iter().map(|row| project(row)).collect();
    let (mut ahead, mut momentum) = (at.clone(), 1.0_f64);
    for _ in 0..limits.steps {
        let next = forward(gram, cross, &ahead, &step);
        let change = largest(&next, &at);
        let uphill = uphill(&ahead, &next, &at, &step);
        let rests = change <= limits.still;
        if change == 0.0 || (rests && momentum == 1.0) {
            return Some(next);
        }
        // Rest only where a step without momentum rests.
        let more = match uphill || rests {
            true => 1.0,
            false => f64::midpoint(1.0, (1.0 + 4.0 * momentum * momentum).sqrt()),
        };
        let push = if more == 1.0 { 0.0 } else { (momentum - 1.0) / more };
        for (ahead, (next, at)) in ahead.iter_mut().zip(next.iter().zip(&at)) {
            for (ahead, (next, at)) in ahead.iter_mut().zip(next.iter().zip(at)) {
                *ahead = next + push * (next - at);
            }
        }
        (at, momentum) = (next, more);
    }
    Some(at)
}

/// One step down the slope from the point ahead, and back onto the simplex.
fn forward(gram: &Matrix, cross: &[Vec<f64>], ahead: &[Vec<f64>], step: &[f64]) -> Vec<Vec<f64>> {
    let row = |j: usize| {
        let moved = (0..ahead[j].len()).map(|k| {
            let slope = (0..gram.n).map(|l| gram.at(j, l) * ahead[l][k]).sum::<f64>() - cross[j][k];
            ahead[j][k] - slope * step[j]
        });
        project(&moved.collect::<Vec<f64>>())
    };
    (0..gram.n).map(row).collect()
}

/// Whether the step from the point ahead goes against the way that was come.
fn uphill(ahead: &[Vec<f64>], next: &[Vec<f64>], at: &[Vec<f64>], step: &[f64]) -> bool {
    let row = |j: usize| {
        let cell = |k: usize| (ahead[j][k] - next[j][k]) * (next[j][k] - at[j][k]);
        (0..at[j].len()).map(cell).sum::<f64>() / step[j]
    };
    (0..at.len()).map(row).sum::<f64>() > 0.0
}

/// A step for each row: rows are scaled to the same size, and the largest sum of a row bounds the curvature.
fn steps(gram: &Matrix) -> Vec<f64> {
    let size = |j: usize| gram.at(j, j).sqrt();
    let bound =
        |j: usize| (0..gram.n).map(|l| gram.at(j, l).abs() / (size(j) * size(l))).sum::<f64>();
    let bound = (0..gram.n).map(bound).fold(1.0, f64::max);
    (0..gram.n).map(|j| 1.0 / (bound * gram.at(j, j))).collect()
}

fn largest(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// The nearest point that is not negative anywhere and adds up to one.
pub fn project(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut less) = (0.0, 0.0);
    for (i, v) in sorted.iter().enumerate() {
        sum += v;
        let candidate = (sum - 1.0) / (i as f64 + 1.0);
        if *v > candidate {
            less = candidate;
        }
    }
    values.iter().map(|v| (v - less).max(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Limits = Limits { steps: 20_000, still: 1e-13 };

    #[test]
    fn projections_add_up_to_one() {
        assert_eq!(project(&[0.2, 0.3, 0.5]), [0.2, 0.3, 0.5]);
        assert_eq!(project(&[5.0, 0.0, 0.0]), [1.0, 0.0, 0.0]);
        let p = project(&[0.5, 0.5, 0.6]);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-15 && (p[2] - p[0] - 0.1).abs() < 1e-15);
    }

    #[test]
    fn what_needs_no_constraint_is_solved_exactly_and_the_rest_stays_inside() {
        let mut gram = Matrix::zero(2);
        for (cell, value) in [4.0, 1.0, 1.0, 2.0].into_iter().enumerate() {
            gram.add(cell / 2, cell % 2, value);
        }
        let truth = [[0.9, 0.1], [0.3, 0.7]];
        let cross: Vec<Vec<f64>> = (0..2)
            .map(|j| (0..2).map(|k| (0..2).map(|l| gram.at(j, l) * truth[l][k]).sum()).collect())
            .collect();
        let even = vec![vec![0.5; 2]; 2];
        let q = rows(&gram, &cross, even.clone(), FULL).unwrap();
        for (row, truth) in q.iter().zip(truth) {
            assert!(row.iter().zip(truth).all(|(q, t)| (q - t).abs() < 1e-10), "{q:?}");
        }
        // Four times as much of the first flow as can be: the first row is at its end.
        let far = vec![vec![16.0, -11.0], cross[1].clone()];
        let q = rows(&gram, &far, even.clone(), FULL).unwrap();
        assert_eq!(q[0], [1.0, 0.0]);
        gram.add(1, 1, -2.0);
        assert_eq!(rows(&gram, &cross, even, FULL), None);
    }
}
