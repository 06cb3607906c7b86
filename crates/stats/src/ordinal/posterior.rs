//! The logarithm of the posterior, its slope and its curvature.

use std::ops::Range;

use super::{
    Normal, Rating, Ratings,
    term::{Term, term},
};
use crate::{cholesky::Matrix, sum};

/// Where each kind of unknown stands: θ, log a, b, f, lowest threshold, log spacings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    units: usize,
    raters: usize,
    favours: usize,
    thresholds: usize,
}

impl Places {
    pub(super) fn quality(self) -> Range<usize> {
        0..self.units
    }

    pub(super) fn reaction(self) -> Range<usize> {
        self.units..self.units + self.raters
    }

    pub(super) fn leniency(self) -> Range<usize> {
        let start = self.reaction().end;
        start..start + self.raters
    }

    pub(super) fn favour(self) -> Range<usize> {
        let start = self.leniency().end;
        start..start + self.favours
    }

    fn cuts(self) -> Range<usize> {
        let start = self.favour().end;
        start..start + self.thresholds
    }

    /// The thresholds themselves.
    pub(super) fn thresholds(self, at: &[f64]) -> Vec<f64> {
        let add = |(k, q): (usize, &f64)| if k == 0 { *q } else { libm::exp(*q) };
        let steps = at[self.cuts()].iter().enumerate().map(add);
        steps.scan(0.0, |sum, step| Some(std::mem::replace(sum, *sum + step) + step)).collect()
    }
}

/// The slope of one end of a rating's interval along the unknowns it depends on.
type Slope = Vec<(usize, f64)>;

/// The posterior of some ratings.
pub(super) struct Posterior<'a> {
    of: &'a Ratings<'a>,
    places: Places,
    priors: Vec<Normal>,
}

impl<'a> Posterior<'a> {
    pub(super) fn new(of: &'a Ratings<'a>) -> Option<Self> {
        let places = Places {
            units: of.units.len(),
            raters: of.raters,
            favours: of.favours,
            thresholds: of.categories.checked_sub(1).filter(|t| *t > 0)?,
        };
        let repeat = |law: Normal, times: usize| std::iter::repeat_n(law, times);
        let p = &of.priors;
        let priors: Vec<Normal> = of
            .units
            .iter()
            .copied()
            .chain(repeat(p.log_reaction, of.raters))
            .chain(repeat(p.leniency, of.raters))
            .chain(repeat(p.favour, of.favours))
            .chain([p.first])
            .chain(repeat(p.log_spacing, places.thresholds - 1))
            .collect();
        let placed = |r: &Rating| {
            r.unit < of.units.len()
                && r.rater < of.raters
                && r.category < of.categories
                && r.favour.is_none_or(|f| f < of.favours)
        };
        let law = |n: &Normal| n.mean.is_finite() && n.sd > 0.0 && n.sd.is_finite();
        (of.ratings.iter().all(placed) && priors.iter().all(law)).then_some(Posterior {
            of,
            places,
            priors,
        })
    }

    pub(super) fn places(&self) -> Places {
        self.places
    }

    /// The means of the priors.
    pub(super) fn start(&self) -> Vec<f64> {
        self.priors.iter().map(|p| p.mean).collect()
    }

    pub(super) fn value(&self, at: &[f64]) -> f64 {
        let thresholds = self.places.thresholds(at);
        let ratings = self.of.ratings.iter().map(|r| self.term(r, at, &thresholds).value);
        let priors = self.priors.iter().zip(at).map(|(p, x)| {
            let z = (x - p.mean) / p.sd;
            -z * z / 2.0
        });
        sum::total(ratings.chain(priors))
    }

    /// What a rating's category lies between.
    fn term(&self, rating: &Rating, at: &[f64], thresholds: &[f64]) -> Term {
        let reaction = libm::exp(at[self.places.reaction()][rating.rater]);
        let leniency = at[self.places.leniency()][rating.rater];
        let favour = rating.favour.map_or(0.0, |f| at[self.places.favour()][f]);
        let centre = reaction * at[rating.unit] + leniency + favour;
        let below = rating.category.checked_sub(1).and_then(|k| thresholds.get(k));
        let upper = thresholds.get(rating.category).map_or(f64::INFINITY, |t| t - centre);
        term(below.map_or(f64::NEG_INFINITY, |t| t - centre), upper)
    }

    /// The slope, and minus the curvature.
    pub(super) fn derivatives(&self, at: &[f64]) -> (Vec<f64>, Matrix) {
        let mut gradient = vec![0.0; at.len()];
        let mut curvature = Matrix::zero(at.len());
        for (i, (p, x)) in self.priors.iter().zip(at).enumerate() {
            let precision = 1.0 / (p.sd * p.sd);
            gradient[i] -= (x - p.mean) * precision;
            curvature.add(i, i, precision);
        }
        let thresholds = self.places.thresholds(at);
        for rating in self.of.ratings {
            let t = self.term(rating, at, &thresholds);
            self.one(rating, at, &t, &mut gradient, &mut curvature);
        }
        (gradient, curvature)
    }

    /// Adds one rating.
    fn one(&self, r: &Rating, at: &[f64], t: &Term, gradient: &mut [f64], curvature: &mut Matrix) {
        let upper = self.slope(r, at, Some(r.category));
        let lower = self.slope(r, at, r.category.checked_sub(1));
        for (slope, along) in [(t.upper, &upper), (t.lower, &lower)] {
            along.iter().for_each(|(i, s)| gradient[*i] += slope * s);
        }
        let mut add = |bend: f64, one: &Slope, other: &Slope| {
            for (i, a) in one {
                other.iter().for_each(|(j, b)| curvature.add(*i, *j, -bend * a * b));
            }
        };
        add(t.upper_upper, &upper, &upper);
        add(t.lower_lower, &lower, &lower);
        add(t.upper_lower, &upper, &lower);
        add(t.upper_lower, &lower, &upper);
        self.bends(r, at, t, curvature);
    }

    /// How an end moves with the unknowns; an end without a threshold does not move.
    fn slope(&self, r: &Rating, at: &[f64], threshold: Option<usize>) -> Slope {
        let Some(k) = threshold.filter(|k| *k < self.places.thresholds) else { return Vec::new() };
        let reaction = self.places.reaction().start + r.rater;
        let a = libm::exp(at[reaction]);
        let leniency = self.places.leniency().start + r.rater;
        let mut slope = vec![(r.unit, -a), (reaction, -a * at[r.unit]), (leniency, -1.0)];
        slope.extend(r.favour.map(|f| (self.places.favour().start + f, -1.0)));
        let first = self.places.cuts().start;
        slope.push((first, 1.0));
        slope.extend((first + 1..=first + k).map(|q| (q, libm::exp(at[q]))));
        slope
    }

    /// The ends' own curvature: a θ is a product, and spacings are exponentials.
    fn bends(&self, r: &Rating, at: &[f64], t: &Term, curvature: &mut Matrix) {
        let reaction = self.places.reaction().start + r.rater;
        let a = libm::exp(at[reaction]);
        let moved = t.upper * f64::from(u8::from(r.category < self.places.thresholds))
            + t.lower * f64::from(u8::from(r.category > 0));
        curvature.add(reaction, r.unit, moved * a);
        curvature.add(r.unit, reaction, moved * a);
        curvature.add(reaction, reaction, moved * a * at[r.unit]);
        let first = self.places.cuts().start;
        for k in 1..self.places.thresholds {
            let q = first + k;
            let ends = t.upper
                * f64::from(u8::from(r.category < self.places.thresholds && k <= r.category))
                + t.lower * f64::from(u8::from(k < r.category));
            curvature.add(q, q, -ends * libm::exp(at[q]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ordinal::Priors;

    #[test]
    fn derivatives_are_those_of_the_value() {
        let rating = |unit, rater, category, favour| Rating { unit, rater, category, favour };
        let ratings = [
            rating(0, 0, 0, Some(0)),
            rating(0, 1, 3, None),
            rating(1, 1, 1, Some(0)),
            rating(1, 0, 2, None),
            rating(1, 0, 4, Some(0)),
        ];
        let units = [Normal { mean: -0.4, sd: 0.6 }, Normal { mean: 0.3, sd: 1.0 }];
        let of = Ratings {
            ratings: &ratings,
            units: &units,
            raters: 2,
            favours: 1,
            categories: 5,
            priors: Priors::DEFAULT,
        };
        let posterior = Posterior::new(&of).unwrap();
        let at: Vec<f64> = (0..posterior.start().len()).map(|i| 0.3 * (i as f64).sin()).collect();
        let (gradient, curvature) = posterior.derivatives(&at);
        let moved = |i: usize, by: f64| {
            let mut at = at.clone();
            at[i] += by;
            at
        };
        let h = 1e-5;
        for (i, got) in gradient.iter().enumerate() {
            let slope =
                (posterior.value(&moved(i, h)) - posterior.value(&moved(i, -h))) / (2.0 * h);
            assert!((got - slope).abs() < 1e-6, "{i}");
            let (up, down) =
                (posterior.derivatives(&moved(i, h)).0, posterior.derivatives(&moved(i, -h)).0);
            for j in 0..at.len() {
                let bend = (up[j] - down[j]) / (2.0 * h);
                assert!((curvature.cells[i * at.len() + j] + bend).abs() < 1e-6, "{i} {j}");
            }
        }
    }
}
