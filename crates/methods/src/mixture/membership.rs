//! What the model says of each station.

use rayon::prelude::*;

use super::{
    posterior::Posterior,
    station::{Likelihood, Station, mix},
};

/// What the fitted model says of one station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Membership {
    /// Log likelihood.
    pub log: f64,
    /// Chance of each class given the counts: none, incremental, extreme.
    pub chances: [f64; 3],
    /// Expected votes added and moved, by class: incremental, extreme.
    pub votes: [[f64; 2]; 2],
    /// Their variances given the unknowns.
    pub variances: [[f64; 2]; 2],
}

impl Membership {
    /// The class with the greatest chance: 0 none, 1 incremental, 2 extreme.
    pub fn class(&self) -> usize {
        let [none, some, most] = self.chances;
        if none >= some.max(most) { 0 } else { 1 + usize::from(most > some) }
    }
}

impl Posterior<'_> {
    /// What each station's counts say of its class and votes.
    pub fn memberships(&self, at: &[f64]) -> Vec<Membership> {
        let parameters = self.form.parameters(at);
        let one = |station: &Station| {
            let likelihoods = station.likelihoods(&parameters, self.rules);
            let (log, chances) = mix(&likelihoods, &parameters);
            let of = |class: usize, value: fn(&Likelihood) -> [f64; 2]| {
                value(&likelihoods[1 + class]).map(|v| v * chances[1 + class])
            };
            let votes = [0, 1].map(|class| of(class, |l| l.votes));
            let squares = [0, 1].map(|class| of(class, |l| l.squares));
            let variance = |c: usize, k: usize| (squares[c][k] - votes[c][k].powi(2)).max(0.0);
            let variances = [0, 1].map(|c| [0, 1].map(|k| variance(c, k)));
            Membership { log, chances, votes, variances }
        };
        self.stations.par_iter().map(one).collect()
    }

    /// The log posterior, from what was said of each station at the same place.
    pub(super) fn value(&self, at: &[f64], memberships: &[Membership]) -> f64 {
        let prior = at.iter().enumerate().map(|(i, &x)| self.form.prior(i, x)[0]);
        let stations = self.stations.iter().zip(memberships).map(|(s, m)| s.weight * m.log);
        stations.sum::<f64>() + prior.sum::<f64>()
    }

    /// For each class the expected votes added and moved, and their variances.
    pub(super) fn totals(&self, memberships: &[Membership]) -> [[[f64; 2]; 2]; 2] {
        let mut sums = [[[0.0; 2]; 2]; 2];
        for (station, m) in self.stations.iter().zip(memberships) {
            for (c, [votes, variances]) in sums.iter_mut().enumerate() {
                for k in 0..2 {
                    votes[k] += station.weight * m.votes[c][k];
                    variances[k] += station.weight * m.variances[c][k];
                }
            }
        }
        sums
    }
}
