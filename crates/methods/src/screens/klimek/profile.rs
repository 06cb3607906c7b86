//! How far each setting can go before the histogram of shares becomes clearly less likely.

use std::ops::Range;

use glassurn_stats::golden;
use rayon::prelude::*;

use super::fit::{Fit, Shapes};
use crate::turnout_bins::BINS;

/// Bins of the share are put together until the model has so many stations in them.
const LEAST_EXPECTED: f64 = 5.0;

/// Half of the 95 % point of χ² with one degree of freedom.
const HALF_CHI: f64 = 1.920_729_410_347_062;

/// The profile of the likelihood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    /// α and the parts that make the histogram most likely, with minus twice the logarithm relative to the histogram's own.
    pub best: Fit,
    /// Pearson's statistic over its degrees of freedom, at least 1.
    pub dispersion: f64,
    /// Ends of the interval of either part.
    pub parts: [[f64; 2]; 2],
    /// Ends of the interval of α.
    pub alpha: [f64; 2],
}

/// The histogram and the model of one α, with bins put together.
struct Pooled {
    alpha: f64,
    observed: Vec<f64>,
    honest: Vec<f64>,
    more: [Vec<f64>; 2],
}

/// The most likely parts at one α, and the logarithm of the likelihood.
struct Peak {
    parts: [f64; 2],
    value: f64,
}

/// The profile around the fit by least squares, which says how bins are put together.
pub(super) fn profile(shapes: &[Shapes], observed: &[f64; BINS], fit: &Fit) -> Option<Profile> {
    let at = shapes.iter().find(|s| s.alpha == fit.alpha)?;
    let n: f64 = observed.iter().sum();
    let bins = pool(&at.expected(fit.parts).map(|p| p * n));
    let pooled: Vec<Pooled> = shapes.iter().map(|s| Pooled::of(s, observed, &bins)).collect();
    let peaks: Vec<Peak> = pooled.par_iter().map(Pooled::peak).collect();
    let higher = |best: usize, i: usize| if peaks[i].value > peaks[best].value { i } else { best };
    let top = (0..peaks.len()).reduce(higher)?;
    let (model, peak) = (&pooled[top], &peaks[top]);
    let dispersion = model.dispersion(peak.parts);
    let least = peak.value - HALF_CHI * dispersion;
    let within: Vec<usize> = (0..peaks.len()).filter(|&i| peaks[i].value >= least).collect();
    let parts = [0, 1].map(|part| {
        let ends: Vec<[f64; 2]> =
            within.par_iter().map(|&i| pooled[i].ends(part, peaks[i].parts[part], least)).collect();
        ends.into_iter().fold([1.0_f64, 0.0_f64], |[a, b], [c, d]| [a.min(c), b.max(d)])
    });
    let alpha = [within.first()?, within.last()?].map(|&i| i);
    let values: Vec<f64> = peaks.iter().map(|p| p.value).collect();
    let alphas: Vec<f64> = pooled.iter().map(|p| p.alpha).collect();
    let best = Fit {
        alpha: model.alpha,
        parts: peak.parts,
        criterion: -2.0 * (peak.value - saturated(&model.observed)),
    };
    Some(Profile { best, dispersion, parts, alpha: crossings(&alphas, &values, alpha, least) })
}

/// Runs of bins with enough stations expected; what is left at the end joins the last.
fn pool(expected: &[f64; BINS]) -> Vec<Range<usize>> {
    let mut bins: Vec<Range<usize>> = Vec::new();
    let (mut start, mut sum) = (0, 0.0);
    for (bin, e) in expected.iter().enumerate() {
        sum += e;
        if sum >= LEAST_EXPECTED {
            bins.push(start..bin + 1);
            (start, sum) = (bin + 1, 0.0);
        }
    }
    match bins.last_mut() {
        Some(last) => last.end = BINS,
        None => bins.push(0..BINS),
    }
    bins
}

/// The logarithm of the likelihood of a histogram under itself.
fn saturated(observed: &[f64]) -> f64 {
    let n: f64 = observed.iter().sum();
    observed.iter().filter(|&&o| o > 0.0).map(|o| o * libm::log(o / n)).sum()
}

/// Where the profile of α crosses the level, straight on the scale of the grid's powers of 2.
fn crossings(alphas: &[f64], values: &[f64], [first, last]: [usize; 2], least: f64) -> [f64; 2] {
    let cross = |inside: usize, outside: Option<usize>| {
        let Some(outside) = outside.filter(|&i| i < alphas.len()) else { return alphas[inside] };
        let part = (values[inside] - least) / (values[inside] - values[outside]);
        let [a, b] = [alphas[inside], alphas[outside]].map(libm::log2);
        libm::exp2(a + part * (b - a))
    };
    [cross(first, first.checked_sub(1)), cross(last, Some(last + 1))]
}

impl Pooled {
    fn of(shapes: &Shapes, observed: &[f64; BINS], bins: &[Range<usize>]) -> Self {
        let sums = |values: &[f64; BINS]| -> Vec<f64> {
            bins.iter().map(|b| values[b.clone()].iter().sum()).collect()
        };
        Pooled {
            alpha: shapes.alpha,
            observed: sums(observed),
            honest: sums(&shapes.honest),
            more: [sums(&shapes.more[0]), sums(&shapes.more[1])],
        }
    }

    /// The model's part of the stations in each bin.
    fn chances(&self, [some, most]: [f64; 2]) -> impl Iterator<Item = f64> {
        let more = self.more[0].iter().zip(&self.more[1]);
        self.honest.iter().zip(more).map(move |(h, (a, b))| (h + some * a + most * b).max(1e-12))
    }

    /// Log-likelihood; it has one hill over both parts, for it is a sum of logarithms of straight functions.
    fn likelihood(&self, parts: [f64; 2]) -> f64 {
        self.observed.iter().zip(self.chances(parts)).map(|(o, p)| o * libm::log(p)).sum()
    }

    /// The most likely other part where one is given, and the likelihood there.
    fn given(&self, part: usize, value: f64) -> (f64, f64) {
        golden::maximum(0.0, 1.0 - value, |other| self.likelihood(pair(part, value, other)))
    }

    fn peak(&self) -> Peak {
        let (some, value) = golden::maximum(0.0, 1.0, |some| self.given(0, some).1);
        Peak { parts: [some, self.given(0, some).0], value }
    }

    /// How far a part can go on either side with the other one free.
    fn ends(&self, part: usize, from: f64, least: f64) -> [f64; 2] {
        [0.0, 1.0].map(|limit| golden::reach(from, limit, least, |x| self.given(part, x).1))
    }

    /// Pearson's statistic over its degrees of freedom: how much more than by chance the model is missed.
    fn dispersion(&self, parts: [f64; 2]) -> f64 {
        let n: f64 = self.observed.iter().sum();
        let pairs = self.observed.iter().zip(self.chances(parts));
        let statistic: f64 = pairs.map(|(o, p)| (o - n * p).powi(2) / (n * p)).sum();
        let freedom = self.observed.len().saturating_sub(4).max(1);
        (statistic / freedom as f64).max(1.0)
    }
}

/// Both parts, from one of them and the other.
fn pair(part: usize, value: f64, other: f64) -> [f64; 2] {
    if part == 0 { [value, other] } else { [other, value] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two bins, and a second kind of station that is always in the other one.
    fn two_bins() -> Pooled {
        let more = [vec![-1.0, 1.0], vec![0.0, 0.0]];
        Pooled { alpha: 1.0, observed: vec![75.0, 25.0], honest: vec![1.0, 0.0], more }
    }

    #[test]
    fn a_part_has_the_interval_of_a_binomial_chance() {
        let model = two_bins();
        let peak = model.peak();
        assert!((peak.parts[0] - 0.25).abs() < 1e-7);
        // 75 log(1 − p) + 25 log p is 1.9207 below its peak at 0.17127 and 0.33987.
        let [low, high] = model.ends(0, peak.parts[0], peak.value - HALF_CHI);
        let below = |p: f64| peak.value - (75.0 * (1.0 - p).ln() + 25.0 * p.ln());
        assert!((below(low) - HALF_CHI).abs() < 1e-6 && (below(high) - HALF_CHI).abs() < 1e-6);
        assert!((0.16..0.18).contains(&low) && (0.33..0.35).contains(&high), "{low} {high}");
    }

    #[test]
    fn bins_are_put_together_until_five_stations_are_expected() {
        let mut expected = [0.0; BINS];
        (expected[3], expected[4], expected[10], expected[50]) = (3.0, 4.0, 9.0, 1.0);
        assert_eq!(pool(&expected), [0..5, 5..BINS]);
        assert_eq!(pool(&[0.01; BINS]), vec![std::ops::Range { start: 0, end: BINS }]);
    }

    #[test]
    fn the_profile_of_alpha_is_crossed_between_two_points() {
        let [low, high] = crossings(&[1.0, 2.0, 4.0], &[-3.0, 0.0, -1.0], [1, 1], -0.75);
        assert!((low - 2.0_f64.powf(0.75)).abs() < 1e-12 && (high - 2.0_f64.powf(1.75)).abs() < 1e-12);
        assert_eq!(crossings(&[1.0, 2.0], &[0.0, 0.0], [0, 1], -1.0), [1.0, 2.0]);
    }
}
