//! The likelihood of one station in each class.

use glassurn_stats::{
    gauss_hermite::{self, Node},
    logit_normal::{Kernel, Law, Sum},
};
use libm::{exp, lgamma, log, sqrt};

use super::{
    parameters::{CLASSES, Class, Level, Parameters},
    peak::Peak,
};

/// The counts of one station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Station {
    /// Voters on the list.
    pub registered: f64,
    /// Of whom abstained.
    pub abstained: f64,
    /// Votes for the choice.
    pub votes: f64,
    /// Logarithm of the two binomial coefficients.
    coefficients: f64,
}

/// Rules for the two outer integrals (added and moved votes) and the two inner ones (turnout and share).
#[derive(Debug, Clone, PartialEq)]
struct Grid {
    outer: Vec<Node>,
    inner: Vec<Node>,
}

impl Grid {
    fn new(outer: usize, inner: usize) -> Self {
        Grid { outer: gauss_hermite::rule(outer), inner: gauss_hermite::rule(inner) }
    }
}

/// How finely a station's likelihoods are integrated.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    fine: Grid,
    /// What a class is looked at with first, if not all are worth the fine grid.
    rough: Option<Grid>,
}

/// Below this chance a class of a station is left at its rough likelihood, which is right to a few per cent.
const LITTLE: f64 = 1e-3;

impl Rules {
    /// So many points for each outer and for each inner integral.
    pub fn new(outer: usize, inner: usize) -> Self {
        Rules { fine: Grid::new(outer, inner), rough: None }
    }

    /// So many points where a class has a chance; three where it has next to none.
    pub fn sparing(outer: usize, inner: usize) -> Self {
        Rules { rough: Some(Grid::new(3, 3)), ..Rules::new(outer, inner) }
    }
}

/// A likelihood, its slopes along the laws of a class's levels, and what it says of the votes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likelihood {
    /// Its logarithm.
    pub log: f64,
    /// Slopes along the means: turnout, share, added, moved.
    pub along_mean: [f64; 4],
    /// Slopes along the variances.
    pub along_variance: [f64; 4],
    /// Votes added and moved: expectations.
    pub votes: [f64; 2],
    /// Expectations of their squares.
    pub squares: [f64; 2],
}

const NONE: Likelihood = Likelihood {
    log: f64::NEG_INFINITY,
    along_mean: [0.0; 4],
    along_variance: [0.0; 4],
    votes: [0.0; 2],
    squares: [0.0; 2],
};

impl Station {
    /// A station with these counts.
    pub fn new(registered: f64, abstained: f64, votes: f64) -> Self {
        let choose =
            |k: f64| lgamma(registered + 1.0) - lgamma(k + 1.0) - lgamma(registered - k + 1.0);
        let coefficients = choose(abstained) + choose(votes);
        Station { registered, abstained, votes, coefficients }
    }

    /// Share that abstained.
    pub fn abstention(&self) -> f64 {
        self.abstained / self.registered
    }

    /// The count of those who abstain, of whom `scale` is the greatest share.
    fn abstaining(&self, scale: f64) -> Kernel {
        let failures = self.registered - self.abstained;
        Kernel { successes: self.abstained, failures, floor: 0.0, scale }
    }

    /// The count of those who do not vote for the choice: who abstain, and up to `scale` of the others.
    fn withholding(&self, scale: f64) -> Kernel {
        let successes = self.registered - self.votes;
        Kernel { successes, failures: self.votes, floor: self.abstention(), scale }
    }

    /// The likelihood of each class: none, incremental, extreme.
    pub fn likelihoods(&self, parameters: &Parameters, rules: &Rules) -> [Likelihood; 3] {
        let first = rules.rough.as_ref().unwrap_or(&rules.fine);
        let [some, most] = CLASSES.map(|class| self.with_additions(&class, parameters, first));
        let mut all = [self.without_additions(parameters, &rules.fine), some, most];
        if rules.rough.is_some() {
            let (_, chances) = mix(&all, parameters);
            for (i, class) in CLASSES.iter().enumerate().filter(|(i, _)| chances[i + 1] > LITTLE) {
                all[i + 1] = self.with_additions(class, parameters, &rules.fine);
            }
        }
        all
    }

    fn without_additions(&self, parameters: &Parameters, rules: &Grid) -> Likelihood {
        let turnout = self.abstaining(1.0).integrate(parameters.law(Level::Turnout), &rules.inner);
        let share = self
            .withholding(1.0 - self.abstention())
            .integrate(parameters.law(Level::Share), &rules.inner);
        Likelihood {
            log: turnout.log + share.log + self.coefficients,
            along_mean: [turnout.along_mean, share.along_mean, 0.0, 0.0],
            along_variance: [turnout.along_variance, share.along_variance, 0.0, 0.0],
            ..NONE
        }
    }

    /// The laws of a class's four levels at this station; the last two with the variance of counting.
    pub fn laws(&self, class: &Class, parameters: &Parameters) -> [Law; 4] {
        let counted = |level| {
            let law = parameters.law(level);
            Law { variance: law.variance + class.counting(law.mean, self.registered)[0], ..law }
        };
        [
            parameters.law(Level::Turnout),
            parameters.law(Level::Share),
            counted(class.added),
            counted(class.moved),
        ]
    }

    /// Integrates over all four levels; those of turnout and share inside those of added and moved votes.
    fn with_additions(&self, class: &Class, parameters: &Parameters, rules: &Grid) -> Likelihood {
        let laws = self.laws(class, parameters);
        let Some(peak) = Peak::find(self, class, &laws) else { return NONE };
        let [turnout, share, added, moved] = laws;
        let mut sum = Sum::<12>::default();
        for outer in &rules.outer {
            let m = peak.added + peak.added_sd * outer.at;
            let fresh = class.level(m);
            let left = 1.0 - fresh;
            let honest = 1.0 - self.abstention() / left;
            let a = self.abstaining(left).integrate(turnout, &rules.inner);
            let log_a = a.log + outer.log_weight + density(m, added);
            for inner in &rules.outer {
                let s = peak.moved_at(m) + peak.moved_sd * inner.at;
                let taken = class.level(s);
                // Negative where more abstained than is left; then the chance may fall below 0 and is none.
                let scale = honest * (1.0 - taken);
                if self.abstention() + scale < 0.0 {
                    continue;
                }
                let b = self.withholding(scale).integrate(share, &rules.inner);
                let votes = [fresh * a.complement, taken * (1.0 - a.complement) * b.complement];
                let (m, s) = (m - added.mean, s - moved.mean);
                let log = log_a + b.log + inner.log_weight + density(s + moved.mean, moved);
                sum.add(
                    log,
                    [
                        a.along_mean,
                        a.along_variance,
                        b.along_mean,
                        b.along_variance,
                        m,
                        m * m,
                        s,
                        s * s,
                        votes[0],
                        votes[1],
                        votes[0] * votes[0],
                        votes[1] * votes[1],
                    ],
                );
            }
        }
        let (total, [a1, a2, b1, b2, m1, m2, s1, s2, fresh, taken, fresh2, taken2]) = sum.means();
        let scale = log(peak.added_sd * peak.moved_sd) + self.coefficients;
        let along = |square: f64, law: Law| (square / law.variance - 1.0) / (2.0 * law.variance);
        Likelihood {
            log: total + scale,
            along_mean: [a1, b1, m1 / added.variance, s1 / moved.variance],
            along_variance: [a2, b2, along(m2, added), along(s2, moved)],
            votes: [fresh, taken].map(|v| v * self.registered),
            squares: [fresh2, taken2].map(|v| v * self.registered * self.registered),
        }
    }
}

/// Log density of a normal law.
fn density(x: f64, law: Law) -> f64 {
    let off = x - law.mean;
    -off * off / (2.0 * law.variance) - log(2.0 * std::f64::consts::PI * law.variance) / 2.0
}

/// The least variance with which the outer integrals are done.
pub(super) fn spread(variance: f64) -> f64 {
    sqrt(variance.max(1e-12))
}

/// The log likelihood over classes, and each class's chance given the counts.
pub(super) fn mix(likelihoods: &[Likelihood; 3], parameters: &Parameters) -> (f64, [f64; 3]) {
    let before = parameters.chances();
    let logs: [f64; 3] = std::array::from_fn(|i| likelihoods[i].log + log(before[i]));
    let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        // No class allows the counts; the same for all unknowns, so that it moves none.
        return (-1e6, [1.0, 0.0, 0.0]);
    }
    let weights = logs.map(|l| exp(l - largest));
    let sum: f64 = weights.iter().sum();
    (largest + log(sum), weights.map(|w| w / sum))
}
