//! From many starts to the tops of the posterior: with few stations first, with all in the end.

use glassurn_stats::quasi_newton::Summit;
use rayon::prelude::*;

use super::{
    climb::{self, RISING, climb, distinct},
    curvature::curvature,
    fit::{Effort, Unfit},
    lighter::thinned,
    posterior::Posterior,
    station::Station,
};

/// Stations of the climbs between the first ones and the last ones.
const BETWEEN: usize = 6_000;

/// A climb ends where a step promises less, in log posterior.
const GAIN: f64 = 0.02;

/// A top this far below the highest is dropped.
const HOPELESS: f64 = 10.0;

/// Mass below which, against the greatest, a mode is not counted: one part in a hundred.
pub(super) const RIVAL: f64 = 4.605;

/// Of many stations some: the climbs between the first ones and the last ones.
pub(super) fn between(stations: &[Station]) -> Vec<Station> {
    sample(stations, if stations.len() > 2 * BETWEEN { BETWEEN } else { usize::MAX })
}

/// The tops reached, highest first: from every start with few stations, then from what is left with all.
pub(super) fn tops(posterior: &Posterior<'_>, effort: Effort) -> Vec<Summit> {
    let few = sample(posterior.stations, effort.thin);
    let rough = Posterior { stations: &few, ..*posterior };
    let starts = climb::starts(&few, posterior.form);
    let ends = starts.into_par_iter().filter_map(|s| climb(&rough, s, None, None, GAIN)).collect();
    let tops = promising(&rough, ends, effort.modes);
    let ends = tops.into_iter().filter_map(|top| further(&rough, posterior, top)).collect();
    promising(posterior, ends, effort.modes)
}

/// From tops that were reached with fewer points.
pub(super) fn again(posterior: &Posterior<'_>, tops: &[Summit]) -> Result<Vec<Summit>, Unfit> {
    let again =
        |top: &Summit| climb(posterior, top.at.clone(), Some(top.metric.clone()), None, GAIN);
    settled(distinct(posterior, tops.iter().filter_map(again).collect()))
}

/// From tops of some stations to those of all.
pub(super) fn with_all(
    some: &Posterior<'_>,
    all: &Posterior<'_>,
    tops: Vec<Summit>,
) -> Result<Vec<Summit>, Unfit> {
    let ends = tops.into_iter().filter_map(|top| further(some, all, top)).collect();
    settled(distinct(all, ends))
}

/// From a top of few stations to one of more, with the curvature there for the first step.
fn further(before: &Posterior<'_>, level: &Posterior<'_>, top: Summit) -> Option<Summit> {
    if before.stations.len() == level.stations.len() && before.rules == level.rules {
        return Some(top);
    }
    let mut metric = curvature(before, &top.at);
    let ratio = level.size() / before.size();
    metric.cells.iter_mut().for_each(|c| *c *= ratio);
    climb(level, top.at, Some(metric), None, GAIN)
}

/// Some of the stations, each for itself.
fn sample(stations: &[Station], most: usize) -> Vec<Station> {
    let few = thinned(stations, most).into_iter();
    few.map(|s| s.weighing(1.0)).collect()
}

/// Those that are not hopeless, highest first and at most so many.
fn promising(posterior: &Posterior<'_>, ends: Vec<Summit>, most: usize) -> Vec<Summit> {
    let mut tops = distinct(posterior, ends);
    let least = tops.first().map_or(0.0, |t| t.value) - HOPELESS;
    tops.retain(|t| t.value + t.promised.min(HOPELESS) > least);
    tops.truncate(most);
    tops
}

/// Those that have arrived; a refusal where one that has not may be as high.
fn settled(mut tops: Vec<Summit>) -> Result<Vec<Summit>, Unfit> {
    let rising = |t: &Summit| t.promised >= RISING;
    let best =
        tops.iter().filter(|t| !rising(t)).map(|t| t.value).fold(f64::NEG_INFINITY, f64::max);
    if tops.iter().any(|t| rising(t) && t.value + t.promised > best - RIVAL) {
        return Err(Unfit::Rising);
    }
    tops.retain(|t| !rising(t));
    if tops.is_empty() { Err(Unfit::NoMode) } else { Ok(tops) }
}
