//! How sharp the posterior is around a place, by differences of its slope.

use glassurn_stats::cholesky::{self, Matrix};
use libm::sqrt;

use super::posterior::Posterior;

/// Steps of the differences, in standard deviations of a first guess, and their bounds.
const STEP: f64 = 0.1;
const BOUNDS: [f64; 2] = [1e-3, 0.1];

/// Minus the curvature of the log posterior; the stations' slopes stand for it where the differences are none of a
/// hill.
pub(super) fn curvature(posterior: &Posterior<'_>, at: &[f64]) -> Matrix {
    let places: Vec<usize> = (0..at.len()).collect();
    let seen = differences(posterior, at, &places);
    if cholesky::factor(&seen).is_some() {
        return seen;
    }
    posterior.look(at, &[]).curvature
}

/// Minus the curvature among some unknowns, by steps to one side.
pub(super) fn differences(posterior: &Posterior<'_>, at: &[f64], places: &[usize]) -> Matrix {
    let here = posterior.look(at, &[]);
    let mut matrix = Matrix::zero(places.len());
    for (row, &place) in places.iter().enumerate() {
        let guess = here.curvature.at(place, place);
        let h = (STEP / sqrt(guess)).clamp(BOUNDS[0], BOUNDS[1]);
        let mut at = at.to_vec();
        at[place] += h;
        let there = posterior.look(&at, &[]).gradient;
        for (column, &other) in places.iter().enumerate() {
            let slope = (here.gradient[other] - there[other]) / (2.0 * h);
            matrix.add(row, column, slope);
            matrix.add(column, row, slope);
        }
    }
    matrix
}
