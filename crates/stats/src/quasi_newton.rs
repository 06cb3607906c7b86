//! Climbing to the mode of a function whose slope is known, perhaps better than its value, and whose curvature is learned on
//! the way.
//!
//! Where the value is a sum over a few points that move with the unknowns and the slope is that of the exact integral, the
//! value's small errors are larger, close to the top, than what is left to gain: gains are taken from slopes there. Each step
//! is Newton's with a learned metric (Broyden, Fletcher, Goldfarb, Shanno; damped as by Powell so that it stays positive
//! definite), drawn towards the slope while steps disappoint (Levenberg, Marquardt).
//!
//! - J. Nocedal, S. J. Wright (2006). *Numerical Optimization*, chapters 4 and 18. Springer, New York.
//! - M. J. D. Powell (1978). A fast algorithm for nonlinearly constrained optimization calculations. *Lecture Notes in
//!   Mathematics* 630, 144-157.

use crate::{
    cholesky::{self, Matrix},
    newton::Look,
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

/// The value is right to this part of itself.
const PRECISION: f64 = 1e-5;

/// The longest step of any unknown.
const LONGEST: f64 = 2.0;

/// Least curvature along an unknown that a step is drawn back by.
const LEAST: f64 = 0.5;

/// A climb on its way.
struct Climb {
    here: Summit,
    /// What the stations' slopes say of the curvature here.
    fresh: Matrix,
    /// How far steps are drawn towards the slope; 0 not at all.
    drawn: f64,
    /// Steps in a row that led nowhere.
    failed: usize,
}

/// After so many steps that led nowhere what was learned is forgotten.
const PATIENCE: usize = 3;

/// Climbs until a step promises less than `gain`, or after so many looks; the caller reads [`Summit::promised`]. `None`
/// where the value at the start is no number.
pub fn ascend(
    look: impl Fn(&[f64]) -> Look,
    start: Vec<f64>,
    metric: Option<Matrix>,
    gain: f64,
    looks: usize,
) -> Option<Summit> {
    let Look { value, gradient, curvature } = look(&start);
    if !value.is_finite() {
        return None;
    }
    let fresh = curvature.clone();
    let metric = metric.filter(|m| cholesky::factor(m).is_some()).unwrap_or(curvature);
    let here = Summit { at: start, value, gradient, metric, promised: f64::INFINITY };
    let mut climb = Climb { here, fresh, drawn: 0.0, failed: 0 };
    for _ in 1..looks {
        let step = climb.step();
        climb.here.promised = climb.promised();
        if climb.here.promised < gain {
            break;
        }
        let at: Vec<f64> = climb.here.at.iter().zip(&step).map(|(x, s)| x + s).collect();
        climb.judge(at, &step, &look);
    }
    Some(climb.here)
}

impl Climb {
    /// What a step that is not drawn back would gain.
    fn promised(&self) -> f64 {
        let factor = cholesky::factor(&self.here.metric);
        factor.map_or(f64::INFINITY, |f| {
            dot(&f.solve(&self.here.gradient), &self.here.gradient) / 2.0
        })
    }

    fn step(&mut self) -> Vec<f64> {
        loop {
            let mut metric = self.here.metric.clone();
            for i in 0..metric.n {
                metric.add(i, i, self.drawn * metric.at(i, i).max(LEAST));
            }
            if let Some(factor) = cholesky::factor(&metric) {
                let mut step = factor.solve(&self.here.gradient);
                let longest = step.iter().fold(0.0, |a: f64, s| a.max(s.abs()));
                if longest > LONGEST {
                    step.iter_mut().for_each(|s| *s *= LONGEST / longest);
                }
                return step;
            }
            if self.drawn > 1e12 {
                return vec![0.0; metric.n];
            }
            self.drawn = (4.0 * self.drawn).max(0.01);
        }
    }

    /// Goes there or stays; either way what was seen there teaches the metric.
    fn judge(&mut self, at: Vec<f64>, step: &[f64], look: &impl Fn(&[f64]) -> Look) {
        let Look { value, gradient, curvature } = look(&at);
        let metric = &self.here.metric;
        let bend: f64 = (0..metric.n)
            .map(|i| step[i] * (0..metric.n).map(|j| metric.at(i, j) * step[j]).sum::<f64>())
            .sum();
        let rise = dot(step, &self.here.gradient);
        let hoped = rise - bend / 2.0;
        let by_value = value - self.here.value;
        let by_slopes = (rise + dot(step, &gradient)) / 2.0;
        let noise = PRECISION * self.here.value.abs();
        let gained =
            if by_value.abs() > noise || !by_slopes.is_finite() { by_value } else { by_slopes };
        if gained > -2.0 * hoped.abs() && gradient.iter().all(|g| g.is_finite()) {
            let fall: Vec<f64> =
                self.here.gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
            learn(&mut self.here.metric, step, &fall);
        }
        if gained > 0.75 * hoped {
            self.drawn = if self.drawn < 0.02 { 0.0 } else { self.drawn / 5.0 };
        } else if gained < 0.25 * hoped || gained.is_nan() {
            self.drawn = (4.0 * self.drawn).max(0.05);
        }
        if gained > 0.0 {
            (self.here.at, self.here.value, self.here.gradient) = (at, value, gradient);
            (self.fresh, self.failed) = (curvature, 0);
            return;
        }
        self.failed += 1;
        if self.failed.is_multiple_of(PATIENCE) {
            self.here.metric = self.fresh.clone();
        }
    }
}

/// Makes the metric agree with the change `fall` of the slope along a step, damped so that it stays positive definite.
fn learn(metric: &mut Matrix, step: &[f64], fall: &[f64]) {
    let n = metric.n;
    let product: Vec<f64> =
        (0..n).map(|i| (0..n).map(|j| metric.at(i, j) * step[j]).sum()).collect();
    let (had, seen) = (dot(step, &product), dot(step, fall));
    if !(had > 0.0 && seen.is_finite()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley upside down, whose mode is at (1, 1), with a value that is right to a part in a thousand.
    fn valley(at: &[f64]) -> Look {
        let (x, y) = (at[0], at[1]);
        let off = y - x * x;
        let noise = 0.01 * libm::sin(1e4 * x);
        let mut curvature = Matrix::zero(2);
        (0..2).for_each(|i| curvature.add(i, i, 1.0));
        Look {
            value: -1_000.0 - (1.0 - x) * (1.0 - x) - 100.0 * off * off + noise,
            gradient: vec![2.0 * (1.0 - x) + 400.0 * x * off, -200.0 * off],
            curvature,
        }
    }

    #[test]
    fn reaches_the_end_of_a_bent_ridge_though_its_value_is_noisy() {
        let top = ascend(valley, vec![-1.2, 1.0], None, 1e-9, 200).unwrap();
        assert!(top.promised < 1e-9 && top.at.iter().all(|x| (x - 1.0).abs() < 1e-3), "{top:?}");
    }

    #[test]
    fn says_what_is_left_where_looks_run_out_and_refuses_what_is_no_number() {
        assert!(ascend(valley, vec![-1.2, 1.0], None, 1e-9, 4).unwrap().promised > 1e-3);
        let none = |_: &[f64]| Look { value: f64::NAN, ..valley(&[0.0, 0.0]) };
        assert_eq!(ascend(none, vec![0.0, 0.0], None, 1e-9, 9), None);
    }
}
