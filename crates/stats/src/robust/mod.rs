//! Regression that values far off do not move, where part of each value's variance is known; and how heavy tails are,
//! read off the middle of the numbers.
//!
//! [`fit`] has group effects: y = effect of the group + slopes · x + e, with Var e = τ² + the known noise of the value. Huber's weights from
//! a least-squares start give τ² (the median of the squared residuals, so that half of the values may be
//! anything); then, τ² held, Tukey's bisquare takes values that lie far off out altogether (an MM-estimate). [`line`] has one line and stays with Huber's weights.
//!
//! - P. J. Huber (1964). Robust estimation of a location parameter. *Annals of Mathematical Statistics* 35, 73-101.
//! - V. J. Yohai (1987). High breakdown-point and high efficiency robust estimates for regression. *Annals of
//!   Statistics* 15, 642-656.

mod line;
mod tails;
mod weighted;

pub use line::{Line, line};
pub use tails::{Tails, tails};
use weighted::{Plane, STEPS, Settled, Stage, near};

/// Tukey's end: 95 % as efficient as least squares on normal errors.
const TUKEY: f64 = 4.685;
/// Median of |Z|.
const HALF: f64 = 0.674_489_750_196_081_7;
/// What part of the values a median uses, in efficiency: degrees of freedom of a scale that is one.
pub const MEDIAN_EFFICIENCY: f64 = 0.367_5;
/// What is fitted.
#[derive(Debug, Clone, Copy)]
pub struct Data<'a, const K: usize> {
    /// The values.
    pub y: &'a [f64],
    /// Their regressors.
    pub x: &'a [[f64; K]],
    /// Their groups, numbered from zero.
    pub group: &'a [usize],
}

/// The fit, and each value beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit<const K: usize> {
    /// The slopes.
    pub slopes: [f64; K],
    /// Variance beyond the known noise.
    pub tau2: f64,
    /// The values.
    pub points: Vec<Point>,
    /// Degrees of freedom of the scale.
    pub df: f64,
}

/// One value beside a fit that leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// The value less what the others lead one to expect.
    pub apart: f64,
    /// Variance of that difference.
    pub variance: f64,
    /// Its known noise at the fit.
    pub noise: f64,
    /// Weight in the fit, between 0 and 1.
    pub weight: f64,
}

impl Point {
    /// The difference in its standard deviations.
    pub fn studentised(&self) -> f64 {
        self.apart / libm::sqrt(self.variance)
    }
}

/// Fits; `noise` gives a value's known variance from its number, the fitted value and the slopes.
///
/// `None` when lengths differ, a number is not finite, there are too few values, or the regressors do not vary
/// within groups.
pub fn fit<const K: usize>(
    data: Data<'_, K>,
    noise: impl Fn(usize, f64, &[f64; K]) -> f64,
) -> Option<Fit<K>> {
    let mut stage = Stage::new(data)?;
    let Settled { mut plane, tau2, known, .. } =
        stage.settle(noise, |plane, known, _| beyond(plane, known))?;
    for _ in 0..STEPS {
        stage.reweigh(&plane, bisquare);
        let next = stage.solve()?;
        let done = near(&plane.slopes, &next.slopes) && near(&plane.effects, &next.effects);
        plane = next;
        if done {
            break;
        }
    }
    let df = MEDIAN_EFFICIENCY * (data.y.len() - stage.groups - K) as f64;
    Some(Fit { slopes: plane.slopes, tau2, points: points(&stage, &plane, &known), df })
}

fn bisquare(u: f64) -> f64 {
    let rest = 1.0 - (u / TUKEY) * (u / TUKEY);
    if rest > 0.0 { rest * rest } else { 0.0 }
}

/// The variance beyond the noise with which half of the residuals lie within the median of a normal law.
fn beyond<const K: usize>(plane: &Plane<K>, known: &[f64]) -> f64 {
    let square =
        |((r, h), k): ((&f64, &f64), &f64)| r * r / (HALF * HALF * (1.0 - h).max(1e-9)) - k;
    let mut all: Vec<f64> =
        plane.residual.iter().zip(&plane.leverage).zip(known).map(square).collect();
    let middle = all.len() / 2;
    let (below, upper, _) = all.select_nth_unstable_by(middle, f64::total_cmp);
    let upper = *upper;
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let median = if known.len() % 2 == 1 { upper } else { f64::midpoint(lower, upper) };
    median.max(0.0)
}

fn points<const K: usize>(stage: &Stage<'_, K>, plane: &Plane<K>, known: &[f64]) -> Vec<Point> {
    let point = |i: usize| {
        let left = (1.0 - plane.leverage[i]).max(1e-9);
        Point {
            apart: plane.residual[i] / left,
            variance: stage.variance[i] + plane.spread[i] / left,
            noise: known[i],
            weight: stage.weight[i],
        }
    };
    (0..known.len()).map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two groups on parallel lines with a little spread, and one value far off.
    fn lines() -> (Vec<f64>, Vec<[f64; 1]>, Vec<usize>) {
        let wave = |i: usize| [0.1, -0.2, 0.05, 0.15, -0.1][i % 5];
        let group: Vec<usize> = (0..40).map(|i| i % 2).collect();
        let x: Vec<[f64; 1]> = (0..40).map(|i| [(i / 2) as f64 / 4.0]).collect();
        let mut y: Vec<f64> =
            (0..40).map(|i| 3.0 * group[i] as f64 + 2.0 * x[i][0] + wave(i)).collect();
        y[7] += 50.0;
        (y, x, group)
    }

    #[test]
    fn one_value_far_off_moves_nothing_and_is_seen() {
        let (y, x, group) = lines();
        let fit = fit(Data { y: &y, x: &x, group: &group }, |_, _, _| 0.0).unwrap();
        assert!((fit.slopes[0] - 2.0).abs() < 0.02, "{:?}", fit.slopes);
        assert_eq!(fit.points[7].weight, 0.0);
        assert!((fit.points[7].apart - 50.0).abs() < 0.5 && fit.points[7].studentised() > 100.0);
        assert!(fit.points.iter().enumerate().all(|(i, p)| i == 7 || p.studentised().abs() < 3.0));
        assert!((0.005..0.05).contains(&fit.tau2), "{}", fit.tau2);
    }

    #[test]
    fn known_noise_is_taken_off_the_rest() {
        let (y, x, group) = lines();
        let data = Data { y: &y, x: &x, group: &group };
        let [none, some, all] =
            [0.0, 0.004, 9.0].map(|noise| fit(data, |_, _, _| noise).unwrap().tau2);
        assert!((none - 0.004 - some).abs() < 1e-9 && all == 0.0);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let (y, _, group) = lines();
        let flat = vec![[1.0]; 40];
        assert!(fit(Data { y: &y, x: &flat, group: &group }, |_, _, _| 0.0).is_none());
        assert!(fit(Data { y: &[], x: &[] as &[[f64; 1]], group: &[] }, |_, _, _| 0.0).is_none());
    }
}
