//! B1 to B3: how an organisation judges, from its verdicts. Kept apart from how it works.

use std::collections::BTreeMap;

use glassurn_model::register::{Answer, Register};

use super::super::{
    anchors::Anchors,
    leniency,
    observers::{Group, House},
    rated::{self, Rated},
    say::median,
};

/// Verdicts below which "never" says nothing.
const FEWEST: usize = 5;

/// What is on record of how a house judges.
#[derive(Debug, Clone, PartialEq)]
pub struct Behaviour {
    /// The house.
    pub house: House,
    /// Its verdicts.
    pub verdicts: usize,
    /// B1: whether it ever found against an election that was not won by the opposition.
    pub critical: Answer,
    /// Its verdicts below zero, and those of them on elections that the opposition won.
    pub negative: [usize; 2],
    /// B2: mean distance from the credible observers' median, and the elections it rests on.
    pub gap: Option<(f64, usize)>,
    /// B3: leniency with its interval, from five verdicts on.
    pub leniency: Option<(f64, [f64; 2])>,
}

/// The behaviour of every house with a verdict.
pub fn behaviour(register: &Register, anchors: &Anchors) -> Vec<Behaviour> {
    let rated = rated::all(register);
    let elections = rated::by_election(&rated);
    let model = leniency::figures(register, anchors);
    let mut houses: BTreeMap<&House, Vec<&Rated<'_>>> = BTreeMap::new();
    for one in &rated {
        houses.entry(&one.house).or_default().push(one);
    }
    let one = |(house, own): (&House, Vec<&Rated<'_>>)| {
        let negative: Vec<_> = own.iter().filter(|r| r.step < 0).collect();
        let opposed = negative.iter().filter(|r| of_opposition(r)).count();
        let fitted = model.iter().flat_map(|f| &f.houses).find(|h| h.house == *house && h.enough());
        Behaviour {
            house: house.clone(),
            verdicts: own.len(),
            critical: critical(own.len(), negative.len() - opposed),
            negative: [negative.len(), opposed],
            gap: gap(&own, &elections),
            leniency: fitted.map(|h| (h.leniency.value, h.interval())),
        }
    };
    houses.into_iter().map(one).collect()
}

/// Whether the record says that the opposition won.
fn of_opposition(rated: &Rated<'_>) -> bool {
    rated.verdict.grounds.note.contains("won by the opposition")
}

fn critical(verdicts: usize, against: usize) -> Answer {
    match (against, verdicts) {
        (n, _) if n > 0 => Answer::Yes,
        (_, n) if n >= FEWEST => Answer::No,
        _ => Answer::Unknown,
    }
}

/// Mean distance from the median of the other credible observers of the same elections.
fn gap(own: &[&Rated<'_>], elections: &BTreeMap<&str, Vec<&Rated<'_>>>) -> Option<(f64, usize)> {
    let distance = |r: &&Rated<'_>| {
        let others = elections.get(r.verdict.election.as_str())?.iter();
        let others = others.filter(|o| o.house.group == Group::Credible && o.house != r.house);
        let steps: Vec<i8> = others.map(|o| o.step).collect();
        median(&steps).map(|m| f64::from(r.step) - m)
    };
    let found: Vec<f64> = own.iter().filter_map(distance).collect();
    (!found.is_empty()).then(|| (found.iter().sum::<f64>() / found.len() as f64, found.len()))
}
