//! The figures of the model.

use glassurn_model::{Measure, Unit};
use glassurn_stats::logit_normal::logistic;

use super::Model;
use crate::mixture::{Estimate, Fit};

/// Symbols of a mean, its least and its most.
type Three = [&'static str; 3];

const CHANCES: [(&str, Three); 2] = [
    ("some votes added", ["π_i", "π_i,l", "π_i,m"]),
    ("most votes added", ["π_e", "π_e,l", "π_e,m"]),
];

const VOTES: [(&str, Three); 3] = [
    ("votes added", ["V_a", "V_a,l", "V_a,m"]),
    ("votes moved", ["V_s", "V_s,l", "V_s,m"]),
    ("votes added and moved", ["V", "V_l", "V_m"]),
];

/// Symbols of a mode: parts of both classes, votes added and moved, its part of the mass.
const MODES: [[&str; 5]; 4] = [
    ["π_i,1", "π_e,1", "V_a,1", "V_s,1", "w_1"],
    ["π_i,2", "π_e,2", "V_a,2", "V_s,2", "w_2"],
    ["π_i,3", "π_e,3", "V_a,3", "V_s,3", "w_3"],
    ["π_i,4", "π_e,4", "V_a,4", "V_s,4", "w_4"],
];

impl Model {
    pub(super) fn measures(&self) -> Vec<Measure> {
        let fit = &self.varying;
        let mut measures = Vec::new();
        if fit.agrees() {
            for (chance, (name, symbols)) in fit.chances.iter().zip(CHANCES) {
                measures.extend(three(chance, &format!("part of the stations, {name}"), symbols, Unit::Share));
            }
            let votes = fit.votes.iter().chain([&fit.all_votes]);
            for (votes, (name, symbols)) in votes.zip(VOTES) {
                measures.extend(three(votes, &format!("{name}, by the model"), symbols, Unit::Votes));
            }
        } else {
            measures.extend(modes(fit));
        }
        measures.push(plain("modes that the returns do not tell apart", "M", fit.rivals().count() as f64, Unit::None));
        let bounds = fit.modes.first().map_or(0, |mode| mode.bounds().len());
        measures.push(plain("levels whose law is at a bound, in the first mode", "B", bounds as f64, Unit::None));
        measures.extend(self.levels());
        measures.extend(self.without_variation());
        measures
    }

    /// Turnout and share of the class without additions, at the first mode.
    fn levels(&self) -> Vec<Measure> {
        let Some(mode) = self.varying.modes.first() else { return Vec::new() };
        let p = mode.parameters;
        vec![
            plain("turnout of the model's unchanged stations", "τ", logistic(p.means[0]), Unit::Share),
            plain("share of the model's unchanged stations", "ν", logistic(p.means[1]), Unit::Share),
            plain("spread of their turnout, as a logit", "σ_τ", p.variances[0].sqrt(), Unit::None),
            plain("spread of their share, as a logit", "σ_ν", p.variances[1].sqrt(), Unit::None),
        ]
    }

    /// The parts in the form without variation between stations.
    fn without_variation(&self) -> Vec<Measure> {
        let Some(same) = &self.same else { return Vec::new() };
        let part = |class: usize, symbol| {
            let name = format!("{}, if stations differ by chance alone", CHANCES[class].0);
            plain(&name, symbol, same.chances[class].mean, Unit::Share)
        };
        vec![part(0, "π_i,b"), part(1, "π_e,b")]
    }
}

/// Each mode that counts, with its part of their mass.
fn modes(fit: &Fit) -> Vec<Measure> {
    let top = fit.modes.iter().map(|m| m.log_mass).fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = fit.rivals().map(|m| libm::exp(m.log_mass - top)).collect();
    let total: f64 = weights.iter().sum();
    let mut measures = Vec::new();
    for (i, ((mode, weight), [some, most, added, moved, mass])) in
        fit.rivals().zip(&weights).zip(MODES).enumerate()
    {
        let name = |what: &str| format!("mode {}: {what}", i + 1);
        measures.extend([
            plain(&name("part of the stations, some votes added"), some, mode.chances[1], Unit::Share),
            plain(&name("part of the stations, most votes added"), most, mode.chances[2], Unit::Share),
            plain(&name("votes added"), added, mode.votes[0], Unit::Votes),
            plain(&name("votes moved"), moved, mode.votes[1], Unit::Votes),
            plain(&name("its part of the posterior, roughly"), mass, weight / total, Unit::Share),
        ]);
    }
    measures
}

fn three(estimate: &Estimate, name: &str, symbols: Three, unit: Unit) -> [Measure; 3] {
    let [mean, low, high] = symbols;
    [
        plain(name, mean, estimate.mean, unit),
        plain(&format!("{name}, least"), low, estimate.interval[0], unit),
        plain(&format!("{name}, most"), high, estimate.interval[1], unit),
    ]
}

fn plain(name: &str, symbol: &'static str, value: f64, unit: Unit) -> Measure {
    Measure::plain(name, symbol, value, unit)
}
