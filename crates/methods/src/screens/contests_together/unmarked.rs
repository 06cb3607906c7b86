//! How the ballots without a vote of a station fall between the two contests.

use glassurn_stats::robust::{self, Tails};
use glassurn_stats::{multiple, normal, poisson_binomial};
use rayon::prelude::*;

use super::law::{Judged, Spread};
use super::{Boxes, ContestsTogether, Station};

/// Every station's part of this contest beside that of its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmarked {
    /// Correlation inside a station beyond chance.
    pub correlation: f64,
    /// How the stations' distances are spread.
    pub tails: Tails,
    /// Two-sided p of each station; 1 where there is no ballot without a vote.
    pub p_of: Vec<f64>,
    /// The same, adjusted for all stations.
    pub adjusted: Vec<f64>,
    /// Each station's distance from its unit, in standard deviations; no number where there is none.
    pub apart: Vec<f64>,
    /// Stations with a p of at most the level.
    pub far: usize,
    /// How many chance gives, and its standard deviation.
    pub expected: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Probability of so many or more.
    pub p: f64,
    /// Ballots by which the far stations differ from their units.
    pub ballots: f64,
}

impl Unmarked {
    /// Stations that are listed after adjustment for all.
    pub fn listed(&self) -> usize {
        self.adjusted.iter().filter(|q| **q <= 0.05).count()
    }
}

/// Part of the stations that the correlation is taken without: those farthest out.
const TRIM: f64 = 0.05;
/// Most rounds of choosing them.
const ROUNDS: usize = 50;

/// Judges every station; `None` where one of the contests has no ballot without a vote.
pub fn unmarked(set: &ContestsTogether, boxes: &Boxes) -> Option<Unmarked> {
    let shares = shares(boxes)?;
    let of = |(s, share): (&Station, &f64)| Part {
        here: s.here.unsigned_abs(),
        all: (s.here + s.other).unsigned_abs(),
        share: *share,
    };
    let parts: Vec<Part> = boxes.stations.iter().zip(&shares).map(of).collect();
    let correlation = correlation(&parts);
    let apart: Vec<f64> = parts.iter().map(|p| p.distance(correlation)).collect();
    let there: Vec<f64> = apart.iter().copied().filter(|z| z.is_finite()).collect();
    let tails = robust::tails(&there).unwrap_or(Tails::NORMAL);
    let spread = Spread::new(correlation, tails);
    let judged: Vec<Judged> =
        parts.par_iter().map(|p| spread.judge(p.here, p.all, p.share, set.level)).collect();
    let is_far = |j: &Judged| j.p <= set.level;
    let far = judged.iter().filter(|j| is_far(j)).count();
    let attained: Vec<f64> = judged.iter().map(|j| j.attained).collect();
    let (expected, variance) = poisson_binomial::moments(&attained);
    let p_of: Vec<f64> = judged.iter().map(|j| j.p).collect();
    let beyond = parts.iter().zip(&judged).filter(|(_, j)| is_far(j)).map(|(p, _)| p.apart().abs());
    Some(Unmarked {
        correlation,
        tails,
        adjusted: multiple::benjamini_hochberg(&p_of),
        apart,
        far,
        expected,
        sd: variance.sqrt(),
        p: poisson_binomial::sf(&attained, far as u64),
        ballots: beyond.sum(),
        p_of,
    })
}

/// The ballots without a vote of one station: those of this contest, all, and the part that is of this contest in the
/// rest of its unit.
#[derive(Debug, Clone, Copy)]
struct Part {
    here: u64,
    all: u64,
    share: f64,
}

impl Part {
    fn apart(&self) -> f64 {
        self.here as f64 - self.all as f64 * self.share
    }

    fn chance(&self) -> f64 {
        self.share * (1.0 - self.share)
    }

    /// Variance with this correlation.
    fn variance(&self, correlation: f64) -> f64 {
        let n = self.all as f64;
        n * self.chance() * (1.0 + (n - 1.0) * correlation)
    }

    /// Distance in standard deviations; no number where there is no ballot.
    fn distance(&self, correlation: f64) -> f64 {
        self.apart() / self.variance(correlation).sqrt()
    }
}

/// For each station the part of this contest in the rest of its unit, with the whole as one ballot more.
fn shares(boxes: &Boxes) -> Option<Vec<f64>> {
    let mut sums = vec![[0.0; 2]; boxes.groups];
    let (mut here, mut all) = (0.0, 0.0);
    for s in &boxes.stations {
        let (a, b) = (s.here as f64, s.other as f64);
        sums[s.group][0] += a;
        sums[s.group][1] += a + b;
        (here, all) = (here + a, all + a + b);
    }
    let whole = here / all;
    if !(whole > 0.0 && whole < 1.0) {
        return None;
    }
    let share = |s: &Station| {
        let [a, m] = sums[s.group];
        (a - s.here as f64 + whole) / (m - (s.here + s.other) as f64 + 1.0)
    };
    Some(boxes.stations.iter().map(share).collect())
}

/// Σ w((k − mπ)²/κ − mπ(1−π)) over Σ w m(m−1)π(1−π), not below zero, w = 1 / variance, without the twentieth of the
/// stations that lies farthest out; κ is the part of a normal law's variance that is left so.
fn correlation(parts: &[Part]) -> f64 {
    let parts: Vec<&Part> = parts.iter().filter(|p| p.all > 1).collect();
    let end = normal::quantile(1.0 - TRIM / 2.0);
    let inside = 1.0 - 2.0 * end * normal::pdf(end) / (1.0 - TRIM);
    let mut correlation = 0.0;
    for _ in 0..ROUNDS {
        let distance: Vec<f64> = parts.iter().map(|p| p.distance(correlation).abs()).collect();
        let mut sorted = distance.clone();
        sorted.sort_by(f64::total_cmp);
        let kept = parts.len() - parts.len() / 20;
        let Some(&cut) = kept.checked_sub(1).and_then(|last| sorted.get(last)) else { return 0.0 };
        let (mut excess, mut scale) = (0.0, 0.0);
        for (p, _) in parts.iter().zip(&distance).filter(|(_, z)| **z <= cut) {
            let (n, weight) = (p.all as f64, 1.0 / p.variance(correlation));
            excess += weight * (p.apart() * p.apart() / inside - n * p.chance());
            scale += weight * n * (n - 1.0) * p.chance();
        }
        let next = if scale > 0.0 { (excess / scale).clamp(0.0, 0.99) } else { 0.0 };
        if (next - correlation).abs() <= 1e-12 {
            break;
        }
        correlation = next;
    }
    correlation
}
