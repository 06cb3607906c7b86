//! The fitted model: modes, and what is known at the one with the greatest mass.

use std::f64::consts::PI;

use glassurn_stats::{
    cholesky::{self, Matrix},
    quasi_newton::Summit,
};
use libm::{log, sqrt};

use super::{
    curvature::curvature,
    interval::{self, Estimate, Known},
    lighter::{lighter, thinned},
    membership::Membership,
    parameters::{CLASSES, Form, Level, MEANS, Parameters},
    path::Ridge,
    posterior::Posterior,
    search::{self, RIVAL},
    station::{Rules, Station},
};

/// How the model is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Points of each outer integral.
    pub points: usize,
    /// Stations that the climbs from the starts look at.
    pub thin: usize,
    /// Most modes that are kept, and climbed again with all stations.
    pub modes: usize,
}

impl Effort {
    /// Enough for a log posterior that is right to a small part of one unit.
    pub const DEFAULT: Effort = Effort { points: 7, thin: 800, modes: 4 };
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

/// Why there is no fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// No start leads to a mode.
    NoMode,
    /// A climb that may lead to the highest mode still rises after all its steps.
    Rising,
    /// The integrals are not right at the highest mode, most likely those of this level.
    Wide(Level),
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unfit::NoMode => f.write_str("the model has no clear mode on these returns"),
            Unfit::Rising => f.write_str(
                "the way to the model's highest mode has no end within the steps allowed",
            ),
            Unfit::Wide(level) => write!(
                f,
                "at the model's highest mode its integrals cannot be trusted: {} of one class lie too far apart, or \
                 next to an end of what the class allows",
                match level {
                    Level::Turnout => "turnouts",
                    Level::Share => "shares",
                    Level::AddedSome | Level::AddedMost => "votes added at stations",
                    Level::MovedSome | Level::MovedMost => "votes moved at stations",
                }
            ),
        }
    }
}

/// Points of each outer integral where only the way is looked for, and not how high it is.
const QUICK: usize = 5;

/// Stations that a curvature is taken from, and slopes of votes.
const CURVED: usize = 6_000;
const SLOPES: usize = 1_500;

/// Stations by which the integrals are judged, and how far a finer one may move the chance of a class.
const CHECKED: usize = 2_000;
const RIGHT: f64 = 0.005;

/// A class of so many stations is near to normal around its mode.
const MANY: f64 = 200.0;

/// Standard deviations of a 95 % interval.
const TWO_SIDED: f64 = 1.96;

/// A mode with what belongs to it.
struct Place {
    top: Summit,
    bend: Matrix,
    memberships: Vec<Membership>,
    mode: Mode,
}

impl Fit {
    /// Fits; a refusal where no mode is reached, or the highest may not be.
    pub fn new(stations: &[Station], form: Form, effort: Effort) -> Result<Self, Unfit> {
        let (quick, some) = (Rules::quick(QUICK), search::between(stations));
        let mut tops = search::tops(&Posterior { stations: &some, form, rules: &quick }, effort);
        let mut wide = Unfit::NoMode;
        for points in [effort.points, 2 * effort.points - 1] {
            let (rules, finer) = (Rules::quick(points), Rules::quick(2 * points - 1));
            let level = Posterior { stations: &some, form, rules: &rules };
            tops = search::again(&level, &tops)?;
            let first = tops.first().ok_or(Unfit::NoMode)?;
            if is_right(&level, &first.at, &finer) {
                let posterior = Posterior { stations, form, rules: &rules };
                let tops = search::with_all(&level, &posterior, tops)?;
                let highest = tops.iter().map(|t| t.value).fold(f64::NEG_INFINITY, f64::max);
                let mut places: Vec<Place> =
                    tops.into_iter().filter_map(|top| Place::new(&posterior, top)).collect();
                // A top that falls off to no side is no mode; where it is the highest, no lower one stands for it.
                if places.iter().all(|place| place.top.value < highest) {
                    return Err(Unfit::NoMode);
                }
                places.sort_by(|a, b| b.mode.log_mass.total_cmp(&a.mode.log_mass));
                return Self::around(&places, &posterior, &quick).ok_or(Unfit::NoMode);
            }
            wide = Unfit::Wide(widest(&form.parameters(&first.at)));
        }
        Err(wide)
    }

    /// What is known around the first of the modes.
    fn around(places: &[Place], posterior: &Posterior<'_>, quick: &Rules) -> Option<Self> {
        let first = places.first()?;
        let [some, most] = [0, 1].map(|class| first.class(posterior, quick, class));
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
        let modes = places.iter().map(|place| place.mode.clone()).collect();
        Some(Fit { modes, chances, votes, all_votes, memberships: first.memberships.clone() })
    }

    /// The modes whose mass is not small against that of the greatest.
    pub fn rivals(&self) -> impl Iterator<Item = &Mode> {
        let most = self.modes.iter().map(|m| m.log_mass).fold(f64::NEG_INFINITY, f64::max);
        self.modes.iter().filter(move |m| m.log_mass > most - RIVAL)
    }

    /// Least and most of the chance of a class: the interval, and where modes disagree all of them too.
    pub fn range(&self, class: usize) -> [f64; 2] {
        let interval = self.chances[class].interval;
        if self.agrees() {
            return interval;
        }
        let chances = self.rivals().map(|m| m.chances[1 + class]);
        chances.fold(interval, |[a, b], c| [a.min(c), b.max(c)])
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

impl Place {
    fn new(posterior: &Posterior<'_>, top: Summit) -> Option<Self> {
        let memberships = posterior.memberships(&top.at);
        let few = lighter(posterior.stations, &memberships, CURVED);
        let bend = curvature(&Posterior { stations: &few, ..*posterior }, &top.at);
        let factor = cholesky::factor(&bend)?;
        let width = top.at.len() as f64 * log(2.0 * PI) - factor.log_determinant();
        let [[some, _], [most, _]] = posterior.totals(&memberships);
        let parameters = posterior.form.parameters(&top.at);
        let mode = Mode {
            parameters,
            log_posterior: top.value,
            log_mass: top.value + width / 2.0,
            chances: parameters.chances(),
            votes: [0, 1].map(|k| some[k] + most[k]),
            at: top.at.clone(),
        };
        Some(Place { top, bend, memberships, mode })
    }

    /// What is known of one class: around the mode where many stations are in it, along the ridge where few are.
    fn class(&self, posterior: &Posterior<'_>, quick: &Rules, class: usize) -> Option<Known> {
        let apart = self.apart(posterior, class)?;
        let stations = self.mode.chances[1 + class] * posterior.size();
        if stations < MANY {
            let ridge = Ridge::new(posterior, quick, &self.top, &self.bend, class);
            return interval::known(&ridge.points()?, apart.size_known, ridge.nothing());
        }
        let factor = cholesky::factor(&self.bend)?;
        let column = factor.inverse_column(class);
        let sd = sqrt(column[class]);
        let chance = |z: f64| {
            let at: Vec<f64> =
                self.top.at.iter().zip(&column).map(|(x, c)| x + z * c / sd).collect();
            posterior.form.parameters(&at).chances()[1 + class]
        };
        let [votes, variances] = posterior.totals(&self.memberships)[class];
        let interval = [chance(-TWO_SIDED), chance(TWO_SIDED)];
        let chance = Estimate { mean: self.mode.chances[1 + class], interval };
        let votes = [0, 1].map(|k| [votes[k], votes[k] * votes[k] * apart.whole[k] + variances[k]]);
        Some(Known { chance, votes })
    }

    /// Relative variances of the votes added and moved by a class, from slopes of their logarithms along the unknowns.
    fn apart(&self, posterior: &Posterior<'_>, class: usize) -> Option<Apart> {
        let few = lighter(posterior.stations, &self.memberships, SLOPES);
        let few = Posterior { stations: &few, ..*posterior };
        let log_votes =
            |at: &[f64]| few.totals(&few.memberships(at))[class][0].map(|v| log(v.max(1e-9)));
        let factor = cholesky::factor(&self.bend)?;
        let here = log_votes(&self.top.at);
        let slopes: Vec<[f64; 2]> = (0..self.top.at.len())
            .map(|i| {
                let mut at = self.top.at.clone();
                let sd = sqrt(factor.inverse_diagonal(i));
                let step = sd.min(5.0) * if i < MEANS { -0.1 } else { 0.1 };
                at[i] += step;
                let there = log_votes(&at);
                [0, 1].map(|k| (there[k] - here[k]) / step)
            })
            .collect();
        let mut apart = Apart { whole: [0.0; 2], size_known: [0.0; 2] };
        for k in 0..2 {
            let slope: Vec<f64> = slopes.iter().map(|s| s[k]).collect();
            let all = factor.solve(&slope);
            apart.whole[k] = all.iter().zip(&slope).map(|(a, b)| a * b).sum();
            // What the class's size explains is on the path already.
            let size = all[class] * all[class] / factor.inverse_diagonal(class);
            apart.size_known[k] = (apart.whole[k] - size).max(0.0);
        }
        Some(apart)
    }
}

/// Whether a finer integral would leave a mode where it is.
fn is_right(posterior: &Posterior<'_>, at: &[f64], finer: &Rules) -> bool {
    let few = thinned(posterior.stations, CHECKED);
    let few = Posterior { stations: &few, ..*posterior };
    let slope = |rules| Posterior { rules, ..few }.look(at, &[]).gradient;
    let [here, there] = [posterior.rules, finer].map(slope);
    let pull: Vec<f64> = there.iter().zip(&here).map(|(a, b)| a - b).collect();
    let Some(factor) = cholesky::factor(&curvature(&few, at)) else { return false };
    let moved: Vec<f64> = at.iter().zip(factor.solve(&pull)).map(|(x, d)| x + d).collect();
    let [before, after] = [at, &moved].map(|at| posterior.form.parameters(at).chances());
    before.iter().zip(&after).all(|(a, b)| (a - b).abs() < RIGHT)
}

/// The level of a class that varies most.
fn widest(parameters: &Parameters) -> Level {
    let of = CLASSES.iter().flat_map(|class| [class.added, class.moved]);
    let variance = |level: &Level| parameters.variances[*level as usize];
    of.max_by(|a, b| variance(a).total_cmp(&variance(b))).unwrap_or(Level::AddedSome)
}

/// Relative variances of the votes added and moved by a class.
struct Apart {
    /// With all that is unknown.
    whole: [f64; 2],
    /// Where the class's size is known.
    size_known: [f64; 2],
}
