//! Robust regression with group effects, where part of each value's variance is known.
//!
//! y = effect of the group + slopes · x + e, with Var e = τ² + the known noise of the value. Huber's weights from
//! a least-squares start give τ² (the median of the squared residuals, so that half of the values may be
//! anything); then, τ² held, Tukey's bisquare takes values that lie far off out altogether (an MM-estimate).
//!
//! - P. J. Huber (1964). Robust estimation of a location parameter. *Annals of Mathematical Statistics* 35, 73-101.
//! - V. J. Yohai (1987). High breakdown-point and high efficiency robust estimates for regression. *Annals of
//!   Statistics* 15, 642-656.

use crate::cholesky::{self, Matrix};

/// Huber's bend and Tukey's end: 95 % as efficient as least squares on normal errors.
const HUBER: f64 = 1.345;
const TUKEY: f64 = 4.685;
/// Median of |Z|.
const HALF: f64 = 0.674_489_750_196_081_7;
/// What part of the values a median uses, in efficiency: degrees of freedom of a scale that is one.
pub const MEDIAN_EFFICIENCY: f64 = 0.367_5;
/// Most steps of either stage.
const STEPS: usize = 200;
/// A change that is none.
const STILL: f64 = 1e-11;

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
    let n = data.y.len();
    let groups = data.group.iter().max()? + 1;
    let fits = n == data.x.len() && n == data.group.len() && n > groups + K;
    if !fits || !data.y.iter().chain(data.x.iter().flatten()).all(|v| v.is_finite()) {
        return None;
    }
    let mut stage = Stage { data, groups, variance: vec![1.0; n], weight: vec![1.0; n] };
    let mut plane = stage.solve()?;
    let mut tau2 = f64::INFINITY;
    let mut known = vec![0.0; n];
    for _ in 0..STEPS {
        for (i, k) in known.iter_mut().enumerate() {
            *k = noise(i, data.y[i] - plane.residual[i], &plane.slopes);
        }
        let new = beyond(&plane, &known);
        stage.variance = known.iter().map(|k| (new + k).max(f64::MIN_POSITIVE)).collect();
        stage.reweigh(&plane, |u| if u <= HUBER { 1.0 } else { HUBER / u });
        let next = stage.solve()?;
        let done = near(&plane.slopes, &next.slopes) && (new - tau2).abs() <= STILL;
        (plane, tau2) = (next, new);
        if done {
            break;
        }
    }
    for _ in 0..STEPS {
        stage.reweigh(&plane, bisquare);
        let next = stage.solve()?;
        let done = near(&plane.slopes, &next.slopes) && near(&plane.effects, &next.effects);
        plane = next;
        if done {
            break;
        }
    }
    let df = MEDIAN_EFFICIENCY * (n - groups - K) as f64;
    let points = stage.points(&plane, &known);
    Some(Fit { slopes: plane.slopes, tau2, points, df })
}

fn bisquare(u: f64) -> f64 {
    let rest = 1.0 - (u / TUKEY) * (u / TUKEY);
    if rest > 0.0 { rest * rest } else { 0.0 }
}

fn near(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= STILL * a.abs().max(1.0))
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

/// A weighted fit.
struct Plane<const K: usize> {
    slopes: [f64; K],
    effects: Vec<f64>,
    residual: Vec<f64>,
    /// What a value's own weight takes of its fit.
    leverage: Vec<f64>,
    /// Variance of the fit at a value.
    spread: Vec<f64>,
}

/// The weights of one step.
struct Stage<'a, const K: usize> {
    data: Data<'a, K>,
    groups: usize,
    variance: Vec<f64>,
    weight: Vec<f64>,
}

impl<const K: usize> Stage<'_, K> {
    fn reweigh(&mut self, plane: &Plane<K>, of: impl Fn(f64) -> f64) {
        for ((w, r), v) in self.weight.iter_mut().zip(&plane.residual).zip(&self.variance) {
            *w = of(r.abs() / libm::sqrt(*v));
        }
    }

    /// Weighted least squares with group effects; a group without any weight keeps the plain mean.
    fn solve(&self) -> Option<Plane<K>> {
        let Data { y, x, group } = self.data;
        let weights: Vec<f64> =
            self.weight.iter().zip(&self.variance).map(|(w, v)| w / v).collect();
        let mut means = vec![([0.0; K], 0.0, 0.0); self.groups];
        for (((x, y), g), w) in x.iter().zip(y).zip(group).zip(&weights) {
            let mean = &mut means[*g];
            x.iter().zip(&mut mean.0).for_each(|(x, m)| *m += w * x);
            mean.1 += w * y;
            mean.2 += w;
        }
        for (x, y, sum) in means.iter_mut().filter(|m| m.2 > 0.0) {
            x.iter_mut().for_each(|x| *x /= *sum);
            *y /= *sum;
        }
        let inner =
            |i: usize| -> [f64; K] { std::array::from_fn(|k| x[i][k] - means[group[i]].0[k]) };
        let mut gram = Matrix::zero(K);
        let mut moments = vec![0.0; K];
        for i in 0..y.len() {
            let (z, w) = (inner(i), weights[i]);
            for a in 0..K {
                (0..K).for_each(|b| gram.add(a, b, w * z[a] * z[b]));
                moments[a] += w * z[a] * (y[i] - means[group[i]].1);
            }
        }
        let factor = cholesky::factor(&gram)?;
        let slopes: [f64; K] = factor.solve(&moments).try_into().ok()?;
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let effects: Vec<f64> = means.iter().map(|m| m.1 - dot(&m.0, &slopes)).collect();
        let residual =
            (0..y.len()).map(|i| y[i] - effects[group[i]] - dot(&x[i], &slopes)).collect();
        let spread: Vec<f64> = (0..y.len())
            .map(|i| {
                let z = inner(i);
                // A group whose values all lie far off says nothing of itself.
                let own = if means[group[i]].2 > 0.0 { 1.0 / means[group[i]].2 } else { f64::MAX };
                own + dot(&z, &factor.solve(&z))
            })
            .collect();
        let leverage = weights.iter().zip(&spread).map(|(w, s)| w * s).collect();
        Some(Plane { slopes, effects, residual, leverage, spread })
    }

    fn points(&self, plane: &Plane<K>, known: &[f64]) -> Vec<Point> {
        let point = |i: usize| {
            let left = (1.0 - plane.leverage[i]).max(1e-9);
            Point {
                apart: plane.residual[i] / left,
                variance: self.variance[i] + plane.spread[i] / left,
                noise: known[i],
                weight: self.weight[i],
            }
        };
        (0..known.len()).map(point).collect()
    }
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
