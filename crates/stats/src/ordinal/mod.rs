//! Raters of units on ordered categories: how good each unit is, and how lenient each rater.
//!
//! P(y ≤ k) = logit⁻¹(τ_k − (a θ + b + f)): θ is the unit's quality, a > 0 how far the rater reacts to it, b the
//! rater's leniency, f the favour of a pair, τ rising thresholds. Everything has a normal prior (a and the
//! spacings of τ in logarithms); the fit is the mode of the posterior, found by Newton steps, and the standard
//! deviations are those of the normal law with the same curvature there (Laplace). Location and scale come
//! from the priors: leniency is relative to them.
//!
//! - J. M. Linacre (1989). *Many-Facet Rasch Measurement*. MESA Press.
//! - V. E. Johnson (1996). On Bayesian Analysis of Multirater Ordinal Data. *Journal of the American
//!   Statistical Association* 91(433), 42-51.

mod posterior;
mod term;

use crate::{cholesky, newton};
use posterior::Posterior;

/// One rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// Number of the unit.
    pub unit: usize,
    /// Number of the rater.
    pub rater: usize,
    /// The category, lowest 0.
    pub category: usize,
    /// Number of the pair whose favour may play a part.
    pub favour: Option<usize>,
}

/// A normal law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
}

/// What is held before the ratings are seen; the units' are in [`Ratings`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priors {
    /// log a.
    pub log_reaction: Normal,
    /// b.
    pub leniency: Normal,
    /// f.
    pub favour: Normal,
    /// The lowest threshold.
    pub first: Normal,
    /// Logarithm of each distance between thresholds.
    pub log_spacing: Normal,
}

impl Priors {
    /// Wide enough that a few ratings move them.
    pub const DEFAULT: Priors = Priors {
        log_reaction: Normal { mean: 0.0, sd: 0.5 },
        leniency: Normal { mean: 0.0, sd: 2.0 },
        favour: Normal { mean: 0.0, sd: 1.5 },
        first: Normal { mean: 0.0, sd: 5.0 },
        log_spacing: Normal { mean: 0.0, sd: 1.0 },
    };
}

/// What is to be fitted.
#[derive(Debug, Clone, Copy)]
pub struct Ratings<'a> {
    /// The ratings.
    pub ratings: &'a [Rating],
    /// What is held of each unit's quality beforehand.
    pub units: &'a [Normal],
    /// Number of raters.
    pub raters: usize,
    /// Number of pairs with a favour of their own.
    pub favours: usize,
    /// Number of categories.
    pub categories: usize,
    /// The other priors.
    pub priors: Priors,
}

/// A value with its standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Its standard deviation.
    pub sd: f64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// θ of each unit.
    pub quality: Vec<Estimate>,
    /// a of each rater.
    pub reaction: Vec<f64>,
    /// b of each rater.
    pub leniency: Vec<Estimate>,
    /// f of each pair.
    pub favour: Vec<Estimate>,
    /// τ, rising.
    pub thresholds: Vec<f64>,
    /// Newton steps.
    pub steps: usize,
}

/// Most Newton steps.
pub const STEPS: usize = 200;

/// A step must promise some gain in log posterior, and not lose more than the last digits.
const LIMITS: newton::Limits = newton::Limits { steps: STEPS, gain: 1e-13, precision: 1e-12 };

/// Fits; `None` when a number is out of range, there are fewer than two categories, a prior is no law, or the
/// steps reach no mode.
pub fn fit(of: &Ratings<'_>) -> Option<Fit> {
    let posterior = Posterior::new(of)?;
    let look = |at: &[f64]| {
        let (gradient, curvature) = posterior.derivatives(at);
        newton::Look { value: posterior.value(at), gradient, curvature }
    };
    let top = newton::climb(look, posterior.start(), LIMITS)?;
    finish(&posterior, &top.at, top.steps)
}

fn finish(posterior: &Posterior<'_>, at: &[f64], steps: usize) -> Option<Fit> {
    let (_, curvature) = posterior.derivatives(at);
    let factor = cholesky::factor(&curvature)?;
    let part = |range: std::ops::Range<usize>| -> Vec<Estimate> {
        let one = |i| Estimate { value: at[i], sd: libm::sqrt(factor.inverse_diagonal(i)) };
        range.map(one).collect()
    };
    let places = posterior.places();
    Some(Fit {
        quality: part(places.quality()),
        reaction: at[places.reaction()].iter().map(|l| libm::exp(*l)).collect(),
        leniency: part(places.leniency()),
        favour: part(places.favour()),
        thresholds: places.thresholds(at),
        steps,
    })
}

/// Probability of a category where a θ + b + f is `at`.
pub fn probability(category: usize, at: f64, thresholds: &[f64]) -> f64 {
    let below = |k: usize| thresholds.get(k).map_or(1.0, |t| term::logistic(t - at));
    let lower = category.checked_sub(1).map_or(0.0, below);
    below(category) - lower
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(unit: usize, rater: usize, category: usize) -> Rating {
        Rating { unit, rater, category, favour: None }
    }

    fn of<'a>(ratings: &'a [Rating], units: &'a [Normal]) -> Ratings<'a> {
        Ratings { ratings, units, raters: 2, favours: 0, categories: 3, priors: Priors::DEFAULT }
    }

    #[test]
    fn without_ratings_the_priors_come_back() {
        let units = [Normal { mean: -1.0, sd: 0.6 }];
        let fit = fit(&of(&[], &units)).unwrap();
        assert!(
            (fit.quality[0].value + 1.0).abs() < 1e-12 && (fit.quality[0].sd - 0.6).abs() < 1e-12
        );
        assert!(fit.leniency[1].value.abs() < 1e-12 && (fit.leniency[1].sd - 2.0).abs() < 1e-12);
        assert_eq!(fit.reaction, [1.0, 1.0]);
        assert!((fit.thresholds[1] - fit.thresholds[0] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn who_rates_higher_is_more_lenient() {
        let units = [Normal { mean: 0.0, sd: 1.0 }; 4];
        let ratings: Vec<_> = (0..4).flat_map(|u| [rating(u, 0, 0), rating(u, 1, 2)]).collect();
        let fit = fit(&of(&ratings, &units)).unwrap();
        assert!(fit.leniency[1].value - fit.leniency[0].value > 3.0, "{fit:?}");
        assert!(fit.leniency[0].sd < 2.0);
    }

    #[test]
    fn probabilities_sum_to_one() {
        let thresholds = [-1.0, 0.0, 2.0];
        let sum: f64 = (0..4).map(|k| probability(k, 0.3, &thresholds)).sum();
        assert!((sum - 1.0).abs() < 1e-15);
        assert!((probability(0, 0.0, &thresholds) - 1.0 / (1.0 + 1_f64.exp())).abs() < 1e-15);
    }

    #[test]
    fn refuses_what_it_cannot_place() {
        let units = [Normal { mean: 0.0, sd: 1.0 }];
        for wrong in [rating(1, 0, 0), rating(0, 2, 0), rating(0, 0, 3)] {
            assert_eq!(fit(&of(&[wrong], &units)), None);
        }
        assert_eq!(fit(&of(&[], &[Normal { mean: 0.0, sd: 0.0 }])), None);
        assert_eq!(fit(&Ratings { categories: 1, ..of(&[], &units) }), None);
    }
}
