//! How sharp the posterior is around a place, by differences of its slope.

use glassurn_stats::cholesky::{self, Matrix};
use libm::sqrt;

use super::{climb::thinned, parameters::Form, posterior::Posterior};

/// Stations that a curvature is taken from; of more, every so-manieth stands for its neighbours.
const ENOUGH: usize = 12_000;

/// Steps of the differences, in standard deviations of a first guess, and their bounds.
const STEP: f64 = 0.1;
const BOUNDS: [f64; 2] = [1e-3, 0.1];

/// Minus the curvature of the log posterior; the stations' slopes stand for it where the differences are none of a
/// hill.
pub(super) fn curvature(posterior: &Posterior<'_>, at: &[f64]) -> Matrix {
    let few = thinned(posterior.stations, ENOUGH);
    let ratio = posterior.stations.len() as f64 / few.len().max(1) as f64;
    let thin = Posterior { stations: &few, ..*posterior };
    let places: Vec<usize> = (0..at.len()).collect();
    let seen = scaled(differences(&thin, at, &places), at, posterior.form, ratio);
    if cholesky::factor(&seen).is_some() {
        return seen;
    }
    scaled(thin.look(at, &[]).curvature, at, posterior.form, ratio)
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

/// The stations' part times the ratio, the prior's part once.
fn scaled(mut matrix: Matrix, at: &[f64], form: Form, ratio: f64) -> Matrix {
    matrix.cells.iter_mut().for_each(|c| *c *= ratio);
    for (i, &x) in at.iter().enumerate() {
        let [_, _, bend] = form.prior(i, x);
        matrix.add(i, i, bend * (1.0 - ratio));
    }
    matrix
}
