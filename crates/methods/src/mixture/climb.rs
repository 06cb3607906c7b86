//! Climbs: where they start, how they go, and which of their ends are one.

use glassurn_stats::{
    cholesky::Matrix,
    quasi_newton::{Summit, ascend},
};
use libm::log;

use super::{
    parameters::{Form, MEANS, VARIANCES},
    posterior::Posterior,
    station::Station,
};

/// A climb that still promises more than this when its steps run out has not arrived.
pub(super) const RISING: f64 = 0.5;

/// Two tops without a valley of this depth between them, in log posterior, are one.
const VALLEY: f64 = 0.5;

/// Most looks of a climb, and of one with an unknown held.
const LOOKS: [usize; 2] = [150, 40];

/// Climbs, with one of the unknowns held if wanted.
pub(super) fn climb(
    posterior: &Posterior<'_>,
    start: Vec<f64>,
    metric: Option<Matrix>,
    held: Option<usize>,
    gain: f64,
) -> Option<Summit> {
    let fixed: Vec<usize> = held.into_iter().collect();
    let look = |at: &[f64]| posterior.look(at, &fixed);
    let metric = metric.map(|m| hold(m, &fixed));
    ascend(look, start, metric, gain, LOOKS[fixed.len().min(1)])
}

/// The metric of the others: a held unknown has no tie to them.
fn hold(mut metric: Matrix, fixed: &[usize]) -> Matrix {
    let n = metric.n;
    for &f in fixed {
        for j in 0..n {
            metric.cells[f * n + j] = 0.0;
            metric.cells[j * n + f] = 0.0;
        }
        metric.cells[f * n + f] = 1.0;
    }
    metric
}

/// Highest first, without those that are another one again.
pub(super) fn distinct(posterior: &Posterior<'_>, mut tops: Vec<Summit>) -> Vec<Summit> {
    tops.sort_by(|a, b| b.value.total_cmp(&a.value));
    let mut kept: Vec<Summit> = Vec::new();
    for top in tops {
        if !kept.iter().any(|k| joined(posterior, k, &top)) {
            kept.push(top);
        }
    }
    kept
}

/// Whether no valley lies on the straight way between two tops.
fn joined(posterior: &Posterior<'_>, one: &Summit, other: &Summit) -> bool {
    let least = one.value.min(other.value) - VALLEY;
    let between = |share: f64| -> Vec<f64> {
        one.at.iter().zip(&other.at).map(|(a, b)| a + share * (b - a)).collect()
    };
    [0.5, 0.25, 0.75].into_iter().all(|s| posterior.look(&between(s), &[]).value > least)
}

/// Starts that read the middle, or the lower end, of turnout and share as the stations without additions.
pub(super) fn starts(stations: &[Station], form: Form) -> Vec<Vec<f64>> {
    let logit = |p: f64| log(p / (1.0 - p));
    let [turnout, support] = [0, 1].map(|j| sorted(stations.iter().map(|s| s.logits()[j])));
    [
        (0.5, [0.02, 0.01], [0.0, 0.0]),
        (0.5, [0.2, 0.02], [-1.5, -1.5]),
        (0.25, [0.3, 0.01], [0.0, 0.0]),
        (0.1, [0.7, 0.02], [0.0, 0.0]),
        (0.25, [0.3, 0.05], [1.0, -2.0]),
        (0.25, [0.3, 0.05], [-2.0, 1.0]),
    ]
    .into_iter()
    .map(|(quantile, odds, [added, moved])| {
        let mut at = vec![0.0; form.unknowns()];
        at[0] = logit(odds[0]);
        at[1] = logit(odds[1]);
        let means = [at_share(&turnout, quantile), at_share(&support, quantile), added, moved];
        at[MEANS..MEANS + 4].copy_from_slice(&means);
        at.iter_mut().skip(VARIANCES).for_each(|v| *v = log(0.1));
        at
    })
    .collect()
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a share of a length
fn at_share(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((share * last as f64) as usize).copied().unwrap_or(0.0)
}
