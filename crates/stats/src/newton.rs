//! Climbing to the mode of a smooth function by Newton steps, or by scoring steps that stand for them.

use crate::cholesky::{self, Matrix};

/// A function seen from one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Its value.
    pub value: f64,
    /// Its slope.
    pub gradient: Vec<f64>,
    /// Minus its curvature, or a matrix that stands for it.
    pub curvature: Matrix,
}

/// Where the climb ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Top {
    /// The place.
    pub at: Vec<f64>,
    /// What was seen a last step before it.
    pub look: Look,
    /// Steps taken.
    pub steps: usize,
}

/// When a climb ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Most steps.
    pub steps: usize,
    /// A step that promises less is the last.
    pub gain: f64,
    /// Relative error of the value: a loss of less is none.
    pub precision: f64,
}

/// Climbs until a step promises little; `None` when it gets stuck or takes too many steps.
pub fn climb(look: impl Fn(&[f64]) -> Look, start: Vec<f64>, limits: Limits) -> Option<Top> {
    let mut at = start;
    let mut seen = look(&at);
    for count in 1..=limits.steps {
        let step = ascent(&seen)?;
        let promised: f64 = step.iter().zip(&seen.gradient).map(|(s, g)| s * g).sum();
        if promised < limits.gain {
            at.iter_mut().zip(&step).for_each(|(x, s)| *x += s);
            return Some(Top { at, look: seen, steps: count });
        }
        (at, seen) = forward(&look, &at, seen.value, &step, promised, limits.precision)?;
    }
    None
}

/// The Newton step, with the curvature raised until it is one of a hill.
fn ascent(seen: &Look) -> Option<Vec<f64>> {
    let mut raised = seen.curvature.clone();
    let mut by = 0.0;
    for _ in 0..60 {
        if let Some(factor) = cholesky::factor(&raised) {
            return Some(factor.solve(&seen.gradient));
        }
        let more = if by == 0.0 { 1e-3 } else { by };
        (0..raised.n).for_each(|i| raised.add(i, i, more));
        by += more;
    }
    None
}

/// Goes along the step, half as far each time until the gain is a fair part of what was promised.
fn forward(
    look: &impl Fn(&[f64]) -> Look,
    at: &[f64],
    from: f64,
    step: &[f64],
    promised: f64,
    precision: f64,
) -> Option<(Vec<f64>, Look)> {
    let mut share = 1.0;
    for _ in 0..50 {
        let next: Vec<f64> = at.iter().zip(step).map(|(x, s)| x + share * s).collect();
        let seen = look(&next);
        // The last digits of the value are no measure of a step that gains less than they hold.
        if seen.value - from > 1e-4 * share * promised - precision * from.abs() {
            return Some((next, seen));
        }
        share /= 2.0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { steps: 100, gain: 1e-13, precision: 1e-12 };

    /// −(x − 1)⁴ − (x − y)², whose mode is at (1, 1).
    fn hill(at: &[f64]) -> Look {
        let (x, y) = (at[0], at[1]);
        let far = x - 1.0;
        Look {
            value: -far.powi(4) - (x - y).powi(2),
            gradient: vec![-4.0 * far.powi(3) - 2.0 * (x - y), 2.0 * (x - y)],
            curvature: Matrix { n: 2, cells: vec![12.0 * far * far + 2.0, -2.0, -2.0, 2.0] },
        }
    }

    #[test]
    fn reaches_the_mode() {
        let top = climb(hill, vec![3.0, -4.0], LIMITS).unwrap();
        assert!(top.at.iter().all(|x| (x - 1.0).abs() < 1e-3), "{top:?}");
    }

    #[test]
    fn stops_where_steps_run_out_or_the_curvature_is_none() {
        assert_eq!(climb(hill, vec![3.0, -4.0], Limits { steps: 2, ..LIMITS }), None);
        let nan =
            |at: &[f64]| Look { curvature: Matrix { n: 2, cells: vec![f64::NAN; 4] }, ..hill(at) };
        assert_eq!(climb(nan, vec![0.0, 0.0], LIMITS), None);
    }
}
