//! Stations drawn from the published mixture, counts of added and moved votes and all.

#![allow(dead_code, clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use glassurn_methods::mixture::{CLASSES, Form, Parameters, Station};
use glassurn_stats::{logit_normal::logistic, rng};
use rand::RngExt;
use rand_distr::{Binomial, Distribution, Normal};

/// Drawn stations with their truth.
pub(crate) struct Drawn {
    /// The counts: registered, abstained, votes.
    pub(crate) counts: Vec<[i64; 3]>,
    /// Each station's class: 0 none, 1 incremental, 2 extreme.
    pub(crate) classes: Vec<usize>,
    /// Votes added and moved.
    pub(crate) votes: [f64; 2],
}

impl Drawn {
    /// The counts as stations of the model.
    pub(crate) fn stations(&self) -> Vec<Station> {
        let one = |c: &[i64; 3]| Station::new(c[0] as f64, c[1] as f64, c[2] as f64);
        self.counts.iter().map(one).collect()
    }
}

/// Chances of the incremental and the extreme class that are studied.
pub(crate) const TRUTHS: [[f64; 2]; 8] = [
    [0.0, 0.0],
    [0.02, 0.0],
    [0.04, 0.01],
    [0.1, 0.02],
    [0.2, 0.0],
    [0.2, 0.1],
    [0.3, 0.05],
    [0.05, 0.3],
];

/// What is drawn from.
pub(crate) fn parameters(form: Form, some: f64, most: f64) -> Parameters {
    let none = 1.0 - some - most;
    let variance = match form {
        Form::Same => [0.0; 6],
        Form::Varying => [0.06, 0.08, 0.15, 0.15, 0.15, 0.15],
    };
    Parameters {
        odds: [some / none, most / none],
        means: [0.3, -0.2, 0.0, -0.3, 0.2, 0.0],
        variances: variance,
    }
}

/// Stations of 300 to 1,500 voters.
pub(crate) fn draw(parameters: &Parameters, stations: u64, seed: u64) -> Drawn {
    let mut drawn = Drawn { counts: Vec::new(), classes: Vec::new(), votes: [0.0; 2] };
    let chances = parameters.chances();
    for i in 0..stations {
        let mut rng = rng::stream(seed, "mixture", i);
        let n = (300.0 * 5.0_f64.powf(rng.random::<f64>())).round();
        let mut logit = |j: usize| {
            Normal::new(parameters.means[j], parameters.variances[j].sqrt())
                .unwrap()
                .sample(&mut rng)
        };
        let logits: [f64; 6] = std::array::from_fn(&mut logit);
        let mut count =
            |p: f64| Binomial::new(n as u64, p.clamp(0.0, 1.0)).unwrap().sample(&mut rng) as f64;
        let shares = [2, 3, 4, 5].map(|j| {
            let class = &CLASSES[j / 2 - 1];
            (count(class.level(logits[j])) / n).min(0.999)
        });
        let u: f64 = rng.random();
        let class = usize::from(u > chances[0]) + usize::from(u > chances[0] + chances[1]);
        let (fresh, taken) =
            if class == 0 { (0.0, 0.0) } else { (shares[2 * class - 2], shares[2 * class - 1]) };
        let (tau, nu) = (logistic(logits[0]), logistic(logits[1]));
        let mut count =
            |p: f64| Binomial::new(n as u64, p.clamp(0.0, 1.0)).unwrap().sample(&mut rng) as f64;
        let a = count((1.0 - tau) * (1.0 - fresh));
        let honest = 1.0 - a / n / (1.0 - fresh);
        let w = count(1.0 - a / n - honest * (1.0 - nu) * (1.0 - taken));
        drawn.counts.push([n as i64, a as i64, w as i64]);
        drawn.classes.push(class);
        drawn.votes[0] += n * fresh * (1.0 - tau);
        drawn.votes[1] += n * taken * tau * (1.0 - nu);
    }
    drawn
}
