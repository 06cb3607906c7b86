//! The sufficient figures of agreement.

use std::collections::{BTreeMap, BTreeSet};

use glassurn_model::register::Register;
use glassurn_stats::agreement::{Alpha, Metric, alpha, quadratic_kappa};

use super::super::{
    observers::{Group, House},
    rated::{self, Rated},
    say::median,
};

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Alpha over every observer.
    pub all: Alpha,
    /// Alpha of the same with nothing but the order of the steps.
    pub all_ordinal: Alpha,
    /// Alpha within each group.
    pub within: [(Group, Alpha); 2],
    /// Elections that both groups judged.
    pub divergence: Vec<Divergence>,
    /// Pairs of houses that judged the same elections, most elections first.
    pub pairs: Vec<Pair>,
}

/// An election with verdicts of both groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Divergence {
    /// Its name.
    pub election: String,
    /// The steps of the credible.
    pub credible: Vec<i8>,
    /// The steps of the others.
    pub other: Vec<i8>,
    /// Median of the credible minus median of the others.
    pub distance: f64,
    /// Whether the medians have opposite signs.
    pub opposed: bool,
}

/// Two houses.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The first.
    pub first: House,
    /// The second.
    pub second: House,
    /// Elections that both judged.
    pub elections: usize,
    /// Of these, elections on which both are positive or both negative.
    pub same_sign: usize,
    /// Quadratic weighted kappa; `None` without variation.
    pub kappa: Option<f64>,
}

/// Computes them.
pub fn figures(register: &Register) -> Figures {
    let rated = rated::all(register);
    let elections = rated::by_election(&rated);
    let units = |keep: &dyn Fn(&Rated<'_>) -> bool| -> Vec<Vec<f64>> {
        let unit = |of: &Vec<&Rated<'_>>| {
            of.iter().filter(|r| keep(r)).map(|r| f64::from(r.step)).collect()
        };
        elections.values().map(unit).collect()
    };
    let within = |group| (group, alpha(&units(&|r| r.house.group == group), Metric::Interval));
    Figures {
        all: alpha(&units(&|_| true), Metric::Interval),
        all_ordinal: alpha(&units(&|_| true), Metric::Ordinal),
        within: Group::ALL.map(within),
        divergence: elections.iter().filter_map(|(e, of)| divergence(e, of)).collect(),
        pairs: pairs(&rated),
    }
}

fn divergence(election: &str, of: &[&Rated<'_>]) -> Option<Divergence> {
    let [credible, other] = Group::ALL.map(|group| rated::steps(of, group));
    let (ours, theirs) = (median(&credible)?, median(&other)?);
    Some(Divergence {
        election: election.to_owned(),
        credible,
        other,
        distance: ours - theirs,
        opposed: ours * theirs < 0.0,
    })
}

/// Every pair of houses with an election in common.
fn pairs(rated: &[Rated<'_>]) -> Vec<Pair> {
    let mut given: BTreeMap<&House, BTreeMap<&str, Vec<i8>>> = BTreeMap::new();
    for one in rated {
        let of = given.entry(&one.house).or_default();
        of.entry(one.verdict.election.as_str()).or_default().push(one.step);
    }
    let houses: BTreeSet<&House> = given.keys().copied().collect();
    let mut pairs = Vec::new();
    for first in &houses {
        for second in houses.iter().filter(|second| *second > first) {
            let both = given[first].iter().filter_map(|(e, a)| Some((lower(a), lower(given[second].get(e)?))));
            pairs.extend(pair(first, second, &both.collect::<Vec<_>>()));
        }
    }
    pairs.sort_by_key(|p| std::cmp::Reverse(p.elections));
    pairs
}

/// The middle verdict of a house on one election, the lower of two.
fn lower(steps: &[i8]) -> i32 {
    let mut sorted = steps.to_vec();
    sorted.sort_unstable();
    i32::from(sorted.get((sorted.len().max(1) - 1) / 2).copied().unwrap_or(0))
}

fn pair(first: &House, second: &House, both: &[(i32, i32)]) -> Option<Pair> {
    (!both.is_empty()).then(|| Pair {
        first: first.clone(),
        second: second.clone(),
        elections: both.len(),
        same_sign: both.iter().filter(|(a, b)| a * b > 0).count(),
        kappa: quadratic_kappa(both),
    })
}
