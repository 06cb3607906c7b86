//! What the measurements come to, screen by screen.

use glassurn_stats::{interval, normal};

use super::{Cell, Estimates, shapes};
use crate::LEVEL;
use crate::simulate::Way;

/// How a screen did on the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// On the shapes for which the usual null hypotheses hold, taken together.
    pub easy: Option<Rate>,
    /// On each hard shape and real election, the highest rate first.
    pub hard: Vec<(String, Rate)>,
    /// For each way, the smallest share of stations at which it stands out at least every other time in the
    /// plain shape; the ways it does not see at the largest share are not here.
    pub sees: Vec<(Way, f64)>,
    /// The same in the shape of a whole country.
    pub sees_in_a_country: Vec<(Way, f64)>,
    /// Whether it stood out in any election at all, changed or not.
    pub ever: bool,
    /// Its estimates of the votes changed, over every change.
    pub estimates: Option<Coverage>,
}

/// A number of elections among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// In how many the screen stood out.
    pub stood_out: u32,
    /// On how many it had an opinion.
    pub judged: u32,
}

/// How good estimates of the votes changed are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Mean of the estimates as a share of the mean truth, over ballots that were really added or moved; 0 is
    /// right on average.
    pub bias: f64,
    /// Ranges that hold the truth.
    pub covered: u32,
    /// Ranges given.
    pub given: u32,
}

impl Rate {
    /// As a share; zero where the screen never had an opinion.
    pub fn share(self) -> f64 {
        f64::from(self.stood_out) / f64::from(self.judged.max(1))
    }

    /// Whether it is more than the level of a test allows, beyond the chance of the number drawn: the lower end
    /// of the 95 % interval is above [`LEVEL`].
    pub fn too_often(self) -> bool {
        self.surely_above(0.975)
    }

    /// Whether the lower end of an interval with this upper quantile is above [`LEVEL`].
    fn surely_above(self, quantile: f64) -> bool {
        let (k, n) = (u64::from(self.stood_out), u64::from(self.judged));
        let [low, _] = interval::wilson(k, n, normal::quantile(quantile));
        self.judged > 0 && low > LEVEL
    }

    fn add(self, cell: &Cell) -> Rate {
        let (stood_out, judged) = (self.stood_out + cell.stood_out, self.judged + cell.judged);
        Rate { stood_out, judged }
    }
}

/// A screen sees a change when it stands out in at least this share of changed elections …
const SEEN: f64 = 0.5;
/// … and in so much more of them than of unchanged ones: what always stands out sees nothing.
const MORE: f64 = 0.25;
/// Fewer changed elections say nothing of that.
const FEWEST: u32 = 5;

/// A kind of honest elections misleads a screen where it surely does: of some twenty-five kinds one in forty would be
/// named by chance, and with several screens several.
const SURELY: f64 = 0.999;

impl Standing {
    /// Of the screen with this code, from all cells.
    pub fn of(cells: &[Cell], code: &str) -> Self {
        let mine: Vec<&Cell> = cells.iter().filter(|c| c.code == code).collect();
        let clean = mine.iter().filter(|c| c.way.is_empty() && c.judged > 0);
        let (easy, hard): (Vec<&Cell>, Vec<&Cell>) = clean.partition(|c| exchangeable(&c.base));
        let none = Rate { stood_out: 0, judged: 0 };
        let mut hard: Vec<_> = hard.iter().map(|c| (c.base.clone(), none.add(c))).collect();
        hard.sort_by(|a, b| b.1.share().total_cmp(&a.1.share()).then(a.0.cmp(&b.0)));
        Standing {
            easy: (!easy.is_empty()).then(|| easy.iter().fold(none, |rate, c| rate.add(c))),
            hard,
            sees: seen(&mine, "plain"),
            sees_in_a_country: seen(&mine, "country"),
            ever: mine.iter().any(|c| c.stood_out > 0),
            estimates: coverage(&mine),
        }
    }

    /// Whether it keeps quiet in every honest election measured, easy or hard.
    pub fn quiet(&self) -> bool {
        self.easy.is_some_and(|r| !r.too_often()) && self.misled_by().next().is_none()
    }

    /// The honest elections in which it stands out too often, the worst first.
    pub fn misled_by(&self) -> impl Iterator<Item = (&str, Rate)> {
        let misled = self.hard.iter().filter(|(_, r)| r.surely_above(SURELY));
        misled.map(|(base, r)| (base.as_str(), *r))
    }
}

fn exchangeable(base: &str) -> bool {
    shapes::find(base).is_some_and(|s| s.exchangeable)
}

/// For each way that is seen in this shape, the smallest amount of it.
fn seen(cells: &[&Cell], shape: &str) -> Vec<(Way, f64)> {
    let rate = |c: &&&Cell| f64::from(c.stood_out) / f64::from(c.judged);
    let here = || cells.iter().filter(|c| c.base == shape && c.judged > 0);
    let unchanged = here().find(|c| c.way.is_empty()).map_or(0.0, |c| rate(&c));
    let smallest = |way: Way| {
        let seen = |c: &&&Cell| {
            c.way == way.key() && c.judged >= FEWEST && rate(c) >= SEEN.max(unchanged + MORE)
        };
        here().filter(seen).map(|c| c.amount).min_by(f64::total_cmp)
    };
    Way::ALL.into_iter().filter_map(|way| Some((way, smallest(way)?))).collect()
}

/// Over the ways that add or move votes, in the shapes that are drawn.
fn coverage(cells: &[&Cell]) -> Option<Coverage> {
    let changed = cells.iter().filter(|c| !c.way.is_empty() && shapes::find(&c.base).is_some());
    let estimates: Vec<Estimates> = changed.filter_map(|c| c.estimates).collect();
    let sum = |of: fn(&Estimates) -> f64| -> f64 {
        estimates.iter().map(|e| of(e) * f64::from(e.number)).sum()
    };
    let (truth, estimate) = (sum(|e| e.truth), sum(|e| e.estimate));
    let count = |of: fn(&Estimates) -> u32| estimates.iter().map(of).sum();
    (truth > 0.0).then(|| Coverage {
        bias: estimate / truth - 1.0,
        covered: count(|e| e.covered),
        given: count(|e| e.with_range),
    })
}
