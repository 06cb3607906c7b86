//! The fitted model: modes, and what is known at the one with the greatest mass.

use std::f64::consts::PI;

use glassurn_stats::{
    cholesky::{self, Matrix},
    quasi_newton::Summit,
};
use libm::{log, sqrt};

use super::{
    climb::{thinned, tops},
    curvature::curvature,
    interval::{self, Estimate, Known},
    membership::{Membership, sums},
    parameters::{Form, MEANS, Parameters},
    path::Ridge,
    posterior::Posterior,
    station::{Rules, Station},
};

/// How the model is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Points of each outer and of each inner integral.
    pub points: [usize; 2],
    /// Stations that the climbs from the starts look at.
    pub thin: usize,
    /// Most modes that are kept, and climbed again with all stations.
    pub modes: usize,
}

impl Effort {
    /// Enough for a log posterior that is right to a small part of one unit.
    pub const DEFAULT: Effort = Effort { points: [7, 5], thin: 800, modes: 4 };
}

/// One mode of the posterior.
#[derive(Debug, Clone, PartialEq)]
pub struct Mode {
    /// The unknowns on their unbounded scale.
    pub at: Vec<f64>,
    /// The unknowns.
    pub parameters: Parameters,
    /// Log posterior there.
    pub log_posterior: f64,
    /// Log of the posterior's mass around it, as a normal law of the same height and width.
    pub log_mass: f64,
    /// Chance of each class: none, incremental, extreme.
    pub chances: [f64; 3],
    /// Expected votes added and moved.
    pub votes: [f64; 2],
}

/// The fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The modes, the one with the greatest mass first.
    pub modes: Vec<Mode>,
    /// Chance of the incremental and of the extreme class, around the first mode and down to an empty class.
    pub chances: [Estimate; 2],
    /// Votes added and moved, likewise.
    pub votes: [Estimate; 2],
    /// Both together; their errors are taken to go together.
    pub all_votes: Estimate,
    /// Each station's classes at the first mode.
    pub memberships: Vec<Membership>,
}

/// Mass below which, against the greatest, a mode is not counted: one part in a hundred.
const RIVAL: f64 = 4.605;

/// Points of each integral where only the way is looked for, and not how high it is.
const QUICK: usize = 5;

/// Stations that the slopes of votes are taken from.
const SLOPES: usize = 1_500;

impl Fit {
    /// Fits; `None` when no start leads to a mode.
    pub fn new(stations: &[Station], form: Form, effort: Effort) -> Option<Self> {
        let rules = Rules::sparing(effort.points[0], effort.points[1]);
        let quick = Rules::sparing(QUICK, QUICK);
        let posterior = Posterior { stations, form, rules: &rules };
        let mut tops: Vec<(Summit, Matrix, Mode)> = tops(&posterior, effort)
            .into_iter()
            .filter_map(|top| {
                let bend = curvature(&posterior, &top.at);
                let mode = Mode::new(&posterior, &top, &bend)?;
                Some((top, bend, mode))
            })
            .collect();
        tops.sort_by(|a, b| b.2.log_mass.total_cmp(&a.2.log_mass));
        let (top, bend, _) = tops.first()?;
        let memberships = posterior.memberships(&top.at);
        let [some, most] = [0, 1].map(|class| class_of(&posterior, &quick, top, bend, class));
        let classes = [some?, most?];
        let chances = classes.map(|c| c.chance);
        let none = chances.iter().all(|c| c.interval[0] <= 0.0);
        let [added, moved] = [0, 1].map(|k| {
            let of = |i: usize| classes.iter().map(|c| c.votes[k][i]).sum::<f64>();
            [of(0), of(1)]
        });
        let together = sqrt(added[1].max(0.0)) + sqrt(moved[1].max(0.0));
        let all_votes = interval::votes([added[0] + moved[0], together * together], none);
        let votes = [added, moved].map(|v| interval::votes(v, none));
        let modes = tops.into_iter().map(|(_, _, mode)| mode).collect();
        Some(Fit { modes, chances, votes, all_votes, memberships })
    }

    /// The modes whose mass is not small against that of the greatest.
    pub fn rivals(&self) -> impl Iterator<Item = &Mode> {
        let most = self.modes.iter().map(|m| m.log_mass).fold(f64::NEG_INFINITY, f64::max);
        self.modes.iter().filter(move |m| m.log_mass > most - RIVAL)
    }

    /// Whether the modes that count give one answer: each within the intervals of the first.
    pub fn agrees(&self) -> bool {
        let inside = |m: &Mode| {
            let mut ends = self.chances.iter().zip(&m.chances[1..]);
            ends.all(|(Estimate { interval: [low, high], .. }, c)| low <= c && c <= high)
        };
        self.rivals().skip(1).all(inside)
    }
}

impl Mode {
    fn new(posterior: &Posterior<'_>, top: &Summit, bend: &Matrix) -> Option<Self> {
        let factor = cholesky::factor(bend)?;
        let width = top.at.len() as f64 * log(2.0 * PI) - factor.log_determinant();
        let [[some, _], [most, _]] = sums(&posterior.memberships(&top.at));
        let parameters = posterior.form.parameters(&top.at);
        Some(Mode {
            parameters,
            log_posterior: top.value,
            log_mass: top.value + width / 2.0,
            chances: parameters.chances(),
            votes: [0, 1].map(|k| some[k] + most[k]),
            at: top.at.clone(),
        })
    }
}

/// What is known of one class.
fn class_of(
    posterior: &Posterior<'_>,
    quick: &Rules,
    top: &Summit,
    bend: &Matrix,
    class: usize,
) -> Option<Known> {
    let ridge = Ridge { posterior, quick, top, curvature: bend, class };
    let apart = apart(posterior, top, bend, class)?;
    interval::known(&ridge.points()?, apart, ridge.nothing())
}

/// Relative variances of the votes added and moved by a class whose size is known: slopes of their logarithms along
/// the other unknowns.
fn apart(posterior: &Posterior<'_>, top: &Summit, bend: &Matrix, class: usize) -> Option<[f64; 2]> {
    let thin = thinned(posterior.stations, SLOPES);
    let few = Posterior { stations: &thin, ..*posterior };
    let log_votes = |at: &[f64]| sums(&few.memberships(at))[class][0].map(|v| log(v.max(1e-9)));
    let factor = cholesky::factor(bend)?;
    let slopes: Vec<[f64; 2]> = (0..top.at.len())
        .map(|i| {
            let mut at = top.at.clone();
            let step = 0.1 * sqrt(factor.inverse_diagonal(i)) * if i < MEANS { -1.0 } else { 1.0 };
            at[i] += step;
            let (there, here) = (log_votes(&at), log_votes(&top.at));
            [0, 1].map(|k| (there[k] - here[k]) / step)
        })
        .collect();
    Some([0, 1].map(|k| {
        let slope: Vec<f64> = slopes.iter().map(|s| s[k]).collect();
        let all = factor.solve(&slope);
        let whole: f64 = all.iter().zip(&slope).map(|(a, b)| a * b).sum();
        // What the class's size explains is on the path already.
        let size = all[class] * all[class] / factor.inverse_diagonal(class);
        (whole - size).max(0.0)
    }))
}
