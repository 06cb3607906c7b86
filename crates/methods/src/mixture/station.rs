//! The likelihood of one station in each class.

use glassurn_stats::{
    elementary::{exp, log},
    gauss_hermite::{self, Node},
    logit_normal::{Integral, Kernel, Law, Sum},
};
use libm::{lgamma, sqrt};

use super::{
    parameters::{CLASSES, Class, Level, Parameters},
    peak::Peak,
    votes::{Known, Votes},
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
    /// How many stations it stands for.
    pub weight: f64,
    /// Logarithm of the two binomial coefficients.
    coefficients: f64,
}

/// Rules for the two outer integrals (added and moved votes) and the two inner ones (turnout and share).
#[derive(Debug, Clone, PartialEq)]
struct Grid {
    outer: Vec<Node>,
    inner: Inner,
}

/// How the inner integrals are done.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inner {
    /// By so many points.
    Points(Vec<Node>),
    /// By an expansion; by these points where it fails.
    Expanded(Vec<Node>),
}

impl Inner {
    pub(super) fn integrate(
        &self,
        kernel: &Kernel,
        law: Law,
        guess: Option<f64>,
    ) -> (Integral, f64) {
        match self {
            Inner::Points(rule) => kernel.integrate_from(law, rule, guess),
            Inner::Expanded(rule) => kernel.expand_from(law, rule, guess),
        }
    }
}

impl Grid {
    fn new(outer: usize, inner: usize) -> Self {
        let inner = Inner::Points(gauss_hermite::rule(inner));
        Grid { outer: gauss_hermite::rule(outer), inner }
    }

    fn expanded(outer: usize) -> Self {
        let inner = Inner::Expanded(gauss_hermite::rule(3));
        Grid { outer: gauss_hermite::rule(outer), inner }
    }
}

/// How finely a station's likelihoods are integrated.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    fine: Grid,
    /// What a class is looked at with first, if not all are worth the fine grid.
    rough: Option<Grid>,
    known: Known,
}

/// Below this chance a class of a station is left at its likelihood by one point, right to a factor of some.
const LITTLE: f64 = 1e-6;

impl Rules {
    /// So many points for each outer and for each inner integral.
    pub fn new(outer: usize, inner: usize) -> Self {
        Rules { fine: Grid::new(outer, inner), rough: None, known: Known::default() }
    }

    /// So many points where a class has a chance; one where it has none.
    pub fn sparing(outer: usize, inner: usize) -> Self {
        Rules { rough: Some(Grid::expanded(1)), ..Rules::new(outer, inner) }
    }

    /// So many points for each outer integral, and an expansion for each inner one; one point where a class has no chance.
    pub fn quick(outer: usize) -> Self {
        let rough = Some(Grid::expanded(1));
        Rules { fine: Grid::expanded(outer), rough, known: Known::default() }
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
        Station { registered, abstained, votes, weight: 1.0, coefficients }
    }

    /// The same station, standing for so many.
    pub fn weighing(self, weight: f64) -> Self {
        Station { weight, ..self }
    }

    /// Logits of turnout, and of the share of those who came; drawn in from 0 and 1.
    pub(super) fn logits(&self) -> [f64; 2] {
        let logit = |part: f64, of: f64| log((part + 0.5) / (of - part + 0.5));
        let came = self.registered - self.abstained;
        [logit(came, self.registered), logit(self.votes.min(came), came)]
    }

    /// Those who voted for others, as a share of the voters; not quite none.
    pub(super) fn others(&self) -> f64 {
        let others = self.registered - self.abstained - self.votes;
        (others.max(0.0) + 0.5) / self.registered
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
    pub(super) fn withholding(&self, scale: f64) -> Kernel {
        let successes = self.registered - self.votes;
        Kernel { successes, failures: self.votes, floor: self.abstention(), scale }
    }

    /// The likelihood of each class: none, incremental, extreme.
    pub fn likelihoods(&self, parameters: &Parameters, rules: &Rules) -> [Likelihood; 3] {
        let mut all = [self.without_additions(parameters, &rules.fine), NONE, NONE];
        let mut open = [true; 2];
        if let Some(grid) = &rules.rough {
            self.fill(&mut all, open, parameters, grid, &rules.known);
            let (_, chances) = mix(&all, parameters);
            open = [0, 1].map(|i| chances[i + 1] > LITTLE);
        }
        self.fill(&mut all, open, parameters, &rules.fine, &rules.known);
        all
    }

    /// The likelihoods of those classes that are still open.
    fn fill(
        &self,
        all: &mut [Likelihood; 3],
        open: [bool; 2],
        parameters: &Parameters,
        grid: &Grid,
        known: &Known,
    ) {
        for (i, class) in CLASSES.iter().enumerate().filter(|(i, _)| open[*i]) {
            all[i + 1] = self.with_additions(class, parameters, grid, known);
        }
    }

    fn without_additions(&self, parameters: &Parameters, rules: &Grid) -> Likelihood {
        let here =
            |kernel: Kernel, level| rules.inner.integrate(&kernel, parameters.law(level), None).0;
        let turnout = here(self.abstaining(1.0), Level::Turnout);
        let share = here(self.withholding(1.0 - self.abstention()), Level::Share);
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
    fn with_additions(
        &self,
        class: &Class,
        parameters: &Parameters,
        grid: &Grid,
        known: &Known,
    ) -> Likelihood {
        let laws = self.laws(class, parameters);
        let Some(peak) = Peak::find(self, class, &laws) else { return NONE };
        let [turnout, share, added, moved] = laws;
        let rows: Vec<Row> =
            grid.outer.iter().map(|node| Row::new(self, class, &peak, node)).collect();
        let scales = rows.iter().flat_map(|row| {
            grid.outer
                .iter()
                .map(move |node| row.scale(class.level(row.moved + peak.moved_sd * node.at)))
        });
        let votes = Votes::over(self, share, &grid.inner, known, scales);
        let (mut sum, mut near) = (Sum::<12>::default(), None);
        for (row, node) in rows.iter().zip(&grid.outer) {
            let (a, mode) = grid.inner.integrate(&self.abstaining(row.left), turnout, near);
            near = Some(mode);
            let (log, [b1, b2, s1, s2, taken, taken2]) =
                row.over_moved(class, &peak, moved, &grid.outer, &votes);
            let came = 1.0 - a.complement;
            let (m, fresh) = (row.added - added.mean, row.fresh * a.complement);
            sum.add(
                a.log + node.log_weight + exponent(m, added) + log,
                [
                    a.along_mean,
                    a.along_variance,
                    b1,
                    b2,
                    m,
                    m * m,
                    s1,
                    s2,
                    fresh,
                    came * taken,
                    fresh * fresh,
                    came * came * taken2,
                ],
            );
        }
        let (total, [a1, a2, b1, b2, m1, m2, s1, s2, fresh, taken, fresh2, taken2]) = sum.means();
        let scale = peak.added_sd * peak.moved_sd
            / (2.0 * std::f64::consts::PI * sqrt(added.variance * moved.variance));
        let along = |square: f64, law: Law| (square / law.variance - 1.0) / (2.0 * law.variance);
        Likelihood {
            log: total + log(scale) + self.coefficients,
            along_mean: [a1, b1, m1 / added.variance, s1 / moved.variance],
            along_variance: [a2, b2, along(m2, added), along(s2, moved)],
            votes: [fresh, taken].map(|v| v * self.registered),
            squares: [fresh2, taken2].map(|v| v * self.registered * self.registered),
        }
    }
}

/// One point of the integral over added votes.
struct Row {
    /// Its logit.
    added: f64,
    /// The centre of the logits of moved votes.
    moved: f64,
    /// The share added.
    fresh: f64,
    /// The share left.
    left: f64,
    /// Those who came, of those who are left; negative where more abstained than that.
    honest: f64,
    abstention: f64,
}

impl Row {
    fn new(station: &Station, class: &Class, peak: &Peak, node: &Node) -> Self {
        let added = peak.added + peak.added_sd * node.at;
        let fresh = class.level(added);
        let left = 1.0 - fresh;
        let abstention = station.abstention();
        let honest = 1.0 - abstention / left;
        Row { added, moved: peak.moved_at(added), fresh, left, honest, abstention }
    }

    /// What is left of the others where so many were moved.
    fn scale(&self, taken: f64) -> f64 {
        self.honest * (1.0 - taken)
    }

    /// The integral over moved votes: slopes along the law of the share, the logit's offset and its square, the votes
    /// moved of those who came and their square.
    fn over_moved(
        &self,
        class: &Class,
        peak: &Peak,
        law: Law,
        rule: &[Node],
        votes: &Votes<'_>,
    ) -> (f64, [f64; 6]) {
        let mut sum = Sum::<6>::default();
        for node in rule {
            let s = self.moved + peak.moved_sd * node.at;
            let taken = class.level(s);
            let scale = self.scale(taken);
            // Where more abstained than is left the chance may fall below 0, and is none.
            if self.abstention + scale < 0.0 {
                continue;
            }
            let b = votes.at(scale);
            let (off, gone) = (s - law.mean, taken * b.complement);
            sum.add(
                b.log + node.log_weight + exponent(off, law),
                [b.along_mean, b.along_variance, off, off * off, gone, gone * gone],
            );
        }
        sum.means()
    }
}

/// Log density of a normal law at an offset from its mean, without its constant.
fn exponent(off: f64, law: Law) -> f64 {
    -off * off / (2.0 * law.variance)
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
