//! Shares that vary as a normal deviate on the logit scale.

use glassurn_stats::{normal, sample};

/// A logit-normal share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    /// Logit of the median.
    pub(super) centre: f64,
    /// Standard deviation on the logit scale.
    pub(super) spread: f64,
}

impl Level {
    /// The share at a standard normal deviate.
    pub(super) fn at(self, deviate: f64) -> f64 {
        logistic(self.centre + self.spread * deviate)
    }

    /// Whether it matters what the deviate is.
    pub(super) fn varies(self) -> bool {
        self.spread != 0.0
    }

    /// The level with this mean, by bisection on the mean over 200 equally likely deviates.
    pub(super) fn with_mean(mean: f64, spread: f64) -> Self {
        let deviates: Vec<f64> =
            (0..200).map(|i| normal::quantile((f64::from(i) + 0.5) / 200.0)).collect();
        let (mut low, mut high) = (-40.0, 40.0);
        for _ in 0..60 {
            let level = Level { centre: (low + high) / 2.0, spread };
            let share = deviates.iter().map(|&z| level.at(z)).sum::<f64>() / 200.0;
            if share < mean { low = level.centre } else { high = level.centre }
        }
        Level { centre: (low + high) / 2.0, spread }
    }

    /// Nearly the same in closed form (the logistic curve as a scaled normal one): for a level a station.
    pub(super) fn near_mean(mean: f64, spread: f64) -> Self {
        // 16√3 / 15π, squared.
        let widening = libm::sqrt(1.0 + 0.345_9 * spread * spread);
        Level { centre: logit(mean) * widening, spread }
    }
}

/// ln(p / (1 − p)); infinite at 0 and 1, where [`logistic`] leads back.
pub(super) fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

/// The inverse of [`logit`].
pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// `deviate`, or as much of it as correlation with another deviate leaves free.
pub(super) fn correlated(
    other: f64,
    correlation: f64,
    rng: &mut glassurn_stats::rng::ChaCha8Rng,
) -> f64 {
    let r = correlation.clamp(-1.0, 1.0);
    r * other + libm::sqrt(1.0 - r * r) * sample::normal(rng)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_have_the_mean_asked_for() {
        let mean = |level: Level| {
            let at = |i: i32| level.at(normal::quantile((f64::from(i) + 0.5) / 1e4));
            (0..10_000).map(at).sum::<f64>() / 1e4
        };
        for (share, spread) in [(0.02, 0.8), (0.3, 0.2), (0.5, 1.0), (0.93, 0.6)] {
            assert!((mean(Level::with_mean(share, spread)) - share).abs() < 5e-4);
            assert!((mean(Level::near_mean(share, spread)) - share).abs() < 6e-3);
        }
    }
}
