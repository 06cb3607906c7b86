//! From many starts to the tops of the posterior.

use glassurn_stats::{
    cholesky::Matrix,
    newton::Limits,
    quasi_newton::{self, Summit},
};
use libm::log;

use super::{
    fit::Effort,
    parameters::{Form, MEANS, VARIANCES},
    posterior::Posterior,
    station::Station,
};

/// A climb that still promises more than this when its steps run out has not arrived.
const ARRIVED: f64 = 0.5;

/// Two tops without a valley of this depth between them, in log posterior, are one.
const VALLEY: f64 = 0.5;

/// A top this far below the highest is dropped.
const HOPELESS: f64 = 10.0;

/// Climbs, with one of the unknowns held if wanted.
pub(super) fn climb(
    posterior: &Posterior<'_>,
    start: Vec<f64>,
    metric: Option<Matrix>,
    held: Option<usize>,
    gain: f64,
) -> Option<Summit> {
    let fixed: Vec<usize> = held.into_iter().collect();
    let metric = match metric {
        Some(metric) => hold(metric, &fixed),
        None => posterior.look(&start, &fixed).curvature,
    };
    let look = |at: &[f64]| {
        let seen = posterior.look(at, &fixed);
        (seen.value, seen.gradient)
    };
    let steps = if held.is_some() { 25 } else { 80 };
    let limits = Limits { steps, gain, precision: 1e-8 };
    quasi_newton::climb(look, start, metric, limits)
}

fn arrived(summit: &Summit) -> bool {
    summit.promised < ARRIVED
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

/// The tops reached, highest first: from every start with few stations, then from what is left with all.
pub(super) fn tops(posterior: &Posterior<'_>, effort: Effort) -> Vec<Summit> {
    let few = thinned(posterior.stations, effort.thin);
    let rough = Posterior { stations: &few, ..*posterior };
    let ends = starts(&few, posterior.form).into_iter();
    let ends = ends.filter_map(|s| climb(&rough, s, None, None, 1e-2)).filter(arrived).collect();
    let mut tops = distinct(&rough, ends);
    let least = tops.first().map_or(0.0, |t| t.value) - HOPELESS;
    tops.retain(|t| t.value > least);
    tops.truncate(effort.modes);
    let more = posterior.stations.len() as f64 / few.len().max(1) as f64;
    let again = |top: Summit| {
        let mut metric = top.metric;
        metric.cells.iter_mut().for_each(|c| *c *= more);
        climb(posterior, top.at, Some(metric), None, 1e-2)
    };
    let ends = tops.into_iter().filter_map(again).filter(arrived).collect();
    distinct(posterior, ends)
}

/// Every so-manieth station.
pub(super) fn thinned(stations: &[Station], most: usize) -> Vec<Station> {
    let step = stations.len().div_ceil(most.max(1)).max(1);
    stations.iter().step_by(step).copied().collect()
}

/// Highest first, without those that are another one again.
fn distinct(posterior: &Posterior<'_>, mut tops: Vec<Summit>) -> Vec<Summit> {
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
fn starts(stations: &[Station], form: Form) -> Vec<Vec<f64>> {
    let logit = |p: f64| log(p / (1.0 - p));
    let share = |count: f64, of: f64| logit((count + 0.5) / (of + 1.0));
    let came = |s: &Station| s.registered - s.abstained;
    let turnout = sorted(stations.iter().map(|s| share(came(s), s.registered)));
    let support = sorted(stations.iter().map(|s| share(s.votes.min(came(s)), came(s))));
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
