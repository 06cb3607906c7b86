//! Distances of verdicts from a line on the measure.

use std::collections::{BTreeMap, BTreeSet};

use glassurn_model::register::Register;
use glassurn_stats::{moments, ols, student};

use super::FEWEST;
use super::super::{anchors::Anchors, observers::House, rated};

/// Everything the answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Steps of the scale for one unit of the measure, within observers.
    pub slope: f64,
    /// Whether the slope was taken as 1 because no observer judged two elections with different values.
    pub assumed: bool,
    /// Verdicts on elections with a value.
    pub verdicts: usize,
    /// Every house with such a verdict, kindest first.
    pub houses: Vec<Residual>,
}

/// One house.
#[derive(Debug, Clone, PartialEq)]
pub struct Residual {
    /// The house.
    pub house: House,
    /// Its verdicts on elections with a value.
    pub verdicts: usize,
    /// Mean of verdict − slope · value, minus the mean of all houses.
    pub mean: f64,
    /// 95 % interval of the mean, from five verdicts on.
    pub interval: Option<[f64; 2]>,
}

/// Computes them.
pub fn figures(register: &Register, anchors: &Anchors) -> Figures {
    let rated = rated::all(register);
    let placed = rated.iter().filter_map(|r| {
        let value = anchors.of_verdict(register, r.verdict)?;
        Some((&r.house, value, f64::from(r.step)))
    });
    let mut placed: Vec<(&House, f64, f64)> = placed.collect();
    // In an order that owes nothing to the file's, so that sums are the same to the last digit.
    placed.sort_by(|a, b| (a.0, a.1, a.2).partial_cmp(&(b.0, b.1, b.2)).unwrap_or(std::cmp::Ordering::Equal));
    let names: Vec<&House> = placed.iter().map(|p| p.0).collect::<BTreeSet<_>>().into_iter().collect();
    let groups: Vec<u32> = placed.iter().filter_map(|p| number(&names, p.0)).collect();
    let values: Vec<f64> = placed.iter().map(|p| p.1).collect();
    let steps: Vec<f64> = placed.iter().map(|p| p.2).collect();
    let line = ols::fit(&ols::demean(&values, &groups), &ols::demean(&steps, &groups), None);
    let slope = line.map_or(1.0, |l| l.slope);
    let mut given: BTreeMap<&House, Vec<f64>> = BTreeMap::new();
    for (house, value, step) in &placed {
        given.entry(house).or_default().push(step - slope * value);
    }
    let means: Vec<f64> = given.values().map(|of| moments::mean(of)).collect();
    let centre = moments::mean(&means);
    let mut houses: Vec<Residual> = given.into_iter().map(|(h, of)| residual(h, &of, centre)).collect();
    houses.sort_by(|a, b| b.mean.total_cmp(&a.mean));
    Figures { slope, assumed: line.is_none(), verdicts: placed.len(), houses }
}

fn number(names: &[&House], house: &House) -> Option<u32> {
    names.binary_search(&house).ok().and_then(|at| u32::try_from(at).ok())
}

fn residual(house: &House, of: &[f64], centre: f64) -> Residual {
    let n = of.len() as f64;
    let mean = moments::mean(of) - centre;
    // The variance of the sample, over n − 1.
    let error = libm::sqrt(moments::variance(of) / (n - 1.0).max(1.0));
    let half = (of.len() >= FEWEST).then(|| student::quantile(0.975, n - 1.0) * error);
    Residual {
        house: house.clone(),
        verdicts: of.len(),
        mean,
        interval: half.map(|h| [mean - h, mean + h]),
    }
}
