//! The model's figures on the verdicts of a register.

use std::collections::BTreeSet;

use glassurn_model::register::Register;
use glassurn_stats::ordinal::{Estimate, Fit, Normal, Priors, Rating, Ratings, fit, probability};

use super::FEWEST;
use super::super::{anchors::Anchors, observers::House, rated};

/// Units of the measure in one unit of quality.
const UNITS: f64 = 1.6;

/// How far quality strays from the measure.
const STRAYS: f64 = 0.6;

/// Quality of an election without a value of the measure: elections on record are mostly disputed ones.
const UNMEASURED: Normal = Normal { mean: -1.0, sd: 1.0 };

/// Spread of log a without a measure: how far observers react cannot then be told from how good elections were,
/// and a free a would follow each verdict.
const TIGHT: f64 = 0.1;

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Verdicts, elections, and elections with a value of the measure.
    pub verdicts: usize,
    /// Elections with a verdict.
    pub elections: usize,
    /// Of these, elections with a value of the measure.
    pub anchored: usize,
    /// Every house with a verdict, most lenient first.
    pub houses: Vec<Leniency>,
    /// The thresholds between the steps.
    pub thresholds: Vec<f64>,
}

/// One house.
#[derive(Debug, Clone, PartialEq)]
pub struct Leniency {
    /// The house.
    pub house: House,
    /// Its verdicts.
    pub verdicts: usize,
    /// b, relative to the mean of its prior.
    pub leniency: Estimate,
    /// a: how far it reacts to quality.
    pub reaction: f64,
    /// Its share of +2 on record, and as the model has it.
    pub endorsing: [f64; 2],
}

impl Leniency {
    /// The 95 % interval.
    pub fn interval(&self) -> [f64; 2] {
        let Estimate { value, sd } = self.leniency;
        [value - 1.96 * sd, value + 1.96 * sd]
    }

    /// Whether enough verdicts are on record to print it.
    pub fn enough(&self) -> bool {
        self.verdicts >= FEWEST
    }

    /// Whether it can be told from the others: enough verdicts, and an interval without 0.
    pub fn is_clear(&self) -> bool {
        let [low, high] = self.interval();
        self.enough() && (low > 0.0 || high < 0.0)
    }
}

/// Fits the model; `None` when it has no mode.
pub fn figures(register: &Register, anchors: &Anchors) -> Option<Figures> {
    let mut rated = rated::all(register);
    rated.sort_by(|a, b| (&a.verdict.election, &a.house, a.step).cmp(&(&b.verdict.election, &b.house, b.step)));
    let elections: Vec<&str> = distinct(rated.iter().map(|r| r.verdict.election.as_str()));
    let houses: Vec<&House> = distinct(rated.iter().map(|r| &r.house));
    let rating = |r: &rated::Rated<'_>| {
        Some(Rating {
            unit: elections.binary_search(&r.verdict.election.as_str()).ok()?,
            rater: houses.binary_search(&&r.house).ok()?,
            category: usize::try_from(r.step + 2).ok()?,
            favour: None,
        })
    };
    let ratings: Vec<Rating> = rated.iter().filter_map(rating).collect();
    let value = |id: &&str| {
        let verdict = rated.iter().find(|r| r.verdict.election == **id)?.verdict;
        anchors.of_verdict(register, verdict)
    };
    let values: Vec<Option<f64>> = elections.iter().map(value).collect();
    let prior = |v: &Option<f64>| v.map_or(UNMEASURED, |v| Normal { mean: v / UNITS, sd: STRAYS });
    let units: Vec<Normal> = values.iter().map(prior).collect();
    let count = |m: usize| ratings.iter().filter(|r| r.rater == m).count();
    let mut priors = Priors::DEFAULT;
    if values.iter().all(Option::is_none) {
        priors.log_reaction.sd = TIGHT;
    }
    let raters = houses.len();
    let of = Ratings { ratings: &ratings, units: &units, raters, favours: 0, categories: 5, priors };
    let fit = fit(&of)?;
    let one = |(m, house): (usize, &&House)| Leniency {
        house: (*house).clone(),
        verdicts: count(m),
        leniency: fit.leniency[m],
        reaction: fit.reaction[m],
        endorsing: endorsing(&ratings, m, &fit),
    };
    let mut found: Vec<Leniency> = houses.iter().enumerate().map(one).collect();
    found.sort_by(|a, b| b.leniency.value.total_cmp(&a.leniency.value));
    Some(Figures {
        verdicts: ratings.len(),
        elections: elections.len(),
        anchored: values.iter().flatten().count(),
        houses: found,
        thresholds: fit.thresholds,
    })
}

fn distinct<T: Ord>(of: impl Iterator<Item = T>) -> Vec<T> {
    of.collect::<BTreeSet<T>>().into_iter().collect()
}

/// Share of the highest step among a rater's verdicts: counted, and as the model has it.
fn endorsing(ratings: &[Rating], rater: usize, fit: &Fit) -> [f64; 2] {
    let own: Vec<&Rating> = ratings.iter().filter(|r| r.rater == rater).collect();
    let n = own.len() as f64;
    let counted = own.iter().filter(|r| r.category == 4).count() as f64;
    let at = |r: &&Rating| fit.reaction[rater] * fit.quality[r.unit].value + fit.leniency[rater].value;
    let expected: f64 = own.iter().map(|r| probability(4, at(r), &fit.thresholds)).sum();
    [counted / n, expected / n]
}
