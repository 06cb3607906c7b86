//! One screen on one kind of election.

use glassurn_stats::{interval, normal};

use super::{Answer, Change};
use crate::Meta;

/// How one screen did on one kind of election.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Key of the shape, or name of the real election.
    pub base: String,
    /// Key of the way it was changed; empty where nothing was.
    pub way: String,
    /// How much.
    pub amount: f64,
    /// The screen's code.
    pub code: String,
    /// Elections that the screen has an opinion on: it ran, and has a rule.
    pub judged: u32,
    /// In how many of them its finding stood out.
    pub stood_out: u32,
    /// Its estimates of the votes affected, where it makes any.
    pub estimates: Option<Estimates>,
}

/// Estimates of votes affected, against the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimates {
    /// How many.
    pub number: u32,
    /// Mean of the votes that were changed.
    pub truth: f64,
    /// Mean of the estimates.
    pub estimate: f64,
    /// Estimates with a range.
    pub with_range: u32,
    /// Ranges that hold the truth.
    pub covered: u32,
}

impl Cell {
    pub(super) fn of<'a>(
        base: String,
        change: Option<&Change>,
        meta: &Meta,
        answers: impl Iterator<Item = (i64, &'a Answer)> + Clone,
    ) -> Self {
        let count = |of: &dyn Fn(&Answer) -> bool| -> u32 {
            u32::try_from(answers.clone().filter(|(_, a)| of(a)).count()).unwrap_or(u32::MAX)
        };
        Cell {
            base,
            way: change.map_or_else(String::new, |c| c.way.key().to_owned()),
            amount: change.map_or(0.0, |c| c.amount),
            code: meta.code.to_owned(),
            judged: count(&|a| a.stands_out.is_some()),
            stood_out: count(&|a| a.stands_out == Some(true)),
            estimates: Estimates::of(answers),
        }
    }

    /// The share of elections in which the screen stood out, with its 95 % interval (Wilson).
    pub fn rate(&self) -> Option<(f64, [f64; 2])> {
        let (k, n) = (u64::from(self.stood_out), u64::from(self.judged));
        let range = || interval::wilson(k, n, normal::quantile(0.975));
        (n > 0).then(|| (k as f64 / n as f64, range()))
    }
}

impl Estimates {
    fn of<'a>(answers: impl Iterator<Item = (i64, &'a Answer)>) -> Option<Self> {
        let mut sum = Estimates { number: 0, truth: 0.0, estimate: 0.0, with_range: 0, covered: 0 };
        for (truth, affected) in answers.filter_map(|(votes, a)| Some((votes as f64, a.affected?)))
        {
            sum.number += 1;
            sum.truth += truth;
            sum.estimate += affected.votes;
            if let Some([low, high]) = affected.range {
                sum.with_range += 1;
                sum.covered += u32::from(low <= truth && truth <= high);
            }
        }
        let n = f64::from(sum.number);
        (sum.number > 0).then(|| Estimates {
            truth: sum.truth / n,
            estimate: sum.estimate / n,
            ..sum
        })
    }
}
