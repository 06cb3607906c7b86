//! The unknowns of the model, their priors, and where each stands in a list of numbers.

use glassurn_stats::logit_normal::{Law, logistic};
use libm::{exp, log};

/// Where the incremental class ends and the extreme class begins, as a share (k of the published model).
pub const BORDER: f64 = 0.7;

/// Which of the two published forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `bl`: every station has the same levels, up to binomial chance.
    Same,
    /// `qbl`: each station has levels of its own, normal on the logit scale.
    Varying,
}

/// One of the six levels of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Turnout without additions.
    Turnout,
    /// Share without additions, of those who vote.
    Share,
    /// Added votes of those who do not vote, incremental class.
    AddedSome,
    /// Moved votes of those for others, incremental class.
    MovedSome,
    /// Added votes, extreme class.
    AddedMost,
    /// Moved votes, extreme class.
    MovedMost,
}

/// All six, in the order in which they stand in lists.
pub(super) const LEVELS: [Level; 6] = [
    Level::Turnout,
    Level::Share,
    Level::AddedSome,
    Level::MovedSome,
    Level::AddedMost,
    Level::MovedMost,
];

/// A class with additions: which levels it has and between which bounds they lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Class {
    /// Least level.
    pub base: f64,
    /// Greatest level less the least.
    pub span: f64,
    /// Its level of added votes.
    pub added: Level,
    /// Its level of moved votes.
    pub moved: Level,
}

/// The incremental and the extreme class. Their levels do not overlap, so they cannot change names.
pub const CLASSES: [Class; 2] = [
    Class { base: 0.0, span: BORDER, added: Level::AddedSome, moved: Level::MovedSome },
    Class { base: BORDER, span: 1.0 - BORDER, added: Level::AddedMost, moved: Level::MovedMost },
];

impl Class {
    /// The level at a point of the logit scale.
    pub fn level(&self, logit: f64) -> f64 {
        self.base + self.span * logistic(logit)
    }

    /// The variance, on the logit scale, that counting among so many adds to a level, and its slope along `mean`.
    ///
    /// The published model counts added and moved votes as binomial; here that count is a normal deviation of the
    /// logit with the same variance to first order.
    pub fn counting(&self, mean: f64, registered: f64) -> [f64; 2] {
        let part = logistic(mean);
        let level = self.base + self.span * part;
        let slope = self.span * part * (1.0 - part);
        let variance = level * (1.0 - level) / (registered * slope * slope);
        let relative =
            (1.0 - 2.0 * level) / (level * (1.0 - level)) * slope - 2.0 * (1.0 - 2.0 * part);
        [variance, variance * relative]
    }
}

/// The unknowns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// u₂ and u₃: how often each class is met for one station without additions, between 0 and 1.
    pub odds: [f64; 2],
    /// Mean logit of each level.
    pub means: [f64; 6],
    /// Variance of the logits between stations.
    pub variances: [f64; 6],
}

/// How many numbers stand before the means, and before the variances.
pub(super) const MEANS: usize = 2;
/// See [`MEANS`].
pub(super) const VARIANCES: usize = 8;

impl Form {
    /// How many unknowns there are.
    pub fn unknowns(self) -> usize {
        match self {
            Form::Same => VARIANCES,
            Form::Varying => VARIANCES + 6,
        }
    }

    /// Variance of the normal prior of a mean logit; in `qbl` an intercept pinned at 0 ± 0.01 is added to it.
    fn prior_variance(self) -> f64 {
        match self {
            Form::Same => 100.0,
            Form::Varying => 1.0001,
        }
    }

    /// Log prior density of one unknown on its unbounded scale, its slope, and minus its curvature.
    ///
    /// u is uniform and stands as a logit; a mean is normal; a variance is exponential with rate 5 and stands as a
    /// logarithm.
    pub fn prior(self, place: usize, x: f64) -> [f64; 3] {
        if place < MEANS {
            let u = logistic(x);
            [log(u * (1.0 - u)), 1.0 - 2.0 * u, 2.0 * u * (1.0 - u)]
        } else if place < VARIANCES {
            let v = self.prior_variance();
            [-x * x / (2.0 * v) - log(2.0 * std::f64::consts::PI * v) / 2.0, -x / v, 1.0 / v]
        } else {
            let v = exp(x);
            [log(5.0) + x - 5.0 * v, 1.0 - 5.0 * v, 5.0 * v]
        }
    }

    /// The unknowns at a point of the unbounded scale.
    pub fn parameters(self, at: &[f64]) -> Parameters {
        let variance = |i: usize| match self {
            Form::Same => 0.0,
            Form::Varying => exp(at[VARIANCES + i]),
        };
        Parameters {
            odds: std::array::from_fn(|i| logistic(at[i])),
            means: std::array::from_fn(|i| at[MEANS + i]),
            variances: std::array::from_fn(variance),
        }
    }
}

impl Parameters {
    /// The law of a level over stations.
    pub fn law(&self, level: Level) -> Law {
        let i = level as usize;
        Law { mean: self.means[i], variance: self.variances[i] }
    }

    /// The chance of each class: none, incremental, extreme.
    pub fn chances(&self) -> [f64; 3] {
        let [some, most] = self.odds;
        let all = 1.0 + some + most;
        [1.0 / all, some / all, most / all]
    }
}
