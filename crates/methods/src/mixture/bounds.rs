//! Levels whose law has drifted to an end of what the model allows.

use glassurn_stats::elementary::log;
use libm::sqrt;

use super::{
    fit::Mode,
    parameters::{LEVELS, Level},
};

/// Where a law has drifted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Its variance is next to nothing: stations are alike.
    Alike,
    /// It is so wide that it has a peak at either end and none in the middle: two kinds of stations, not one.
    Split,
}

/// A variance of logits below this is next to nothing: a tenth of the noise of a count of a thousand.
const NOTHING: f64 = 5e-4;

impl Mode {
    /// The levels that are at a bound in this mode; none where the form has no laws.
    pub fn bounds(&self) -> Vec<(Level, Bound)> {
        let p = &self.parameters;
        let of = |level: Level| {
            let (mean, variance) = (p.means[level as usize], p.variances[level as usize]);
            let bound = bound(mean, variance)?;
            Some((level, bound))
        };
        LEVELS.into_iter().filter_map(of).collect()
    }
}

fn bound(mean: f64, variance: f64) -> Option<Bound> {
    if variance > 0.0 && variance < NOTHING {
        return Some(Bound::Alike);
    }
    // The density of logistic(z), z normal, is level where logit y = mean + variance (2y − 1): three times if it has two peaks.
    let root = 1.0 - 2.0 / variance;
    let y = (1.0 - sqrt(root.max(0.0))) / 2.0;
    let reach = log(y / (1.0 - y)) + variance * (1.0 - 2.0 * y);
    (root > 0.0 && mean.abs() < reach).then_some(Bound::Split)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Peaks of the density of logistic(z), counted on a grid.
    fn peaks(mean: f64, variance: f64) -> usize {
        let height = |y: f64| {
            let z = libm::log(y / (1.0 - y)) - mean;
            -z * z / (2.0 * variance) - libm::log(y * (1.0 - y))
        };
        let heights: Vec<f64> = (1..100_000).map(|i| height(f64::from(i) / 1e5)).collect();
        heights.windows(3).filter(|w| w[0] < w[1] && w[1] >= w[2]).count()
    }

    #[test]
    fn a_split_law_has_two_peaks() {
        for (mean, variance) in
            [(0.0, 1.9), (0.0, 2.2), (1.0, 3.0), (2.8, 3.0), (2.8, 7.0), (-3.2, 2.8), (-1.0, 5.0)]
        {
            let split = bound(mean, variance) == Some(Bound::Split);
            assert_eq!(split, peaks(mean, variance) == 2, "{mean} {variance}");
        }
        assert_eq!((bound(0.3, 1e-5), bound(0.3, 0.0)), (Some(Bound::Alike), None));
    }
}
