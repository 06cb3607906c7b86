//! How many stations of each kind fit best: for each α a small least-squares problem, solved exactly.

use glassurn_stats::{interval, rng, sample};
use rayon::prelude::*;

use super::Honest;
use super::profile::{Profile, profile};
use super::expected::{Kind, by_share, cells};
use crate::turnout_bins::BINS;

/// The grid of α is 2^(i / `OCTAVE`) from 1/4 to 8.
const OCTAVE: i32 = 5;

/// A fit within this factor of the best criterion is as good.
const AS_GOOD: f64 = 1.1;

/// The best fit for one α.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// How much faster votes are moved than added.
    pub alpha: f64,
    /// Parts of the stations with some and with most added.
    pub parts: [f64; 2],
    /// Σ ((model − stations) / (stations + 1))² over the bins of the share.
    pub criterion: f64,
}

/// The whole fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Fits {
    /// For each α of the grid.
    pub all: Vec<Fit>,
    /// The best.
    pub best: Fit,
    /// Local minima over α.
    pub minima: Vec<Fit>,
    /// Least and most of either part over all α that fit as well.
    pub as_good: [[f64; 2]; 2],
    /// 2.5 and 97.5 % points of either part over resamples of stations.
    pub resampled: [[f64; 2]; 2],
    /// The profile of the likelihood of the histogram of shares.
    pub profile: Option<Profile>,
}

/// What the three kinds give for one α, as numbers of stations less those of the honest kind.
pub(super) struct Shapes {
    pub(super) alpha: f64,
    pub(super) honest: [f64; BINS],
    pub(super) more: [[f64; BINS]; 2],
}

/// Fits the histogram of shares.
pub(super) fn fit(honest: &Honest, observed: &[f64; BINS], draws: u32, seed: u64) -> Fits {
    let plain = by_share(&cells(honest, Kind::Honest, 1.0));
    let alphas: Vec<f64> = (-2 * OCTAVE..=3 * OCTAVE)
        .map(|i| libm::exp2(f64::from(i) / f64::from(OCTAVE)))
        .collect();
    let shape = |&alpha: &f64| {
        let less = |kind| {
            let bins = by_share(&cells(honest, kind, alpha));
            std::array::from_fn(|b| bins[b] - plain[b])
        };
        Shapes { alpha, honest: plain, more: [less(Kind::Some), less(Kind::Most)] }
    };
    let shapes: Vec<Shapes> = alphas.par_iter().map(shape).collect();
    let all: Vec<Fit> = shapes.iter().map(|s| s.fit(observed)).collect();
    let best = least(&all);
    let good = || all.iter().filter(|f| f.criterion <= AS_GOOD * best.criterion);
    let as_good = [0, 1].map(|i| {
        let range = |[a, b]: [f64; 2], f: &Fit| [a.min(f.parts[i]), b.max(f.parts[i])];
        good().fold([best.parts[i]; 2], range)
    });
    let resampled = resampled(&shapes, observed, draws, seed);
    let profile = profile(&shapes, observed, &best);
    Fits { minima: minima(&all), best, as_good, resampled, profile, all }
}

/// The fit with the least criterion.
fn least(fits: &[Fit]) -> Fit {
    let none = Fit { alpha: 1.0, parts: [0.0; 2], criterion: f64::INFINITY };
    fits.iter().fold(none, |a, b| if b.criterion < a.criterion { *b } else { a })
}

/// Fits that are better than both neighbours.
fn minima(all: &[Fit]) -> Vec<Fit> {
    let at = |i: Option<usize>| i.and_then(|i| all.get(i)).map_or(f64::INFINITY, |f| f.criterion);
    let lowest = |i: &usize| {
        all[*i].criterion < at(i.checked_sub(1)) && all[*i].criterion <= at(Some(i + 1))
    };
    (0..all.len()).filter(lowest).map(|i| all[i]).collect()
}

fn resampled(shapes: &[Shapes], observed: &[f64; BINS], draws: u32, seed: u64) -> [[f64; 2]; 2] {
    let n: f64 = observed.iter().sum();
    let chances = observed.map(|o| o / n);
    let draw = |draw: u32| {
        let mut stream = rng::stream(seed, "klimek model", u64::from(draw));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let counts = sample::multinomial(&mut stream, n as u64, &chances);
        let counts: [f64; BINS] = std::array::from_fn(|b| counts[b] as f64);
        least(&shapes.iter().map(|s| s.fit(&counts)).collect::<Vec<_>>()).parts
    };
    let parts: Vec<[f64; 2]> = (0..draws.max(1)).into_par_iter().map(draw).collect();
    [0, 1].map(|i| interval::middle_95(parts.iter().map(|p| p[i]).collect()))
}

impl Shapes {
    /// The model's part of the stations in each bin of the share.
    pub(super) fn expected(&self, [some, most]: [f64; 2]) -> [f64; BINS] {
        std::array::from_fn(|b| self.honest[b] + some * self.more[0][b] + most * self.more[1][b])
    }

    /// Least squares with parts that are not negative and at most 1 together.
    fn fit(&self, observed: &[f64; BINS]) -> Fit {
        let n: f64 = observed.iter().sum();
        let weight: [f64; BINS] = std::array::from_fn(|b| 1.0 / (observed[b] + 1.0));
        let rest: [f64; BINS] =
            std::array::from_fn(|b| weight[b] * (observed[b] - n * self.honest[b]));
        let more = self.more.map(|m| -> [f64; BINS] { std::array::from_fn(|b| weight[b] * n * m[b]) });
        let dot = |a: &[f64; BINS], b: &[f64; BINS]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let [aa, ab, bb] =
            [dot(&more[0], &more[0]), dot(&more[0], &more[1]), dot(&more[1], &more[1])];
        let [ra, rb, rr] = [dot(&more[0], &rest), dot(&more[1], &rest), dot(&rest, &rest)];
        let criterion =
            |[x, y]: [f64; 2]| rr - 2.0 * (x * ra + y * rb) + x * x * aa + 2.0 * x * y * ab + y * y * bb;
        let determinant = aa * bb - ab * ab;
        let free = [(ra * bb - rb * ab) / determinant, (rb * aa - ra * ab) / determinant];
        // Along x + y = 1.
        let x = (ra - rb - ab + bb) / (aa - 2.0 * ab + bb);
        let within = |x: f64| if x.is_finite() { x.clamp(0.0, 1.0) } else { 0.0 };
        let edges = [[within(ra / aa), 0.0], [0.0, within(rb / bb)], [within(x), 1.0 - within(x)]];
        let inside = free.iter().all(|p| *p >= 0.0) && free[0] + free[1] <= 1.0;
        let tried = edges.into_iter().chain(inside.then_some(free));
        let fits = tried.map(|parts| Fit { alpha: self.alpha, parts, criterion: criterion(parts) });
        least(&fits.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes() -> Shapes {
        let mut honest = [0.0; BINS];
        let mut more = [[0.0; BINS]; 2];
        (honest[40], honest[41]) = (0.5, 0.5);
        (more[0][40], more[0][60]) = (-1.0, 1.0);
        (more[1][41], more[1][99]) = (-1.0, 1.0);
        Shapes { alpha: 1.0, honest, more }
    }

    #[test]
    fn parts_that_were_put_in_come_out() {
        let mut observed = [0.0; BINS];
        (observed[40], observed[41], observed[60], observed[99]) = (300.0, 400.0, 200.0, 100.0);
        let fit = shapes().fit(&observed);
        assert!((fit.parts[0] - 0.2).abs() < 1e-9 && (fit.parts[1] - 0.1).abs() < 1e-9);
        assert!(fit.criterion.abs() < 1e-9);
    }

    #[test]
    fn parts_are_never_negative() {
        let mut observed = [0.0; BINS];
        (observed[40], observed[41]) = (600.0, 400.0);
        let fit = shapes().fit(&observed);
        assert!(fit.parts[0] == 0.0 && fit.parts[1] >= 0.0, "{fit:?}");
    }
}
