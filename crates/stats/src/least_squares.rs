//! Nonlinear least squares by Levenberg's and Marquardt's damped steps.
//!
//! D. W. Marquardt (1963). An algorithm for least-squares estimation of nonlinear parameters. *Journal of
//! the Society for Industrial and Applied Mathematics* 11, 431-441.

use crate::cholesky::{Matrix, factor};

/// Most steps tried.
const STEPS: usize = 500;

/// A step that improves the sum by less than this part of it is the last.
const ENOUGH: f64 = 1e-14;

/// The parameters at a local minimum of the sum of squared residuals near the start; `None` where the steps
/// do not settle.
///
/// `model` gives, for a point's number, the model's value less the observed one, and its gradient.
pub fn fit<const K: usize>(
    start: [f64; K],
    points: usize,
    model: impl Fn(&[f64; K], usize) -> (f64, [f64; K]),
) -> Option<[f64; K]> {
    let mut at = start;
    let mut here = Normal::at(&at, points, &model)?;
    let mut damping = 1e-3;
    for _ in 0..STEPS {
        let next = here.step(damping).map(|step| std::array::from_fn(|k| at[k] + step[k]));
        let there = next.and_then(|next| Some((next, Normal::at(&next, points, &model)?)));
        match there.filter(|(_, there)| there.sum <= here.sum) {
            Some((next, there)) => {
                let done = here.sum - there.sum <= ENOUGH * here.sum;
                (at, here, damping) = (next, there, damping / 10.0);
                if done {
                    return Some(at);
                }
            }
            None if damping > 1e12 => return Some(at),
            None => damping *= 10.0,
        }
    }
    None
}

/// The normal equations at one point.
struct Normal<const K: usize> {
    sum: f64,
    gradient: [f64; K],
    curvature: [[f64; K]; K],
}

impl<const K: usize> Normal<K> {
    fn at(
        parameters: &[f64; K],
        points: usize,
        model: &impl Fn(&[f64; K], usize) -> (f64, [f64; K]),
    ) -> Option<Self> {
        let mut normal = Normal { sum: 0.0, gradient: [0.0; K], curvature: [[0.0; K]; K] };
        for point in 0..points {
            let (residual, slopes) = model(parameters, point);
            normal.sum += residual * residual;
            for (i, a) in slopes.iter().enumerate() {
                normal.gradient[i] += a * residual;
                for (j, b) in slopes.iter().enumerate() {
                    normal.curvature[i][j] += a * b;
                }
            }
        }
        normal.sum.is_finite().then_some(normal)
    }

    /// The step that this much damping allows.
    fn step(&self, damping: f64) -> Option<[f64; K]> {
        let mut matrix = Matrix::zero(K);
        for (i, row) in self.curvature.iter().enumerate() {
            for (j, &cell) in row.iter().enumerate() {
                let more = if i == j { 1.0 + damping } else { 1.0 };
                matrix.add(i, j, cell * more);
            }
        }
        let right: Vec<f64> = self.gradient.iter().map(|g| -g).collect();
        factor(&matrix)?.solve(&right).try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decay_without_noise_is_found() {
        // y = 3 exp(−x / 2) at x = 0 … 9.
        let model = |p: &[f64; 2], i: usize| {
            let x = i as f64;
            let shape = (-p[1] * x).exp();
            (p[0] * shape - 3.0 * (-0.5 * x).exp(), [shape, -p[0] * x * shape])
        };
        let [height, rate] = fit([1.0, 0.1], 10, model).unwrap();
        assert!((height - 3.0).abs() < 1e-8 && (rate - 0.5).abs() < 1e-8);
    }

    #[test]
    fn a_line_is_the_ordinary_one() {
        // 1, 2, 4 at 0, 1, 2: slope 1.5, intercept 5/6.
        let y = [1.0, 2.0, 4.0];
        let model = |p: &[f64; 2], i: usize| (p[0] + p[1] * i as f64 - y[i], [1.0, i as f64]);
        let [intercept, slope] = fit([0.0, 0.0], 3, model).unwrap();
        assert!((intercept - 5.0 / 6.0).abs() < 1e-10 && (slope - 1.5).abs() < 1e-10);
    }

    #[test]
    fn refuses_what_it_cannot_compute() {
        assert_eq!(fit([0.0], 1, |_, _| (f64::NAN, [1.0])), None);
    }
}
