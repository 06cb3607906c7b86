//! The regression of the shares now on the shares then, with and without its constraint.

use glassurn_stats::cholesky::{self, Factor, Matrix};
use glassurn_stats::simplex::{self, Limits};
use glassurn_stats::{interval, rng, sample, student};

use super::{Electorates, Flows as Settings, Place};

/// What sums of numbers lose: beyond the ends by less is at the ends, where the errors are nothing.
const ROUNDING: f64 = 1e-9;
/// Two-sided level at which a flow is impossible, shared among all flows.
const LEVEL: f64 = 0.05;
/// The estimate itself, and the draws, which begin where it ended.
const FULL: Limits = Limits { steps: 50_000, still: 1e-12 };
const DRAW: Limits = Limits { steps: 5_000, still: 1e-7 };

/// One flow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// What was done then.
    pub from: usize,
    /// What is done now.
    pub to: usize,
    /// Its part of those who did the first, between 0 and 1.
    pub share: f64,
    /// The middle 95 % of the draws.
    pub band: [f64; 2],
    /// The same without the constraint.
    pub free: f64,
    /// Its standard error by units.
    pub free_se: f64,
    /// Whether it is impossible: its interval lies wholly outside 0 to 1.
    pub is_impossible: bool,
}

/// All flows.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// Row by row.
    pub all: Vec<Flow>,
    /// Units.
    pub groups: usize,
    /// Root mean square residual.
    pub residual: f64,
}

/// Σ w z zᵀ and Σ w z yᵀ of some places.
#[derive(Clone)]
struct Normal {
    gram: Matrix,
    cross: Vec<Vec<f64>>,
}

impl Normal {
    fn zero(rows: usize, columns: usize) -> Self {
        Normal { gram: Matrix::zero(rows), cross: vec![vec![0.0; columns]; rows] }
    }

    fn add(&mut self, p: &Place) {
        for (j, z) in p.then.iter().enumerate() {
            for (l, other) in p.then.iter().enumerate() {
                self.gram.add(j, l, p.weight * z * other);
            }
            self.cross[j].iter_mut().zip(&p.now).for_each(|(c, y)| *c += p.weight * z * y);
        }
    }

    fn merge(&mut self, other: &Normal, times: f64) {
        self.gram.cells.iter_mut().zip(&other.gram.cells).for_each(|(a, b)| *a += times * b);
        let own = self.cross.iter_mut().flatten();
        own.zip(other.cross.iter().flatten()).for_each(|(a, b)| *a += times * b);
    }
}

impl Flows {
    /// `None` where the places do not tell what was done then apart.
    pub(super) fn of(set: &Settings, e: &Electorates) -> Option<Flows> {
        let (rows, columns) = (e.then.len(), e.now.len());
        let mut by_unit = vec![Normal::zero(rows, columns); e.groups];
        e.places.iter().for_each(|p| by_unit[p.group].add(p));
        let mut whole = Normal::zero(rows, columns);
        by_unit.iter().for_each(|unit| whole.merge(unit, 1.0));
        let free = Free::of(e, &whole)?;
        let even = vec![vec![1.0 / columns as f64; columns]; rows];
        let shares = simplex::rows(&whole.gram, &whole.cross, even, FULL)?;
        let draws = draws(set, &by_unit, &shares);
        let critical = student::quantile(1.0 - LEVEL / (2 * rows * columns) as f64, e.groups as f64 - 1.0);
        let flow = |from: usize, to: usize| {
            let (free, se) = (free.shares[from][to], free.errors[from][to]);
            let half = critical * se;
            let drawn = draws.iter().map(|d| d[from][to]).collect();
            Flow {
                from,
                to,
                share: shares[from][to],
                band: interval::middle_95(drawn),
                free,
                free_se: se,
                is_impossible: free + half < -ROUNDING || free - half > 1.0 + ROUNDING,
            }
        };
        let all = (0..rows).flat_map(|j| (0..columns).map(move |k| (j, k))).map(|(j, k)| flow(j, k));
        Some(Flows { all: all.collect(), groups: e.groups, residual: residual(e, &shares) })
    }

    /// The flows that are impossible without the constraint, the farthest out first.
    pub fn impossible(&self) -> impl Iterator<Item = &Flow> {
        let out = |f: &Flow| (-f.free).max(f.free - 1.0);
        let mut all: Vec<&Flow> = self.all.iter().filter(|f| f.is_impossible).collect();
        all.sort_by(|a, b| out(b).total_cmp(&out(a)));
        all.into_iter()
    }

    /// From those who did not vote then to the leader now.
    pub fn headline(&self, e: &Electorates) -> Flow {
        let from = e.then.len() - 1;
        self.all[from * e.now.len()]
    }
}

/// Units drawn with replacement, and the flows of each draw.
fn draws(set: &Settings, by_unit: &[Normal], shares: &[Vec<f64>]) -> Vec<Vec<Vec<f64>>> {
    let units = by_unit.len() as u64;
    let draw = |number: u32| {
        let mut rng = rng::stream(set.seed, "flows", number.into());
        let mut times = vec![0.0; by_unit.len()];
        for _ in 0..units {
            let unit = usize::try_from(sample::below(&mut rng, units)).unwrap_or(0);
            times[unit] += 1.0;
        }
        let mut sum = Normal::zero(shares.len(), shares.first().map_or(0, Vec::len));
        let drawn = by_unit.iter().zip(&times).filter(|(_, times)| **times > 0.0);
        drawn.for_each(|(unit, times)| sum.merge(unit, *times));
        simplex::rows(&sum.gram, &sum.cross, shares.to_vec(), DRAW)
    };
    (0..set.draws).filter_map(draw).collect()
}

/// Root of the weighted mean square over places and what was done now.
fn residual(e: &Electorates, shares: &[Vec<f64>]) -> f64 {
    let (mut square, mut weight) = (0.0, 0.0);
    for p in &e.places {
        for (k, y) in p.now.iter().enumerate() {
            let at: f64 = p.then.iter().zip(shares).map(|(z, q)| z * q[k]).sum();
            square += p.weight * (y - at) * (y - at);
        }
        weight += p.weight * p.now.len() as f64;
    }
    (square / weight).sqrt()
}

/// Weighted least squares without the constraint, with errors by units (CR1).
struct Free {
    shares: Vec<Vec<f64>>,
    errors: Vec<Vec<f64>>,
}

impl Free {
    fn of(e: &Electorates, whole: &Normal) -> Option<Free> {
        let (rows, columns) = (e.then.len(), e.now.len());
        let factor = cholesky::factor(&whole.gram)?;
        // A source that the others make up leaves nothing but rounding.
        let told = |j: usize| 1.0 / (factor.inverse_diagonal(j) * whole.gram.at(j, j));
        if (0..rows).any(|j| told(j) < 1e-9) {
            return None;
        }
        let column = |k: usize| factor.solve(&whole.cross.iter().map(|r| r[k]).collect::<Vec<f64>>());
        let by_column: Vec<Vec<f64>> = (0..columns).map(column).collect();
        let errors: Vec<Vec<f64>> =
            by_column.iter().enumerate().map(|(k, q)| errors(e, &factor, k, q)).collect();
        let turned = |of: &[Vec<f64>]| (0..rows).map(|j| of.iter().map(|c| c[j]).collect()).collect();
        Some(Free { shares: turned(&by_column), errors: turned(&errors) })
    }
}

/// Standard errors of one column by units.
fn errors(e: &Electorates, factor: &Factor, k: usize, q: &[f64]) -> Vec<f64> {
    let rows = q.len();
    let mut scores = vec![vec![0.0; rows]; e.groups];
    for p in &e.places {
        let at: f64 = p.then.iter().zip(q).map(|(z, q)| z * q).sum();
        let left = p.weight * (p.now[k] - at);
        scores[p.group].iter_mut().zip(&p.then).for_each(|(s, z)| *s += left * z);
    }
    let mut variance = vec![0.0; rows];
    for score in &scores {
        variance.iter_mut().zip(factor.solve(score)).for_each(|(v, s)| *v += s * s);
    }
    let (n, g) = (e.places.len() as f64, e.groups as f64);
    let scale = g / (g - 1.0) * (n - 1.0) / (n - rows as f64);
    variance.into_iter().map(|v| (scale * v).sqrt()).collect()
}
