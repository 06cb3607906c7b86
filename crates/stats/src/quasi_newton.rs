//! Climbing to the mode of a smooth function whose slope is known and whose curvature is learned on the way.
//!
//! Each step is Newton's with a matrix in the place of the curvature; after it that matrix is made to agree with the
//! change of the slope (Broyden, Fletcher, Goldfarb, Shanno), damped so that it stays positive definite.
//!
//! - M. J. D. Powell (1978). A fast algorithm for nonlinearly constrained optimization calculations. *Lecture Notes in
//!   Mathematics* 630, 144-157.

use crate::{
    cholesky::{self, Matrix},
    newton::Limits,
};

/// Where a climb ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Summit {
    /// The place.
    pub at: Vec<f64>,
    /// The value there.
    pub value: f64,
    /// The slope there.
    pub gradient: Vec<f64>,
    /// What stands for minus the curvature.
    pub metric: Matrix,
    /// What a further step promises.
    pub promised: f64,
}

/// The longest step of any unknown.
const LONGEST: f64 = 2.0;

/// Climbs until a step promises less than the least gain, no step gains, or steps run out; the caller reads
/// [`Summit::promised`]. `None` where the value at the start is no number.
pub fn climb(
    look: impl Fn(&[f64]) -> (f64, Vec<f64>),
    start: Vec<f64>,
    metric: Matrix,
    limits: Limits,
) -> Option<Summit> {
    let (value, gradient) = look(&start);
    if !value.is_finite() {
        return None;
    }
    let mut here = Summit { at: start, value, gradient, metric, promised: f64::INFINITY };
    for _ in 0..limits.steps {
        let mut step = ascent(&mut here.metric, &here.gradient)?;
        here.promised = dot(&step, &here.gradient);
        if here.promised < limits.gain {
            break;
        }
        let longest = step.iter().fold(0.0, |a: f64, s| a.max(s.abs()));
        if longest > LONGEST {
            step.iter_mut().for_each(|s| *s *= LONGEST / longest);
        }
        let Some((at, value, gradient)) = forward(&look, &here, step, limits.precision) else {
            break;
        };
        learn(&mut here.metric, &difference(&at, &here.at), &difference(&here.gradient, &gradient));
        (here.at, here.value, here.gradient) = (at, value, gradient);
    }
    Some(here)
}

/// The step of Newton; a matrix that is not positive definite is raised until it is.
fn ascent(metric: &mut Matrix, gradient: &[f64]) -> Option<Vec<f64>> {
    let mut more = 1e-6;
    for _ in 0..60 {
        if let Some(factor) = cholesky::factor(metric) {
            return Some(factor.solve(gradient));
        }
        (0..metric.n).for_each(|i| metric.add(i, i, more));
        more *= 2.0;
    }
    None
}

/// Goes along the step, less far each time, until the gain is a fair part of what the slope promises.
fn forward(
    look: &impl Fn(&[f64]) -> (f64, Vec<f64>),
    from: &Summit,
    step: Vec<f64>,
    precision: f64,
) -> Option<(Vec<f64>, f64, Vec<f64>)> {
    let rise = dot(&step, &from.gradient);
    let mut share = 1.0;
    for _ in 0..12 {
        let next: Vec<f64> = from.at.iter().zip(&step).map(|(x, s)| x + share * s).collect();
        let (value, gradient) = look(&next);
        if value - from.value > 1e-4 * share * rise - precision * from.value.abs() {
            return Some((next, value, gradient));
        }
        // The top of the parabola through both values and the first slope.
        let top = share * rise / (2.0 * (share * rise - (value - from.value)));
        share *= if top.is_finite() { top.clamp(0.1, 0.5) } else { 0.1 };
    }
    None
}

/// Makes the metric agree with the change `fall` of the slope along a step.
fn learn(metric: &mut Matrix, step: &[f64], fall: &[f64]) {
    let n = metric.n;
    let product: Vec<f64> =
        (0..n).map(|i| (0..n).map(|j| metric.at(i, j) * step[j]).sum()).collect();
    let (had, seen) = (dot(step, &product), dot(step, fall));
    if had <= 0.0 || !seen.is_finite() {
        return;
    }
    let trust = if seen < 0.2 * had { 0.8 * had / (had - seen) } else { 1.0 };
    let fall: Vec<f64> =
        fall.iter().zip(&product).map(|(f, p)| trust * f + (1.0 - trust) * p).collect();
    let along = dot(step, &fall);
    for i in 0..n {
        for j in 0..n {
            metric.add(i, j, fall[i] * fall[j] / along - product[i] * product[j] / had);
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(x, y)| x - y).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { steps: 200, gain: 1e-12, precision: 1e-15 };

    fn unit(n: usize) -> Matrix {
        let mut matrix = Matrix::zero(n);
        (0..n).for_each(|i| matrix.add(i, i, 1.0));
        matrix
    }

    /// Rosenbrock's valley upside down, whose mode is at (1, 1).
    fn valley(at: &[f64]) -> (f64, Vec<f64>) {
        let (x, y) = (at[0], at[1]);
        let off = y - x * x;
        let value = -(1.0 - x).powi(2) - 100.0 * off * off;
        (value, vec![2.0 * (1.0 - x) + 400.0 * x * off, -200.0 * off])
    }

    #[test]
    fn reaches_the_end_of_a_bent_ridge() {
        let top = climb(valley, vec![-1.2, 1.0], unit(2), LIMITS).unwrap();
        assert!(top.at.iter().all(|x| (x - 1.0).abs() < 1e-5), "{top:?}");
        // Minus the curvature there is (802 −400; −400 200), learned from slopes.
        assert!((top.metric.at(0, 0) / 802.0 - 1.0).abs() < 0.1, "{top:?}");
    }

    #[test]
    fn says_what_is_left_where_steps_run_out_and_refuses_what_is_no_number() {
        let short = Limits { steps: 3, ..LIMITS };
        assert!(climb(valley, vec![-1.2, 1.0], unit(2), short).unwrap().promised > 1e-6);
        let none = |_: &[f64]| (f64::NAN, vec![0.0, 0.0]);
        assert_eq!(climb(none, vec![0.0, 0.0], unit(2), LIMITS), None);
    }
}
