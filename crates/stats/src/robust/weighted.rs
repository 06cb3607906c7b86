//! Weighted least squares with group effects, and the rounds that find Huber's weights.

use super::Data;
use crate::cholesky::{self, Matrix};

/// Residuals beyond so many standard deviations count no more than at it: 95 % as efficient as least squares on normal
/// errors.
pub(super) const HUBER: f64 = 1.345;
/// Most rounds.
pub(super) const STEPS: usize = 200;
/// A change that is none.
const STILL: f64 = 1e-11;

/// The weight of a residual of so many standard deviations.
fn huber(size: f64) -> f64 {
    if size <= HUBER { 1.0 } else { HUBER / size }
}

/// Whether numbers have not moved.
pub(super) fn near(a: &[f64], b: &[f64]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= STILL * a.abs().max(1.0))
}

/// What Huber's rounds end with.
pub(super) struct Settled<const K: usize> {
    pub(super) plane: Plane<K>,
    /// Variance beyond the known noise.
    pub(super) tau2: f64,
    /// The known noise of each value.
    pub(super) known: Vec<f64>,
    /// Whether nothing moved any more.
    pub(super) rests: bool,
}

/// A weighted fit.
pub(super) struct Plane<const K: usize> {
    pub(super) slopes: [f64; K],
    pub(super) effects: Vec<f64>,
    pub(super) residual: Vec<f64>,
    /// What a value's own weight takes of its fit.
    pub(super) leverage: Vec<f64>,
    /// Variance of the fit at a value.
    pub(super) spread: Vec<f64>,
}

/// The weights of one step.
pub(super) struct Stage<'a, const K: usize> {
    pub(super) data: Data<'a, K>,
    pub(super) groups: usize,
    pub(super) variance: Vec<f64>,
    pub(super) weight: Vec<f64>,
}

impl<'a, const K: usize> Stage<'a, K> {
    /// Equal weights; `None` when lengths differ, a number is not finite, or there are too few values.
    pub(super) fn new(data: Data<'a, K>) -> Option<Self> {
        let n = data.y.len();
        let groups = data.group.iter().max()? + 1;
        let fits = n == data.x.len() && n == data.group.len() && n > groups + K;
        let finite = data.y.iter().chain(data.x.iter().flatten()).all(|v| v.is_finite());
        let equal = vec![1.0; n];
        (fits && finite).then(|| Stage { data, groups, variance: equal.clone(), weight: equal })
    }

    /// Huber's weights, and the variance beyond the known noise, round by round until they rest.
    pub(super) fn settle(
        &mut self,
        noise: impl Fn(usize, f64, &[f64; K]) -> f64,
        beyond: impl Fn(&Plane<K>, &[f64], Option<f64>) -> f64,
    ) -> Option<Settled<K>> {
        let mut plane = self.solve()?;
        let mut known = vec![0.0; self.data.y.len()];
        let mut before = None;
        for _ in 0..STEPS {
            for (i, k) in known.iter_mut().enumerate() {
                *k = noise(i, self.data.y[i] - plane.residual[i], &plane.slopes);
            }
            let tau2 = beyond(&plane, &known, before);
            self.variance = known.iter().map(|k| (tau2 + k).max(f64::MIN_POSITIVE)).collect();
            self.reweigh(&plane, huber);
            let next = self.solve()?;
            let size = 2.0 * tau2 + known.iter().sum::<f64>() / known.len() as f64;
            let rests = near(&plane.slopes, &next.slopes)
                && before.is_some_and(|b: f64| (b - tau2).abs() <= STILL * size);
            (plane, before) = (next, Some(tau2));
            if rests {
                return Some(Settled { plane, tau2, known, rests });
            }
        }
        Some(Settled { plane, tau2: before.unwrap_or(0.0), known, rests: false })
    }

    pub(super) fn reweigh(&mut self, plane: &Plane<K>, of: impl Fn(f64) -> f64) {
        for ((w, r), v) in self.weight.iter_mut().zip(&plane.residual).zip(&self.variance) {
            *w = of(r.abs() / libm::sqrt(*v));
        }
    }

    /// Weighted least squares with group effects; a group without any weight keeps the plain mean.
    pub(super) fn solve(&self) -> Option<Plane<K>> {
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
        // Equal numbers may differ in the last bits of their mean.
        let flat = |k: usize| {
            let size: f64 = means.iter().map(|m| m.2 * (1.0 + m.0[k] * m.0[k])).sum();
            gram.at(k, k).is_nan() || gram.at(k, k) <= 1e-20 * size
        };
        if (0..K).any(flat) {
            return None;
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
}
