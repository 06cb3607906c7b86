//! The posterior of the unknowns, with each station's class and levels summed out.

use glassurn_stats::{cholesky::Matrix, newton::Look};
use rayon::prelude::*;

use super::{
    parameters::{CLASSES, Form, Level, MEANS, Parameters, VARIANCES},
    station::{Likelihood, Rules, Station, mix},
};

/// Stations summed by one task: the order of sums does not depend on the number of threads.
const CHUNK: usize = 128;

/// Least curvature along an unknown, from the stations.
const LEAST: f64 = 0.5;

/// Most unknowns.
const MOST: usize = VARIANCES + 6;

/// What is to be fitted.
#[derive(Debug, Clone)]
pub struct Posterior<'a> {
    /// The stations.
    pub stations: &'a [Station],
    /// Which form of the model.
    pub form: Form,
    /// How finely it is integrated.
    pub rules: &'a Rules,
}

/// Sums over stations.
struct Sums {
    value: f64,
    gradient: [f64; MOST],
    /// Σ s sᵀ of the stations' slopes: it stands for minus the curvature.
    outer: [[f64; MOST]; MOST],
}

impl Posterior<'_> {
    /// How many stations its own stand for.
    pub(super) fn size(&self) -> f64 {
        self.stations.iter().map(|s| s.weight).sum()
    }

    /// The log posterior with its slope; the stations' slopes stand for the curvature (BHHH).
    ///
    /// Fixed unknowns get no slope, and so no step.
    pub fn look(&self, at: &[f64], fixed: &[usize]) -> Look {
        let parameters = self.form.parameters(at);
        let chunks: Vec<Sums> =
            self.stations.par_chunks(CHUNK).map(|c| self.sums(c, &parameters)).collect();
        let n = self.form.unknowns();
        let mut look = Look { value: 0.0, gradient: vec![0.0; n], curvature: Matrix::zero(n) };
        for sums in chunks {
            look.value += sums.value;
            for i in 0..n {
                look.gradient[i] += sums.gradient[i];
                (0..n).for_each(|j| look.curvature.add(i, j, sums.outer[i.max(j)][i.min(j)]));
            }
        }
        self.raise(&mut look, &parameters);
        for (i, &x) in at.iter().enumerate() {
            let [value, slope, bend] = self.form.prior(i, x);
            look.value += value;
            look.gradient[i] += slope;
            look.curvature.add(i, i, bend);
        }
        hold(&mut look, fixed);
        look
    }

    /// The stations' slopes along the odds of a class that is next to empty are all alike and stand for no curvature:
    /// there it is that of known classes. Where an unknown hardly matters a step of it is kept short.
    fn raise(&self, look: &mut Look, parameters: &Parameters) {
        let stations = self.size();
        let mut raise = |j: usize, least: f64| {
            let raised = least.max(look.curvature.at(j, j));
            look.curvature.cells[j * look.curvature.n + j] = raised;
        };
        for (j, (u, chance)) in parameters.odds.iter().zip(&parameters.chances()[1..]).enumerate() {
            raise(j, (stations * chance * (1.0 - chance) * (1.0 - u) * (1.0 - u)).max(LEAST));
        }
        (MEANS..self.form.unknowns()).for_each(|j| raise(j, LEAST));
    }

    fn sums(&self, stations: &[Station], parameters: &Parameters) -> Sums {
        let mut sums = Sums { value: 0.0, gradient: [0.0; MOST], outer: [[0.0; MOST]; MOST] };
        let n = self.form.unknowns();
        for station in stations {
            let likelihoods = station.likelihoods(parameters, self.rules);
            let (value, chances) = mix(&likelihoods, parameters);
            let score = self.score(station, parameters, &likelihoods, &chances);
            sums.value += station.weight * value;
            for i in 0..n {
                let weighed = station.weight * score[i];
                sums.gradient[i] += weighed;
                (0..=i).for_each(|j| sums.outer[i][j] += weighed * score[j]);
            }
        }
        sums
    }

    /// The slope of one station's log likelihood.
    fn score(
        &self,
        station: &Station,
        parameters: &Parameters,
        likelihoods: &[Likelihood; 3],
        chances: &[f64; 3],
    ) -> [f64; MOST] {
        let mut score = [0.0; MOST];
        let whole = parameters.chances();
        for i in 0..MEANS {
            score[i] = (1.0 - parameters.odds[i]) * (chances[i + 1] - whole[i + 1]);
        }
        let mut add = |level: Level, along_mean: f64, along_variance: f64| {
            let i = level as usize;
            score[MEANS + i] += along_mean;
            score[VARIANCES + i] += along_variance * parameters.variances[i];
        };
        for (likelihood, chance) in likelihoods.iter().zip(chances) {
            for (j, level) in [Level::Turnout, Level::Share].into_iter().enumerate() {
                add(
                    level,
                    chance * likelihood.along_mean[j],
                    chance * likelihood.along_variance[j],
                );
            }
        }
        for ((class, likelihood), chance) in
            CLASSES.iter().zip(&likelihoods[1..]).zip(&chances[1..])
        {
            for (j, level) in [(2, class.added), (3, class.moved)] {
                let mean = parameters.means[level as usize];
                let [_, slope] = class.counting(mean, station.registered);
                let along_variance = likelihood.along_variance[j];
                let along_mean = likelihood.along_mean[j] + along_variance * slope;
                add(level, chance * along_mean, chance * along_variance);
            }
        }
        score
    }
}

/// Takes the slope of held unknowns away, and their ties to the others.
fn hold(look: &mut Look, fixed: &[usize]) {
    let n = look.curvature.n;
    for &f in fixed {
        look.gradient[f] = 0.0;
        for j in 0..n {
            look.curvature.cells[f * n + j] = 0.0;
            look.curvature.cells[j * n + f] = 0.0;
        }
        look.curvature.cells[f * n + f] = 1.0;
    }
}
